import QtQuick
import Showroom

// A large figure and what it counts, read out together.
Column {
    id: root

    required property string figure
    required property string label
    property color ink: Theme.paper
    property color quiet: Theme.asphaltQuiet
    property real size: Theme.figure

    spacing: Theme.px(14)
    Accessible.role: Accessible.StaticText
    Accessible.name: [figure, label].filter(part => part).join(" ")

    Headline {
        width: parent.width
        fit: width
        heading: root.figure
        color: root.ink
        size: root.size
        inCapitals: false
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Reading {
        width: parent.width
        text: root.label
        color: root.quiet
        font.pixelSize: Theme.label
        Accessible.ignored: true
    }
}
