pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The web site's menus, a tab for each; the places that the bar has no room for.
Rectangle {
    id: root

    required property LinksViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property real side: Theme.portrait ? width : Math.round(width * 0.34)
    readonly property int columns: Theme.portrait ? 1 : 2

    color: Theme.asphalt

    SidePanel {
        id: panel

        width: root.side
        height: Theme.portrait ? Theme.px(640) : root.height
        title: root.place.title
        lead: root.place.lead

        Column {
            width: parent.width
            spacing: Theme.px(16)
            visible: root.navigation.offBar.count > 0

            Reading {
                text: root.words.morePlaces
                color: Theme.asphaltQuiet
                font.weight: Font.Bold
                font.pixelSize: Theme.label
            }

            Grid {
                id: doors

                width: parent.width
                columns: Theme.portrait ? 2 : 1
                spacing: Theme.px(12)

                Repeater {
                    model: root.navigation.offBar

                    SolidButton {
                        required property string placeId
                        required property string name

                        width: (doors.width - (doors.columns - 1) * doors.spacing) / doors.columns
                        height: Theme.px(104)
                        text: name
                        ground: Theme.paper
                        ink: Theme.asphalt
                        veil: Theme.asphalt
                        onClicked: root.navigation.open(placeId)
                    }
                }
            }
        }
    }

    Rectangle {
        x: Theme.portrait ? 0 : root.side
        y: Theme.portrait ? panel.height : 0
        width: root.width - x
        height: root.height - y
        color: Theme.paper

        Tabs {
            id: groups

            x: Theme.inset
            y: Theme.portrait ? Theme.px(32) : Theme.px(48)
            columns: 3
            itemWidth: (parent.width - 2 * x) / columns
            model: root.place.groups
            current: root.place.tab
            onChosen: index => {
                root.place.choose(index);
                links.contentY = links.originY;
            }
        }

        GridView {
            id: links

            readonly property real gutter: Theme.px(64)

            anchors.top: groups.bottom
            anchors.topMargin: Theme.px(32)
            anchors.bottom: parent.bottom
            x: Theme.inset
            width: parent.width - 2 * x + (root.columns > 1 ? gutter : 0)
            cellWidth: Math.floor(width / root.columns)
            cellHeight: Theme.px(112)
            clip: true
            interactive: contentHeight > height
            model: root.place.links

            delegate: RowLink {
                required property int index
                required property string name

                width: links.cellWidth - (root.columns > 1 ? links.gutter : 0)
                height: links.cellHeight
                inset: 0
                ink: Theme.asphalt
                line: Theme.paperLine
                text: name
                onClicked: root.navigation.openDetail("links", index)
            }

            footer: Reading {
                width: links.width - links.gutter
                topPadding: Theme.px(28)
                bottomPadding: Theme.px(28)
                text: root.place.legal
                color: Theme.paperQuiet
                font.pixelSize: Theme.label
            }
        }

        EdgeFade {
            view: links
        }
    }
}
