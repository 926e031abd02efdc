pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// A car as large as there is room for, in its colors; beside it what it is, and what to do next.
SplitPage {
    id: root

    required property CarViewModel place
    required property NavigationViewModel navigation

    share: 0.6
    sideHeight: Math.round(0.38 * height)

    side: [
        Rectangle {
            anchors.fill: parent
            color: Theme.paper
        },
        SightPager {
            anchors.top: parent.top
            anchors.bottom: foot.top
            width: parent.width
            sights: root.place.sights
            name: root.place.texts.title
            playWord: root.place.words.playVideo
            stopWord: root.place.words.stopVideo
        },
        Rectangle {
            id: foot

            anchors.bottom: parent.bottom
            width: parent.width
            height: Math.max(Theme.portrait ? 0 : Theme.wayBack, takeHome.height)
            color: Theme.paperSunk

            CodeDock {
                id: takeHome

                anchors.bottom: parent.bottom
                anchors.left: parent.left
                anchors.leftMargin: Theme.beyondWayBack
                anchors.right: parent.right
                leftInset: 0
                code: Theme.portrait ? "" : root.place.texts.code
                name: root.place.texts.codeName === root.place.texts.title ? "" : root.place.texts.codeName
                caption: root.place.texts.codeCaption
            }
        }
    ]

    ScrollColumn {
        id: page

        anchors.top: parent.top
        anchors.bottom: dock.top
        width: parent.width
        topInset: Theme.portrait ? Theme.pageTop : Theme.top
        leftInset: Theme.insetBeside
        rightInset: Theme.insetBeside
        spacing: Theme.textGap

        Column {
            width: parent.width
            spacing: Theme.signGap

            Row {
                width: parent.width
                spacing: Theme.gap

                Reading {
                    text: root.place.texts.overline
                    color: Theme.paperQuiet
                    font.weight: Font.Bold
                    font.pixelSize: Theme.label
                }

                ElectricMark {
                    visible: root.place.isElectric
                    word: root.place.words.electric
                }
            }

            Headline {
                width: parent.width
                fit: width
                heading: root.place.texts.title
                Accessible.name: root.place.isElectric ? `${heading}, ${root.place.words.electric}` : heading
                color: Theme.asphalt
                size: Theme.toolTitle
            }
        }

        Reading {
            width: parent.width
            visible: root.place.texts.note !== ""
            text: root.place.texts.note
            color: Theme.asphalt
        }

        PriceLine {
            width: parent.width
            visible: root.place.texts.price !== ""
            figure: root.place.texts.price
            line: root.place.texts.priceLine
            terms: root.place.texts.priceTerms
            termsWord: root.place.words.priceTerms
            exampleWord: root.place.example ? root.place.words.example : ""
        }

        Swatches {
            width: parent.width
            paints: root.place.paints
            paint: root.place.paint
            paintName: root.place.paintName
            word: root.place.words.colors
            onChosen: index => root.place.choosePaint(index)
        }

        Stripes {
            width: parent.width
            visible: root.place.specifications.count > 0
        }

        Grid {
            id: specifications

            width: parent.width
            visible: root.place.specifications.count > 0
            columns: 2
            columnSpacing: Theme.columnGap
            rowSpacing: Theme.figureGap

            Repeater {
                model: root.place.specifications

                Measure {
                    width: (specifications.width - specifications.columnSpacing) / 2
                }
            }
        }

        Column {
            width: parent.width
            visible: root.place.texts.consumption !== ""
            spacing: Theme.captionGap

            Reading {
                width: parent.width
                text: root.place.words.consumption
                color: Theme.asphalt
                font.weight: Font.Black
            }

            Reading {
                width: parent.width
                text: root.place.texts.consumption
                color: Theme.paperQuiet
                font.pixelSize: Theme.label
            }

            EmissionScale {
                width: parent.width
                visible: root.place.texts.co2Class !== ""
                grade: root.place.texts.co2Class
                caption: root.place.words.co2Class
            }
        }

        Reading {
            width: parent.width
            visible: root.place.texts.body !== ""
            text: root.place.texts.body
            color: Theme.asphalt
        }

        Column {
            width: parent.width
            visible: root.place.equipment.count > 0
            spacing: Theme.textGap

            Reading {
                width: parent.width
                text: root.place.words.equipment
                color: Theme.paperQuiet
                font.weight: Font.Bold
                font.pixelSize: Theme.label
            }

            Repeater {
                model: root.place.equipment

                Column {
                    id: group

                    required property string figure
                    required property string label

                    width: parent.width
                    spacing: Theme.lineGap

                    Reading {
                        width: parent.width
                        text: group.figure
                        color: Theme.asphalt
                        font.weight: Font.Black
                    }

                    Reading {
                        width: parent.width
                        text: group.label
                        color: Theme.asphalt
                        font.pixelSize: Theme.label
                    }
                }
            }
        }
    }

    QtObject {
        id: calls

        readonly property int pair: (root.place.texts.estimator !== "" ? 1 : 0) + (root.place.texts.comparison !== "" ? 1 : 0)
        readonly property int count: root.place.offers.count + pair
        // Below what there is to read.
        readonly property real room: (dock.parent.height - page.needed - takeHomeBelow.height) / Math.max(1, count)
        readonly property bool isRoomy: room > Theme.callRow
        readonly property real least: isRoomy ? Math.min(Theme.callHeight, room) : Theme.callRow
    }

    Column {
        id: dock

        anchors.bottom: parent.bottom
        width: parent.width

        Repeater {
            model: root.place.offers

            CallTile {
                required property string title
                required figure
                required property string placeId
                required property int entry

                width: dock.width
                least: calls.least
                ground: Theme.accent
                ink: Theme.accentInk
                overline: calls.isRoomy ? root.place.words.offerForCar : ""
                text: title
                onClicked: root.navigation.openEntry(placeId, "offers", 0, entry)
            }
        }

        Grid {
            columns: calls.isRoomy ? 1 : 2

            CallTile {
                width: calls.isRoomy ? dock.width : dock.width / calls.pair
                least: calls.least
                visible: root.place.texts.estimator !== ""
                ground: Theme.asphalt
                ink: Theme.paper
                text: root.place.words.estimateForCar
                onClicked: root.navigation.openScreen(root.place.texts.estimator)
            }

            CallTile {
                width: calls.isRoomy ? dock.width : dock.width / calls.pair
                least: calls.least
                visible: root.place.texts.comparison !== ""
                ground: Theme.raised
                ink: Theme.paper
                text: root.place.words.compare
                onClicked: root.navigation.openWithin(root.place.texts.comparison)
            }
        }

        CodeDock {
            id: takeHomeBelow

            width: dock.width
            code: Theme.portrait ? root.place.texts.code : ""
            name: root.place.texts.codeName === root.place.texts.title ? "" : root.place.texts.codeName
            caption: root.place.texts.codeCaption
        }
    }
}
