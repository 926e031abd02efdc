pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Content on a stick: what there is; once it was checked, whether to show it, and what it changes.
Column {
    id: root

    required property StickContentViewModel stick
    required property StaffTexts words
    required property bool isBusy
    readonly property string phase: stick?.state ?? ""
    readonly property bool isChecked: phase === "checked" || phase === "refused"

    spacing: Theme.gap

    StaffCaption {
        visible: root.phase === "looking"
        text: root.words?.fromStick ?? ""
    }

    Complaint {
        wrapMode: Text.Wrap
        width: parent.width
        text: root.stick?.message ?? ""
    }

    Reading {
        width: parent.width
        visible: root.phase === "looking" && contents.count === 0
        text: root.words?.bringContent ?? ""
        color: Theme.asphalt
        wrapMode: Text.Wrap
    }

    Column {
        width: parent.width
        visible: root.phase === "looking" && contents.count > 0

        Repeater {
            id: contents

            model: root.stick?.contents ?? null

            StaffRow {
                id: content

                required property int index

                DarkButton {
                    width: parent.width
                    text: root.words?.checkContent ?? ""
                    Accessible.name: `${text}, ${content.title}`
                    enabled: !root.isBusy
                    onClicked: root.stick.check(content.index)
                }
            }
        }
    }

    Flow {
        width: parent.width
        visible: root.isChecked
        spacing: Theme.buttonGap

        SolidButton {
            width: Theme.staffButton
            visible: root.phase === "checked"
            text: root.words?.showContent ?? ""
            enabled: !root.isBusy
            onClicked: root.stick.show()
        }

        DarkButton {
            width: Theme.staffButton
            text: (root.phase === "checked" ? root.words?.cancel : root.words?.back) ?? ""
            onClicked: root.stick.cancel()
        }
    }

    StaffCaption {
        visible: changes.count > 0
        text: root.words?.whatChanges ?? ""
    }

    Column {
        width: parent.width
        spacing: Theme.hintGap
        visible: changes.count > 0

        Repeater {
            id: changes

            model: root.stick?.changes ?? null

            Reading {
                required text

                width: parent.width
                color: Theme.asphalt
                wrapMode: Text.Wrap
            }
        }
    }

    StaffCaption {
        visible: root.phase === "checked" && problems.count > 0
        text: root.words?.warnings ?? ""
    }

    Repeater {
        id: problems

        model: root.stick?.problems ?? null

        ProblemLine {
            width: parent.width
        }
    }
}
