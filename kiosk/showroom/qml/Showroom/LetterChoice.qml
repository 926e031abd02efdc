pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// The letters behind a key that was held: the plain one, which is typed already, and then the others.
Rectangle {
    id: root

    property string plain: ""
    property string others: ""
    // What it stands above, and how far it may reach to either side.
    property rect key
    property real room: 0

    readonly property bool opened: others.length > 0
    readonly property real cell: Theme.px(100)
    readonly property int fitting: Math.max(1, Math.floor((room - 2 * Theme.gap) / cell))
    readonly property int rows: Math.ceil((others.length + 1) / fitting)

    signal chosen(letter: string)

    function open(plain: string, others: string, key: rect) {
        root.plain = plain;
        root.key = key;
        root.others = others;
    }

    function close() {
        others = "";
        plain = "";
    }

    x: Math.max(Theme.gap, Math.min(key.x + key.width / 2 - width / 2, room - Theme.gap - width))
    width: grid.width + Theme.px(20)
    height: grid.height + Theme.px(20)
    visible: opened
    color: Theme.asphalt
    border.width: Theme.px(3)
    border.color: Theme.asphaltLine

    // A touch between two letters chooses none and goes no further.
    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
    }

    Grid {
        id: grid

        anchors.centerIn: parent
        columns: Math.ceil((root.others.length + 1) / root.rows)

        Repeater {
            model: root.opened ? [root.plain, ...root.others] : []

            Touchable {
                id: letter

                required property string modelData
                required property int index
                readonly property bool isPlain: index === 0

                width: root.cell
                height: root.cell
                text: modelData
                focusPolicy: Qt.NoFocus
                onClicked: root.chosen(modelData)

                background: Item {
                    Rectangle {
                        anchors.fill: parent
                        anchors.margins: Theme.px(5)
                        color: letter.pressed || letter.isPlain ? Theme.accent : Theme.mix(Theme.asphalt, Theme.paper, 0.16)
                    }
                }

                contentItem: Text {
                    text: letter.text
                    color: letter.pressed || letter.isPlain ? Theme.accentInk : Theme.paper
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    font.family: Theme.family
                    font.hintingPreference: Font.PreferNoHinting
                    font.weight: Font.Bold
                    font.pixelSize: Theme.px(44)
                    textFormat: Text.PlainText
                    Accessible.ignored: true
                }
            }
        }
    }
}
