import QtMultimedia
import QtQuick
import Showroom
import Showroom.Models

// A video that covers its frame, without sound and again and again; it comes in once its first picture is
// there. Qt Multimedia is loaded with this file, so nothing may name it but `Film`.
Item {
    id: root

    required property url source
    required property real focusX
    required property real focusY
    property bool isSeen: false

    clip: true

    VideoOutput {
        id: output

        readonly property real shape: sourceRect.height > 0 ? sourceRect.width / sourceRect.height : 1

        x: Math.round((root.width - width) * root.focusX)
        y: Math.round((root.height - height) * root.focusY)
        width: Math.ceil(Math.max(root.width, root.height * shape))
        height: Math.ceil(Math.max(root.height, root.width / shape))
        fillMode: VideoOutput.Stretch
        endOfStreamPolicy: VideoOutput.KeepLastFrame
        opacity: root.isSeen ? 1 : 0

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.move
            }
        }
    }

    MediaPlayer {
        source: root.source
        videoOutput: output
        loops: MediaPlayer.Infinite
        autoPlay: true
        onErrorOccurred: (_, reason) => Videos.giveUp(root.source, reason)
    }

    Connections {
        target: output.videoSink
        enabled: !root.isSeen

        function onVideoFrameChanged() {
            root.isSeen = true;
        }
    }
}
