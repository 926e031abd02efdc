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

        x: Theme.margin
        y: Theme.top
        width: parent.width - 2 * x
        title: "The showroom opens shortly"
        lead: "For the team here: the content file needs mending. Save it, and this screen opens by itself."
        ink: Theme.asphalt
        quiet: Theme.paperQuiet
    }

    Reading {
        id: file

        anchors.top: head.bottom
        anchors.topMargin: Theme.px(40)
        x: Theme.margin
        width: parent.width - 2 * x
        text: root.showroom.brokenFile
        color: Theme.asphalt
        font.weight: Font.Black
        wrapMode: Text.WrapAnywhere
    }

    ListView {
        id: list

        anchors.top: file.bottom
        anchors.topMargin: Theme.px(24)
        anchors.bottom: parent.bottom
        x: Theme.margin
        width: parent.width - 2 * x
        clip: true
        model: root.showroom.problems

        delegate: Item {
            id: problem

            required property string where
            required property string message

            width: list.width
            height: sentence.height + Theme.px(32)
            Accessible.role: Accessible.StaticText
            Accessible.name: `${where}: ${message}`

            Rectangle {
                width: parent.width
                height: Math.max(1, Theme.px(2))
                color: Theme.paperLine
            }

            Reading {
                y: Theme.px(14)
                text: problem.where
                Accessible.ignored: true
                color: Theme.fault
                font.weight: Font.Black
            }

            Reading {
                id: sentence

                x: Theme.px(200)
                y: Theme.px(14)
                width: parent.width - x
                text: problem.message
                Accessible.ignored: true
                color: Theme.asphalt
            }
        }
    }

    EdgeFade {
        view: list
    }
}
