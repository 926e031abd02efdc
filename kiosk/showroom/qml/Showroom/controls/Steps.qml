pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// What to do next at the foot of a page, one or two things: beside each other, or one above the other on an
// upright screen.
Grid {
    id: root

    required property RowsModel steps
    required property NavigationViewModel navigation
    // What the page leaves to them.
    property real room: 0
    property real inset: Theme.inset
    // Beside much to read, or beside words that need more than half of the width, there is room for the first alone.
    readonly property bool canBeTwo: room > Theme.callHeight * (Theme.portrait ? 2 : 1) && (Theme.portrait || largest.width <= width / 2)
    readonly property int most: canBeTwo ? steps.count : Math.min(1, steps.count)
    readonly property bool isBeside: !Theme.portrait && most > 1
    readonly property real secondLeast: largest.items.length > 1 ? largest.items[1].implicitWidth : 0
    readonly property real firstShare: most === 1 ? 1 : Theme.portrait || secondLeast <= 0.38 * width ? 0.62 : 0.5
    // As high as the one with the most words, and as wide as the one with the longest.
    readonly property Largest largest: Largest {
        repeater: tiles
    }

    columns: isBeside ? 2 : 1

    Repeater {
        id: tiles

        model: root.steps

        CallTile {
            required property int index
            required property string title
            required property string placeId
            required property string section
            required property int tab
            required property int entry
            required overline
            required figure
            required inRoundel
            required drawing
            required source
            required focusX
            required focusY

            readonly property real share: index === 0 ? root.firstShare : 1 - root.firstShare
            readonly property real first: Math.round(root.firstShare * root.width)

            width: !root.isBeside ? root.width : index === 0 ? first : root.width - first
            height: root.isBeside ? root.largest.height : implicitHeight
            // Without anything to see, no higher than its words need.
            readonly property real stepMost: hasSight || hasDisc || root.isBeside ? Theme.stepMost : Theme.callHeight

            least: Math.floor(Math.max(Theme.callRow, Math.min(stepMost, root.isBeside ? root.room : share * root.room)))
            visible: index < root.most
            inset: index === 0 || Theme.portrait ? root.inset : Theme.cardPadding
            ground: index === 0 ? Theme.asphalt : Theme.raised
            ink: Theme.paper
            text: title
            onClicked: root.navigation.openEntry(placeId, section, tab, entry)
        }
    }
}
