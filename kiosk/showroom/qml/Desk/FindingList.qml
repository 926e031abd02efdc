pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Showroom.Models

// What the check found, in the order of the file: the line, what is wrong, what to write instead.
ListView {
    id: root

    required property PreviewViewModel preview

    clip: true
    spacing: 14
    model: preview.findings
    opacity: preview.checking ? 0.5 : 1
    boundsBehavior: Flickable.StopAtBounds

    ScrollBar.vertical: ScrollBar {
        policy: root.contentHeight > root.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    delegate: Item {
        id: finding

        required property string where
        required property string severity
        required property string message
        required property string rule
        required property bool isNew

        width: root.width - 16
        height: words.height
        Accessible.role: Accessible.ListItem
        Accessible.name: severity + ", " + (where === "" ? "" : "line " + where + ", ") + message

        Rectangle {
            width: finding.isNew ? 8 : 4
            height: parent.height
            color: finding.severity === "error" ? "#c8102e" : "#d98200"
        }

        Column {
            id: words

            x: 16
            width: parent.width - x
            spacing: 3

            Label {
                width: parent.width
                text: (finding.isNew ? "New:  " : "") + (finding.where === "" ? "" : "Line " + finding.where + "  ") + finding.severity + (finding.rule === "" ? "" : "  [" + finding.rule + "]")
                color: finding.severity === "error" ? "#a50d26" : "#7a4a00"
                font.pixelSize: 14
                font.weight: Font.Bold
            }

            Label {
                width: parent.width
                text: finding.message
                textFormat: Text.PlainText
                color: "#101114"
                font.pixelSize: 15
                wrapMode: Text.Wrap
            }
        }
    }
}
