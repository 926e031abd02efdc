pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Showroom.Models

// The day and the hour that are shown: stepped through, or picked from a month.
ColumnLayout {
    id: root

    required property PreviewViewModel preview

    spacing: 8

    component Step: Button {
        Layout.preferredWidth: 40
        font.pixelSize: 17
    }

    RowLayout {
        spacing: 6

        Step {
            text: "‹"
            Accessible.name: "The day before"
            onClicked: root.preview.stepDays(-1)
        }

        Button {
            id: day

            Layout.fillWidth: true
            text: root.preview.dayText
            font.pixelSize: 15
            onClicked: month.opened ? month.close() : month.open()

            Popup {
                id: month

                property int shownYear
                property int shownMonth
                property string name

                function show(year: int, month: int) {
                    const first = new Date(year, month, 1);
                    shownYear = first.getFullYear();
                    shownMonth = first.getMonth();
                    name = root.preview.monthText(shownYear, shownMonth + 1);
                }

                x: day.width - width
                y: day.height + 4
                margins: 8
                closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutsideParent
                padding: 12
                onAboutToShow: show(root.preview.year, root.preview.month - 1)

                contentItem: ColumnLayout {
                    RowLayout {
                        Step {
                            text: "‹"
                            Accessible.name: "The month before"
                            onClicked: month.show(month.shownYear, month.shownMonth - 1)
                        }

                        Label {
                            Layout.fillWidth: true
                            text: month.name
                            horizontalAlignment: Text.AlignHCenter
                            font.pixelSize: 16
                            font.weight: Font.Bold
                        }

                        Step {
                            text: "›"
                            Accessible.name: "The month after"
                            onClicked: month.show(month.shownYear, month.shownMonth + 1)
                        }
                    }

                    DayOfWeekRow {
                        Layout.fillWidth: true
                        locale: grid.locale
                    }

                    MonthGrid {
                        id: grid

                        Layout.fillWidth: true
                        year: month.shownYear
                        month: month.shownMonth
                        locale: Qt.locale(root.preview.locale)

                        delegate: Label {
                            id: cell

                            required property var model

                            readonly property bool chosen: model.day === root.preview.day && model.month === root.preview.month - 1 && model.year === root.preview.year

                            text: model.day
                            opacity: model.month === grid.month ? 1 : 0.35
                            horizontalAlignment: Text.AlignHCenter
                            verticalAlignment: Text.AlignVCenter
                            padding: 8
                            font.pixelSize: 15
                            color: chosen ? "#ffffff" : "#101114"

                            background: Rectangle {
                                radius: 4
                                color: cell.chosen ? "#101114" : "transparent"
                            }
                        }

                        onClicked: date => {
                            // The grid's dates are midnights of UTC.
                            root.preview.showDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
                            month.close();
                        }
                    }
                }
            }
        }

        Step {
            text: "›"
            Accessible.name: "The day after"
            onClicked: root.preview.stepDays(1)
        }
    }

    RowLayout {
        spacing: 6

        ComboBox {
            Layout.fillWidth: true
            Accessible.name: "Hour"
            model: root.preview.hours
            currentIndex: root.preview.hour
            displayText: root.preview.timeText
            popup.height: 320
            font.pixelSize: 15
            onActivated: index => root.preview.showHour(index)
        }

        Button {
            text: "Now"
            enabled: !root.preview.isPresent
            font.pixelSize: 15
            onClicked: root.preview.showPresent()
        }
    }
}
