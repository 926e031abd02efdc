pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// A car as it stands on the floor: drawn, or a cut-out with its shadow; or its photograph. Its foot is where
// the tyres are.
Item {
    id: root

    property string drawing: ""
    // How wide the drawing is, beside the longest car.
    property real share: 1
    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    // Of a photograph, see `Picture`.
    property real knownShape: 0
    property bool isKnownCutOut: false
    property real mostCutOff: 1
    property bool isFlush: false
    readonly property Picture picture: photograph.item as Picture
    readonly property real shape: picture?.shape ?? 0
    readonly property bool settled: (picture?.settled ?? true) && drawn.status !== Image.Loading
    readonly property bool isStanding: drawing !== "" || (picture?.isCutOut ?? false)
    // A drawing is as wide as there is room for, upwards as well.
    readonly property real drawnWidth: drawn.implicitWidth > 0 ? Math.round(Math.min(width * share, height * drawn.implicitWidth / Math.max(1, drawn.implicitHeight))) : 0

    // Of a photograph, see `Picture`.
    function cutOff(frame: size): real {
        return picture?.cutOff(frame) ?? 0;
    }

    Image {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.bottom
        anchors.verticalCenterOffset: -Math.round(height / 8)
        width: root.drawing !== "" ? root.drawnWidth : root.width
        height: Math.round(width / 16)
        visible: root.isStanding
        opacity: (root.drawing === "" ? root.picture?.isDrawn ?? false : drawn.isDrawn) ? 1 : 0
        source: width > 0 ? Qt.resolvedUrl("shadow.svg") : ""
        sourceSize: Qt.size(width, Math.round(width / 16))
    }

    Image {
        id: drawn

        // Once it was there, it stays until it is there in another color.
        property bool isDrawn: false
        // Before it is, it would be decoded at the size of its file.
        property bool isSized: false

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: root.drawnWidth
        height: Math.round(width * implicitHeight / Math.max(1, implicitWidth))
        visible: root.drawing !== ""
        opacity: isDrawn ? 1 : 0
        asynchronous: true
        retainWhileLoading: true
        source: isSized ? root.drawing : ""
        sourceSize.width: Math.round(root.width * root.share)
        onSourceSizeChanged: isSized = sourceSize.width > 0
        onStatusChanged: isDrawn = isDrawn || status === Image.Ready

        Behavior on opacity {
            enabled: Theme.atLeisure

            NumberAnimation {
                duration: Theme.move
            }
        }
    }

    Loader {
        id: photograph

        anchors.fill: parent
        active: root.drawing === ""

        sourceComponent: Picture {
            source: root.source
            focusX: root.focusX
            focusY: root.focusY
            knownShape: root.knownShape
            isKnownCutOut: root.isKnownCutOut
            stands: true
            isFlush: root.isFlush
            mostCutOff: root.mostCutOff
            ground: root.source.toString() === "" || isWhole ? "transparent" : Theme.paperSunk
        }
    }
}
