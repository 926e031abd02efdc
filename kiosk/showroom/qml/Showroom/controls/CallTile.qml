pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Something to do next, on a ground of its own: what it is, a line above it, an arrow; perhaps a picture or a
// start number at its end.
Touchable {
    id: root

    required property color ground
    required property color ink
    property string overline: ""
    property string figure: ""
    property bool inRoundel: false
    property string drawing: ""
    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    property real inset: Theme.px(40)
    property real least: Theme.px(116)
    readonly property bool isRoomy: least > Theme.type(180)
    // As high as a poster, so that its figure is one.
    readonly property bool isTall: least > Theme.type(300)
    readonly property bool hasDisc: inRoundel && figure !== ""
    // Beside a picture words need room.
    readonly property bool hasSight: (drawing !== "" || source.toString() !== "") && width > Theme.type(520)
    readonly property bool settled: (sight.item as CarSight)?.settled ?? true

    // As narrow as it may be, without a picture and however high.
    implicitWidth: inset + Math.ceil(Theme.widest(title.capitals(), Theme.label)) + Theme.px(16) + arrow.width + Theme.px(32) + (hasDisc ? Theme.px(214) : 0)
    implicitHeight: Math.max(least, words.height + Theme.px(40))
    veil: ink
    Accessible.name: [overline, figure, text].filter(part => part).join(": ")

    background: Rectangle {
        color: root.ground
    }

    Rectangle {
        id: frame

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: root.hasSight ? Math.round(Math.min(0.42 * root.width, 1.6 * root.least)) : root.hasDisc ? disc.width + Theme.px(64) : 0
        color: root.hasSight ? Theme.paperSunk : "transparent"
        clip: true

        Loader {
            id: sight

            readonly property bool isStanding: (item as CarSight)?.isStanding ?? false
            readonly property real sideRoom: isStanding ? Math.round(frame.width / 16) : 0

            anchors.fill: parent
            anchors.leftMargin: sideRoom
            anchors.rightMargin: sideRoom
            anchors.topMargin: sideRoom
            anchors.bottomMargin: isStanding ? Math.round(Math.max(frame.height / 9, (frame.height - frame.width / 2) / 2)) : 0
            active: root.hasSight

            sourceComponent: CarSight {
                drawing: root.drawing
                source: root.source
                focusX: root.focusX
                focusY: root.focusY
            }
        }

        Loader {
            id: disc

            anchors.right: parent.right
            anchors.rightMargin: Theme.px(40)
            anchors.verticalCenter: parent.verticalCenter
            width: Math.round(Math.min(0.68 * root.height, Theme.px(150)))
            active: root.hasDisc

            sourceComponent: Roundel {
                number: root.figure
                Accessible.ignored: true
            }
        }
    }

    Column {
        id: words

        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.isRoomy ? Theme.px(32) : Math.round((parent.height - height) / 2)
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        anchors.right: arrow.left
        anchors.rightMargin: Theme.px(16)
        spacing: Theme.px(root.isTall ? 20 : 10)

        Reading {
            width: parent.width
            visible: text !== ""
            text: [root.overline, root.isTall || root.inRoundel ? "" : root.figure].filter(part => part).join(" \u00b7 ")
            color: root.ink
            font.weight: Font.Bold
            font.pixelSize: Theme.label
            Accessible.ignored: true
        }

        Loader {
            width: parent.width
            active: root.isTall && root.figure !== "" && !root.inRoundel
            visible: active

            sourceComponent: Headline {
                fit: width
                heading: root.figure
                color: root.ink
                size: Theme.result
                inCapitals: false
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        Headline {
            id: title

            // Of the last line's capital letters, which the arrow stands beside.
            readonly property real letterHeight: 0.7 * drawn

            width: parent.width
            fit: width
            heading: root.text
            color: root.ink
            size: root.isRoomy ? Theme.title : Theme.body
            inCapitals: root.isRoomy
            Accessible.ignored: true
        }
    }

    Sign {
        id: arrow

        anchors.right: frame.left
        anchors.rightMargin: Theme.px(32)
        anchors.bottom: words.bottom
        anchors.bottomMargin: Math.round((title.letterHeight - height) / 2)
        sign: Signs.forward
        color: root.ink
    }
}
