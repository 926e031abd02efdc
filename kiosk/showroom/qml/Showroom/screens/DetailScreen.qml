pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// One thing to read: its picture and figure on one side, its words on the other, and below them, in
// view at all times, the code to take it home.
SplitPage {
    id: root

    required property DetailViewModel detail
    required property NavigationViewModel navigation
    required property InterfaceTexts words

    readonly property bool roundel: detail.figureStyle === "roundel"
    // Figures, or facts with a name.
    readonly property bool figures: detail.factsStyle === "figures"
    // There is little to read, so the code is the thing to see.
    readonly property bool codeOnly: detail.layout === "code"
    // It has nothing but words: its title stands beside them, and the picture keeps its colors.
    readonly property bool wordsOnly: detail.layout === "words"
    // A picture is not covered by what is set as large as a poster; a start number has a ground of its own.
    readonly property bool isApart: wordsOnly || (detail.figure !== "" && !roundel)

    share: 0.4
    // A photograph below a figure has what little to read leaves, up to where none of its width is cut off.
    readonly property real heightLeft: height - page.needed - dock.height - 2 * Theme.callHeight - Theme.lineGap
    readonly property real sideWhole: picture.shape > 0 ? head.needed + width / picture.shape : 0

    sideHeight: Math.round(isApart && !wordsOnly ? Math.max(0.43 * height, Math.min(heightLeft, sideWhole)) : 0.36 * height)
    sideNeeds: head.needed

    side: BonnetGround {
        anchors.fill: parent
        isStriped: root.detail.source.toString() === ""
        clip: true

        Picture {
            id: picture

            readonly property bool hasRoom: !root.isApart || height > Theme.pictureLeast
            // On an upright screen it stands beside a figure where that cuts less off it.
            readonly property real roomBeside: root.width - head.leftInset - Math.max(overline.implicitWidth, emblem.contentWidth, month.contentWidth, unit.contentWidth) - Theme.partGap
            readonly property size besideFigure: Qt.size(Math.max(1, roomBeside), root.sideHeight)
            readonly property size belowFigure: Qt.size(root.width, Math.max(1, root.sideHeight - head.needed))
            readonly property bool isBeside: Theme.portrait && root.isApart && !root.wordsOnly && roomBeside > Theme.pictureLeast && cutOff(besideFigure) < cutOff(belowFigure)

            anchors.top: parent.top
            anchors.topMargin: root.isApart && !isBeside ? head.needed : 0
            anchors.bottom: parent.bottom
            // In landscape the way back stands below it.
            anchors.bottomMargin: root.wordsOnly && !Theme.portrait ? Theme.wayBack : 0
            anchors.right: parent.right
            width: isBeside ? roomBeside : parent.width
            visible: hasRoom && source.toString() !== ""
            source: hasRoom ? root.detail.source : ""
            focusX: root.detail.focusX
            focusY: root.detail.focusY
            knownShape: root.detail.shape
            ground: Theme.asphalt

            WordShade {
                visible: !root.isApart
                headEnds: head.topInset + overline.height
            }
        }

        // A light picture ends at a line, else it is cut off above the light page.
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.edge
            visible: root.wordsOnly && Theme.portrait
            color: Theme.asphalt
        }

        ScrollColumn {
            id: head

            anchors.fill: parent
            anchors.bottomMargin: Theme.portrait ? 0 : Theme.wayBack
            ground: Theme.asphalt
            leftInset: Theme.margin
            rightInset: Theme.cardPadding
            bottomInset: root.wordsOnly ? Theme.columnGap : Theme.gap
            spacing: Theme.figureGap

            Overline {
                id: overline

                width: parent.width
                text: root.detail.overline
                exampleWord: root.detail.example ? root.words.example : ""
            }

            Headline {
                width: parent.width
                fit: width
                visible: root.wordsOnly
                heading: root.detail.title
            }

            Headline {
                id: emblem

                width: parent.width
                fit: width
                visible: root.detail.figure !== "" && !root.roundel
                heading: root.detail.figure
                Accessible.name: root.detail.figureSpoken
                size: Theme.emblem
                inCapitals: false
                wrapMode: Text.NoWrap
            }

            Headline {
                id: month

                width: parent.width
                fit: width
                visible: root.detail.figureStyle === "date"
                heading: visible ? root.detail.unit : ""
                size: Theme.title
                Accessible.ignored: true
            }

            Reading {
                id: unit

                width: parent.width
                visible: text !== ""
                text: root.detail.figureStyle !== "date" ? root.detail.unit : ""
                font.weight: Font.Bold
                Accessible.ignored: root.detail.figure !== ""
            }

            Roundel {
                visible: root.roundel && root.detail.figure !== ""
                number: root.detail.figure
                width: Theme.largeDisc
                Accessible.ignored: true
            }
        }
    }

    ScrollColumn {
        id: page

        anchors.top: parent.top
        anchors.bottom: dock.top
        width: parent.width
        topInset: Theme.portrait ? Theme.pageTop : Theme.top
        spacing: Theme.textGap

        Headline {
            width: parent.width
            fit: width
            visible: !root.wordsOnly
            heading: root.detail.title
            Accessible.name: root.roundel && root.detail.figure !== "" ? `${root.detail.figure}, ${heading}` : heading
            color: Theme.asphalt
            size: root.detail.hasLargeTitle ? Theme.storyTitle : Theme.entryTitle
        }

        Reading {
            width: parent.width
            visible: root.detail.lead !== ""
            text: root.detail.lead
            color: Theme.asphalt
            font.pixelSize: Theme.lead
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
            columnSpacing: Theme.columnGap
            rowSpacing: Theme.figureGap

            Repeater {
                model: root.figures ? root.detail.facts : null

                Figure {
                    width: (counted.width - (counted.columns - 1) * counted.columnSpacing) / counted.columns
                    size: root.roundel ? Theme.emblem : Theme.result
                    ink: Theme.asphalt
                    quiet: Theme.paperQuiet
                }
            }
        }

        Column {
            id: table

            property real widest: root.wordsOnly ? 0 : Theme.factCaption

            width: parent.width
            visible: !root.figures && root.detail.facts.count > 0
            spacing: Theme.factGap

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
    }

    CodeDock {
        id: dock

        anchors.bottom: onward.top
        width: parent.width
        // Larger codes need larger modules to be read from an arm's length.
        size: root.codeOnly ? Theme.codeAlone : root.detail.code.length > 200 ? Theme.codeLarge : Theme.codeSmall
        code: root.detail.code
        name: root.detail.codeName === root.detail.title ? "" : root.detail.codeName
        caption: root.detail.codeCaption
        secondCode: root.detail.secondCode
        secondCaption: root.detail.secondCodeCaption
    }

    Steps {
        id: onward

        anchors.bottom: parent.bottom
        width: parent.width
        steps: root.detail.steps
        navigation: root.navigation
        room: parent.height - page.needed - dock.height
    }
}
