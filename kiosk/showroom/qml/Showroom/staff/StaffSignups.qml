pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Signups: the ledger in four figures, and the sticks to export to.
ScrollColumn {
    id: root

    required property StaffSignupsViewModel section
    required property StaffTexts words
    readonly property bool isExporting: section?.isExporting ?? false
    readonly property bool isSealed: section?.isSealed ?? false
    readonly property bool isOffered: section?.canExport ?? false

    leftInset: Theme.margin
    rightInset: Theme.margin
    topInset: Theme.partGap
    spacing: Theme.gap

    Headline {
        width: parent.width
        fit: width
        heading: root.section?.summary ?? ""
        color: Theme.asphalt
        size: Theme.entryTitle
    }

    Reading {
        width: parent.width
        text: root.section?.lastExport ?? ""
        color: Theme.paperQuiet
    }

    FigureRow {
        width: parent.width
        model: root.section?.figures ?? null
    }

    // What became of the last export.
    Item {
        width: parent.width
        height: result.height
        visible: result.text !== ""

        Sign {
            id: tick

            anchors.left: parent.left
            anchors.top: parent.top
            sign: Signs.tick
            color: Theme.asphalt
        }

        Reading {
            id: result

            anchors.left: tick.right
            anchors.leftMargin: Theme.factGap
            anchors.right: parent.right
            text: root.section?.result ?? ""
            color: Theme.asphalt
            font.weight: Font.Black
            wrapMode: Text.Wrap
        }
    }

    Complaint {
        wrapMode: Text.Wrap
        width: parent.width
        text: root.section?.message ?? ""
    }

    Reading {
        width: parent.width
        visible: root.isSealed && (root.isOffered || root.isExporting)
        text: root.words?.sealedLead ?? ""
        color: Theme.asphalt
        wrapMode: Text.Wrap
    }

    ChoiceRow {
        width: Math.min(parent.width, Theme.leadWidth)
        visible: root.isOffered && !root.isSealed
        name: root.words?.fileFormat ?? ""
        values: root.section?.formatNumbers ?? []
        texts: root.section?.formats ?? []
        current: root.section?.format ?? 0
        onChosen: index => root.section.chooseFormat(index)
    }

    Reading {
        width: parent.width
        visible: root.isOffered && sticks.count === 0
        text: root.words?.plugIn ?? ""
        color: Theme.asphalt
        font.weight: Font.Bold
    }

    // How far the export has come.
    Item {
        width: parent.width
        height: Theme.button
        visible: root.isExporting
        Accessible.role: Accessible.ProgressBar
        Accessible.name: exporting.text

        Reading {
            id: exporting

            anchors.top: parent.top
            width: parent.width
            text: root.words?.exporting ?? ""
            color: Theme.asphalt
            font.weight: Font.Bold
            Accessible.ignored: true
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.broadStripe
            color: Theme.paperLine
        }

        Rectangle {
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            width: parent.width * (root.section?.progress ?? 0)
            height: Theme.broadStripe
            color: Theme.accentOnPaper
        }
    }

    Column {
        width: parent.width
        visible: root.isOffered

        Repeater {
            id: sticks

            model: root.section?.sticks ?? null

            StaffRow {
                id: stick

                required property int index
                required property bool isWritable

                noteColor: isWritable ? Theme.paperQuiet : Theme.fault

                SolidButton {
                    width: parent.width
                    visible: stick.isWritable
                    text: root.words?.exportHere ?? ""
                    Accessible.name: `${text}, ${stick.title}`
                    onClicked: root.section.exportTo(stick.index)
                }
            }
        }
    }

    Complaint {
        wrapMode: Text.Wrap
        width: parent.width
        text: root.section?.imbalance ?? ""
    }

    // The ledger, day by day.
    Column {
        width: Math.min(parent.width, Theme.leadWidth)
        spacing: Theme.hintGap
        visible: days.count > 0

        StaffCaption {
            text: root.words?.byDay ?? ""
        }

        LedgerLine {
            width: parent.width
            day: root.words?.day ?? ""
            counts: [root.words?.captured ?? "", root.words?.waiting ?? "", root.words?.exported ?? "", root.words?.erased ?? ""]
            ink: Theme.paperQuiet
            size: Theme.label
            Accessible.name: root.words?.ledgerLead ?? ""
        }

        Repeater {
            id: days

            model: root.section?.days ?? null

            Column {
                id: entry

                required property string day
                required property string captured
                required property string waiting
                required property string exported
                required property string erased

                width: parent.width
                spacing: Theme.hintGap

                Rule {
                    width: parent.width
                }

                LedgerLine {
                    width: parent.width
                    day: entry.day
                    counts: [entry.captured, entry.waiting, entry.exported, entry.erased]
                    Accessible.name: root.words ? `${entry.day}: ${entry.captured} ${root.words.captured}, ${entry.waiting} ${root.words.waiting}, ${entry.exported} ${root.words.exported}, ${entry.erased} ${root.words.erased}` : ""
                }
            }
        }
    }
}
