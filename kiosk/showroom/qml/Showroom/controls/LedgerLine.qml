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
    readonly property real column: Math.floor(width / (counts.length + 2))

    implicitHeight: name.height
    Accessible.role: Accessible.StaticText

    Reading {
        id: name

        anchors.left: parent.left
        width: 2 * root.column
        text: root.day
        color: root.ink
        font.pixelSize: root.size
        font.weight: Font.Bold
        Accessible.ignored: true
    }

    Row {
        anchors.right: parent.right
        anchors.top: parent.top

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
