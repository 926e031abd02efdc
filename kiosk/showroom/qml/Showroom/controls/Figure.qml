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
    // Whether it is a result, which counts up, and not a number that is a name.
    property bool counts: false

    spacing: Theme.px(14)
    Accessible.role: Accessible.StaticText
    Accessible.name: [figure, label].filter(part => part).join(" ")

    CountedFigure {
        width: parent.width
        heading: root.figure
        counts: root.counts
        color: root.ink
        size: root.size
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
