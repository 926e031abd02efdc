import QtQuick
import Showroom

// What a screen is tested with: one color all over, or lines along the edges and fine stripes.
Rectangle {
    id: root

    // `edges`, or the name of a color.
    required property string pattern
    readonly property bool hasEdges: pattern === "edges"

    color: Theme.testColors[pattern] ?? Theme.asphalt

    // Two lines around it, the outer of them on the last pixels that there are.
    Repeater {
        model: root.hasEdges ? [0, Theme.px(24)] : []

        Rectangle {
            required property real modelData

            anchors.fill: parent
            anchors.margins: modelData
            color: "transparent"
            border.width: Math.max(1, Theme.px(2))
            border.color: modelData === 0 ? Theme.testColors.white : Theme.accent
        }
    }

    // Every second line of pixels, lying and standing.
    Repeater {
        model: root.hasEdges ? [false, true] : []

        Image {
            required property bool modelData
            required property int index

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.rightMargin: Theme.px(96) + index * (width + Theme.px(24))
            anchors.bottomMargin: Theme.px(96)
            width: Theme.px(160)
            height: Theme.px(160)
            source: modelData ? "stripesStanding.svg" : "stripesLying.svg"
            fillMode: Image.Tile
            horizontalAlignment: Image.AlignLeft
            verticalAlignment: Image.AlignTop
            smooth: false
            Accessible.ignored: true
        }
    }
}
