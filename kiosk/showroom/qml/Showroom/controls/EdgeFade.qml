pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Where what scrolls goes on beyond an edge, it fades, and is still seen to be cut off; only while
// there is more.
Item {
    id: root

    required property Flickable view
    property color ground: Theme.paper
    property real size: Theme.fade

    anchors.fill: view
    onVisibleChanged: if (!visible && view.dragging)
        Touches.stop(view)

    component Fade: Rectangle {
        id: fade

        required property bool atStart
        required property bool upright

        x: upright || atStart ? 0 : root.width - width
        y: !upright || atStart ? 0 : root.height - height
        width: upright ? root.width : root.size
        height: upright ? root.size : root.height
        gradient: Gradient {
            orientation: fade.upright ? Gradient.Vertical : Gradient.Horizontal

            GradientStop {
                position: fade.atStart ? 1 : 0
                color: Qt.alpha(root.ground, 0)
            }
            GradientStop {
                position: fade.atStart ? 0 : 1
                color: Qt.alpha(root.ground, 0.7)
            }
        }
    }

    Fade {
        atStart: true
        upright: true
        visible: root.view.contentHeight > root.view.height + 1 && !root.view.atYBeginning
    }

    Fade {
        atStart: false
        upright: true
        visible: root.view.contentHeight > root.view.height + 1 && !root.view.atYEnd
    }

    Fade {
        atStart: true
        upright: false
        visible: root.view.contentWidth > root.view.width + 1 && !root.view.atXBeginning
    }

    Fade {
        atStart: false
        upright: false
        visible: root.view.contentWidth > root.view.width + 1 && !root.view.atXEnd
    }
}
