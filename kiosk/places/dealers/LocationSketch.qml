pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Where other places lie around this one, north at the top: rings at round distances, a numbered disc for
// each. The list beside it says the same in words.
Item {
    id: root

    required property RowsModel places
    required property RowsModel rings
    // The edges of all that is shown, this place included, in kilometres from it.
    required property real west
    required property real east
    required property real north
    required property real south
    // The letter for north.
    required property string northLetter

    readonly property real disc: Theme.disc
    // Beside the strip with the arrow to the north.
    readonly property real room: width - Theme.px(96)
    readonly property real perKm: Math.min((room - 1.4 * disc) / Math.max(0.01, east - west), (height - 1.4 * disc) / Math.max(0.01, north - south))
    readonly property real hereX: room / 2 - perKm * (east + west) / 2
    readonly property real hereY: height / 2 + perKm * (north + south) / 2

    clip: true

    Rectangle {
        anchors.fill: parent
        color: Theme.asphalt
    }

    Repeater {
        model: root.rings

        Item {
            id: ring

            required property string name
            required property real distance
            required property real mapX
            required property real mapY

            readonly property real reach: distance * root.perKm

            x: root.hereX
            y: root.hereY

            Rectangle {
                anchors.centerIn: parent
                width: 2 * ring.reach
                height: width
                radius: ring.reach
                color: "transparent"
                border.width: Theme.ruleBold
                border.color: Theme.asphaltLine
            }

            Rectangle {
                visible: ring.name !== ""
                x: Math.round(ring.mapX * root.perKm - width / 2)
                y: Math.round(Math.max(-ring.y, Math.min(root.height - ring.y - height, -ring.mapY * root.perKm - height / 2)))
                width: label.width + 2 * Theme.px(10)
                height: label.height
                color: Theme.asphalt

                Reading {
                    id: label

                    anchors.centerIn: parent
                    text: ring.name
                    color: Theme.asphaltQuiet
                    font.pixelSize: Theme.label
                    Accessible.ignored: true
                }
            }
        }
    }

    Repeater {
        model: root.places

        Roundel {
            id: place

            required property real mapX
            required property real mapY

            width: root.disc
            x: root.hereX + mapX * root.perKm - width / 2
            y: root.hereY - mapY * root.perKm - height / 2
            Accessible.ignored: true
        }
    }

    Rectangle {
        x: root.hereX - width / 2
        y: root.hereY - height / 2
        width: Theme.px(36)
        height: width
        radius: width / 2
        color: Theme.accent
        border.width: Theme.px(6)
        border.color: Theme.paper
    }

    Column {
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(24)
        anchors.top: parent.top
        anchors.topMargin: Theme.px(24)
        spacing: Theme.px(6)

        Glyph {
            anchors.horizontalCenter: parent.horizontalCenter
            character: Signs.north
            file: Signs.font
            size: Theme.px(40)
        }

        Headline {
            anchors.horizontalCenter: parent.horizontalCenter
            heading: root.northLetter
            size: Theme.label
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
