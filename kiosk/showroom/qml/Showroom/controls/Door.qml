import QtQuick
import Showroom

// A door to a place: its name, and a figure or a sign with a line beside it. A large one has the place's name
// above and, where there is a picture, its picture beside it; a low one is a row.
Touchable {
    id: root

    required property string name
    required property string line
    required property string figure
    required property bool inRoundel
    required property string glyph
    required property string glyphFont
    // The one that staff want most visitors to take.
    required property bool calling
    property string drawing: ""
    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    property bool isLow: false
    // On paper, which is where a car is seen best.
    property bool isLight: false
    property color ground: Theme.asphalt

    readonly property bool hasSight: (drawing !== "" || source.toString() !== "") && width > Theme.px(700)
    readonly property bool settled: sight.settled
    readonly property bool hasDisc: inRoundel && figure !== ""
    readonly property color ink: calling ? Theme.accentInk : isLight ? Theme.asphalt : Theme.paper
    readonly property color quiet: calling ? Theme.accentInk : isLight ? Theme.paperQuiet : Theme.asphaltQuiet
    readonly property real inset: Theme.px(36)
    // A picture says what a sign would.
    readonly property real signWidth: hasSight ? 0 : isLow ? Theme.px(20) + Theme.type(96) : Math.max(sign.visible ? sign.width : 0, number.visible ? Math.ceil(number.implicitWidth) : 0, disc.visible ? disc.width : 0) + Theme.px(24)
    // Of what is to be read without a break.
    readonly property real wordsWidth: Math.ceil(Math.max(Theme.widest(name, Theme.label), Theme.widest(words.text, words.font.pixelSize)))
    readonly property real wordsHeight: title.height + Theme.px(8) + words.height

    // As narrow as it may be, and as low.
    implicitWidth: inset + signWidth + wordsWidth + inset
    implicitHeight: isLow ? wordsHeight + 2 * Theme.px(14) : Theme.px(34) + title.height + Theme.px(16) + (hasSight ? words.height : Math.max(signs.height, words.height)) + Theme.px(34)
    text: name

    background: Rectangle {
        color: root.calling ? Theme.accent : root.isLight ? Theme.paper : root.ground
    }

    // A car that stands does so on a floor.
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: sight.anchors.bottomMargin + Theme.carWheel
        visible: root.hasSight && sight.isStanding
        color: root.isLight ? Theme.paperSunk : Theme.raised
    }

    CarSight {
        id: sight

        anchors.top: parent.top
        anchors.topMargin: isStanding ? Theme.px(24) : 0
        anchors.bottom: parent.bottom
        anchors.bottomMargin: isStanding ? Math.round(0.1 * root.height) : 0
        anchors.right: parent.right
        anchors.rightMargin: isStanding ? Theme.px(36) : 0
        width: root.hasSight ? Math.round(Math.min((isStanding ? 0.54 : 0.6) * root.width, root.width - anchors.rightMargin - 2 * root.inset - root.wordsWidth)) : 0
        visible: root.hasSight
        drawing: root.hasSight ? root.drawing : ""
        source: root.hasSight ? root.source : ""
        focusX: root.focusX
        focusY: root.focusY
    }

    Headline {
        id: title

        anchors.top: parent.top
        anchors.topMargin: root.isLow ? Math.round((root.height - root.wordsHeight) / 2) : Theme.px(34)
        anchors.left: parent.left
        anchors.leftMargin: root.inset + (root.isLow ? root.signWidth : 0)
        anchors.right: root.hasSight ? sight.left : parent.right
        anchors.rightMargin: root.isLow ? Theme.px(20) : root.inset
        fit: width
        heading: root.name
        color: root.ink
        size: root.isLow ? Theme.body : root.hasSight ? Theme.toolTitle : Theme.lead
        wrapMode: Theme.moreLines > 0 ? Text.WordWrap : Text.NoWrap
        maximumLineCount: 1 + Theme.moreLines
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    Item {
        id: signs

        anchors.left: parent.left
        anchors.leftMargin: root.inset
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.isLow ? Math.round((root.height - height) / 2) : Theme.px(34)
        width: root.signWidth
        height: number.visible ? number.height : disc.visible ? disc.height : sign.height
        visible: !root.hasSight

        Headline {
            id: number

            fit: root.isLow ? Theme.type(96) : Theme.px(226)
            visible: root.figure !== "" && !root.hasDisc
            heading: root.figure
            color: root.ink
            size: root.isLow ? Theme.px(56) : Theme.px(92)
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Roundel {
            id: disc

            width: Theme.px(root.isLow ? 84 : 116)
            visible: root.hasDisc
            number: root.figure
            Accessible.ignored: true
        }

        Glyph {
            id: sign

            visible: root.figure === ""
            character: root.glyph
            file: root.glyphFont
            color: root.ink
            size: root.isLow ? Theme.px(64) : Theme.px(76)
        }
    }

    Reading {
        id: words

        // Next to its figure, of which it says what it counts.
        anchors.left: parent.left
        anchors.leftMargin: root.inset + root.signWidth
        anchors.right: title.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.isLow ? Math.round((root.height - root.wordsHeight) / 2) : number.visible ? Theme.px(28) : root.hasSight ? Theme.px(34) : signs.anchors.bottomMargin + Math.round((signs.height - height) / 2)
        text: root.hasSight ? `${root.figure} ${root.line}`.trim() : root.line
        color: root.quiet
        font.pixelSize: root.hasSight ? Theme.body : Theme.label
        font.weight: root.hasSight ? Font.Bold : Font.Medium
        lineHeight: 0.92
        maximumLineCount: (root.hasSight ? 3 : 2) * (1 + Theme.moreLines)
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
