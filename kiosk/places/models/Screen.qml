pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The line-ups, one tab each; the names as large as they deserve.
Rectangle {
    id: root

    required property ModelsViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property real side: Theme.portrait ? width : Math.round(width * 0.32)

    color: Theme.paper

    SidePanel {
        id: panel

        width: root.side
        height: Theme.portrait ? Theme.px(760) : root.height
        title: root.place.title
        lead: root.place.lead
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY
    }

    Item {
        x: Theme.portrait ? 0 : root.side
        y: Theme.portrait ? panel.height : 0
        width: root.width - x
        height: root.height - y

        Tabs {
            id: tabs

            x: Theme.inset
            y: Theme.portrait ? Theme.px(32) : Theme.top
            columns: root.place.tabs.count
            itemWidth: (parent.width - 2 * x) / Math.max(1, columns)
            model: root.place.tabs
            current: root.place.tab
            onChosen: index => root.place.choose(index)
        }

        Reading {
            id: line

            x: Theme.inset
            anchors.top: tabs.bottom
            anchors.topMargin: Theme.px(28)
            width: parent.width - 2 * x
            visible: text !== ""
            height: visible ? implicitHeight : 0
            text: root.place.tabLine
            color: Theme.paperQuiet
        }

        ListView {
            id: cars

            anchors.top: line.bottom
            anchors.topMargin: Theme.px(20)
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            interactive: contentHeight > height
            model: root.place.cars

            delegate: Touchable {
                id: car

                required property int index
                required property string title
                required property string summary

                width: cars.width
                height: Math.max(Theme.px(150), Math.min(Theme.px(176), cars.height / Math.max(1, cars.count)))
                text: title
                Accessible.description: summary
                veil: Theme.asphalt
                veilStrength: 0.08
                onClicked: root.navigation.openDetail("cars", index)

                Rectangle {
                    x: Theme.inset
                    width: parent.width - 2 * x
                    height: Math.max(1, Theme.px(2))
                    color: Theme.paperLine
                }

                Column {
                    x: Theme.inset
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - 2 * x - Theme.px(60)
                    spacing: Theme.px(16)

                    Headline {
                        width: parent.width
                        fit: width
                        heading: car.title
                        color: Theme.asphalt
                        size: Theme.px(60)
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        visible: car.summary !== ""
                        text: car.summary
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        maximumLineCount: Theme.portrait ? 2 : 1
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }

                Sign {
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.inset
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
}
