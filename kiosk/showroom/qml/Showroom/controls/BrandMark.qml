import QtQuick
import Showroom
import Showroom.Models

// Whose showroom it is: the logo as it is, or the stripes and the name in letters; the roundel.
Row {
    id: root

    required property BrandViewModel brand
    // What it stands on, and is written in.
    readonly property color ground: brand.isOnLight ? Theme.paper : Theme.asphalt
    readonly property color ink: brand.isOnLight ? Theme.asphalt : Theme.paper
    readonly property bool hasLogo: brand.logo !== ""
    readonly property bool settled: logo.settled
    // The width it must fit; 0 for any.
    property real fit: 0
    readonly property real around: stripes.width + spacing + (badge.visible ? badge.width + spacing : 0)
    readonly property real room: fit > 0 ? Math.max(1, fit - (hasLogo ? logo.width + spacing : 0) - around) : 0

    spacing: Theme.px(22)
    Accessible.role: Accessible.StaticText
    Accessible.name: [brand.name, brand.line].filter(part => part).join(" ")

    Picture {
        id: logo

        // It leaves the line beside it as wide as it is, as far as it can.
        readonly property real rest: root.fit > 0 ? root.fit - root.around - line.implicitWidth - root.spacing : Infinity
        readonly property real most: Math.max(Theme.px(200), Math.min(Theme.px(440), rest))

        anchors.verticalCenter: parent.verticalCenter
        width: Math.round(Math.min(most, Theme.px(120) * root.brand.logoShape))
        height: Math.round(width / root.brand.logoShape)
        visible: root.hasLogo
        source: root.brand.logo
        ground: "transparent"
        fades: false
    }

    Stripes {
        id: stripes

        anchors.verticalCenter: parent.verticalCenter
        upright: true
        height: Math.max(Theme.px(96), words.height)
    }

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(8)

        Headline {
            visible: !root.hasLogo || root.brand.hasNameBeside || logo.isMissing
            heading: root.brand.name
            fit: root.room
            color: root.ink
            size: Theme.title
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Reading {
            id: line

            width: root.fit > 0 ? Math.min(implicitWidth, root.room) : implicitWidth
            text: root.brand.line
            color: root.ink
            font.pixelSize: Theme.label
            Accessible.ignored: true
        }
    }

    Roundel {
        id: badge

        anchors.verticalCenter: parent.verticalCenter
        visible: root.brand.roundel !== ""
        number: root.brand.roundel
        width: Theme.px(96)
        Accessible.ignored: true
    }
}
