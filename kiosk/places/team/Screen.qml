pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The season's results on the left, the start numbers and the people on the right.
Rectangle {
    id: root

    required property TeamViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property real side: Theme.portrait ? width : Math.round(width * 0.36)

    color: Theme.paper

    SidePanel {
        id: panel

        width: root.side
        height: Theme.portrait ? Theme.px(580) : root.height
        title: root.place.title
        lead: root.place.season
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY

        Grid {
            id: results

            width: parent.width
            columns: Theme.portrait ? Math.max(1, root.place.results.count) : 2
            columnSpacing: Theme.px(32)
            rowSpacing: Theme.px(36)

            Repeater {
                model: root.place.results

                Figure {
                    width: (results.width - (results.columns - 1) * results.columnSpacing) / results.columns
                    size: Theme.px(120)
                }
            }
        }
    }

    Item {
        id: content

        x: Theme.portrait ? 0 : root.side
        y: Theme.portrait ? panel.height : 0
        width: root.width - x
        height: root.height - y

        ListView {
            id: drivers

            readonly property int count_: root.place.drivers.count
            // A cut-off next roundel shows that there are more.
            readonly property real cell: count_ <= 3 ? (width - 2 * inset) / Math.max(1, count_) : Theme.px(300)
            readonly property real inset: Theme.px(64)

            y: Theme.portrait ? Theme.px(48) : Theme.top
            width: parent.width
            height: Theme.px(Theme.portrait ? 400 : 440)
            orientation: ListView.Horizontal
            leftMargin: inset
            rightMargin: inset
            interactive: contentWidth > width
            clip: true
            model: root.place.drivers

            delegate: Touchable {
                id: driver

                required property int index
                required property string name
                required property string number
                required property string initials
                required property string result
                required property string resultLabel

                width: drivers.cell
                height: drivers.height
                text: [number, name, result, resultLabel].filter(part => part).join(", ")
                veil: Theme.asphalt
                veilStrength: 0.08
                onClicked: root.navigation.openDetail("drivers", index)

                Roundel {
                    id: disc

                    x: Theme.px(8)
                    y: Theme.px(8)
                    width: Theme.px(220)
                    color: driver.number ? "white" : Theme.paper
                    ink: driver.number ? Theme.asphalt : Theme.paperQuiet
                    number: driver.number || driver.initials
                    Accessible.ignored: true
                }

                Column {
                    anchors.top: disc.bottom
                    anchors.topMargin: Theme.px(20)
                    x: Theme.px(8)
                    width: parent.width - 2 * x
                    spacing: Theme.px(2)

                    Reading {
                        width: parent.width
                        text: driver.name
                        color: Theme.asphalt
                        font.weight: Font.Black
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.label
                        maximumLineCount: 1
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: [driver.result, driver.resultLabel].filter(part => part).join(" \u00b7 ")
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        maximumLineCount: 2
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }
            }
        }

        EdgeFade {
            view: drivers
        }

        ListView {
            id: people

            anchors.top: drivers.bottom
            anchors.topMargin: Theme.px(24)
            anchors.bottom: parent.bottom
            width: parent.width
            orientation: Theme.portrait ? ListView.Vertical : ListView.Horizontal
            spacing: Theme.px(10)
            clip: true
            interactive: Theme.portrait ? contentHeight > height : contentWidth > width
            model: root.place.people

            delegate: PosterCard {
                required property int index
                required title
                required summary
                required source
                required focusX
                required focusY

                readonly property int count: Math.max(1, root.place.people.count)

                width: Theme.portrait ? people.width : Math.max(Theme.px(380), (people.width - (count - 1) * people.spacing) / count)
                height: Theme.portrait ? Math.max(Theme.px(200), (people.height - (count - 1) * people.spacing) / count) : people.height
                titleSize: Theme.px(Theme.portrait ? 52 : 42)
                brief: true
                onClicked: root.navigation.openDetail("people", index)
            }
        }

        EdgeFade {
            view: people
        }
    }
}
