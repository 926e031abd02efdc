pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Years as posters on a strip that follows the finger.
CardStrip {
    id: root

    required property TimelineViewModel place
    required property NavigationViewModel navigation

    title: root.place.title
    lead: root.place.lead
    list.leftMargin: Theme.margin
    list.rightMargin: Theme.margin
    list.model: root.place.chapters
    list.cacheBuffer: Theme.storyWidth

    list.delegate: PosterCard {
        required property int index
        required figure
        required title
        required summary
        required source
        required focusX
        required focusY

        width: Theme.storyWidth
        height: root.list.height
        figureSize: Theme.portrait ? Theme.poster : Theme.figure
        // Side by side, a year and its picture say enough.
        brief: !Theme.portrait
        hangAt: height - Theme.storyWords
        onImplicitHeightChanged: root.makeRoom(implicitHeight)
        onClicked: root.navigation.openDetail("chapters", index)
    }
}
