import QtQuick
import Showroom

// The title of a place, at the same spot on every screen.
Column {
    id: root

    required property string title
    property string lead: ""
    property color ink: Theme.paper
    property color quiet: Theme.asphaltQuiet
    property real size: Theme.headline

    spacing: Theme.px(34)

    Headline {
        width: parent.width
        fit: width
        heading: root.title
        color: root.ink
        size: root.size
    }

    Reading {
        width: Math.min(parent.width, Theme.type(1150))
        visible: root.lead !== ""
        text: root.lead
        color: root.quiet
    }
}
