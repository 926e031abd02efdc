import QtQuick
import Showroom
import Showroom.Models

// Something to do next, on a ground of its own: what it is, a line above it, an arrow.
Touchable {
    id: root

    required property color ground
    required property color ink
    property string overline: ""
    property real least: Theme.px(116)
    readonly property bool isRoomy: height > Theme.px(180)

    implicitHeight: Math.max(least, words.height + Theme.px(40))
    veil: ink
    Accessible.name: [overline, text].filter(part => part).join(": ")

    background: Rectangle {
        color: root.ground
    }

    Column {
        id: words

        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.isRoomy ? Theme.px(32) : Math.round((parent.height - height) / 2)
        anchors.left: parent.left
        anchors.leftMargin: Theme.px(40)
        anchors.right: arrow.left
        anchors.rightMargin: Theme.px(16)
        spacing: Theme.px(10)

        Reading {
            width: parent.width
            visible: root.overline !== ""
            text: root.overline
            color: root.ink
            font.weight: Font.Bold
            font.pixelSize: Theme.label
            Accessible.ignored: true
        }

        Headline {
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

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(32)
        anchors.bottom: words.bottom
        sign: Signs.forward
        color: root.ink
    }
}
