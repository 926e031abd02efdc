pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The machine: things to do, each with what comes of it.
ScrollColumn {
    id: root

    required property StaffMachineViewModel section
    required property StaffTexts words
    readonly property string asked: section?.asked ?? ""

    component Deed: Item {
        id: deed

        required property string lead
        required property string text
        property bool isAsked: false

        signal done

        width: (deeds.width + deeds.columnSpacing) / deeds.columns - deeds.columnSpacing
        height: Math.max(about.height, button.height) + 2 * Theme.rowPadding

        Rule {
            width: parent.width
            visible: deed.y > 0
        }

        SolidButton {
            id: button

            anchors.top: parent.top
            anchors.topMargin: Theme.rowPadding
            anchors.left: parent.left
            width: Theme.staffButton
            text: deed.text
            ground: deed.isAsked ? Theme.accent : Theme.asphalt
            ink: deed.isAsked ? Theme.accentInk : Theme.paper
            onClicked: deed.done()
        }

        Reading {
            id: about

            anchors.top: button.top
            anchors.topMargin: Math.max(0, (button.height - height) / 2)
            anchors.left: button.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            text: deed.lead
            color: Theme.paperQuiet
        }
    }

    leftInset: Theme.margin
    rightInset: Theme.margin
    topInset: Theme.partGap

    Grid {
        id: deeds

        width: parent.width
        columns: Theme.portrait || Theme.moreLines > 0 ? 1 : 2
        columnSpacing: Theme.gutter

        Deed {
            lead: root.words?.cleanLead ?? ""
            text: root.words?.clean ?? ""
            onDone: root.section.cleaning()
        }

        Deed {
            lead: root.words?.screenTestLead ?? ""
            text: root.words?.screenTest ?? ""
            onDone: root.section.toolOpened("screenTest")
        }

        Deed {
            lead: root.words?.touchTestLead ?? ""
            text: root.words?.touchTest ?? ""
            onDone: root.section.toolOpened("touchTest")
        }

        Deed {
            lead: root.words?.calibrationLead ?? ""
            text: root.words?.calibration ?? ""
            onDone: root.section.toolOpened("calibration")
        }

        Deed {
            lead: root.words?.restartLead ?? ""
            isAsked: root.asked === "restart"
            text: (isAsked ? root.words?.confirmRestart : root.words?.restart) ?? ""
            onDone: root.section.restart()
        }

        Deed {
            visible: root.section?.canLeave ?? false
            lead: root.words?.leaveLead ?? ""
            isAsked: root.asked === "leave"
            text: (isAsked ? root.words?.confirmLeave : root.words?.leave) ?? ""
            onDone: root.section.leave()
        }
    }

    SlideControl {
        width: parent.width
        visible: root.section?.hasBrightness ?? false
        name: root.words?.brightness ?? ""
        valueText: `${value} %`
        from: root.section?.leastBrightness ?? 0
        to: 100
        value: root.section?.brightness ?? 0
        step: root.section?.brightnessStep ?? 1
        onMoved: value => root.section.setBrightness(value)
        onStepped: count => root.section.stepBrightness(count)
    }

    Complaint {
        wrapMode: Text.Wrap
        width: parent.width
        text: root.section?.message ?? ""
    }
}
