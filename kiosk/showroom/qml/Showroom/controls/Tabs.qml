pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// One of a few to choose.
Grid {
    id: root

    required property var model
    required property int current
    property color ink: Theme.asphalt
    property color line: Theme.paperLine
    property real itemWidth: Theme.px(300)

    signal chosen(index: int)

    spacing: 0

    Repeater {
        model: root.model

        Touchable {
            id: item

            required property int index
            required property string name
            readonly property bool current: index === root.current

            width: root.itemWidth
            height: Theme.px(104)
            text: name
            veil: root.ink
            Accessible.role: Accessible.PageTab
            Accessible.selected: current
            onClicked: root.chosen(index)

            background: Item {
                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Math.max(1, Theme.px(3))
                    color: root.line
                    visible: !item.current
                }

                Stripes {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    visible: item.current
                }
            }

            contentItem: Text {
                leftPadding: 0
                text: item.text
                color: root.ink
                opacity: item.current ? 1 : 0.72
                verticalAlignment: Text.AlignVCenter
                font.family: Theme.family
                font.hintingPreference: Font.PreferNoHinting
                font.weight: item.current ? Font.Black : Font.Bold
                font.pixelSize: Theme.body
                elide: Text.ElideRight
                textFormat: Text.PlainText
            }
        }
    }
}
