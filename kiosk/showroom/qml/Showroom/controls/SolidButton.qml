import QtQuick
import Showroom

// A word to touch, on a solid ground.
Touchable {
    id: root

    property color ground: Theme.accent
    property color ink: Theme.accentInk
    property string sign: ""
    property real least: Theme.button

    implicitHeight: Math.max(least, label.height + Theme.px(36))
    implicitWidth: label.implicitWidth + (arrow.visible ? arrow.width + row.spacing : 0) + Theme.px(80)

    background: Rectangle {
        color: root.ground
    }

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.px(20)

            Sign {
                id: arrow

                anchors.verticalCenter: parent.verticalCenter
                visible: root.sign !== ""
                sign: root.sign
                color: root.ink
            }

            Text {
                id: label

                readonly property real room: root.width - Theme.px(40) - (arrow.visible ? arrow.width + row.spacing : 0)

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, room)
                text: root.text
                color: root.ink
                wrapMode: Text.Wrap
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
