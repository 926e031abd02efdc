import QtQuick
import Showroom
import Showroom.Models

// The top right corner, held for some seconds, on whatever is there: controls below it work as before.
Item {
    id: root

    required property ShowroomViewModel showroom

    Item {
        id: area

        readonly property bool isHeld: finger.active && contains(finger.point.position)

        // The same corner for every language.
        LayoutMirroring.enabled: false
        anchors.top: parent.top
        anchors.right: parent.right
        width: Theme.corner
        height: Theme.corner

        PointHandler {
            id: finger
        }

        Timer {
            interval: Theme.hold
            running: area.isHeld
            onTriggered: root.showroom.callStaff()
        }

        // Says after a moment that something is about to come.
        Stripes {
            id: hint

            property real share: 0

            LayoutMirroring.enabled: false
            anchors.top: parent.top
            anchors.right: parent.right
            unit: Theme.broadStripe
            width: share * area.width
            visible: share > 0

            SequentialAnimation {
                running: area.isHeld
                onStopped: hint.share = 0

                PauseAnimation {
                    duration: Theme.holdHint
                }

                NumberAnimation {
                    target: hint
                    property: "share"
                    from: 0
                    to: 1
                    duration: Theme.hold - Theme.holdHint
                }
            }
        }
    }
}
