pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Desk
import Showroom.Models

// Beside the preview: the file and its state, the screen, the language and the day, what comes and goes.
Rectangle {
    id: root

    required property PreviewViewModel preview

    readonly property color ink: "#101114"
    readonly property color quiet: "#55575c"

    color: "#f5f2eb"

    component Caption: Label {
        color: root.quiet
        font.pixelSize: 14
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 14

        Label {
            Layout.fillWidth: true
            text: root.preview.file
            textFormat: Text.PlainText
            color: root.ink
            elide: Text.ElideMiddle
            font.pixelSize: 24
            font.weight: Font.Black
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: 10

            Rectangle {
                Layout.preferredWidth: 14
                Layout.preferredHeight: 14
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 3
                radius: 7
                color: root.preview.checking ? "#9a9a94" : root.preview.severity === "error" ? "#c8102e" : root.preview.severity === "warning" ? "#d98200" : "#2e7d32"
            }

            Label {
                Layout.fillWidth: true
                // Two lines, so that nothing below moves with what it says.
                Layout.preferredHeight: 44
                textFormat: Text.PlainText
                text: root.preview.checking ? "Checking…" : root.preview.summary
                color: root.ink
                font.pixelSize: 16
                font.weight: Font.Bold
                wrapMode: Text.Wrap
            }
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.topMargin: 8
            columns: 2
            columnSpacing: 16
            rowSpacing: 10

            Caption {
                text: "Screen"
            }

            ComboBox {
                Layout.fillWidth: true
                Accessible.name: "Screen"
                model: root.preview.sizes
                currentIndex: root.preview.sizeIndex
                font.pixelSize: 15
                onActivated: index => root.preview.chooseSize(index)
            }

            Caption {
                text: "Language"
            }

            Label {
                text: root.preview.language
                color: root.ink
                font.pixelSize: 15
            }

            Caption {
                text: "Show"
            }

            RowLayout {
                spacing: 6

                Button {
                    Layout.fillWidth: true
                    text: "Posters"
                    font.pixelSize: 15
                    onClicked: root.preview.postersWanted()
                }

                Button {
                    Layout.fillWidth: true
                    text: "Home"
                    font.pixelSize: 15
                    onClicked: root.preview.homeWanted()
                }
            }

            Caption {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 10
                text: "Day"
            }

            DayChooser {
                Layout.fillWidth: true
                preview: root.preview
            }
        }

        Caption {
            Layout.topMargin: 8
            text: coming.count ? "Upcoming changes: choose one to see it" : "Nothing changes in the year after this day."
        }

        ListView {
            id: coming

            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(contentHeight, 132)
            clip: true
            visible: count > 0
            model: root.preview.changes
            boundsBehavior: Flickable.StopAtBounds

            ScrollBar.vertical: ScrollBar {
                policy: coming.contentHeight > coming.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
            }

            delegate: ItemDelegate {
                id: change

                required property int index
                required property string when
                required property string what

                width: coming.width - 14
                height: 44
                padding: 6
                Accessible.name: when + ", " + what
                onClicked: root.preview.showChange(index)

                contentItem: Column {
                    Label {
                        width: parent.width
                        text: change.what + "  ›"
                        textFormat: Text.PlainText
                        color: root.ink
                        elide: Text.ElideMiddle
                        font.pixelSize: 14
                        font.underline: change.hovered
                    }

                    Label {
                        text: change.when
                        color: root.quiet
                        font.pixelSize: 13
                    }
                }
            }
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: "#c9c6be"
        }

        FindingList {
            Layout.fillWidth: true
            Layout.fillHeight: true
            preview: root.preview
        }
    }
}
