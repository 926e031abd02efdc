import QtQuick
import Showroom
import Showroom.Models

// A line of a list that opens something.
ListRow {
    id: root

    property color ink: Theme.paper
    property real size: Theme.body

    inset: Theme.px(48)
    line: Theme.asphaltLine
    least: Theme.px(116)
    tallest: words.height
    veil: ink
    veilStrength: 0.14

    Reading {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: root.inset
        anchors.rightMargin: root.inset + Theme.px(56)
        text: root.text
        color: root.ink
        font.pixelSize: root.size
        font.weight: Font.Bold
        fontSizeMode: Theme.moreLines > 0 ? Text.FixedSize : Text.Fit
        minimumPixelSize: Theme.label
        maximumLineCount: 2 + Theme.moreLines
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    Sign {
        anchors.right: parent.right
        anchors.rightMargin: root.inset
        anchors.verticalCenter: parent.verticalCenter
        sign: Signs.forward
        color: root.ink
    }
}
