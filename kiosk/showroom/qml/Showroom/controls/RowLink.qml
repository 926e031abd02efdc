import QtQuick
import Showroom
import Showroom.Models

// A line of a list that opens something.
Touchable {
    id: root

    property real inset: Theme.px(48)
    property color ink: Theme.paper
    property color line: Theme.asphaltLine

    implicitHeight: Theme.px(116)
    veil: ink

    Rectangle {
        x: root.inset
        width: parent.width - 2 * x
        height: Math.max(1, Theme.px(2))
        color: root.line
    }

    Reading {
        x: root.inset
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - 2 * x - Theme.px(56)
        text: root.text
        color: root.ink
        font.weight: Font.Bold
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.label
        maximumLineCount: 2
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    Sign {
        anchors.right: parent.right
        anchors.rightMargin: root.inset
        anchors.verticalCenter: parent.verticalCenter
        sign: Signs.forward
        colour: root.ink
    }
}
