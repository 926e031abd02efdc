import QtQuick
import Showroom

// A word to touch, on a solid ground.
Touchable {
    id: root

    property color ground: Theme.accent
    property color ink: Theme.accentInk
    property string sign: ""

    implicitHeight: Theme.px(96)
    implicitWidth: row.implicitWidth + Theme.px(80)

    background: Rectangle {
        color: root.ground
    }

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.px(20)

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.sign !== ""
                sign: root.sign
                colour: root.ink
            }

            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                color: root.ink
                font.family: Theme.family
                font.hintingPreference: Font.PreferNoHinting
                font.weight: Font.Bold
                font.pixelSize: Theme.body
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
    }
}
