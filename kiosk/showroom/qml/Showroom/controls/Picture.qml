import QtQuick
import Showroom

// A picture that fills its frame and keeps its focal point in view. While it loads, and where the
// file cannot be drawn, the ground shows.
Item {
    id: root

    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    property color ground: Theme.raised
    property bool asynchronous: Theme.atLeisure
    readonly property bool settled: image.status !== Image.Loading

    clip: true

    Rectangle {
        anchors.fill: parent
        color: root.ground
    }

    Image {
        id: image

        readonly property real shape: implicitHeight > 0 ? implicitWidth / implicitHeight : 1
        readonly property bool wide: shape > root.width / Math.max(1, root.height)

        // Drawn once at the longer side, so that a vector stays sharp and a photo stays small.
        sourceSize.width: Math.max(root.width, root.height)
        sourceSize.height: 0
        width: wide ? root.height * shape : root.width
        height: wide ? root.height : root.width / shape
        x: Math.round((root.width - width) * root.focusX)
        y: Math.round((root.height - height) * root.focusY)
        source: root.source
        asynchronous: root.asynchronous
        fillMode: Image.Stretch
        smooth: true
        visible: status === Image.Ready
    }
}
