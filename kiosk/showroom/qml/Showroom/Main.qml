import QtQuick
import Showroom
import Showroom.Models

// The kiosk's window.
Window {
    id: window

    required property ShowroomViewModel showroom

    color: Theme.asphalt
    title: "Showroom"

    Scene {
        anchors.fill: parent
        focus: true
        showroom: window.showroom
    }
}
