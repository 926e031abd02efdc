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

    height: code === "" ? 0 : Math.max(square.height, words.height, root.secondCode === "" ? 0 : secondWords.height) + 2 * Theme.dockPadding
    visible: code !== ""
    color: Theme.paperSunk

    QrCode {
        id: square

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.leftMargin: root.leftInset
        width: root.size
        code: root.code
        name: [root.name, root.caption].filter(part => part).join(". ")
    }

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: square.right
        anchors.leftMargin: Theme.cardPadding
        anchors.right: root.secondCode === "" ? parent.right : second.left
        anchors.rightMargin: root.secondCode === "" ? root.rightInset : Theme.gap
        spacing: Theme.lineGap

        Reading {
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

    QrCode {
        id: second

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.horizontalCenter
        width: root.size
        code: root.secondCode
        name: root.secondCaption
    }

    Reading {
        id: secondWords

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: second.right
        anchors.leftMargin: Theme.cardPadding
        anchors.right: parent.right
        anchors.rightMargin: root.rightInset
        visible: root.secondCode !== ""
        text: root.secondCaption
        color: Theme.paperQuiet
        Accessible.ignored: true
    }
}
