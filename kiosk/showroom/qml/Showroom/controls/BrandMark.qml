import QtQuick
import Showroom

// Whose showroom it is: the stripes, the name, the roundel.
Row {
    id: root

    required property string brand
    required property string line
    required property string roundel
    property color ink: Theme.paper
    // The width it must fit; 0 for any.
    property real fit: 0
    readonly property real room: fit > 0 ? Math.max(1, fit - stripes.width - spacing - (badge.visible ? badge.width + spacing : 0)) : 0

    spacing: Theme.px(22)
    Accessible.role: Accessible.StaticText
    Accessible.name: [brand, line].filter(part => part).join(" ")

    Stripes {
        id: stripes

        upright: true
        height: Math.max(Theme.px(96), words.height)
    }

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(8)

        Headline {
            heading: root.brand
            fit: root.room
            color: root.ink
            size: Theme.title
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Reading {
            width: root.fit > 0 ? Math.min(implicitWidth, root.room) : implicitWidth
            text: root.line
            color: root.ink
            font.pixelSize: Theme.label
            Accessible.ignored: true
        }
    }

    Roundel {
        id: badge

        visible: root.roundel !== ""
        number: root.roundel
        width: Theme.px(96)
        Accessible.ignored: true
    }
}
