import QtQuick
import Showroom

// A code on a dark plate, and below it what it is for.
Rectangle {
    id: root

    required property string code
    required property string caption

    width: square.width + Theme.px(80)
    height: square.height + words.height + Theme.px(92)
    color: Theme.asphalt

    QrCode {
        id: square

        anchors.top: parent.top
        anchors.topMargin: Theme.px(40)
        anchors.left: parent.left
        anchors.leftMargin: Theme.px(40)
        width: Theme.px(230)
        code: root.code
        name: root.caption
    }

    Reading {
        id: words

        anchors.top: square.bottom
        anchors.topMargin: Theme.px(12)
        anchors.left: square.left
        anchors.right: square.right
        text: root.caption
        font.pixelSize: Theme.label
        Accessible.ignored: true
    }
}
