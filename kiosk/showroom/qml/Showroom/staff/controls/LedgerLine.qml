pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// A day of the ledger and its four counts, or what heads them.
Item {
    id: root

    required property string day
    required property list<string> counts
    property color ink: Theme.asphalt
    property real size: Theme.body
    // Larger words need a line of their own for the day where there is less room.
    readonly property bool isStacked: Theme.portrait && Theme.moreLines > 0
    readonly property int dayColumns: isStacked ? 0 : 2
    readonly property real column: Math.floor(width / (counts.length + dayColumns))

    implicitHeight: figures.height + (isStacked ? name.height : 0)
    Accessible.role: Accessible.StaticText

    Reading {
        id: name

        anchors.left: parent.left
        width: root.isStacked ? parent.width : root.dayColumns * root.column
        text: root.day
        color: root.ink
        font.pixelSize: root.size
        font.weight: Font.Bold
        Accessible.ignored: true
    }

    Row {
        id: figures

        anchors.right: parent.right
        anchors.bottom: parent.bottom

        Repeater {
            model: root.counts

            Reading {
                required property string modelData

                width: root.column
                text: modelData
                color: root.ink
                font.pixelSize: root.size
                horizontalAlignment: Text.AlignRight
                Accessible.ignored: true
            }
        }
    }
}
