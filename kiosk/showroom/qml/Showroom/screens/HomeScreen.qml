pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// One hero, then a large door to each place.
Rectangle {
    id: root

    required property ShowroomViewModel showroom
    readonly property NavigationViewModel navigation: showroom.navigation
    readonly property int doorCount: doors.count
    readonly property int columns: Theme.portrait || doorCount <= 10 ? 2 : 3
    // An odd last door spans the row, so that no hole is left.
    readonly property int rows: Math.max(1, Math.ceil(doorCount / columns))
    // With every place away, the hero has it all.
    readonly property real doorsTop: Theme.portrait ? Math.round(height * (doorCount ? 0.48 : 1)) : 0
    readonly property real doorsLeft: Theme.portrait ? 0 : Math.round(width * (doorCount ? 0.5 : 1))
    readonly property real doorWidth: (width - doorsLeft) / columns
    readonly property real doorHeight: Math.max(Theme.px(150), (height - doorsTop) / rows)

    // Back to the door that somebody came through by keyboard.
    function focusDoor(placeId: string) {
        for (let index = 0; index < doors.count; index++) {
            const door = doors.itemAt(index);
            if (door.placeId === placeId) // qmllint disable missing-property
                return door.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    color: Theme.asphalt

    Picture {
        id: hero

        width: Theme.portrait ? root.width : root.doorsLeft
        height: Theme.portrait ? root.doorsTop : root.height
        source: root.showroom.source
        focusX: root.showroom.focusX
        focusY: root.showroom.focusY

        Rectangle {
            anchors.fill: parent
            gradient: Gradient {
                GradientStop {
                    position: 0.3
                    color: Qt.alpha(Theme.asphalt, 0)
                }
                GradientStop {
                    position: 1
                    color: Qt.alpha(Theme.asphalt, 0.9)
                }
            }
        }

        BrandMark {
            x: Theme.margin
            y: Theme.top
            fit: parent.width - 2 * x
            brand: root.showroom.brand
            line: root.showroom.brandLine
            roundel: root.showroom.roundel
        }

        Column {
            x: Theme.margin
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(64)
            width: parent.width - 2 * x
            spacing: Theme.px(40)

            Headline {
                width: parent.width
                fit: width
                heading: root.showroom.headline
                size: Theme.px(Theme.portrait ? 116 : 124)
            }

            Reading {
                width: Math.min(parent.width, Theme.px(920))
                text: root.showroom.lead
            }
        }
    }

    Flickable {
        id: scroller

        x: root.doorsLeft
        y: root.doorsTop
        width: root.width - x
        height: root.height - y
        contentHeight: root.rows * root.doorHeight
        clip: true
        interactive: contentHeight > height + 1

        Repeater {
            id: doors

            model: root.navigation.doors

            Touchable {
                id: door

                required property int index
                required property string placeId
                required property bool calling
                required property string name
                required property string line
                required property string figure
                required property string spoken
                required property string glyph
                required property string glyphFont

                readonly property bool last: index === root.doorCount - 1
                readonly property color ink: calling ? Theme.accentInk : Theme.paper
                readonly property int column: index % root.columns

                x: column * root.doorWidth
                y: Math.floor(index / root.columns) * root.doorHeight
                width: last ? (root.columns - column) * root.doorWidth : root.doorWidth
                height: root.doorHeight
                text: name
                Accessible.description: spoken
                onClicked: root.navigation.open(placeId)

                background: Rectangle {
                    color: door.calling ? Theme.accent : (Math.floor(door.index / root.columns) + door.column) % 2 ? Theme.asphalt : Theme.raised
                }

                Headline {
                    id: title

                    x: Theme.px(36)
                    y: Theme.px(34)
                    width: parent.width - 2 * x
                    fit: width
                    heading: door.name
                    color: door.ink
                    size: Theme.px(42)
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }

                Headline {
                    id: number

                    x: title.x
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(34)
                    fit: Theme.px(226)
                    visible: door.figure !== ""
                    heading: door.figure
                    size: Theme.px(92)
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                Glyph {
                    id: sign

                    x: title.x
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(28)
                    visible: door.figure === ""
                    character: door.glyph
                    file: door.glyphFont
                    colour: door.ink
                    size: Theme.px(76)
                }

                Reading {
                    // Next to its figure, of which it says what it counts.
                    x: title.x + (number.visible ? Math.ceil(number.implicitWidth) : sign.width) + Theme.px(24)
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(26)
                    width: parent.width - x - Theme.px(20)
                    text: door.line
                    color: door.calling ? Theme.accentInk : Theme.asphaltQuiet
                    font.pixelSize: Theme.label
                    lineHeight: 0.92
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
    }

    EdgeFade {
        view: scroller
        ground: Theme.asphalt
    }
}
