pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// One hero, then a large door to each place.
SplitPage {
    id: root

    required property ShowroomViewModel showroom
    readonly property NavigationViewModel navigation: showroom.navigation
    readonly property int doorCount: large.count + others.count
    // The first large door spans the row; of the others, two stand beside each other.
    readonly property int largeRows: large.count ? 1 + Math.floor(large.count / 2) : 0
    readonly property int drawnColumns: !Theme.portrait && large.count === 0 && others.count > 10 ? 3 : 2
    readonly property bool areLow: large.count > 0 || Math.ceil(others.count / drawnColumns) > 4
    // One where a word would not fit into less.
    readonly property int columns: leastOfOthers.width * drawnColumns > scroller.width ? 1 : drawnColumns
    readonly property int rows: Math.ceil(others.count / columns)
    // What is drawn leaves room for the words; a photograph ends above them.
    readonly property bool isPhotograph: showroom.source.toString() !== "" && !/\.svg$/i.test(showroom.source.toString())
    // The hero's words come before what it invites to.
    readonly property bool invites: isStacked ? !isPhotograph : hero.implicitHeight + Theme.callMedium <= height

    // Back to the door that somebody came through by keyboard.
    function focusDoor(placeId: string) {
        for (const row of [large, others])
            for (let index = 0; index < row.count; index++)
                if (row.itemAt(index).placeId === placeId) // qmllint disable missing-property
                    row.itemAt(index).forceActiveFocus(Qt.TabFocusReason);
    }

    color: Theme.asphalt
    // With every place away, the hero has it all.
    share: doorCount ? 0.5 : 1
    sideHeight: Math.round(height * (doorCount ? (isPhotograph ? 0.55 : 0.48) : 1))
    sideNeeds: hero.implicitHeight + first.height

    side: [
        Picture {
            anchors.top: parent.top
            anchors.bottom: first.top
            width: parent.width
            source: root.isPhotograph ? "" : root.showroom.source
            focusX: root.showroom.focusX
            focusY: root.showroom.focusY
            ground: root.isPhotograph ? Theme.asphalt : Theme.raised

            WordShade {
                visible: !root.isPhotograph
                headEnds: root.showroom.brand.logo !== "" ? 0 : hero.headEnds
                footBegins: hero.footBegins
            }

            TopAndFoot {
                id: hero

                anchors.fill: parent
                footSpacing: Theme.partGap

                topInset: root.isPhotograph ? 0 : Theme.top
                head: [
                    Item {
                        width: parent.width
                        height: Theme.heroPhotograph
                        visible: root.isPhotograph

                        Picture {
                            anchors.top: parent.top
                            anchors.left: parent.left
                            anchors.right: parent.right
                            anchors.leftMargin: -hero.leftInset
                            anchors.rightMargin: -hero.rightInset
                            height: hero.footBegins - Theme.partGap
                            source: root.isPhotograph ? root.showroom.source : ""
                            focusX: root.showroom.focusX
                            focusY: root.showroom.focusY
                        }
                    },
                    Mark {
                        active: !root.isPhotograph
                        reach: Theme.top
                    }
                ]

                foot: [
                    Mark {
                        active: root.isPhotograph
                        reach: Theme.partGap
                    },
                    Headline {
                        width: parent.width
                        fit: width
                        heading: root.showroom.headline
                        size: root.isPhotograph ? Theme.greetingBelow : Theme.greeting
                    },
                    Reading {
                        width: Math.min(parent.width, Theme.leadWidth)
                        text: root.showroom.lead
                    }
                ]
            }
        },
        Steps {
            id: first

            anchors.bottom: parent.bottom
            width: parent.width
            height: root.invites ? implicitHeight : 0
            visible: root.invites
            steps: root.showroom.steps
            navigation: root.navigation
            inset: Theme.margin
            room: Theme.callMedium
        }
    ]

    // Whose showroom it is. A logo stands on what it is made for, whatever the picture is.
    component Mark: Loader {
        id: owner

        // How far its ground goes up.
        required property real reach

        width: parent.width
        visible: active

        sourceComponent: Item {
            height: mark.height

            Rectangle {
                anchors.fill: mark
                anchors.topMargin: -owner.reach
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
    }

    Flickable {
        id: scroller

        // The first large row is three times as high as one of the others, the second twice.
        readonly property real weights: (large.count ? 1 : 0) + 2 * root.largeRows
        readonly property real rowHeight: Math.floor(Math.max(leastOfOthers.height, height / (root.rows + weights)))
        readonly property real share: (height - root.rows * rowHeight) / Math.max(1, weights)
        readonly property real largeHeight: Math.floor(Math.max(leastOfLarge.height, 2 * share))
        // With all that the others leave.
        readonly property real firstHeight: Math.max(leastOfFirst.height, height - root.rows * rowHeight - (root.largeRows - 1) * largeHeight)

        anchors.fill: parent
        contentHeight: doors.height
        clip: true
        interactive: contentHeight > height + 1

        Column {
            id: doors

            width: scroller.width

            Flow {
                width: parent.width

                Repeater {
                    id: large

                    model: root.navigation.largeDoors

                    Door {
                        required property int index
                        required property string placeId
                        required property string spoken
                        required drawing
                        required source
                        required focusX
                        required focusY

                        readonly property bool spansRow: index === 0 || (index === large.count - 1 && beginsRow)
                        readonly property bool beginsRow: index % 2 === 1
                        readonly property real half: Math.round(scroller.width / 2)

                        width: spansRow ? scroller.width : beginsRow ? half : scroller.width - half
                        height: index === 0 ? scroller.firstHeight : scroller.largeHeight
                        isLight: index === 0 && hasSight
                        ground: beginsRow ? Theme.raised : Theme.asphalt
                        Accessible.description: spoken
                        onClicked: root.navigation.open(placeId)
                    }
                }
            }

            Flow {
                width: parent.width

                Repeater {
                    id: others

                    model: root.navigation.otherDoors

                    Door {
                        required property int index
                        required property string placeId
                        required property string spoken

                        readonly property int column: index % root.columns
                        readonly property int row: Math.floor(index / root.columns)
                        // An odd last door spans the row, so that no hole is left.
                        readonly property bool endsRow: column === root.columns - 1 || index === others.count - 1
                        readonly property real breadth: Math.floor(scroller.width / root.columns)

                        width: endsRow ? scroller.width - column * breadth : breadth
                        height: scroller.rowHeight
                        isLow: root.areLow
                        ground: (row + column) % 2 ? Theme.raised : Theme.asphalt
                        Accessible.description: spoken
                        onClicked: root.navigation.open(placeId)
                    }
                }
            }
        }
    }

    // A row is as low as the door with the most to say may be.
    Largest {
        id: leastOfFirst

        repeater: large
        end: 1
    }

    Largest {
        id: leastOfLarge

        repeater: large
        first: 1
        least: Theme.rowMedium
    }

    Largest {
        id: leastOfOthers

        repeater: others
        least: root.areLow ? Theme.rowLow : Theme.rowMedium
    }

    EdgeFade {
        view: scroller
        ground: Theme.asphalt
    }
}
