import QtQuick
import Showroom
import Showroom.Models

// Patterns in full sight. A touch anywhere brings the next; the first says what to look for.
TestPattern {
    id: root

    required property StaffScreenTestViewModel tool
    required property StaffTexts words

    pattern: root.tool?.pattern ?? ""
    focus: true
    Accessible.role: Accessible.Button
    Accessible.name: pattern
    Accessible.onPressAction: root.tool.next()
    Keys.onReturnPressed: root.tool.next()
    Keys.onSpacePressed: root.tool.next()

    MouseArea {
        anchors.fill: parent
        Accessible.ignored: true
        onClicked: root.tool.next()
    }

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: (Theme.portrait ? parent.width : parent.width * Theme.half) - 2 * Theme.margin
        spacing: Theme.headGap
        visible: root.pattern === "edges"

        Headline {
            width: parent.width
            fit: width
            heading: root.words?.edges ?? ""
            size: Theme.headline
        }

        Reading {
            width: parent.width
            text: root.words?.edgesLead ?? ""
        }

        Reading {
            width: parent.width
            text: root.words?.sharp ?? ""
        }

        Reading {
            width: parent.width
            text: root.words?.colorsFollow ?? ""
        }
    }
}
