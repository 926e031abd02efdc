import QtQuick
import Showroom

// The bonnet stripes: two of unequal weight, the broad one first. Always the same geometry:
// breadth 1, gap 1/2, breadth 1/3 of the unit.
Item {
    id: root

    property real unit: Theme.px(9)
    property bool upright: false
    property color color: Theme.accent

    implicitWidth: upright ? broad.width + unit / 2 + fine.width : Theme.px(120)
    implicitHeight: upright ? Theme.px(120) : broad.height + unit / 2 + fine.height

    Rectangle {
        id: broad

        width: root.upright ? root.unit : root.width
        height: root.upright ? root.height : root.unit
        color: root.color
    }

    Rectangle {
        id: fine

        x: root.upright ? root.unit * 1.5 : 0
        y: root.upright ? 0 : root.unit * 1.5
        width: root.upright ? Math.max(1, root.unit / 3) : root.width
        height: root.upright ? root.height : Math.max(1, root.unit / 3)
        color: root.color
    }
}
