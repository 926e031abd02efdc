import QtQuick
import Showroom

// A title and below it cards side by side; where they are higher than there is room for, it scrolls.
// Or, `isUpright`, one card above the other.
Rectangle {
    id: root

    required property string title
    required property string lead
    property alias list: cards
    // Shown where there are no cards.
    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    property real headGap: Theme.headGap
    property bool isUpright: false

    // How high cards are where they need no more.
    readonly property real drawnHeight: height - cards.y
    property real tallest: 0

    // For a card that needs so much.
    function makeRoom(height: real) {
        tallest = Math.max(tallest, height);
    }

    color: Theme.asphalt

    Flickable {
        id: page

        anchors.fill: parent
        contentHeight: root.isUpright ? height : Math.max(height, cards.y + root.tallest)
        interactive: contentHeight > height

        PlaceHead {
            id: head

            anchors.top: parent.top
            anchors.topMargin: Theme.top
            anchors.left: parent.left
            anchors.leftMargin: Theme.margin
            width: page.width - 2 * Theme.margin
            mayLie: !Theme.portrait
            title: root.title
            lead: root.lead
        }

        Picture {
            anchors.fill: cards
            visible: root.source.toString() !== ""
            source: root.source
            focusX: root.focusX
            focusY: root.focusY
        }

        ListView {
            id: cards

            anchors.top: head.bottom
            anchors.topMargin: root.headGap
            anchors.bottom: parent.bottom
            width: page.width
            orientation: root.isUpright ? ListView.Vertical : ListView.Horizontal
            spacing: Theme.cardGap
        }

        EdgeFade {
            view: cards
            ground: Theme.asphalt
        }
    }

    EdgeFade {
        view: page
        ground: Theme.asphalt
    }
}
