pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The line-ups, one tab each; the names as large as they deserve.
SplitPage {
    id: root

    required property ModelsViewModel place
    required property NavigationViewModel navigation

    share: 0.32
    sideHeight: Theme.panelPicture
    sideNeeds: panel.implicitHeight

    side: SidePanel {
        id: panel

        anchors.fill: parent
        title: root.place.title
        lead: root.place.lead
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY
    }

    Tabs {
        id: tabs

        anchors.top: parent.top
        anchors.topMargin: Theme.portrait ? Theme.tabsTop : Theme.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.inset
        anchors.rightMargin: Theme.inset
        columns: root.place.tabs.count
        model: root.place.tabs
        current: root.place.tab
        onChosen: index => root.place.choose(index)
    }

    Reading {
        id: line

        anchors.top: tabs.bottom
        anchors.topMargin: Theme.legalPadding
        anchors.left: tabs.left
        anchors.right: tabs.right
        visible: text !== ""
        height: visible ? implicitHeight : 0
        text: root.place.tabLine
        color: Theme.paperQuiet
    }

    ListView {
        id: cars

        anchors.top: line.bottom
        anchors.topMargin: Theme.signGap
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        interactive: contentHeight > height
        model: root.place.cars

        delegate: ListRow {
            id: car

            required property int index
            required property string title
            required property string summary

            width: cars.width
            least: Math.max(Theme.rowMedium, Math.min(Theme.rowTallest, cars.height / Math.max(1, cars.count)))
            tallest: texts.height
            text: title
            Accessible.description: summary
            onClicked: root.navigation.openDetail("cars", index)

            Column {
                id: texts

                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: car.inset
                anchors.right: arrow.left
                anchors.rightMargin: Theme.signGap
                spacing: Theme.captionGap

                Headline {
                    width: parent.width
                    fit: width
                    heading: car.title
                    color: Theme.asphalt
                    size: Theme.rowTitle
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                Reading {
                    width: parent.width
                    visible: car.summary !== ""
                    text: car.summary
                    color: Theme.paperQuiet
                    font.pixelSize: Theme.label
                    maximumLineCount: (Theme.portrait ? 2 : 1) + Theme.moreLines
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }

            Sign {
                id: arrow

                anchors.right: parent.right
                anchors.rightMargin: car.inset
                anchors.verticalCenter: parent.verticalCenter
                sign: Signs.forward
                colour: Theme.asphalt
            }
        }
    }

    EdgeFade {
        view: cars
    }
}
