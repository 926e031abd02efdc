pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The content: what is on screen and why, what is to be corrected, and the versions to go back to.
ScrollColumn {
    id: root

    required property StaffContentViewModel section
    required property StaffTexts words
    readonly property bool isBusy: section?.isBusy ?? true
    readonly property StickContentViewModel stick: section?.stick ?? null
    // While content on a stick is dealt with, there is nothing else.
    readonly property bool isStickInFront: stick?.isInFront ?? false

    leftInset: Theme.margin
    rightInset: Theme.margin
    topInset: Theme.partGap
    spacing: Theme.gap
    onIsStickInFrontChanged: view.contentY = 0

    Headline {
        width: parent.width
        fit: width
        heading: (root.isStickInFront ? root.stick.title : root.section?.summary) ?? ""
        color: Theme.asphalt
        size: Theme.entryTitle
    }

    Reading {
        width: parent.width
        text: (root.isStickInFront ? root.stick.lead : root.section?.state) ?? ""
        color: Theme.asphalt
        wrapMode: Text.Wrap
    }

    Complaint {
        wrapMode: Text.Wrap
        width: parent.width
        text: root.section?.message ?? ""
    }

    SolidButton {
        visible: !root.isStickInFront && (root.section?.isHeld ?? false)
        text: root.words?.showFile ?? ""
        enabled: !root.isBusy
        onClicked: root.section.showFile()
    }

    StaffStickContent {
        width: parent.width
        stick: root.stick
        words: root.words
        isBusy: root.isBusy
    }

    StaffCaption {
        visible: !root.isStickInFront && problems.count > 0
        text: (root.section?.hasErrors ? root.words?.problems : root.words?.warnings) ?? ""
    }

    Repeater {
        id: problems

        model: root.section?.problems ?? null

        ProblemLine {
            width: parent.width
            visible: !root.isStickInFront
        }
    }

    StaffCaption {
        visible: !root.isStickInFront && versions.count > 0
        text: root.words?.earlierVersions ?? ""
    }

    Column {
        width: parent.width
        visible: !root.isStickInFront

        Repeater {
            id: versions

            model: root.section?.versions ?? null

            StaffRow {
                id: version

                required property int number
                required property bool isShown
                readonly property bool isAsked: root.section?.asked === number

                Reading {
                    width: parent.width
                    visible: version.isShown
                    text: root.words?.onScreen ?? ""
                    color: Theme.asphalt
                    font.weight: Font.Bold
                    horizontalAlignment: Text.AlignHCenter
                }

                SolidButton {
                    width: parent.width
                    visible: version.isAsked
                    text: root.words?.confirmVersion ?? ""
                    enabled: !root.isBusy
                    onClicked: root.section.confirm()
                }

                DarkButton {
                    width: parent.width
                    visible: !version.isShown
                    text: (version.isAsked ? root.words?.cancel : root.words?.showVersion) ?? ""
                    Accessible.name: `${text}, ${version.title}`
                    enabled: !root.isBusy
                    onClicked: root.section.ask(version.number)
                }
            }
        }
    }
}
