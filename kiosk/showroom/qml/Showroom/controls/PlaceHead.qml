import QtQuick
import Showroom

// The title of a place, at the same spot on every screen. What leads into it stands below, or where both have
// room, and it `mayLie`, beside.
Grid {
    id: root

    required property string title
    property string lead: ""
    property color ink: Theme.paper
    property color quiet: Theme.asphaltQuiet
    property real size: Theme.headline
    property bool mayLie: false

    readonly property bool lies: mayLie && lead !== "" && headline.implicitWidth + columnSpacing + Theme.type(560) <= width

    columns: lies ? 2 : 1
    columnSpacing: Theme.gutter
    rowSpacing: Theme.px(34)

    Headline {
        id: headline

        width: root.lies ? Math.ceil(implicitWidth) : root.width
        fit: root.width
        heading: root.title
        color: root.ink
        size: root.size
    }

    Reading {
        width: Math.min(root.lies ? root.width - headline.width - root.columnSpacing : root.width, Theme.type(1150))
        visible: root.lead !== ""
        text: root.lead
        color: root.quiet
    }
}
