import QtQuick
import Showroom

// A place in the bar: its icon and its word.
Touchable {
    id: root

    required property string character
    required property url file
    required property bool current

    // As low as it may be.
    implicitHeight: Theme.portrait ? word.height + Theme.px(24) : Theme.px(26) + icon.height + word.height + Theme.px(18)
    Accessible.role: Accessible.PageTab
    Accessible.selected: current

    background: Rectangle {
        color: root.current ? Theme.raised : Theme.asphalt
    }

    // In portrait the icon stands beside its word, else above it.
    Glyph {
        id: icon

        anchors.top: parent.top
        anchors.topMargin: Theme.portrait ? (parent.height - height) / 2 : Theme.px(26)
        anchors.left: parent.left
        anchors.leftMargin: Theme.portrait ? Theme.px(18) : (parent.width - width) / 2
        character: root.character
        file: root.file
        size: Theme.px(Theme.portrait ? 40 : 44)
        color: root.current ? Theme.paper : Theme.asphaltQuiet
    }

    Text {
        id: word

        readonly property real start: Theme.portrait ? icon.anchors.leftMargin + icon.width + Theme.px(10) : 0
        readonly property real room: root.width - start - (Theme.portrait ? Theme.px(6) : Theme.px(12))

        anchors.top: parent.top
        anchors.topMargin: Theme.portrait ? (parent.height - height) / 2 : parent.height - height - Theme.px(18)
        anchors.left: parent.left
        anchors.leftMargin: Theme.portrait ? start : (parent.width - width) / 2
        width: Math.min(implicitWidth, room)
        text: root.text
        color: root.current ? Theme.paper : Theme.asphaltQuiet
        horizontalAlignment: lineCount > 1 && !Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        font.family: Theme.family
        font.hintingPreference: Font.PreferNoHinting
        font.weight: Font.Bold
        font.pixelSize: Theme.label
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.label
        wrapMode: Theme.moreLines > 0 ? Text.WordWrap : Text.NoWrap
        maximumLineCount: 1 + Theme.moreLines
        textFormat: Text.PlainText
        elide: Text.ElideRight
    }
}
