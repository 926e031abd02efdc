import QtQuick
import Showroom

// A row of a list on paper that opens something: a line above it, and as high as its words need.
Touchable {
    id: root

    property real inset: Theme.inset
    property color line: Theme.paperLine
    property real least: 0
    property color ground: "transparent"
    // The tallest of what stands in it.
    property real tallest: 0

    implicitHeight: Math.max(least, tallest + 2 * Theme.px(8))
    veil: Theme.asphalt
    veilStrength: 0.08

    background: Rectangle {
        color: root.ground

        Rule {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: root.inset
            anchors.rightMargin: root.inset
            color: root.line
        }
    }
}
