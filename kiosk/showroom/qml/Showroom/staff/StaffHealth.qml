pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Health at a glance: one sentence for all of it, then what it rests on.
Item {
    id: root

    required property StaffHealthViewModel section
    required property StaffTexts words

    Headline {
        id: summary

        anchors.top: parent.top
        anchors.topMargin: Theme.partGap
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: again.left
        anchors.rightMargin: Theme.gap
        fit: width
        heading: root.section?.summary ?? ""
        color: Theme.asphalt
        size: Theme.entryTitle
        onHeadingChanged: if (heading !== "")
            Accessible.announce(heading, Accessible.Polite)
    }

    DarkButton {
        id: again

        anchors.top: parent.top
        anchors.topMargin: Theme.partGap
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        text: root.words?.lookAgain ?? ""
        enabled: !(root.section?.isBusy ?? true)
        onClicked: root.section.lookAgain()
    }

    ListView {
        id: list

        anchors.top: again.bottom
        anchors.topMargin: Math.max(Theme.partGap, summary.height - again.height + Theme.partGap)
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        clip: true
        model: root.section?.rows ?? null

        delegate: Item {
            id: finding

            required property string name
            required property string text
            required property bool needsAttention

            width: list.width
            height: Math.max(title.height, sentence.height) + 2 * Theme.venueGap
            Accessible.role: Accessible.StaticText
            Accessible.name: `${name}: ${text}`

            Rule {
                width: parent.width
            }

            Sign {
                id: mark

                anchors.verticalCenter: title.verticalCenter
                anchors.left: parent.left
                sign: finding.needsAttention ? Signs.fault : Signs.tick
                color: finding.needsAttention ? Theme.fault : Theme.paperQuiet
            }

            Reading {
                id: title

                anchors.top: parent.top
                anchors.topMargin: Theme.venueGap
                anchors.left: mark.right
                anchors.leftMargin: Theme.gap
                width: Theme.staffName
                text: finding.name
                color: finding.needsAttention ? Theme.fault : Theme.asphalt
                font.weight: Font.Black
                Accessible.ignored: true
            }

            Reading {
                id: sentence

                anchors.top: parent.top
                anchors.topMargin: Theme.venueGap
                anchors.left: title.right
                anchors.leftMargin: Theme.gap
                anchors.right: parent.right
                text: finding.text
                color: finding.needsAttention ? Theme.asphalt : Theme.paperQuiet
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }

    EdgeFade {
        view: list
    }
}
