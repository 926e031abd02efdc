pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// A street of cars to drag along, a street for each line-up.
Rectangle {
    id: root

    required property ModelsViewModel place
    required property NavigationViewModel navigation

    // On a screen that is nearly square the cars are as large as the height allows, the next one still in sight. One
    // that is alone has the whole width, and where that is far wider than there is height left above its words, they
    // stand beside it; on an upright screen it has the height that its words leave.
    readonly property bool isAlone: !Theme.portrait && cars.count === 1
    readonly property bool lies: isAlone && width > 3 * (cars.height - Theme.carWords)
    readonly property real cardWidth: Theme.portrait ? width : isAlone ? width - 2 * Theme.carMargin : Math.round(Math.max(Theme.carCard, Math.min(0.8 * width, 1.6 * sightHeight)))
    readonly property real sightHeight: cars.height - (lies ? Theme.inset : Theme.carWords)

    color: Theme.paper

    // Where words are larger than there is room for, it scrolls upwards too.
    Flickable {
        id: page

        anchors.fill: parent
        contentHeight: Theme.portrait ? height : Math.max(height, cars.y + Theme.carHeightLeast + Theme.carWords)
        interactive: contentHeight > height
        clip: true

        // Beside the title, or below it on an upright screen.
        Grid {
            id: head

            anchors.top: parent.top
            anchors.topMargin: Theme.top
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            columns: Theme.portrait ? 1 : 2
            columnSpacing: Theme.gutter
            rowSpacing: Theme.textGap

            PlaceHead {
                id: headline

                width: Theme.portrait || lead.text === "" ? head.width : Math.round((head.width - head.columnSpacing) / 2)
                title: root.place.title
                ink: Theme.asphalt
            }

            Reading {
                id: lead

                width: Theme.portrait ? head.width : head.width - headline.width - head.columnSpacing
                visible: text !== ""
                text: root.place.lead
                color: Theme.paperQuiet
                font.pixelSize: Theme.portrait ? Theme.body : Theme.label
            }
        }

        Tabs {
            id: tabs

            anchors.top: head.bottom
            anchors.topMargin: Theme.gap
            anchors.left: head.left
            anchors.right: head.right
            visible: root.place.tabs.count > 1
            height: visible ? implicitHeight : 0
            columns: root.place.tabs.count
            model: root.place.tabs
            current: root.place.tab
            onChosen: index => root.place.choose(index)
        }

        Rectangle {
            anchors.top: cars.top
            anchors.topMargin: root.sightHeight - Theme.carWheel
            width: parent.width
            height: page.contentHeight
            visible: !Theme.portrait
            color: Theme.paperSunk
        }

        ListView {
            id: cars

            anchors.top: tabs.bottom
            anchors.topMargin: Theme.gap
            width: parent.width
            height: page.contentHeight - y
            orientation: Theme.portrait ? ListView.Vertical : ListView.Horizontal
            leftMargin: Theme.portrait ? 0 : Theme.carMargin
            rightMargin: leftMargin
            clip: true
            interactive: contentWidth + leftMargin + rightMargin > width || contentHeight > height
            model: root.place.cars

            delegate: Touchable {
                id: car

                required property int index
                required property string title
                required property string note
                required property string drawing
                required property real share
                required property bool isElectric
                required property string figure
                required property string figureLine
                required property bool example
                required property url source
                required property real focusX
                required property real focusY
                required property real shape
                required property bool isCutOut

                width: root.cardWidth
                // On an upright screen: its words, and what they leave to a car that is alone.
                readonly property real wordsHeight: texts.height + Theme.figureGap + Theme.textGap
                readonly property real heightLeft: root.place.cars.count === 1 ? cars.height - wordsHeight : 0

                height: Theme.portrait ? Math.max(sight.height, heightLeft) + wordsHeight : cars.height
                text: [car.title, car.isElectric ? root.place.words.electric : "", car.example ? root.place.words.example : "", car.figure, car.figureLine, car.note].filter(part => part).join(". ")
                veil: Theme.asphalt
                veilStrength: 0.05
                onClicked: root.navigation.openDetail("cars", index)

                Rectangle {
                    anchors.top: sight.bottom
                    anchors.topMargin: -Theme.carWheel
                    anchors.bottom: parent.bottom
                    width: parent.width
                    visible: Theme.portrait
                    color: Theme.paperSunk
                }

                CarSight {
                    id: sight

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.portrait ? Theme.margin : Theme.gap
                    width: root.lies ? Math.round(Theme.aloneShare * parent.width) : parent.width - 2 * anchors.leftMargin
                    // A photograph is no higher than can be without much of it cut off.
                    readonly property real uprightLeast: car.drawing !== "" ? Theme.carHeight : Theme.carPhotograph
                    readonly property real uprightMost: isStanding ? Theme.aloneUpright * car.heightLeft : Math.min(car.heightLeft, width / Math.max(1, (1 - Theme.leastCutOff) * shape))

                    height: Theme.portrait ? Math.round(Math.max(uprightLeast, uprightMost)) : root.sightHeight
                    drawing: car.drawing
                    share: car.share
                    source: car.source
                    focusX: car.focusX
                    focusY: car.focusY
                    knownShape: car.shape
                    isKnownCutOut: car.isCutOut
                }

                ExampleRibbon {
                    anchors.top: sight.top
                    anchors.left: sight.left
                    visible: car.example
                    word: root.place.words.example
                    Accessible.ignored: true
                }

                Column {
                    id: texts

                    // Beside the car they end above its floor.
                    anchors.top: sight.top
                    anchors.topMargin: root.lies ? Math.max(0, sight.height - Theme.carWheel - Theme.gap - height) : sight.height + Theme.figureGap
                    anchors.left: sight.left
                    anchors.leftMargin: root.lies ? sight.width + Theme.gutter : 0
                    anchors.right: parent.right
                    anchors.rightMargin: sight.anchors.leftMargin
                    spacing: Theme.captionGap

                    Headline {
                        width: parent.width
                        fit: width
                        heading: car.title
                        color: Theme.asphalt
                        size: root.lies ? Theme.toolTitle : Theme.title
                        maximumLineCount: (root.lies ? 4 : 2) + Theme.moreLines
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }

                    Flow {
                        width: parent.width
                        visible: car.isElectric || car.figure !== ""
                        spacing: Theme.signGap

                        Row {
                            visible: car.figure !== ""
                            spacing: Theme.captionGap

                            Reading {
                                id: priceFigure

                                text: car.figure
                                color: Theme.asphalt
                                font.weight: Font.Black
                                font.pixelSize: Theme.lead
                                Accessible.ignored: true
                            }

                            TextMetrics {
                                id: lineMetrics

                                text: car.figureLine
                                font: priceLine.font
                            }

                            Reading {
                                id: priceLine

                                anchors.baseline: priceFigure.baseline
                                width: Math.min(Math.ceil(lineMetrics.advanceWidth) + 1, texts.width - priceFigure.width - Theme.captionGap)
                                text: car.figureLine
                                color: Theme.paperQuiet
                                font.pixelSize: Theme.label
                                maximumLineCount: (root.lies ? 2 : 1) + Theme.moreLines
                                elide: Text.ElideRight
                                Accessible.ignored: true
                            }
                        }

                        ElectricMark {
                            visible: car.isElectric
                            word: root.place.words.electric
                        }
                    }

                    Reading {
                        // What has no room in the street is read out, and on the page.
                        readonly property bool hasRoom: Theme.portrait || texts.y + y + implicitHeight <= car.height

                        width: parent.width
                        opacity: hasRoom ? 1 : 0
                        visible: car.note !== ""
                        text: car.note
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        maximumLineCount: (root.lies ? 4 : car.figure === "" ? 2 : 1) + Theme.moreLines
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }
            }
        }

        EdgeFade {
            view: cars
        }
    }

    EdgeFade {
        view: page
    }
}
