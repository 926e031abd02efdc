pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Tickets in a row, the next event first; of few, all fill the screen.
Rectangle {
    id: root

    required property EventsViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property int count: place.events.count
    readonly property bool few: count <= (Theme.portrait ? 2 : 3)

    color: Theme.asphalt

    PlaceHead {
        id: head

        x: Theme.margin
        y: Theme.top
        width: parent.width - 2 * x
        title: root.count > 0 ? root.place.title : root.place.nothingTitle
        lead: root.count > 0 ? root.place.lead : root.place.nothingLine
    }

    // With nothing to list, the place shows itself.
    Picture {
        anchors.top: head.bottom
        anchors.topMargin: Theme.inset
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.count === 0
        source: visible ? root.place.source : ""
        focusX: root.place.focusX
        focusY: root.place.focusY
    }

    ListView {
        id: list

        readonly property real room: (Theme.portrait ? height : width) - (root.count - 1) * spacing

        anchors.top: head.bottom
        anchors.topMargin: Theme.inset
        anchors.bottom: parent.bottom
        width: parent.width
        orientation: Theme.portrait ? ListView.Vertical : ListView.Horizontal
        spacing: Theme.gap / 2
        clip: true
        interactive: !root.few
        model: root.place.events

        delegate: EventCard {
            required property int index

            width: Theme.portrait ? list.width : root.few ? list.room / root.count : list.width / 3.3
            height: !Theme.portrait ? list.height : root.few ? list.room / root.count : list.height / 2.4
            onClicked: root.navigation.openDetail("events", index)
        }
    }

    EdgeFade {
        view: list
        ground: Theme.asphalt
    }
}
