import QtQuick
import Showroom

// A name and, at the other end of the line, its value; read out together.
Item {
    id: root

    required property string name
    required property string value
    property color ink: Theme.paper

    // A line takes whole pixels, and no more on a line of its own than beside its name.
    implicitHeight: Theme.type(48) * Math.max(left.lineCount, right.lineCount)
    Accessible.role: Accessible.StaticText
    Accessible.name: `${name}: ${value}`

    Reading {
        id: left

        anchors.left: parent.left
        anchors.right: right.left
        anchors.rightMargin: Theme.gap
        text: root.name
        color: root.ink
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    Reading {
        id: right

        anchors.right: parent.right
        width: Math.min(implicitWidth, Math.max(0.6 * parent.width, parent.width - Math.ceil(left.implicitWidth) - Theme.gap))
        horizontalAlignment: Text.AlignRight
        text: root.value
        color: root.ink
        font.weight: Font.Bold
        // Times that belong together may be too long where words are larger.
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
