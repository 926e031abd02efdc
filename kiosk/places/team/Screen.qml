pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The season's results on the left, on the right the start numbers and the people: a wall of faces where they
// are somebody to talk to.
SplitPage {
    id: root

    required property TeamViewModel place
    required property NavigationViewModel navigation

    readonly property bool hasDrivers: place.drivers.count > 0

    share: hasDrivers ? Theme.panelShare : Theme.panelShareNarrow
    // Without results, as high as the words on it need.
    sideHeight: place.results.count > 0 || hasDrivers ? Theme.panelResults : 0
    sideNeeds: panel.implicitHeight

    side: SidePanel {
        id: panel

        anchors.fill: parent
        title: root.place.title
        lead: root.place.season || root.place.lead
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY

        Grid {
            id: results

            width: parent.width
            columns: Theme.portrait ? Math.max(1, root.place.results.count) : 2
            columnSpacing: Theme.rowPadding
            rowSpacing: Theme.figureGap

            Repeater {
                model: root.place.results

                Figure {
                    width: (results.width - (results.columns - 1) * results.columnSpacing) / results.columns
                    size: Theme.result
                    counts: true
                }
            }
        }
    }

    // With larger words there may be less room below the start numbers than people need.
    Flickable {
        id: page

        anchors.fill: parent
        contentHeight: root.hasDrivers && people.count + faces.count > 0 ? Math.max(height, people.y + Theme.peopleHeight) : height
        interactive: contentHeight > height

        ListView {
            id: drivers

            readonly property int entries: root.place.drivers.count
            // A cut-off next roundel shows that there are more.
            readonly property real cell: entries <= 3 ? (width - 2 * Theme.inset) / Math.max(1, entries) : Theme.discCell

            anchors.top: parent.top
            anchors.topMargin: !root.hasDrivers ? 0 : Theme.portrait ? Theme.listTop : Theme.top
            width: page.width
            height: root.hasDrivers ? Theme.discHeight : 0
            visible: root.hasDrivers
            orientation: ListView.Horizontal
            leftMargin: Theme.inset
            rightMargin: Theme.inset
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

                    anchors.top: parent.top
                    anchors.topMargin: Theme.lineGap
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.lineGap
                    color: driver.number ? "white" : Theme.paper
                    ink: driver.number ? Theme.asphalt : Theme.paperQuiet
                    number: driver.number || driver.initials
                    Accessible.ignored: true
                }

                Column {
                    anchors.top: disc.bottom
                    anchors.topMargin: Theme.signGap
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.leftMargin: Theme.lineGap
                    anchors.rightMargin: Theme.lineGap
                    spacing: Theme.rule

                    Reading {
                        width: parent.width
                        text: driver.name
                        color: Theme.asphalt
                        font.weight: Font.Black
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.label
                        maximumLineCount: 1 + Theme.moreLines
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: [driver.result, driver.resultLabel].filter(part => part).join(" \u00b7 ")
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        maximumLineCount: 2 + Theme.moreLines
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
            anchors.topMargin: root.hasDrivers ? Theme.gap : 0
            anchors.bottom: parent.bottom
            width: page.width
            visible: count > 0
            orientation: Theme.portrait ? ListView.Vertical : ListView.Horizontal
            spacing: Theme.cardGap
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

                width: Theme.portrait ? people.width : Math.max(Theme.personWidth, (people.width - (count - 1) * people.spacing) / count)
                height: Theme.portrait ? Math.max(Theme.personHeight, (people.height - (count - 1) * people.spacing) / count) : people.height
                titleSize: Theme.portrait ? Theme.title : Theme.lead
                isStrip: width > 2 * height
                brief: true
                onClicked: root.navigation.openDetail("people", index)
            }
        }

        EdgeFade {
            view: people
        }

        Item {
            anchors.fill: people

            GridView {
                id: faces

                // Beside each other on a wide screen; else one below the other, also on one that is nearly square.
                readonly property bool isUpright: Theme.portrait || (!root.hasDrivers && height > width)
                // Below start numbers each face is smaller, its words beside it. So do the few that are one below
                // the other, and a single one on a wide screen.
                readonly property bool isLying: root.hasDrivers || (isUpright ? count > 1 && count < Theme.facesFew : count === 1)
                readonly property int columns: isLying && !root.hasDrivers ? 1 : Math.max(1, Math.min(2, count))
                readonly property int rows: Math.ceil(count / columns)
                // A cut-off next one shows that there are more.
                readonly property real beside: count > Theme.facesFew ? width / Theme.facesBeside : width / Math.max(1, count)
                readonly property real below: count === 1 ? height : Math.min(height / Math.max(1, rows), Theme.faceWidest)

                anchors.fill: parent
                visible: count > 0
                flow: isUpright ? GridView.FlowLeftToRight : GridView.FlowTopToBottom
                cellWidth: Math.floor(isUpright ? width / columns : isLying ? Math.max(Theme.faceLyingWidth, width / Math.max(1, count)) : Math.max(Theme.faceLeast, Math.min(Theme.faceWidest, beside)))
                cellHeight: Math.floor(isUpright ? Math.max(isLying ? Theme.faceLyingHeight : Theme.faceHeight, below) : height)
                clip: true
                interactive: isUpright ? contentHeight > height : contentWidth > width
                model: root.place.faces

                delegate: Item {
                    id: face

                    required property int index
                    required property string title
                    required property string role
                    required property string languages
                    required property string initials
                    required property url source
                    required property real focusX
                    required property real focusY

                    width: faces.cellWidth
                    height: faces.cellHeight

                    FaceCard {
                        anchors.fill: parent
                        anchors.rightMargin: Theme.cardGap
                        anchors.bottomMargin: faces.isUpright ? Theme.cardGap : 0
                        isLying: faces.isLying
                        title: face.title
                        role: face.role
                        languages: face.languages
                        initials: face.initials
                        source: face.source
                        focusX: face.focusX
                        focusY: face.focusY
                        onClicked: root.navigation.openDetail("people", face.index)
                    }
                }
            }

            EdgeFade {
                view: faces
            }
        }
    }

    EdgeFade {
        view: page
    }
}
