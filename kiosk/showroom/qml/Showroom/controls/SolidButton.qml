import QtQuick
import Showroom

// A word to touch, on a solid ground.
Touchable {
    id: root

    property color ground: Theme.accent
    property color ink: "white"
    property string arrow: ""

    implicitHeight: Theme.px(96)
    implicitWidth: label.implicitWidth + Theme.px(80)

    background: Rectangle {
        color: root.ground
    }

    contentItem: Text {
        id: label

        text: (root.arrow ? root.arrow + "\u2002" : "") + root.text
        color: root.ink
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.body
        textFormat: Text.PlainText
        elide: Text.ElideRight
    }
}
