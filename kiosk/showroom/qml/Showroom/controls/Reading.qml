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
    // Whole pixels, so that what stands below is not drawn between two.
    height: Math.ceil(implicitHeight)
    wrapMode: Text.WordWrap
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""
}
