pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The web site's menus, a tab for each; the places that the bar has no room for.
SplitPage {
    id: root

    required property LinksViewModel place
    required property NavigationViewModel navigation

    readonly property int columns: Theme.portrait ? 1 : 2

    share: 0.34
    sideHeight: Theme.panelDoors
    sideNeeds: panel.implicitHeight

    side: SidePanel {
        id: panel

        anchors.fill: parent
        title: root.place.title
        lead: root.place.lead

        Column {
            width: parent.width
            spacing: Theme.captionGap
            visible: root.navigation.offBar.count > 0

            Reading {
                text: root.place.words.morePlaces
                color: Theme.asphaltQuiet
                font.weight: Font.Bold
                font.pixelSize: Theme.label
            }

            Grid {
                id: doors

                width: parent.width
                columns: Theme.portrait ? 2 : 1
                spacing: Theme.buttonGap

                Repeater {
                    model: root.navigation.offBar

                    SolidButton {
                        required property string placeId
                        required property string name

                        width: (doors.width - (doors.columns - 1) * doors.spacing) / doors.columns
                        least: Theme.tab
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

    Tabs {
        id: groups

        anchors.top: parent.top
        anchors.topMargin: Theme.portrait ? Theme.tabsTop : Theme.listTop
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.inset
        anchors.rightMargin: Theme.inset
        columns: 3
        model: root.place.groups
        current: root.place.tab
        onChosen: index => {
            root.place.choose(index);
            links.contentY = links.originY;
        }
    }

    GridView {
        id: links

        anchors.top: groups.bottom
        anchors.topMargin: Theme.tabsTop
        anchors.bottom: parent.bottom
        anchors.left: groups.left
        // A cell ends in a gutter, which lies beyond the tabs.
        anchors.leftMargin: Theme.mirrored && root.columns > 1 ? -Theme.gutter : 0
        width: groups.width + (root.columns > 1 ? Theme.gutter : 0)
        cellWidth: Math.floor(width / root.columns)
        cellHeight: Theme.rowLow
        clip: true
        interactive: contentHeight > height
        model: root.place.links

        delegate: RowLink {
            required property int index
            required property string name

            width: links.cellWidth - (root.columns > 1 ? Theme.gutter : 0)
            height: links.cellHeight
            inset: 0
            ink: Theme.asphalt
            line: Theme.paperLine
            text: name
            onClicked: root.navigation.openDetail("links", index)
        }

        footer: Reading {
            width: links.width - Theme.gutter
            topPadding: Theme.legalPadding
            bottomPadding: Theme.legalPadding
            text: root.place.legal
            color: Theme.paperQuiet
            font.pixelSize: Theme.label
        }
    }

    EdgeFade {
        view: links
    }
}
