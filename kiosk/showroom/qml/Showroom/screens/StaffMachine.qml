pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The machine: three things to do, each with what comes of it.
ScrollColumn {
    id: root

    required property StaffMachineViewModel section
    required property StaffTexts words
    readonly property string asked: section?.asked ?? ""

    component Deed: Item {
        id: deed

        required property string title
        required property string lead
        required property string text
        property bool isAsked: false

        signal done

        width: parent.width
        height: Math.max(about.height, button.height) + 2 * Theme.rowPadding

        Rule {
            width: parent.width
            visible: deed.y > 0
        }

        Column {
            id: about

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.right: button.left
            anchors.rightMargin: Theme.gap
            spacing: Theme.lineGap

            Reading {
                width: parent.width
                text: deed.title
                color: Theme.asphalt
                font.weight: Font.Black
                font.pixelSize: Theme.cardTitle
            }

            Reading {
                width: parent.width
                text: deed.lead
                color: Theme.paperQuiet
            }
        }

        SolidButton {
            id: button

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            width: Theme.staffButton
            text: deed.text
            ground: deed.isAsked ? Theme.accent : Theme.asphalt
            ink: deed.isAsked ? Theme.accentInk : Theme.paper
            onClicked: deed.done()
        }
    }

    leftInset: Theme.margin
    rightInset: Theme.margin
    topInset: Theme.partGap

    Deed {
        title: root.words?.clean ?? ""
        lead: root.words?.cleanLead ?? ""
        text: root.words?.clean ?? ""
        onDone: root.section.clean()
    }

    Deed {
        title: root.words?.restart ?? ""
        lead: root.words?.restartLead ?? ""
        isAsked: root.asked === "restart"
        text: (isAsked ? root.words?.confirmRestart : root.words?.restart) ?? ""
        onDone: root.section.restart()
    }

    Deed {
        visible: root.section?.canLeave ?? false
        title: root.words?.leave ?? ""
        lead: root.words?.leaveLead ?? ""
        isAsked: root.asked === "leave"
        text: (isAsked ? root.words?.confirmLeave : root.words?.leave) ?? ""
        onDone: root.section.leave()
    }
}
