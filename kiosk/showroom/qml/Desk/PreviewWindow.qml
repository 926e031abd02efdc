import QtQuick
import Desk
import Showroom.Models

// The kiosk's screen, as large as the desk has room for, and beside it what to choose and to mend.
Window {
    id: window

    required property PreviewViewModel preview

    width: 1480
    height: 860
    minimumWidth: 960
    minimumHeight: 620
    color: "#cfccc4"
    palette.button: "#e3dfd6"
    palette.highlight: "#101114"
    title: "Preview of " + preview.file

    Item {
        id: desk

        anchors.fill: parent
        anchors.rightMargin: panel.width

        Item {
            id: screen

            // For the kiosk's scene, which has an engine of its own.
            objectName: "screen"

            readonly property real zoom: Math.min(1, (desk.width - 64) / window.preview.width, (desk.height - 64) / window.preview.height)

            anchors.centerIn: parent
            width: Math.round(window.preview.width * zoom)
            height: Math.round(window.preview.height * zoom)
            clip: true
        }

        Rectangle {
            anchors.fill: screen
            anchors.margins: -border.width
            color: "transparent"
            border.width: 10
            border.color: "#101114"
            radius: 10
        }
    }

    PreviewPanel {
        id: panel

        anchors.right: parent.right
        width: 440
        height: parent.height
        preview: window.preview
    }
}
