pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The places, always at the bottom, always in the same spots.
Rectangle {
    id: root

    required property NavigationViewModel navigation
    required property InterfaceTexts words
    required property string homeGlyph
    required property string homeGlyphFont

    readonly property int items: repeater.count + 1
    readonly property int lines: Theme.portrait ? 2 : 1
    readonly property int columns: Math.ceil(items / lines)

    readonly property real itemHeight: largest.height
    readonly property Largest largest: Largest {
        repeater: repeater
        least: Math.max(homeItem.implicitHeight, Theme.bar / root.lines)
    }

    readonly property Item marked: items > 0 ? itemOf(navigation.markedId) : null

    // The item of a place, of home without an id; null for what is not in the bar.
    function itemOf(placeId: string): Item {
        if (placeId === "")
            return homeItem;
        for (let index = 0; index < repeater.count; index++) {
            const item = repeater.itemAt(index);
            if (item?.placeId === placeId) // qmllint disable missing-property
                return item;
        }
        return null;
    }

    color: Theme.asphalt
    height: lines * itemHeight

    Rule {
        z: 1
        width: parent.width
        color: Theme.asphaltLine
    }

    Grid {
        anchors.fill: parent
        columns: root.columns

        NavItem {
            id: homeItem

            width: root.width / root.columns
            height: root.itemHeight
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
                height: root.itemHeight
                text: name
                character: glyph
                file: glyphFont
                current: root.navigation.markedId === placeId
                onClicked: root.navigation.open(placeId)
            }
        }
    }

    // They go along to where one is going.
    Stripes {
        z: 2
        x: root.marked?.x ?? 0
        y: root.marked?.y ?? 0
        width: root.width / root.columns
        visible: root.marked !== null

        Behavior on x {
            NumberAnimation {
                duration: Theme.move
                easing.type: Easing.OutCubic
            }
        }

        Behavior on y {
            NumberAnimation {
                duration: Theme.move
                easing.type: Easing.OutCubic
            }
        }
    }
}
