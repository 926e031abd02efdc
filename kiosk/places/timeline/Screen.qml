pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Years as posters on a strip that follows the finger.
Rectangle {
    id: root

    required property TimelineViewModel place
    required property NavigationViewModel navigation
    required property var words

    color: Theme.asphalt

    PlaceHead {
        id: head

        x: Theme.margin
        y: Theme.top
        width: parent.width - 2 * x
        title: root.place.title
        lead: root.place.lead
    }

    ListView {
        id: strip

        anchors.top: head.bottom
        anchors.topMargin: Theme.px(44)
        anchors.bottom: parent.bottom
        width: parent.width
        orientation: ListView.Horizontal
        spacing: Theme.px(10)
        leftMargin: Theme.margin
        rightMargin: Theme.margin
        model: root.place.chapters
        cacheBuffer: Theme.px(700)

        delegate: PosterCard {
            required property int index
            required figure
            required title
            required summary
            required source
            required focusX
            required focusY

            width: Theme.px(Theme.portrait ? 820 : 640)
            height: strip.height
            figureSize: Theme.poster
            hangAt: height - Theme.px(Theme.portrait ? 470 : 530)
            onClicked: root.navigation.openDetail("chapters", index)
        }
    }

    EdgeFade {
        view: strip
        ground: Theme.asphalt
    }
}
