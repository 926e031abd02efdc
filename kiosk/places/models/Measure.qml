import QtQuick
import Showroom

// A measured value, set like a result: its figure, its unit beside it, and what it measures.
Column {
    id: root

    required property string figure
    required property string unit
    required property string label

    spacing: Theme.px(8)
    Accessible.role: Accessible.StaticText
    Accessible.name: `${label}: ${figure} ${unit}`

    Row {
        spacing: Theme.px(10)

        Headline {
            id: value

            fit: root.width - (measure.visible ? measure.width + Theme.px(10) : 0)
            heading: root.figure
            inCapitals: false
            color: Theme.asphalt
            size: Theme.toolTitle
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Reading {
            id: measure

            anchors.bottom: value.bottom
            anchors.bottomMargin: -Theme.px(6)
            visible: root.unit !== ""
            text: root.unit
            color: Theme.asphalt
            font.weight: Font.Bold
            Accessible.ignored: true
        }
    }

    Reading {
        width: root.width
        text: root.label
        color: Theme.paperQuiet
        font.pixelSize: Theme.label
        Accessible.ignored: true
    }
}
