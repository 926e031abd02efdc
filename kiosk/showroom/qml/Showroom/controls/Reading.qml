import QtQuick
import Showroom

// Text to read.
Text {
    color: Theme.paper
    font.family: Theme.family
    font.hintingPreference: Font.PreferNoHinting
    font.weight: Font.Medium
    font.pixelSize: Theme.body
    lineHeight: 1.02
    wrapMode: Text.WordWrap
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
