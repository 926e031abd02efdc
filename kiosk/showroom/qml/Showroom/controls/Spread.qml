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
        Accessible.ignored: true
    }

    Reading {
        id: right

        anchors.right: parent.right
        width: Math.min(implicitWidth, 0.65 * parent.width)
        text: root.value
        color: root.ink
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
