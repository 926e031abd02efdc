pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Two cars beside each other at one scale, what was measured of each, and the cars to exchange one for.
Rectangle {
    id: root

    required property CompareViewModel place
    required property NavigationViewModel navigation

    // Words stand beside a car where figures leave no room for them below it.
    readonly property bool lies: !Theme.portrait && place.rows.count > 0 && heightLeft < Theme.comparedAlone + Theme.carWords
    readonly property real sideWidth: (width - 2 * Theme.margin - (sides.columns - 1) * Theme.gutter) / sides.columns
    readonly property real sightWidth: lies ? Math.round(Theme.comparedShare * sideWidth) : sideWidth
    // A car is as high as the figures below let it be, and no higher than a photograph is. What is left then goes to
    // the figures.
    readonly property real figuresHeight: place.rows.count * largest.height
    readonly property real heightLeft: choice.y - Theme.pageTop - Theme.gap - figuresHeight - Theme.columnGap
    readonly property real rowHeight: !Theme.portrait && place.rows.count > 0 ? Math.floor(Math.min(Theme.comparedRow, largest.height + Math.max(0, heightLeft - sides.height) / place.rows.count)) : 0
    readonly property real sightMost: Math.min(0.75 * sightWidth, heightLeft - (lies ? 0 : Theme.carWords))
    readonly property real sightHeight: place.rows.count === 0 ? Theme.comparedAlone : Theme.portrait ? Theme.comparedHeight : Math.round(Math.max(Theme.comparedHeight, sightMost))

    color: Theme.paper

    // A car and its words, which stand beside it where there are figures and the width for it.
    component Side: Item {
        id: side

        required property string title
        required property string note
        required property string drawing
        required property real share
        required property string figure
        required property string figureLine
        required property bool example
        required property url source
        required property real focusX
        required property real focusY
        readonly property real wordsBelow: sight.height + Theme.gap + 2 * words.spacing

        width: root.sideWidth
        height: root.lies ? Math.max(sight.height, words.height) : wordsBelow + words.height

        CarSight {
            id: sight

            anchors.left: parent.left
            anchors.top: parent.top
            anchors.topMargin: root.lies ? parent.height - height : 0
            width: root.sightWidth
            height: root.sightHeight
            mostCutOff: root.lies ? 1 : Theme.leastCutOff
            isFlush: true
            drawing: side.drawing
            share: side.share
            source: side.source
            focusX: side.focusX
            focusY: side.focusY
        }

        Column {
            id: words

            anchors.left: parent.left
            anchors.leftMargin: root.lies ? sight.width + Theme.gap : 0
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.topMargin: root.lies ? parent.height - height : side.wordsBelow
            spacing: Theme.captionGap

            Headline {
                width: words.width
                fit: width
                heading: side.title
                color: Theme.asphalt
                size: Theme.cardTitle
            }

            Flow {
                width: words.width
                visible: side.figure !== ""
                spacing: Theme.captionGap

                Reading {
                    width: Math.min(implicitWidth, words.width)
                    text: `${side.figure} ${side.figureLine}`
                    color: Theme.asphalt
                    font.weight: Font.Bold
                    font.pixelSize: Theme.label
                }

                ExampleRibbon {
                    visible: side.example
                    word: root.place.words.example
                }
            }

            Reading {
                width: words.width
                visible: side.note !== "" && root.place.rows.count === 0
                text: side.note
                color: Theme.paperQuiet
                font.pixelSize: Theme.label
            }
        }
    }

    Largest {
        id: largest

        repeater: compared
    }

    ScrollColumn {
        anchors.top: parent.top
        anchors.bottom: choice.top
        width: parent.width
        // Without figures below them, the cars stand in the middle of what a nearly square screen leaves.
        topInset: figures.height > 0 ? Theme.pageTop : Math.max(Theme.pageTop, Math.round((height - sides.height) / 2))
        leftInset: Theme.margin
        rightInset: Theme.margin
        spacing: Theme.gap

        Grid {
            id: sides

            columns: Theme.portrait && root.place.rows.count === 0 ? 1 : 2
            columnSpacing: Theme.gutter
            rowSpacing: Theme.gap
            verticalItemAlignment: root.lies ? Grid.AlignBottom : Grid.AlignTop

            Repeater {
                model: root.place.left
                delegate: Side {}
            }

            Repeater {
                model: root.place.right
                delegate: Side {}
            }
        }

        Column {
            id: figures

            width: parent.width

            Repeater {
                id: compared

                model: root.place.rows

                ComparedValues {
                    width: parent.width
                    height: Math.max(implicitHeight, root.rowHeight)
                }
            }
        }
    }

    Rectangle {
        id: choice

        anchors.bottom: parent.bottom
        width: parent.width
        height: root.place.choices.count > 1 ? Theme.choiceHeight : Theme.portrait ? 0 : Theme.wayBack
        color: Theme.paperSunk

        ListView {
            id: choices

            visible: count > 1
            anchors.fill: parent
            anchors.leftMargin: Theme.portrait ? 0 : Theme.beyondWayBack
            orientation: ListView.Horizontal
            leftMargin: Theme.margin
            rightMargin: Theme.margin
            spacing: Theme.gap
            clip: true
            interactive: contentWidth + leftMargin + rightMargin > width
            currentIndex: root.place.chosen
            model: root.place.choices

            delegate: Touchable {
                id: other

                required property int index
                required property string title
                required property string drawing
                required property real share
                required property url source
                required property real focusX
                required property real focusY
                readonly property bool isChosen: index === root.place.chosen

                width: Theme.choiceWidth
                height: choices.height
                text: title
                checkable: true
                autoExclusive: true
                checked: isChosen
                veil: Theme.asphalt
                veilStrength: 0.06
                Accessible.role: Accessible.RadioButton
                onClicked: root.place.choose(index)

                CarSight {
                    id: small

                    anchors.top: parent.top
                    anchors.topMargin: Theme.gap
                    width: parent.width
                    height: Theme.choiceSight
                    mostCutOff: Theme.leastCutOff
                    drawing: other.drawing
                    share: other.share
                    source: other.source
                    focusX: other.focusX
                    focusY: other.focusY
                }

                Reading {
                    anchors.top: small.bottom
                    anchors.topMargin: Theme.captionGap
                    width: parent.width
                    text: other.title
                    color: Theme.asphalt
                    font.weight: other.isChosen ? Font.Black : Font.Medium
                    font.pixelSize: Theme.label
                    horizontalAlignment: Text.AlignHCenter
                    maximumLineCount: 2 + Theme.moreLines
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }

                Stripes {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    visible: other.isChosen
                    color: Theme.accentOnPaper
                }
            }
        }

        EdgeFade {
            view: choices
            ground: Theme.paperSunk
        }
    }
}
