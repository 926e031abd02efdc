import QtQuick
import Showroom
import Showroom.Models

// Says that an entry is an example and no real offer.
Rectangle {
    id: root

    required property string word

    Accessible.role: Accessible.StaticText
    Accessible.name: word
    width: label.implicitWidth + Theme.px(36)
    height: Math.max(Theme.px(52), label.height)
    color: Theme.accent

    Text {
        id: label

        anchors.centerIn: parent
        text: Lettering.capitals(root.word, Theme.language)
        color: Theme.accentInk
        font.family: Theme.family
        font.hintingPreference: Font.PreferNoHinting
        font.weight: Font.Black
        font.pixelSize: Theme.label
        font.letterSpacing: Theme.px(2)
        textFormat: Text.PlainText
    }
}
