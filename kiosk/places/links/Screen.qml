pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The web site's menus, a tab for each; the places that the bar has no room for.
SplitPage {
    id: root

    required property LinksViewModel place
    required property NavigationViewModel navigation

    readonly property bool hasTabs: place.groups.count > 1

    share: 0.34
    sideHeight: Theme.panelDoors
    sideNeeds: panel.implicitHeight

    side: SidePanel {
        id: panel

        anchors.fill: parent
        title: root.place.title
        lead: root.place.lead
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY
        isEdged: Theme.portrait

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
                columns: 2
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

    // The groups beside their links.
    ScrollColumn {
        id: groups

        anchors.top: parent.top
        anchors.bottom: next.top
        anchors.left: parent.left
        width: root.hasTabs ? Theme.groupsWidth + leftInset : 0
        visible: root.hasTabs
        topInset: Theme.portrait ? Theme.listTop : Theme.top
        rightInset: 0

        Tabs {
            width: parent.width
            columns: 1
            model: root.place.groups
            current: root.place.tab
            onChosen: index => {
                root.place.choose(index);
                links.contentY = links.originY;
            }
        }
    }

    ListView {
        id: links

        readonly property real rowHeight: root.hasTabs ? Theme.rowLow : Theme.rowTall

        anchors.top: parent.top
        anchors.topMargin: groups.topInset
        anchors.bottom: next.top
        anchors.left: groups.right
        anchors.leftMargin: Theme.portrait && root.hasTabs ? Theme.gap : Theme.inset
        anchors.right: parent.right
        anchors.rightMargin: Theme.inset
        clip: true
        interactive: contentHeight > height
        cacheBuffer: 0 // Qt makes further rows a little later, and warns if there are fewer by then
        model: root.place.links

        delegate: RowLink {
            required property int index
            required property string name

            width: links.width
            height: links.rowHeight
            inset: 0
            ink: Theme.asphalt
            line: Theme.paperLine
            text: name
            onClicked: root.navigation.openDetail("links", index)
        }

        footer: Legal {}
    }

    component Legal: Reading {
        width: links.width
        topPadding: Theme.legalPadding
        bottomPadding: Theme.legalPadding
        text: root.place.legal
        color: Theme.paperQuiet
        font.pixelSize: Theme.label
    }

    // How high it is, before the list has come to it.
    Legal {
        id: legal

        visible: false
    }

    EdgeFade {
        view: links
    }

    Steps {
        id: next

        anchors.bottom: parent.bottom
        width: parent.width
        steps: root.place.steps
        navigation: root.navigation
        room: root.hasTabs ? Theme.callMedium : parent.height - groups.topInset - links.count * Theme.rowTall - legal.height
    }
}
