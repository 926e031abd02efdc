import QtQuick
import Showroom
import Showroom.Models

// One sheet of the attract loop, whose words are read from 5 m and never need to be larger. `high` hangs
// them from the top instead of the foot, so that nothing stands at the same pixels for hours. They stand on
// what is drawn, which leaves room for them; never on a car that is to be seen, nor on a photograph: beside it
// where they are a figure or where that cuts less off it, else on a band across the screen.
Item {
    id: root

    required property string headline
    required property string line
    required property string overline
    required property string figure
    required property string exampleWord
    required property url source
    required property real focusX
    required property real focusY
    required property real shape
    required property bool isCutOut
    required property string invitation
    required property BrandViewModel brand
    required property bool high
    // How many sheets were shown before, and how long this one stays.
    required property int turn
    required property int seconds
    property bool isApart: false
    property string drawing: ""
    property url video
    // Whether it is on screen and nothing moves; a video that has begun stays until the sheet goes.
    property bool isAtRest: false

    property bool hasBegun: false

    onIsAtRestChanged: hasBegun = hasBegun || isAtRest

    readonly property bool isPhotograph: video.toString() !== "" || (source.toString() !== "" && !/\.svg$/i.test(source.toString()))
    readonly property bool isBeside: isApart || (isPhotograph && (figure !== "" || (!Theme.portrait && sight.cutOff(frame.besideWords) < sight.cutOff(frame.aboveBand))))
    readonly property bool isBanded: isPhotograph && !isBeside
    readonly property bool isDrawn: !isBeside && !isBanded
    readonly property bool settled: (isDrawn ? picture.settled : sight.settled) && mark.settled
    readonly property bool hangs: high && !(isBeside && Theme.portrait)
    readonly property bool sideways: high && !Theme.portrait && isDrawn
    // How much of the width words have beside a picture: less where it is little, so that a car is seen to its ends.
    readonly property real wordsShare: width < 1.5 * height ? 0.4 : 0.46
    readonly property real beside: isBeside && !Theme.portrait ? Math.round(wordsShare * width) : width

    // How much wider than its frame the photograph is. In software each frame would cost the whole screen.
    property bool pans: false
    readonly property real panRoom: pans && !isBeside ? Math.round(Theme.pan * width) : 0

    // Once: what is on screen stays where it is.
    Component.onCompleted: {
        const angle = 2.4 * turn; // which never comes round to the same spot
        composition.x = turn > 0 ? Math.round(Theme.drift * Math.cos(angle)) : 0;
        composition.y = turn > 0 ? Math.round(Theme.drift * Math.sin(angle)) : 0;
        const isQuick = GraphicsInfo.api !== GraphicsInfo.Software && GraphicsInfo.api !== GraphicsInfo.Unknown;
        pans = isQuick && Theme.atLeisure && !Theme.reducedMotion && video.toString() === "";
    }

    Rectangle {
        anchors.fill: parent
        visible: !root.isDrawn
        color: Theme.asphalt
    }

    Rectangle {
        id: frame

        // On a wide screen, beside the words and above a band of them.
        readonly property size besideWords: Qt.size(root.width - Math.round(root.wordsShare * root.width), root.height)
        readonly property size aboveBand: Qt.size(root.width, root.height - band.drawnHeight)

        anchors.right: parent.right
        y: root.isBanded && root.high ? band.height : 0
        width: root.isBeside && !Theme.portrait ? besideWords.width : parent.width
        height: root.isBanded ? parent.height - band.height : Theme.portrait ? Math.round(0.44 * parent.height) : parent.height
        visible: !root.isDrawn
        color: Theme.paper
        clip: root.panRoom > 0

        Rectangle {
            id: floor

            anchors.bottom: parent.bottom
            width: parent.width
            height: Math.round(parent.height * (Theme.portrait ? 0.14 : 0.28))
            color: Theme.paperSunk
        }

        CarSight {
            id: sight

            readonly property real sideRoom: isStanding ? Theme.px(64) : 0

            x: sideRoom
            width: parent.width - 2 * sideRoom + (isStanding ? 0 : root.panRoom)
            height: parent.height - (isStanding ? floor.height - Theme.carWheel : 0)
            mostCutOff: root.isBanded ? 1 : Theme.mostCutOff
            drawing: root.drawing
            source: root.isDrawn ? "" : root.source
            focusX: root.focusX
            focusY: root.focusY
            knownShape: root.shape
            isKnownCutOut: root.isCutOut
        }
    }

    Picture {
        id: picture

        width: parent.width + root.panRoom
        height: parent.height
        visible: root.isDrawn
        source: root.isDrawn ? root.source : ""
        focusX: root.focusX
        focusY: root.focusY
        fades: false
    }

    Film {
        anchors.fill: frame
        video: root.video
        focusX: root.focusX
        focusY: root.focusY
        plays: root.hasBegun
    }

    // On the thread that draws; slowly enough to be there when the next one comes.
    XAnimator {
        target: root.isDrawn ? picture : sight
        from: 0
        to: -root.panRoom
        duration: 1000 * root.seconds + Theme.move
        running: root.panRoom > 0 && root.settled && !sight.isStanding
    }

    WordShade {
        visible: root.isDrawn && !root.sideways
        headEnds: root.high ? composition.y + words.y + words.height : 0
        footBegins: root.high ? height : composition.y + words.y
    }

    Shade {
        visible: root.sideways

        GradientStop {
            position: 0.15
            color: Qt.alpha(Theme.asphalt, 0.95)
        }
        GradientStop {
            position: 0.6
            color: Qt.alpha(Theme.asphalt, 0.7)
        }
        GradientStop {
            position: 1
            color: Qt.alpha(Theme.asphalt, 0.05)
        }
    }

    // What words stand on across the screen. Whose showroom it is and the button stand beside them, on an
    // upright screen the button below.
    QtObject {
        id: band

        readonly property bool isLying: root.isBanded && !Theme.portrait
        readonly property real padding: Theme.px(64)
        readonly property real spacing: Theme.px(32)
        readonly property real headlineSize: Theme.px(Theme.portrait ? 148 : 116)
        readonly property real sentenceSize: Theme.px(Theme.portrait ? 52 : 44)
        readonly property real least: Theme.portrait ? 0 : mark.height + padding + button.height
        readonly property real others: 2 * padding + (Theme.portrait ? padding + button.height : 0)
        readonly property real wordsWidth: root.width - 2 * Theme.margin - (Theme.portrait ? 0 : Math.max(mark.width, button.width) + Theme.gutter)
        readonly property real height: Math.max(words.height, least) + others
        readonly property real y: root.high ? 0 : root.height - height

        // How high it would be with all its words as large as they are drawn.
        readonly property real drawnWords: drawnHeadline.height + spacing + drawnSentence.height + (words.hasOverline ? Theme.px(52) + spacing : 0)
        readonly property real drawnHeight: Math.min(Theme.bandMost * root.height, Math.max(drawnWords, least) + others)
    }

    Headline {
        id: drawnHeadline

        width: band.wordsWidth
        fit: width
        visible: false
        heading: root.isPhotograph && !Theme.portrait ? root.headline : ""
        size: band.headlineSize
    }

    Reading {
        id: drawnSentence

        width: band.wordsWidth
        visible: false
        text: root.isPhotograph && !Theme.portrait ? root.line : ""
        font.pixelSize: band.sentenceSize
        font.weight: Font.Bold
    }

    // Strays as a whole, so that it stays aligned.
    Item {
        id: composition

        width: parent.width
        height: parent.height

        // How tall the headline would be as large as it is drawn where it fits.
        Headline {
            id: full

            width: words.width
            fit: width
            visible: false
            heading: root.headline
            size: root.figure ? Theme.px(84) : root.isBanded ? band.headlineSize : Theme.px(Theme.portrait ? 148 : 190)
        }

        Column {
            id: words

            readonly property real foot: root.hangs || root.isBeside ? button.lowest - (root.sideways ? Theme.px(64) : Theme.gap) : root.height - Theme.px(230)
            readonly property bool hasOverline: root.overline !== "" || root.exampleWord !== ""
            // What the others take, and what they leave to the headline.
            readonly property real others: sentence.height + spacing + (hasOverline ? above.height + spacing : 0) + (root.figure ? numeral.height + spacing : 0)
            readonly property real room: (root.isBanded ? Theme.bandMost * root.height - band.others : foot - Theme.top) - others
            // How far up all of them reach from the foot, as large as they are drawn.
            readonly property real drawnTop: (root.isBeside ? button.drawnLowest - Theme.gap : root.height - Theme.px(230)) - others - full.height

            anchors.left: parent.left
            anchors.leftMargin: Theme.margin
            y: root.isBanded ? band.y + band.padding : root.hangs ? Theme.top : foot - height
            width: root.beside < parent.width ? root.beside - Theme.margin - Theme.px(48) : band.isLying ? band.wordsWidth : Math.min(parent.width - 2 * Theme.margin, Theme.px(root.sideways ? 1080 : 1500))
            spacing: root.isBanded ? band.spacing : Theme.px(46)

            Row {
                id: above

                spacing: Theme.px(24)
                visible: words.hasOverline

                ExampleRibbon {
                    id: ribbon

                    visible: root.exampleWord !== ""
                    word: root.exampleWord
                }

                Headline {
                    visible: root.overline !== ""
                    width: words.width - (root.exampleWord !== "" ? ribbon.width + above.spacing : 0)
                    fit: width
                    heading: root.overline
                    size: Theme.px(52)
                }
            }

            Headline {
                id: numeral

                width: parent.width
                fit: width
                visible: root.figure !== ""
                heading: root.figure
                size: Theme.px(Theme.portrait ? 300 : 330)
                wrapMode: Text.NoWrap
                Accessible.name: [root.headline, root.figure].filter(part => part).join(" ")
            }

            Headline {
                width: parent.width
                fit: width
                visible: root.headline !== ""
                heading: root.headline
                size: Math.floor(full.drawn * Math.min(1, words.room / full.height))
                Accessible.ignored: root.figure !== ""
            }

            Reading {
                id: sentence

                width: parent.width
                text: root.line
                font.pixelSize: root.isBanded ? band.sentenceSize : Theme.px(52)
                font.weight: Font.Bold
            }
        }

        Rectangle {
            id: button

            // A long name beside it sends it up.
            readonly property bool meetsPlate: plate.atFoot && plate.width + Theme.gap > root.width - anchors.leftMargin - width

            // Where it stands below words that are as high as they may be.
            readonly property real drawnLowest: root.height - height - Theme.px(root.high && Theme.portrait ? 210 : 72)
            readonly property real lowest: meetsPlate ? root.height - height - Theme.px(72) - plate.height - Theme.gap : drawnLowest

            anchors.left: parent.left
            anchors.leftMargin: band.isLying ? parent.width - width - Theme.margin : Theme.margin
            // Words that hang take it with them: so it is not at the same pixels on every sheet.
            y: band.isLying ? band.y + band.height - band.padding - height : root.isBanded || root.sideways ? words.y + words.height + Theme.px(64) : lowest
            width: begin.implicitWidth + Theme.px(96)
            height: Math.max(Theme.px(104), begin.height + Theme.gap)
            color: Theme.paper

            Reading {
                id: begin

                anchors.centerIn: parent
                Accessible.ignored: true
                text: root.invitation
                color: Theme.asphalt
                font.weight: Font.Black
                font.pixelSize: Theme.lead
            }
        }

        Rectangle {
            id: plate

            readonly property real hung: Theme.top - Theme.px(24)
            // A photograph beside the words ends in the wheels of a car.
            readonly property bool isAboveWheels: root.isBeside && root.isPhotograph && !sight.isStanding && !Theme.portrait
            // Where the words hang from the top, or reach up to it.
            readonly property bool atFoot: !isAboveWheels && (root.high || (!root.isBanded && words.drawnTop < hung + height + Theme.gap))

            anchors.right: parent.right
            y: band.isLying ? band.y + band.padding - Theme.px(24) : atFoot ? root.height - height - Theme.px(72) : hung
            width: mark.width + Theme.margin + Theme.px(40)
            height: mark.height + Theme.px(48)
            color: mark.ground

            // To the edge however far it strays.
            Rectangle {
                anchors.top: parent.top
                anchors.bottom: parent.bottom
                anchors.left: parent.right
                width: Theme.drift
                color: parent.color
            }

            BrandMark {
                id: mark

                anchors.top: parent.top
                anchors.topMargin: Theme.px(24)
                anchors.left: parent.left
                anchors.leftMargin: Theme.px(40)
                fit: root.isPhotograph && !Theme.portrait ? Math.round(0.4 * root.width) : root.width - 2 * Theme.margin - Theme.px(40)
                brand: root.brand
            }
        }
    }
}
