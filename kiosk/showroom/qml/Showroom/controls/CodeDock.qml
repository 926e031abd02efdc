pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// A code to take something home, and beside it what it leads to; perhaps a second one. Nothing where there
// is no code.
Rectangle {
    id: root

    required property string code
    required property string name
    required property string caption
    property string secondCode: ""
    property string secondCaption: ""
    property real leftInset: Theme.inset
    property real rightInset: Theme.inset
    property real size: Theme.codeSmall

    // Larger words would not fit beside two codes.
    readonly property bool isBelow: secondCode !== "" && Theme.moreLines > 0
    readonly property real beside: isBelow ? 0 : size + Theme.cardPadding
    readonly property real firstWidth: secondCode === "" ? width - leftInset - rightInset : width / 2 - leftInset - Theme.gap

    readonly property real others: leftInset + size + Theme.cardPadding + rightInset
    // With its name in one line.
    readonly property real natural: others + Math.ceil(title.implicitWidth)

    // As narrow as it may be.
    implicitWidth: others + Math.ceil(Math.max(Theme.widest(name, Theme.body), Theme.widest(caption, Theme.body)))
    height: code === "" ? 0 : Math.max(first.height, second.height) + 2 * Theme.dockPadding
    visible: code !== ""
    color: Theme.paperSunk

    Grid {
        id: first

        anchors.top: parent.top
        anchors.topMargin: Theme.dockPadding
        anchors.left: parent.left
        anchors.leftMargin: root.leftInset
        columns: root.isBelow ? 1 : 2
        columnSpacing: Theme.cardPadding
        rowSpacing: Theme.buttonGap
        verticalItemAlignment: Grid.AlignVCenter

        QrCode {
            width: root.size
            code: root.code
            name: [root.name, root.caption].filter(part => part).join(". ")
        }

        Column {
            width: root.firstWidth - root.beside
            spacing: Theme.lineGap

            Reading {
                id: title

                width: parent.width
                visible: text !== ""
                Accessible.ignored: true
                text: root.name
                color: Theme.asphalt
                font.weight: Font.Black
            }

            Reading {
                width: parent.width
                text: root.caption
                Accessible.ignored: true
                color: Theme.paperQuiet
            }
        }
    }

    Loader {
        id: second

        anchors.top: parent.top
        anchors.topMargin: Theme.dockPadding
        anchors.left: parent.horizontalCenter
        active: root.secondCode !== ""

        sourceComponent: Grid {
            columns: first.columns
            columnSpacing: first.columnSpacing
            rowSpacing: first.rowSpacing
            verticalItemAlignment: Grid.AlignVCenter

            QrCode {
                width: root.size
                code: root.secondCode
                name: root.secondCaption
            }

            Reading {
                width: root.width / 2 - root.rightInset - root.beside
                text: root.secondCaption
                Accessible.ignored: true
                color: Theme.paperQuiet
            }
        }
    }
}
