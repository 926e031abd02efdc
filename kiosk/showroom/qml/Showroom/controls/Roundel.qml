import QtQuick
import Showroom

// A start number in its disc.
Rectangle {
    id: root

    required property string number
    property color ink: Theme.asphalt

    Accessible.role: Accessible.StaticText
    Accessible.name: number
    width: Theme.px(220)
    height: width
    radius: width / 2
    color: Theme.paper
    border.width: Math.max(1, width / 26)
    border.color: ink

    Text {
        readonly property real size: root.width * (root.number.length > 2 ? 0.38 : 0.52)

        anchors.centerIn: parent
        text: root.number
        color: root.ink
        font.family: Theme.family
        font.hintingPreference: Font.PreferNoHinting
        font.weight: Font.Black
        font.pixelSize: size
        font.letterSpacing: -0.04 * size
        textFormat: Text.PlainText
    }
}
