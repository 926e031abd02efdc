pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Showroom
import Showroom.Models

// Whatever can be touched: pressed in the next frame, a role and a name for a screen reader, a ring
// for the keyboard. What it looks like is put inside.
T.AbstractButton {
    id: root

    property color veil: Theme.paper
    property real veilStrength: 0.14
    property real corner: 0
    // How far the ring stands around it.
    property real ringRoom: 0

    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: root.click()
    Keys.onTabPressed: KeyboardWalk.step(root, true)
    Keys.onBacktabPressed: KeyboardWalk.step(root, false)
    Keys.onReturnPressed: event => event.isAutoRepeat || root.click()
    Keys.onEnterPressed: event => event.isAutoRepeat || root.click()
    onPressed: if (!visualFocus)
        KeyboardWalk.isUsed = false
    onVisibleChanged: if (!visible && pressed)
        Touches.cancel(root)
    onEnabledChanged: if (!enabled && pressed)
        Touches.cancel(root)
    onVisualFocusChanged: if (visualFocus)
        KeyboardWalk.reveal(root)

    Rectangle {
        anchors.fill: parent
        z: 10
        radius: root.corner
        color: root.veil
        opacity: root.pressed ? root.veilStrength : 0
    }

    // Made where it is seen, for there are many of these and no keyboard most of the time.
    Loader {
        anchors.fill: parent
        anchors.margins: -root.ringRoom
        z: 11
        active: root.visualFocus

        sourceComponent: FocusRing {
            corner: root.corner
        }
    }
}
