pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Somebody to talk to: the face as large as there is room for, what the person does, the number to take home,
// and who is next.
SplitPage {
    id: root

    required property PersonViewModel place
    required property NavigationViewModel navigation

    readonly property bool hasFace: place.source.toString() !== ""

    share: 0.45
    sideHeight: Math.round(0.4 * height)

    side: Rectangle {
        anchors.fill: parent
        color: Theme.paperSunk
        Accessible.role: Accessible.Graphic
        Accessible.name: root.place.texts.title
        Accessible.ignored: !root.hasFace

        Picture {
            anchors.fill: parent
            visible: root.hasFace
            source: root.place.source
            focusX: root.place.focusX
            focusY: root.place.focusY
            ground: Theme.paperSunk
        }

        Roundel {
            anchors.centerIn: parent
            width: Theme.initialsDisc
            visible: !root.hasFace
            number: root.place.texts.initials
            Accessible.ignored: true
        }
    }

    ScrollColumn {
        anchors.top: parent.top
        anchors.bottom: dock.top
        width: parent.width
        topInset: Theme.portrait ? Theme.pageTop : Theme.top
        spacing: Theme.textGap

        Column {
            width: parent.width
            spacing: Theme.signGap

            Reading {
                width: parent.width
                text: root.place.texts.overline
                color: Theme.paperQuiet
                font.weight: Font.Bold
                font.pixelSize: Theme.label
            }

            Headline {
                width: parent.width
                fit: width
                heading: root.place.texts.title
                color: Theme.asphalt
                size: Theme.entryTitle
            }

            Reading {
                width: parent.width
                visible: root.place.texts.role !== ""
                text: root.place.texts.role
                color: Theme.asphalt
                font.weight: Font.Bold
            }
        }

        Stripes {
            width: parent.width
        }

        Captioned {
            width: parent.width
            visible: root.place.texts.languages !== ""
            caption: root.place.words.languages
            text: root.place.texts.languages
        }

        Reading {
            width: parent.width
            visible: root.place.texts.lead !== ""
            text: root.place.texts.lead
            color: Theme.asphalt
        }

        Reading {
            width: parent.width
            visible: root.place.texts.body !== ""
            text: root.place.texts.body
            color: Theme.asphalt
        }

        Grid {
            id: counted

            width: parent.width
            visible: root.place.facts.count > 0
            columns: Math.max(1, Math.min(2, root.place.facts.count))
            columnSpacing: Theme.columnGap
            rowSpacing: Theme.figureGap

            Repeater {
                model: root.place.facts

                Figure {
                    width: (counted.width - (counted.columns - 1) * counted.columnSpacing) / counted.columns
                    size: Theme.result
                    ink: Theme.asphalt
                    quiet: Theme.paperQuiet
                }
            }
        }
    }

    // Beside each other, or one above the other on an upright screen.
    Grid {
        id: dock

        // What the next one leaves to the code.
        readonly property real room: width - next.implicitWidth
        readonly property bool canBePair: takeHome.implicitWidth <= room
        readonly property bool isPair: root.place.texts.code !== "" && root.place.texts.nextName !== "" && !Theme.portrait && canBePair

        anchors.bottom: parent.bottom
        width: parent.width
        columns: isPair ? 2 : 1

        CodeDock {
            id: takeHome

            width: dock.isPair ? Math.round(Math.min(dock.room, Math.max(0.6 * dock.width, takeHome.natural))) : dock.width
            code: root.place.texts.code
            name: root.place.texts.codeName
            caption: root.place.texts.codeCaption
        }

        CallTile {
            id: next

            width: dock.isPair ? dock.width - takeHome.width : dock.width
            least: dock.isPair ? takeHome.height : Theme.callRow
            visible: root.place.texts.nextName !== ""
            ground: Theme.asphalt
            ink: Theme.paper
            overline: root.place.words.nextEntry
            text: root.place.texts.nextName
            onClicked: root.navigation.openEntry(root.navigation.placeId, "people", 0, root.place.nextEntry)
        }
    }
}
