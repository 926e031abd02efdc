pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// One thing to read: its picture and figure on one side, its words on the other, and below them, in
// view at all times, the code to take it home.
Rectangle {
    id: root

    required property DetailViewModel detail
    required property NavigationViewModel navigation
    required property var words

    readonly property real side: Theme.portrait ? width : Math.round(width * 0.4)
    readonly property bool roundel: detail.figureStyle === "roundel"
    // Figures, or facts with a name.
    readonly property bool figures: detail.factsStyle === "figures"
    // There is little to read, so the code is the thing to see.
    readonly property bool codeOnly: detail.layout === "code"
    // It has nothing but words: its title stands beside them, and the picture keeps its colours.
    readonly property bool wordsOnly: detail.layout === "words"

    color: Theme.paper

    Rectangle {
        id: panel

        width: root.side
        height: Theme.portrait ? Math.round(root.height * 0.36) : root.height
        color: Theme.asphalt
        clip: true

        Picture {
            // In landscape the way back stands below it.
            readonly property bool hasRoom: !root.wordsOnly || height > Theme.px(160)
            readonly property real foot: root.wordsOnly && !Theme.portrait ? Theme.px(176) : 0

            y: root.wordsOnly ? head.y + head.height + Theme.px(48) : 0
            width: parent.width
            height: parent.height - y - foot
            visible: hasRoom
            source: hasRoom ? root.detail.source : ""
            focusX: root.detail.focusX
            focusY: root.detail.focusY
            ground: Theme.asphalt

            Rectangle {
                anchors.fill: parent
                visible: !root.wordsOnly
                gradient: Gradient {
                    GradientStop {
                        position: 0
                        color: Qt.alpha(Theme.asphalt, 0.88)
                    }
                    GradientStop {
                        position: 0.5
                        color: Qt.alpha(Theme.asphalt, root.detail.unit ? 0.7 : root.detail.figure ? 0.4 : 0.1)
                    }
                    GradientStop {
                        position: 1
                        color: Qt.alpha(Theme.asphalt, 0.8)
                    }
                }
            }
        }

        // A light picture ends at a line, else it is cut off above the light page.
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.px(8)
            visible: root.wordsOnly && Theme.portrait
            color: Theme.asphalt
        }

        Column {
            id: head

            x: Theme.margin
            y: Theme.top
            width: parent.width - x - Theme.px(40)
            spacing: Theme.px(36)

            Row {
                spacing: Theme.px(20)

                Reading {
                    text: root.detail.overline
                    font.weight: Font.Bold
                }

                ExampleRibbon {
                    visible: root.detail.example
                    word: root.words.example
                }
            }

            Headline {
                width: parent.width
                fit: width
                visible: root.wordsOnly
                heading: root.detail.title
            }

            Headline {
                width: parent.width
                fit: width
                visible: root.detail.figure !== "" && !root.roundel
                heading: root.detail.figure
                Accessible.name: root.detail.figureSpoken
                size: Theme.px(260)
                inCapitals: false
                wrapMode: Text.NoWrap
            }

            Headline {
                width: parent.width
                fit: width
                visible: root.detail.figureStyle === "date"
                heading: root.detail.unit
                size: Theme.title
                Accessible.ignored: true
            }

            Reading {
                width: parent.width
                visible: root.detail.unit !== "" && root.detail.figureStyle !== "date"
                text: root.detail.unit
                font.weight: Font.Bold
                Accessible.ignored: root.detail.figure !== ""
            }

            Roundel {
                visible: root.roundel && root.detail.figure !== ""
                number: root.detail.figure
                width: Theme.px(360)
                Accessible.ignored: true
            }
        }
    }

    Flickable {
        id: scroller

        x: Theme.portrait ? 0 : root.side
        y: Theme.portrait ? panel.height : 0
        width: root.width - x
        height: root.height - y - dock.height
        contentHeight: texts.height + texts.y + Theme.px(48)
        interactive: contentHeight > height
        clip: true

        Column {
            id: texts

            x: Theme.inset
            y: Theme.portrait ? Theme.px(56) : Theme.top
            width: parent.width - 2 * x
            spacing: Theme.px(30)

            Headline {
                width: parent.width
                fit: width
                visible: !root.wordsOnly
                heading: root.detail.title
                Accessible.name: root.roundel && root.detail.figure !== "" ? `${root.detail.figure}, ${heading}` : heading
                color: Theme.asphalt
                size: Theme.px(root.detail.hasLargeTitle ? 96 : 76)
            }

            Reading {
                width: parent.width
                visible: root.detail.lead !== ""
                text: root.detail.lead
                color: Theme.asphalt
                font.pixelSize: Theme.px(42)
                font.weight: Font.Bold
            }

            Stripes {
                width: parent.width
                visible: root.detail.facts.count > 0 && !root.wordsOnly
            }

            Grid {
                id: counted

                width: parent.width
                visible: root.figures && root.detail.facts.count > 0
                columns: Math.max(1, Math.min(2, root.detail.facts.count))
                columnSpacing: Theme.px(48)
                rowSpacing: Theme.px(36)

                Repeater {
                    model: root.figures ? root.detail.facts : null

                    Figure {
                        width: (counted.width - (counted.columns - 1) * counted.columnSpacing) / counted.columns
                        size: Theme.px(root.roundel ? 260 : 120)
                        ink: Theme.asphalt
                        quiet: Theme.paperQuiet
                    }
                }
            }

            Column {
                id: table

                property real widest: Theme.px(root.wordsOnly ? 0 : 350)

                width: parent.width
                visible: !root.figures && root.detail.facts.count > 0
                spacing: Theme.px(14)

                Repeater {
                    model: root.figures ? null : root.detail.facts

                    Captioned {
                        required property string figure
                        required property string label

                        width: table.width
                        caption: figure
                        text: label
                        captionWidth: Math.min(table.widest, 0.4 * width)
                        onNaturalChanged: table.widest = Math.max(table.widest, natural)
                        Component.onCompleted: table.widest = Math.max(table.widest, natural)
                    }
                }
            }

            Reading {
                width: parent.width
                visible: root.detail.note !== ""
                text: root.detail.note
                color: Theme.asphalt
                font.weight: Font.Bold
            }

            Reading {
                width: parent.width
                visible: root.detail.body !== ""
                text: root.detail.body
                color: Theme.asphalt
            }

            Reading {
                width: parent.width
                visible: root.detail.terms !== ""
                text: root.detail.terms
                color: Theme.paperQuiet
                font.pixelSize: Theme.label
            }
        }
    }

    EdgeFade {
        view: scroller
    }

    Rectangle {
        id: dock

        x: scroller.x
        anchors.bottom: parent.bottom
        width: scroller.width
        height: root.detail.code === "" ? 0 : code.height + 2 * Theme.px(24)
        visible: height > 0
        color: Theme.paperSunk

        QrCode {
            id: code

            // Larger codes need larger modules to be read from an arm's length.
            readonly property real wish: Theme.px(root.codeOnly ? 460 : root.detail.code.length > 200 ? 400 : 200)

            x: Theme.inset
            anchors.verticalCenter: parent.verticalCenter
            width: wish
            code: root.detail.code
            name: [codeName.visible ? root.detail.codeName : "", root.detail.codeCaption].filter(part => part).join(". ")
        }

        Column {
            x: code.x + code.width + Theme.px(40)
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - Theme.px(64)
            spacing: Theme.px(8)

            Reading {
                id: codeName

                width: parent.width
                visible: root.detail.codeName !== root.detail.title
                Accessible.ignored: true
                text: root.detail.codeName
                color: Theme.asphalt
                font.weight: Font.Black
            }

            Reading {
                width: parent.width
                text: root.detail.codeCaption
                Accessible.ignored: true
                color: Theme.paperQuiet
            }
        }
    }
}
