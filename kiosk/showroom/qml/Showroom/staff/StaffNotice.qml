pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// For staff: what keeps the showroom closed, line by line. It opens by itself once that is mended.
Rectangle {
    id: root

    required property ShowroomViewModel showroom

    color: Theme.paper
    focus: true
    Keys.onPressed: event => event.accepted = KeyboardWalk.scroll(root, null, event.key)

    PlaceHead {
        id: head

        anchors.top: parent.top
        anchors.topMargin: Theme.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        title: "The showroom opens shortly"
        lead: "For staff: there is a problem with the content file. Correct and save it, and the showroom opens by itself."
        ink: Theme.asphalt
        quiet: Theme.paperQuiet
    }

    Reading {
        id: file

        anchors.top: head.bottom
        anchors.topMargin: Theme.partGap
        anchors.left: head.left
        anchors.right: head.right
        text: root.showroom.brokenFile
        color: Theme.asphalt
        font.weight: Font.Black
        wrapMode: Text.WrapAnywhere
    }

    ListView {
        id: list

        anchors.top: file.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: parent.bottom
        anchors.left: head.left
        anchors.right: head.right
        clip: true
        model: root.showroom.problems

        delegate: Item {
            id: problem

            required property string where
            required property string message

            width: list.width
            height: sentence.height + Theme.rowPadding
            Accessible.role: Accessible.StaticText
            Accessible.name: `${where}: ${message}`

            Rule {
                width: parent.width
            }

            Reading {
                anchors.top: parent.top
                anchors.topMargin: Theme.factGap
                anchors.left: parent.left
                text: problem.where
                Accessible.ignored: true
                color: Theme.fault
                font.weight: Font.Black
            }

            Reading {
                id: sentence

                anchors.top: parent.top
                anchors.topMargin: Theme.factGap
                anchors.left: parent.left
                anchors.leftMargin: Theme.lineNumber
                anchors.right: parent.right
                text: problem.message
                wrapMode: Text.Wrap
                Accessible.ignored: true
                color: Theme.asphalt
            }
        }
    }

    EdgeFade {
        view: list
    }
}
