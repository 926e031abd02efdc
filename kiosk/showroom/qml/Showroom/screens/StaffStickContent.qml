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

    Reading {
        width: parent.width
        visible: root.phase === "looking"
        text: root.words?.fromStick ?? ""
        color: Theme.paperQuiet
        font.weight: Font.Bold
    }

    Complaint {
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

            Item {
                id: content

                required property int index
                required property string title
                required property string note

                width: parent.width
                height: Math.max(about.height, button.height) + 2 * Theme.venueGap

                Rule {
                    width: parent.width
                }

                Column {
                    id: about

                    anchors.verticalCenter: parent.verticalCenter
                    anchors.left: parent.left
                    anchors.right: button.left
                    anchors.rightMargin: Theme.gap
                    spacing: Theme.hintGap

                    Reading {
                        width: parent.width
                        text: content.title
                        color: Theme.asphalt
                        font.weight: Font.Black
                        wrapMode: Text.Wrap
                    }

                    Reading {
                        width: parent.width
                        text: content.note
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                    }
                }

                SolidButton {
                    id: button

                    anchors.verticalCenter: parent.verticalCenter
                    anchors.right: parent.right
                    width: Theme.staffButton
                    text: root.words?.checkContent ?? ""
                    Accessible.name: `${text}, ${content.title}`
                    ground: Theme.asphalt
                    ink: Theme.paper
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

        SolidButton {
            width: Theme.staffButton
            text: (root.phase === "checked" ? root.words?.cancel : root.words?.back) ?? ""
            ground: Theme.asphalt
            ink: Theme.paper
            onClicked: root.stick.cancel()
        }
    }

    Reading {
        width: parent.width
        visible: changes.count > 0
        text: root.words?.whatChanges ?? ""
        color: Theme.paperQuiet
        font.weight: Font.Bold
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

    Reading {
        width: parent.width
        visible: root.phase === "checked" && problems.count > 0
        text: root.words?.warnings ?? ""
        color: Theme.paperQuiet
        font.weight: Font.Bold
    }

    Repeater {
        id: problems

        model: root.stick?.problems ?? null

        ProblemLine {
            width: parent.width
        }
    }
}
