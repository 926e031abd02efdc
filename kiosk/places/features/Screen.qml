pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// A few large things to do: the first one larger, the others beside it.
Rectangle {
    id: root

    required property FeaturesViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property int count: root.place.features.count
    readonly property bool few: count <= 3
    readonly property real gap: Theme.px(10)

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
        id: list

        anchors.top: head.bottom
        anchors.topMargin: Theme.px(44)
        anchors.bottom: parent.bottom
        width: parent.width
        orientation: Theme.portrait ? ListView.Vertical : ListView.Horizontal
        spacing: root.gap
        clip: true
        interactive: !root.few
        model: root.place.features

        delegate: PosterCard {
            required property int index
            required figure
            required title
            required summary
            required source
            required focusX
            required focusY

            // Of two or three, the first takes a third more than the others.
            readonly property real share: root.count === 1 ? 1 : (index === 0 ? 1.34 : 1) / (root.count + 0.34)
            readonly property real room: (Theme.portrait ? list.height : list.width) - (root.count - 1) * root.gap

            width: Theme.portrait ? list.width : root.few ? room * share : Theme.px(600)
            height: !Theme.portrait ? list.height : root.few ? room * share : Theme.px(460)
            onClicked: root.navigation.openDetail("features", index)
        }
    }

    EdgeFade {
        view: list
        ground: Theme.asphalt
    }
}
