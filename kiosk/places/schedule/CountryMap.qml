pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The outline of a country with a dot for each race, the coming one with a ring.
Item {
    id: root

    required property url map
    required property RowsModel dots

    visible: map.toString() !== ""
    height: outline.implicitHeight

    Picture {
        id: outline

        width: root.width
        source: root.map
        fills: false
        ground: "transparent"
        Accessible.ignored: true
    }

    Repeater {
        model: root.dots

        Item {
            id: dot

            required property string standing
            required property real mapX
            required property real mapY

            readonly property bool coming: standing === "now" || standing === "next"

            x: mapX * root.width
            y: mapY * root.height

            Rectangle {
                anchors.centerIn: parent
                visible: dot.coming
                width: Theme.px(56)
                height: width
                radius: width / 2
                color: "transparent"
                border.width: Theme.px(5)
                border.color: Theme.accent
            }

            Rectangle {
                anchors.centerIn: parent
                width: Theme.px(dot.coming ? 26 : 20)
                height: width
                radius: width / 2
                color: dot.coming ? Theme.accent : dot.standing === "done" ? Theme.asphaltQuiet : Theme.paper
            }
        }
    }
}
