import QtQuick
import Showroom

// A line of a list that opens something.
Touchable {
    id: root

    property real inset: Theme.px(48)
    property color ink: Theme.paper
    property color line: Theme.asphaltLine
    property string mark: "\u2192"

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

    Reading {
        anchors.right: parent.right
        anchors.rightMargin: root.inset
        anchors.verticalCenter: parent.verticalCenter
        text: root.mark
        color: root.ink
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
