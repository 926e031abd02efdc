pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// One hero, then a large door to each place.
SplitPage {
    id: root

    required property ShowroomViewModel showroom
    readonly property NavigationViewModel navigation: showroom.navigation
    readonly property int doorCount: doors.count
    readonly property int columns: Theme.portrait || doorCount <= 10 ? 2 : 3
    // An odd last door spans the row, so that no hole is left.
    readonly property int rows: Math.max(1, Math.ceil(doorCount / columns))

    // Back to the door that somebody came through by keyboard.
    function focusDoor(placeId: string) {
        for (let index = 0; index < doors.count; index++) {
            const door = doors.itemAt(index);
            if (door.placeId === placeId) // qmllint disable missing-property
                return door.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    color: Theme.asphalt
    // With every place away, the hero has it all.
    share: doorCount ? 0.5 : 1
    sideHeight: Math.round(height * (doorCount ? 0.48 : 1))
    sideNeeds: hero.implicitHeight

    side: Picture {
        anchors.fill: parent
        source: root.showroom.source
        focusX: root.showroom.focusX
        focusY: root.showroom.focusY

        WordShade {
            headEnds: mark.hasLogo ? 0 : hero.headEnds
            footBegins: hero.footBegins
        }

        TopAndFoot {
            id: hero

            anchors.fill: parent
            footSpacing: Theme.partGap

            head: Item {
                width: parent.width
                height: mark.height

                // A logo stands on what it is made for, whatever the picture is.
                Rectangle {
                    anchors.fill: mark
                    anchors.topMargin: -Theme.top
                    anchors.bottomMargin: -Theme.gap
                    anchors.leftMargin: -Theme.margin
                    anchors.rightMargin: -Theme.cardPadding
                    visible: mark.hasLogo
                    color: mark.ground
                }

                BrandMark {
                    id: mark

                    fit: parent.width
                    brand: root.showroom.brand
                }
            }

            foot: [
                Headline {
                    width: parent.width
                    fit: width
                    heading: root.showroom.headline
                    size: Theme.greeting
                },
                Reading {
                    width: Math.min(parent.width, Theme.leadWidth)
                    text: root.showroom.lead
                }
            ]
        }
    }

    Flickable {
        id: scroller

        // As low as the door with the most to say may be.
        readonly property real least: {
            let most = Theme.rowMedium;
            for (let index = 0; index < doors.count; index++)
                most = Math.max(most, doors.itemAt(index)?.implicitHeight ?? 0);
            return most;
        }
        readonly property real doorHeight: Math.max(least, height / root.rows)

        anchors.fill: parent
        contentHeight: root.rows * doorHeight
        clip: true
        interactive: contentHeight > height + 1

        Flow {
            width: scroller.width

            Repeater {
                id: doors

                model: root.navigation.doors

                Door {
                    required property int index
                    required property string placeId
                    required property string spoken

                    readonly property int column: index % root.columns
                    readonly property int row: Math.floor(index / root.columns)
                    readonly property bool endsRow: column === root.columns - 1 || index === root.doorCount - 1
                    readonly property real breadth: Math.floor(scroller.width / root.columns)

                    width: endsRow ? scroller.width - column * breadth : breadth
                    height: scroller.doorHeight
                    ground: (row + column) % 2 ? Theme.asphalt : Theme.raised
                    Accessible.description: spoken
                    onClicked: root.navigation.open(placeId)
                }
            }
        }
    }

    EdgeFade {
        view: scroller
        ground: Theme.asphalt
    }
}
