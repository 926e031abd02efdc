pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Showroom
import Showroom.Models

// The loop that runs while nobody touches the screen. The waking touch only wakes.
T.AbstractButton {
    id: root

    required property ShowroomViewModel showroom
    property int current: 0
    // Which poster to go to next; the timer counts it up.
    property int wanted: 0

    function show(index: int) {
        const next = even.shown ? odd : even;
        next.place = index;
        even.shown = next === even;
        odd.shown = next === odd;
        current = index;
    }

    text: showroom.touchToBegin
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: root.showroom.wake()
    onWantedChanged: show(wanted)
    onPressed: showroom.wake()

    Connections {
        target: root.showroom.posters

        function onModelReset() {
            root.wanted = 0;
            root.show(0);
        }
    }

    Timer {
        interval: 1000 * root.showroom.secondsEach
        repeat: true
        running: root.visible && root.showroom.posters.count > 1
        onTriggered: root.wanted = (root.current + 1) % root.showroom.posters.count
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.asphalt
    }

    component Poster: Item {
        id: poster

        property int place: 0
        property bool shown: false

        anchors.fill: parent
        opacity: shown ? 1 : 0
        visible: opacity > 0

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.move
            }
        }

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

                anchors.fill: parent

                Loader {
                    anchors.fill: parent
                    // What nobody sees is not kept: a poster takes 15 MB at 1080p.
                    active: sheet.index === poster.place && poster.visible && root.visible

                    sourceComponent: PosterSheet {
                        headline: sheet.headline
                        line: sheet.line
                        overline: sheet.overline
                        figure: sheet.figure
                        exampleWord: sheet.example ? root.showroom.exampleWord : ""
                        source: sheet.source
                        focusX: sheet.focusX
                        focusY: sheet.focusY
                        invitation: root.showroom.touchToBegin
                        brand: root.showroom.brand
                        brandLine: root.showroom.brandLine
                        roundel: root.showroom.roundel
                        high: sheet.index % 2 === 1
                    }
                }
            }
        }
    }

    Poster {
        id: even

        shown: true
    }

    Poster {
        id: odd
    }

    // For staff, where the settings ask for it: the loop goes on, their file needs mending.
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: note.height + Theme.px(16)
        visible: root.showroom.staffLine !== ""
        color: Theme.paper

        Reading {
            id: note

            x: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 2 * x
            text: root.showroom.staffLine
            color: Theme.asphalt
            font.pixelSize: Theme.label
            font.weight: Font.Bold
        }
    }
}
