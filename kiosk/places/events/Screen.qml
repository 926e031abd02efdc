pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Tickets in a row, the next event first; of few, all fill the screen.
CardStrip {
    id: root

    required property EventsViewModel place
    required property NavigationViewModel navigation

    readonly property int count: place.events.count
    readonly property bool few: count <= (Theme.portrait ? 2 : 3) && (isUpright || room / count >= Theme.eventWidth)
    readonly property real room: (isUpright ? drawnHeight : list.width) - (count - 1) * list.spacing
    readonly property real cardWidth: isUpright ? list.width : few ? room / count : Math.max(list.width / 3.3, Math.min(list.width, Theme.eventWidth))
    readonly property real cardHeight: !isUpright ? drawnHeight : few ? room / count : drawnHeight / 2.4

    isUpright: Theme.portrait
    title: count > 0 ? place.title : place.noticeTitle
    lead: count > 0 ? place.lead : place.noticeLine
    // With nothing to list, the place shows itself.
    source: count > 0 ? "" : place.source
    focusX: place.focusX
    focusY: place.focusY
    headGap: Theme.inset
    list.spacing: Theme.gap / 2
    list.clip: true
    list.interactive: !few || list.contentHeight > list.height + 1
    list.model: place.events

    list.delegate: EventCard {
        required property int index

        wide: root.cardWidth > 1.2 * root.cardHeight && hasRoomBeside
        width: root.cardWidth
        height: root.isUpright ? Math.max(implicitHeight, root.cardHeight) : root.list.height
        pictureHeight: Math.round(Math.max(Theme.pictureLeast, Math.min(0.5 * height, height - root.tallest + Theme.pictureLeast)))
        onImplicitHeightChanged: root.makeRoom(implicitHeight)
        onClicked: root.navigation.openDetail("events", index)
    }

    Steps {
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.count === 0
        steps: root.place.steps
        navigation: root.navigation
        room: Theme.callHeight
    }
}
