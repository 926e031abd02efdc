pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Showroom
import Showroom.Models

// The loop that runs while nobody touches the screen. The waking touch only wakes.
T.AbstractButton {
    id: root

    required property ShowroomViewModel showroom
    // Which poster to go to next; the timer counts it up.
    property int wanted: 0
    // How often it has gone on.
    property int turns: 0
    property bool isUpperShown: false
    readonly property bool isMoving: fade.running || lower.isComing || upper.isComing || y !== 0
    readonly property bool settled: (isUpperShown ? upper : lower).place === wanted && !fade.running

    function goOn() {
        if (showroom.posters.count > 1)
            wanted = (wanted + 1) % showroom.posters.count;
        else
            prepare(); // the same, elsewhere
    }

    // The poster to come is decoded before it is seen.
    function prepare() {
        const coming = isUpperShown ? lower : upper;
        if (Theme.atLeisure)
            turns += 1;
        coming.place = wanted;
        coming.isComing = true;
        turn(coming);
    }

    function turn(coming: Poster) {
        // Null while the scene is taken down under a picture that still loads.
        if (coming === null || !coming.isComing || !coming.settled)
            return;
        isUpperShown = coming === upper;
        coming.isComing = false;
    }

    text: showroom.touchToBegin
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: root.showroom.wake()
    onWantedChanged: prepare()
    onPressed: showroom.wake()
    Keys.onPressed: showroom.wake()

    Connections {
        target: root.showroom.posters

        function onCountChanged() {
            root.wanted = 0;
            root.prepare();
        }
    }

    Timer {
        interval: 1000 * root.showroom.secondsEach
        repeat: true
        running: root.visible && Theme.atLeisure && root.showroom.posters.count > 0
        onTriggered: root.goOn()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.asphalt
    }

    component Poster: Item {
        id: poster

        required property bool isShown
        // What nobody sees is not kept: a poster takes 16 MB at 1080p.
        readonly property bool isHeld: root.visible && (isShown || isComing || visible)
        property int place: 0
        property bool isComing: false
        // As the sheet at `place` tells.
        property bool settled: false

        anchors.fill: parent
        // Its large letters are outlines: drawn once, not with each frame that moves. At rest it would
        // hold 16 MB, since the software renderer keeps a layer twice.
        layer.enabled: isHeld && root.isMoving
        onSettledChanged: root.turn(poster)

        Repeater {
            model: root.showroom.posters

            delegate: Item {
                id: sheet

                required property int index
                required property string headline
                required property string line
                required property string overline
                required property string figure
                required property bool example
                required property url source
                required property real focusX
                required property real focusY
                required property real shape
                required property bool isCutOut
                required property bool isApart
                required property string drawing
                required property url video

                anchors.fill: parent

                Loader {
                    anchors.fill: parent
                    active: sheet.index === poster.place && poster.isHeld

                    sourceComponent: PosterSheet {
                        headline: sheet.headline
                        line: sheet.line
                        overline: sheet.overline
                        figure: sheet.figure
                        exampleWord: sheet.example ? root.showroom.exampleWord : ""
                        source: sheet.source
                        focusX: sheet.focusX
                        focusY: sheet.focusY
                        shape: sheet.shape
                        isCutOut: sheet.isCutOut
                        invitation: root.showroom.touchToBegin
                        brand: root.showroom.brand
                        isApart: sheet.isApart
                        drawing: sheet.drawing
                        video: sheet.video
                        isAtRest: poster.isShown && !root.isMoving && root.showroom.isPresented
                        high: sheet.index % 2 === 1
                        turn: root.turns
                        seconds: root.showroom.secondsEach
                        onSettledChanged: poster.settled = settled
                        Component.onDestruction: poster.settled = false
                    }
                }
            }
        }
    }

    Poster {
        id: lower

        isShown: !root.isUpperShown
        visible: upper.opacity < 1
    }

    // Fades over the lower one, or away from it: nothing darker comes between two posters.
    Poster {
        id: upper

        // A film has 24 frames a second, and each costs the whole screen.
        readonly property int frames: 6
        property real progress: isShown ? 1 : 0

        isShown: root.isUpperShown
        opacity: Math.round(frames * progress) / frames
        visible: opacity > 0

        Behavior on progress {
            NumberAnimation {
                id: fade

                duration: Theme.move
            }
        }
    }

    // For staff, where the settings ask for it: the loop goes on, their file has a problem.
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: note.height + Theme.captionGap
        visible: root.showroom.staffLine !== ""
        color: Theme.paper

        Reading {
            id: note

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            text: root.showroom.staffLine
            color: Theme.asphalt
            font.pixelSize: Theme.label
            font.weight: Font.Bold
        }
    }
}
