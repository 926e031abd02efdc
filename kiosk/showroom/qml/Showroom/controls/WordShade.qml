import QtQuick
import Showroom

// Darkens a picture where words hang from its top and stand at its foot, and leaves the rest alone: dark
// enough that they are read on white, too (WCAG 2.2, 1.4.3).
Rectangle {
    id: root

    // Down to where words hang from the top, and from where others stand at the foot.
    property real headEnds: 0
    property real footBegins: height

    // How much of the height those at the top may take.
    property real headMost: 0.4

    readonly property bool hasFoot: footBegins < height
    readonly property real enough: 0.7
    readonly property real fade: 0.3
    readonly property real head: Math.min(headMost, headEnds / Math.max(1, height))
    readonly property real foot: Math.max(head, Math.min(1, footBegins / Math.max(1, height)))
    readonly property real between: (head + foot) / 2

    anchors.fill: parent
    gradient: Gradient {
        GradientStop {
            position: 0
            color: Qt.alpha(Theme.asphalt, root.headEnds > 0 ? root.enough : 0)
        }
        GradientStop {
            position: root.head
            color: Qt.alpha(Theme.asphalt, root.headEnds > 0 ? root.enough : 0)
        }
        GradientStop {
            position: Math.min(root.between, root.head + root.fade / 2)
            color: Qt.alpha(Theme.asphalt, 0)
        }
        GradientStop {
            position: Math.max(root.between, root.foot - root.fade)
            color: Qt.alpha(Theme.asphalt, 0)
        }
        GradientStop {
            position: root.foot
            color: Qt.alpha(Theme.asphalt, root.hasFoot ? root.enough : 0)
        }
        GradientStop {
            position: 1
            color: Qt.alpha(Theme.asphalt, root.hasFoot ? 0.94 : 0)
        }
    }
}
