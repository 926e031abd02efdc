import QtQuick
import Showroom

// A line of a list for staff: what it is and a note about it, and beside it what can be done.
Item {
    id: root

    required property string title
    required property string note
    property color noteColor: Theme.paperQuiet
    default property alias content: deeds.data

    width: parent?.width ?? 0
    height: Math.max(about.height, deeds.height, Theme.button) + 2 * Theme.venueGap

    Rule {
        width: parent.width
    }

    Column {
        id: about

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: deeds.left
        anchors.rightMargin: Theme.gap
        spacing: Theme.hintGap

        Reading {
            width: parent.width
            text: root.title
            color: Theme.asphalt
            font.weight: Font.Black
            wrapMode: Text.Wrap
        }

        Reading {
            width: parent.width
            text: root.note
            color: root.noteColor
            font.pixelSize: Theme.label
            wrapMode: Text.Wrap
        }
    }

    Column {
        id: deeds

        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        width: Theme.staffButton
        spacing: Theme.buttonGap
    }
}
