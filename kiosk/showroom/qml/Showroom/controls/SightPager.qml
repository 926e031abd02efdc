pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The pictures of a car to leaf through, by a finger or by touching the one that is seen. A car that stands
// does so on a floor.
Item {
    id: root

    required property var sights
    required property string name
    property string playWord: ""
    property string stopWord: ""
    readonly property real floor: Math.max(Theme.px(110), Math.round(0.2 * height))

    ListView {
        id: pages

        anchors.fill: parent
        orientation: ListView.Horizontal
        snapMode: ListView.SnapOneItem
        highlightRangeMode: ListView.StrictlyEnforceRange
        highlightMoveDuration: Theme.move
        interactive: count > 1
        clip: true
        model: root.sights

        delegate: Item {
            id: page

            required property int index
            required property string drawing
            required property url source
            required property real focusX
            required property real focusY
            required property real shape
            required property bool isCutOut
            required property url video
            readonly property alias isStanding: sight.isStanding
            property bool isPlaying: false

            width: pages.width
            height: pages.height
            Accessible.role: Accessible.Graphic
            Accessible.name: root.name
            Accessible.ignored: pages.count > 1

            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: root.floor
                visible: sight.isStanding
                color: Theme.paperSunk
            }

            CarSight {
                id: sight

                readonly property real sideRoom: isStanding ? Theme.px(72) : 0

                anchors.fill: parent
                anchors.leftMargin: sideRoom
                anchors.rightMargin: sideRoom
                anchors.topMargin: isStanding ? Theme.px(72) : 0
                anchors.bottomMargin: isStanding ? root.floor - Theme.carWheel : 0
                mostCutOff: Theme.leastCutOff
                drawing: page.drawing
                source: page.source
                focusX: page.focusX
                focusY: page.focusY
                knownShape: page.shape
                isKnownCutOut: page.isCutOut
            }

            Film {
                id: film

                anchors.fill: parent
                video: page.video
                focusX: page.focusX
                focusY: page.focusY
                plays: page.isPlaying && page.ListView.isCurrentItem
            }

            Touchable {
                anchors.fill: parent
                visible: pages.count > 1
                veilStrength: 0
                text: `${root.name}, ${page.index + 1}/${pages.count}`
                onClicked: pages.currentIndex = (page.index + 1) % pages.count
            }

            // By a touch alone: nothing moves by itself beside what is read.
            Loader {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                active: film.canPlay

                sourceComponent: SolidButton {
                    ground: Theme.asphalt
                    ink: Theme.paper
                    veil: ink
                    sign: page.isPlaying ? Signs.stop : Signs.play
                    text: page.isPlaying ? root.stopWord : root.playWord
                    onClicked: page.isPlaying = !page.isPlaying
                }
            }
        }
    }

    // On a ground of its own, where what lies below may be of any color.
    Rectangle {
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: marks.width + Theme.px(32)
        height: Theme.px(40)
        visible: pages.count > 1
        color: pages.currentItem?.isStanding ? "transparent" : Theme.paper // qmllint disable missing-property

        Row {
            id: marks

            anchors.centerIn: parent
            spacing: Theme.px(12)

            Repeater {
                model: pages.count

                Rectangle {
                    required property int index

                    width: Theme.px(44)
                    height: Theme.px(8)
                    color: index === pages.currentIndex ? Theme.accentOnPaper : Theme.paperLine
                }
            }
        }
    }
}
