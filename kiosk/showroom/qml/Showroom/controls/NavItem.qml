import QtQuick
import Showroom

// A place in the bar: its icon and its word, the stripes over the current one.
Touchable {
    id: root

    required property string character
    required property url file
    required property bool current

    Accessible.role: Accessible.PageTab
    Accessible.selected: current

    background: Rectangle {
        color: root.current ? Theme.raised : Theme.asphalt
    }

    Stripes {
        width: parent.width
        visible: root.current
    }

    Glyph {
        id: icon

        x: Theme.portrait ? Theme.px(18) : (parent.width - width) / 2
        y: Theme.portrait ? (parent.height - height) / 2 : Theme.px(26)
        character: root.character
        file: root.file
        size: Theme.px(Theme.portrait ? 40 : 44)
        colour: root.current ? Theme.paper : Theme.asphaltQuiet
    }

    Text {
        // Not by way of x, which goes by the width.
        readonly property real room: root.width - (Theme.portrait ? icon.x + icon.width + Theme.px(16) : Theme.px(12))

        x: Theme.portrait ? icon.x + icon.width + Theme.px(10) : (parent.width - width) / 2
        y: Theme.portrait ? (parent.height - height) / 2 : parent.height - height - Theme.px(18)
        width: Math.min(implicitWidth, room)
        text: root.text
        color: root.current ? Theme.paper : Theme.asphaltQuiet
        font.family: Theme.family
        font.hintingPreference: Font.PreferNoHinting
        font.weight: Font.Bold
        font.pixelSize: Theme.label
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.label
        textFormat: Text.PlainText
        elide: Text.ElideRight
    }
}
