pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// A few large things to do: the first one larger, the others beside it.
CardStrip {
    id: root

    required property FeaturesViewModel place
    required property NavigationViewModel navigation

    readonly property int count: root.place.features.count
    readonly property bool few: count <= 3

    isUpright: Theme.portrait
    title: root.place.title
    lead: root.place.lead
    list.clip: true
    list.interactive: !few || list.contentHeight > list.height + 1
    list.model: root.place.features

    list.delegate: PosterCard {
        required property int index
        required figure
        required title
        required summary
        required source
        required focusX
        required focusY

        // Of two or three, the first takes a third more than the others.
        readonly property real share: root.count === 1 ? 1 : (index === 0 ? 1.34 : 1) / (root.count + 0.34)
        readonly property real room: (Theme.portrait ? root.list.height : root.list.width) - (root.count - 1) * Theme.cardGap

        width: Theme.portrait ? root.list.width : root.few ? room * share : Theme.cardWidth
        height: Theme.portrait ? Math.max(implicitHeight, root.few ? room * share : Theme.cardHeight) : root.list.height
        isStrip: Theme.portrait && root.count > 1
        stripShare: root.few && Theme.moreLines === 0 ? Theme.stripShareHigh : Theme.stripShare
        // Side by side, all words hang from one line.
        hangAt: Theme.portrait ? 0 : height - root.tallest + Theme.cardPadding
        onImplicitHeightChanged: root.makeRoom(implicitHeight)
        onClicked: root.navigation.openDetail("features", index)
    }
}
