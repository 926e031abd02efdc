import QtQuick
import Showroom

// An item of a statement: what it is, and its figure at the end of the line. The key item is as large
// as what the sliders say, so that no other rate outshines it.
Item {
    id: root

    required property string label
    required property string value
    property bool isKey: false
    readonly property real pitch: 0.92
    readonly property real size: isKey ? Theme.body : Theme.label

    implicitHeight: Math.max(left.height, right.height)
    Accessible.role: Accessible.StaticText
    Accessible.name: `${label}: ${value}`

    Reading {
        id: left

        anchors.left: parent.left
        anchors.right: right.left
        anchors.rightMargin: Theme.gap
        text: root.label
        horizontalAlignment: Text.AlignLeft
        color: root.isKey ? Theme.paper : Theme.asphaltQuiet
        font.pixelSize: root.size
        font.weight: root.isKey ? Font.Black : Font.Medium
        lineHeight: root.pitch
        Accessible.ignored: true
    }

    Reading {
        id: right

        anchors.right: parent.right
        width: Math.min(implicitWidth, Math.round(0.62 * parent.width))
        text: root.value
        font.pixelSize: root.size
        font.weight: root.isKey ? Font.Black : Font.Bold
        lineHeight: root.pitch
        horizontalAlignment: Text.AlignRight
        Accessible.ignored: true
    }
}
