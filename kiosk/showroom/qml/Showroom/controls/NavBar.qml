pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The places, always at the bottom, always in the same spots.
Rectangle {
    id: root

    required property NavigationViewModel navigation
    required property var words
    required property string homeGlyph
    required property string homeGlyphFont

    readonly property int items: repeater.count + 1
    readonly property int columns: Theme.portrait ? Math.ceil(items / 2) : items

    color: Theme.asphalt
    height: Theme.bar

    Rectangle {
        z: 1
        width: parent.width
        height: Math.max(1, Theme.px(2))
        color: Theme.asphaltLine
    }

    Grid {
        anchors.fill: parent
        columns: root.columns

        NavItem {
            width: root.width / root.columns
            height: Theme.portrait ? root.height / 2 : root.height
            text: root.words.home
            character: root.homeGlyph
            file: root.homeGlyphFont
            current: root.navigation.placeId === ""
            onClicked: root.navigation.goHome()
        }

        Repeater {
            id: repeater

            model: root.navigation.bar

            NavItem {
                required property string placeId
                required property string name
                required property string glyph
                required property string glyphFont

                width: root.width / root.columns
                height: Theme.portrait ? root.height / 2 : root.height
                text: name
                character: glyph
                file: glyphFont
                current: root.navigation.markedId === placeId
                onClicked: root.navigation.open(placeId)
            }
        }
    }
}
