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
    // All of one height, that of the one with the most lines.
    readonly property Largest largest: Largest {
        repeater: items
        least: Theme.px(104)
    }

    signal chosen(index: int)

    spacing: 0

    Repeater {
        id: items

        model: root.model

        Touchable {
            id: item

            required property int index
            required property string name
            readonly property bool current: index === root.current

            width: root.width / Math.max(1, root.columns)
            height: root.largest.height
            implicitHeight: label.implicitHeight + Theme.px(40)
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
                    color: Theme.accentOnPaper
                }
            }

            // The label keeps the height that its words need, however high the others make the tab.
            contentItem: Item {
                Text {
                    id: label

                    width: parent.width
                    y: (parent.height - height) / 2
                    rightPadding: Theme.moreLines * Theme.gap
                    text: item.text
                    color: root.ink
                    opacity: item.current ? 1 : 0.72
                    font.family: Theme.family
                    font.hintingPreference: Font.PreferNoHinting
                    font.weight: item.current ? Font.Black : Font.Bold
                    font.pixelSize: Theme.body
                    wrapMode: maximumLineCount > 1 ? Text.Wrap : Text.NoWrap
                    // Below each other they have room for one line more.
                    maximumLineCount: (root.columns > 1 ? 1 : 2) + Theme.moreLines
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                }
            }
        }
    }
}
