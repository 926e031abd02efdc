import QtQuick
import Showroom
import Showroom.Models

// An offer with its car: the figure as a poster, what it is, until when, and how its terms begin. The car
// stands before the words, or above them where there is room.
Touchable {
    id: root

    required property string title
    required property string figure
    required property string unit
    required property string note
    required property string terms
    required property string exampleWord
    required property string drawing
    required property url source
    required property real focusX
    required property real focusY
    // How high it is where its words need no more.
    required property real least
    readonly property real gap: Theme.portrait ? Theme.px(32) : Theme.insetNarrow

    readonly property bool isTall: Theme.portrait && least > Theme.px(700)
    readonly property bool isLow: least < Theme.px(240)
    readonly property real clear: isLow ? Theme.px(3) : least < Theme.px(420) ? Theme.px(6) : Theme.px(20)
    readonly property real wordsWidth: isTall ? width - 2 * Theme.margin : width - tile.width - 2 * gap
    readonly property int columns: isTall ? 1 : wordsWidth >= Theme.type(1000) ? 3 : wordsWidth >= Theme.type(600) && least < Theme.px(Theme.portrait ? 340 : 360) ? 2 : 1
    readonly property real titleSize: columns === 1 ? Theme.cardTitle : isLow ? Theme.label : Theme.body
    readonly property bool settled: sight.settled

    implicitHeight: isTall ? Math.max(least, Theme.px(300) + words.height + 2 * Theme.px(32)) : Math.max(least, words.height + 2 * clear)
    text: [root.exampleWord, root.title, `${root.figure} ${root.unit}`, root.note, root.terms].filter(part => part).join(". ")
    veil: Theme.asphalt
    veilStrength: 0.07

    background: Rectangle {
        color: Theme.paper
    }

    Rectangle {
        id: tile

        anchors.top: parent.top
        anchors.left: parent.left
        width: root.isTall ? root.width : Math.round(Math.min(root.width / 2, Math.max(Theme.px(210), ribbon.implicitWidth, root.least * (Theme.portrait ? 0.95 : 1.55))))
        height: root.isTall ? root.height - words.height - 2 * Theme.px(32) : root.height
        color: Theme.paperSunk

        CarSight {
            id: sight

            readonly property real sideRoom: isStanding ? Math.round(tile.width / 14) : 0

            anchors.fill: parent
            anchors.leftMargin: sideRoom
            anchors.rightMargin: sideRoom
            anchors.topMargin: sideRoom
            anchors.bottomMargin: isStanding ? Math.round(Math.max(tile.height / 9, (tile.height - tile.width / 2) / 2)) : 0
            mostCutOff: Theme.leastCutOff
            drawing: root.drawing
            source: root.source
            focusX: root.focusX
            focusY: root.focusY
        }

        ExampleRibbon {
            id: ribbon

            anchors.top: parent.top
            anchors.left: parent.left
            visible: root.exampleWord !== ""
            word: root.exampleWord
            Accessible.ignored: true
        }
    }

    Item {
        id: area

        anchors.top: root.isTall ? tile.bottom : parent.top
        anchors.bottom: parent.bottom
        anchors.left: root.isTall ? parent.left : tile.right
        anchors.leftMargin: root.isTall ? Theme.margin : root.gap
    }

    Rule {
        anchors.top: parent.top
        anchors.left: words.left
        anchors.right: words.right
        visible: !root.isTall
        color: Theme.paperLine
    }

    Grid {
        id: words

        anchors.left: area.left
        anchors.verticalCenter: area.verticalCenter
        columns: Math.min(2, root.columns)
        columnSpacing: Theme.px(32)
        rowSpacing: Theme.px(16)

        Column {
            id: price

            width: root.columns === 1 ? root.wordsWidth : Math.round(root.wordsWidth * (root.columns === 2 ? (Theme.portrait ? 0.44 : 0.46) : root.isLow ? 0.2 : 0.26))
            spacing: Theme.px(Theme.portrait ? 12 : 20)

            Headline {
                width: parent.width
                fit: width
                heading: root.figure
                color: Theme.asphalt
                size: root.isLow ? Theme.px(72) : root.least > Theme.px(Theme.portrait ? 640 : 340) ? Theme.figure : Theme.price
                inCapitals: false
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            Reading {
                width: parent.width
                visible: root.columns < 3
                text: root.unit
                color: Theme.asphalt
                font.weight: Font.Bold
                font.pixelSize: Theme.label
                Accessible.ignored: true
            }
        }

        Grid {
            id: rest

            readonly property real room: root.columns === 1 ? root.wordsWidth : root.wordsWidth - price.width - words.columnSpacing

            columns: root.columns === 3 ? 2 : 1
            columnSpacing: Theme.px(32)
            rowSpacing: Theme.px(8)

            Column {
                width: root.columns === 3 ? Math.round((rest.room - rest.columnSpacing) / 2) : rest.room
                spacing: Theme.px(root.isLow ? 6 : 10)

                Headline {
                    width: parent.width
                    fit: width
                    heading: root.title
                    color: Theme.asphalt
                    size: root.titleSize
                    Accessible.ignored: true
                }

                Reading {
                    width: parent.width
                    visible: root.columns === 3
                    text: root.unit
                    color: Theme.asphalt
                    font.weight: Font.Bold
                    font.pixelSize: Theme.label
                    Accessible.ignored: true
                }
            }

            Column {
                width: root.columns === 3 ? Math.floor((rest.room - rest.columnSpacing) / 2) : rest.room

                Reading {
                    width: parent.width
                    text: root.note
                    color: Theme.asphalt
                    font.weight: Font.Bold
                    font.pixelSize: Theme.label
                    Accessible.ignored: true
                }

                Reading {
                    width: parent.width
                    text: root.terms
                    color: Theme.paperQuiet
                    font.pixelSize: Theme.label
                    Accessible.ignored: true
                }
            }
        }
    }
}
