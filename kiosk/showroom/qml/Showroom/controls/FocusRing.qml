import QtQuick
import Showroom

// Where the keyboard is: a dark ring and a light one, of which one stands out on every ground.
Item {
    id: root

    property real corner: 0

    anchors.fill: parent
    z: 11

    Rectangle {
        anchors.fill: parent
        radius: root.corner
        color: "transparent"
        border.width: Theme.px(6)
        border.color: Theme.asphalt
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.px(6)
        radius: Math.max(0, root.corner - Theme.px(6))
        color: "transparent"
        border.width: Theme.px(6)
        border.color: Theme.paper
    }
}
