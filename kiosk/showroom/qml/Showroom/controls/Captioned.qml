import QtQuick
import Showroom

// A text with its caption on the left, read out together.
Item {
    id: root

    required property string caption
    required property string text
    // Rows of a table share the widest.
    property real captionWidth: natural
    property real size: Theme.body
    property color ink: Theme.asphalt
    readonly property real natural: Math.ceil(left.implicitWidth)

    Accessible.role: Accessible.StaticText
    Accessible.name: [caption, text.replace(/\n/g, ", ")].filter(part => part).join(": ")
    implicitHeight: Math.max(left.height, right.height)

    Reading {
        id: left

        anchors.left: parent.left
        width: root.captionWidth
        text: root.caption
        color: root.ink
        font.pixelSize: root.size
        font.weight: Font.Black
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    Reading {
        id: right

        anchors.left: left.right
        anchors.leftMargin: Math.round(0.8 * root.size)
        anchors.right: parent.right
        text: root.text
        color: root.ink
        font.pixelSize: root.size
        // An address on the web may be longer than a line.
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
