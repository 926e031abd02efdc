import QtQuick
import Showroom
import Showroom.Models

// A picture that fills its frame and keeps its focal point in view, or stands in its width as high
// as it is. One that `stands` is shown as a whole where it is a cut-out, at the foot of its frame, and where
// more than `mostCutOff` of it would be outside. While it loads, and where the file cannot be drawn, the ground
// shows; it may only be that no more files may be opened, so it is tried again.
Item {
    id: root

    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    property bool fills: true
    property bool stands: false
    // Whether one that is shown as a whole begins where its frame does, not in its middle.
    property bool isFlush: false
    property real mostCutOff: 1
    // Width by height as it is seen, 0 where unknown: what the check of the content found, for the first frame, until
    // the head of the file was read. Likewise whether it is a cut-out.
    property real knownShape: 0
    property bool isKnownCutOut: false
    property real lookedShape: 0
    property bool isLookedCutOut: false
    readonly property real shape: lookedShape > 0 ? lookedShape : knownShape
    readonly property bool isCutOut: lookedShape > 0 ? isLookedCutOut : isKnownCutOut
    // Whether what is shown stands in its frame as a whole.
    property bool isWhole: stands && isKnownCutOut
    property alias isDrawn: image.isDrawn
    property color ground: Theme.raised
    property bool asynchronous: Theme.atLeisure
    // Whether it fades in where it comes after the screen that it stands on.
    property bool fades: true
    // Whether there is one that cannot be drawn.
    readonly property bool isMissing: !stale && source.toString() !== "" && image.status !== Image.Ready && image.status !== Image.Loading
    readonly property bool settled: !stale && image.status !== Image.Loading

    readonly property size frame: Qt.size(Math.ceil(width), fills ? Math.ceil(height) : 0)
    property bool stale: true
    // Of the look at the file that is under way; 0 for none.
    property int ticket: 0

    // Of what lies as far on one side of the focal point as on the other, the share that a frame would cut off.
    function cutOff(frame: size): real {
        const fit = shape * frame.height / frame.width;
        const seen = Math.min(fit, 1 / fit);
        const focus = fit < 1 ? focusY : focusX;
        const around = 2 * Math.min(focus, 1 - focus);
        return shape > 0 && seen < around ? 1 - seen / around : 0;
    }

    function askSoon() {
        stale = true;
        Qt.callLater(ask);
    }

    function ask() {
        ticket = 0;
        if (source.toString() === "" || frame.width <= 0 || (fills && frame.height <= 0)) {
            image.source = "";
            stale = false;
        } else {
            ticket = Photographs.newTicket();
            Photographs.look(ticket, source, !asynchronous);
        }
    }

    implicitHeight: image.implicitHeight
    clip: fills
    onFrameChanged: askSoon()
    onSourceChanged: {
        lookedShape = 0;
        retry.beginAnew();
        askSoon();
    }
    Component.onCompleted: askSoon()

    Rectangle {
        anchors.fill: parent
        color: root.ground
    }

    Connections {
        target: Photographs
        enabled: root.ticket > 0

        // Once for all that changes together: each change of the image is another decoding.
        function onLooked(ticket, isFile, liesOnItsSide, shape, isCutOut) {
            if (ticket !== root.ticket)
                return;
            root.isLookedCutOut = isCutOut;
            root.lookedShape = shape;
            const fit = root.shape * root.frame.height / root.frame.width;
            const isWhole = root.stands && (root.isCutOut || (fit > 0 && 1 - Math.min(fit, 1 / fit) > root.mostCutOff));
            if (isWhole !== root.isWhole)
                image.source = "";
            root.isWhole = isWhole;
            const size = liesOnItsSide ? Qt.size(root.frame.height, root.frame.width) : root.frame;
            if (image.source !== root.source && image.sourceSize !== size)
                image.source = "";
            image.sourceSize = size;
            image.source = isFile ? root.source : "";
            root.ticket = 0;
            root.stale = false;
        }
    }

    RetryTimer {
        id: retry

        running: image.status === Image.Error
        onDue: {
            image.source = "";
            root.askSoon();
        }
    }

    // Decoded upright and just large enough to cover the frame, so that it is copied to the screen.
    Image {
        id: image

        property bool isDrawn: false

        // The focal point as near to the middle as the picture's edges let it come.
        function start(room: real, length: real, focus: real): real {
            return Math.round(Math.max(room - length, Math.min(0, room / 2 - focus * length)));
        }

        x: root.isWhole ? Math.round((root.frame.width - width) * (!root.isFlush || root.isCutOut ? 0.5 : Theme.mirrored ? 1 : 0)) : start(root.frame.width, width, root.focusX)
        y: root.isWhole ? Math.round((root.frame.height - height) * (root.isCutOut ? 1 : 0.5)) : root.fills ? start(root.frame.height, height, root.focusY) : 0
        asynchronous: root.asynchronous
        autoTransform: true
        fillMode: root.isWhole ? Image.PreserveAspectFit : Image.PreserveAspectCrop
        retainWhileLoading: true
        // One that does not fade stays until the next is there.
        opacity: status === Image.Ready || (isDrawn && !root.fades) ? 1 : 0
        onStatusChanged: {
            if (status !== Image.Loading)
                isDrawn = status === Image.Ready;
        }

        Behavior on opacity {
            enabled: root.fades && root.asynchronous

            NumberAnimation {
                duration: Theme.move
            }
        }
    }
}
