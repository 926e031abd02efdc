import QtQuick
import QtQuick.Templates as T
import Showroom

// Whatever can be touched: pressed in the next frame, a role and a name for a screen reader, a ring
// for the keyboard. What it looks like is put inside.
T.AbstractButton {
    id: root

    property color veil: Theme.paper
    property real veilStrength: 0.14
    property real corner: 0

    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: root.click()

    Rectangle {
        anchors.fill: parent
        z: 10
        radius: root.corner
        color: root.veil
        opacity: root.pressed ? root.veilStrength : 0
    }

    Rectangle {
        anchors.fill: parent
        z: 11
        visible: root.visualFocus
        radius: root.corner
        color: "transparent"
        border.width: Theme.px(6)
        border.color: Theme.accent
    }
}
