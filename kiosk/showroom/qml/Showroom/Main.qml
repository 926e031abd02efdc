import QtQuick
import Showroom
import Showroom.Models

// The kiosk's window.
Window {
    id: window

    required property ShowroomViewModel showroom
    property bool presented: false

    color: Theme.asphalt
    title: "Showroom"

    onFrameSwapped: {
        if (!presented) {
            presented = true;
            showroom.firstFramePresented();
        }
    }

    Scene {
        anchors.fill: parent
        focus: true
        showroom: window.showroom
        presented: window.presented
    }
}
