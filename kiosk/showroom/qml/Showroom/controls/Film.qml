import QtQuick
import Showroom
import Showroom.Models

// A video over its picture, where there is a graphics processor to draw it. While it does not play, nothing of
// it is there: no player, no decoder, no frame.
Loader {
    id: root

    property url video
    property real focusX: 0.5
    property real focusY: 0.5
    // Whether it is to play.
    property bool plays: false

    readonly property bool isDrawn: GraphicsInfo.api !== GraphicsInfo.Software && GraphicsInfo.api !== GraphicsInfo.Unknown
    readonly property bool canPlay: video.toString() !== "" && isDrawn && Theme.atLeisure && !Theme.reducedMotion && !isGivenUp
    property bool isGivenUp: false

    function follow() {
        if (plays && canPlay)
            setSource(Qt.resolvedUrl("Footage.qml"), {
                source: video,
                focusX: focusX,
                focusY: focusY
            });
        else
            setSource("");
    }

    asynchronous: true
    onPlaysChanged: follow()
    onCanPlayChanged: follow()
    onVideoChanged: {
        isGivenUp = !Videos.isWorthTrying(video);
        follow();
    }
    onStatusChanged: {
        if (status === Loader.Error)
            Videos.giveUp(video, "Qt Multimedia is missing");
    }

    Connections {
        target: Videos

        function onFailed() {
            root.isGivenUp = !Videos.isWorthTrying(root.video);
        }
    }
}
