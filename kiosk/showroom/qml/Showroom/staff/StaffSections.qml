pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The sections of the staff area, a tab each.
Rectangle {
    id: root

    required property StaffViewModel staff
    readonly property QtObject section: staff?.section ?? null

    function showSection() {
        if (section === null)
            return front.show("", {});
        front.show(Qt.resolvedUrl(`Staff${staff.sectionName}.qml`), {
            section: section,
            words: staff.words
        });
    }

    color: Theme.paper
    onSectionChanged: showSection()
    Component.onCompleted: showSection()

    Rectangle {
        id: head

        width: parent.width
        height: Math.max(title.height, closing.height) + 2 * Theme.partGap
        color: Theme.asphalt

        Headline {
            id: title

            anchors.left: parent.left
            anchors.leftMargin: Theme.margin
            anchors.right: closing.left
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            fit: width
            heading: root.staff?.words.title ?? ""
            size: Theme.toolTitle
        }

        SolidButton {
            id: closing

            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            text: root.staff?.words.close ?? ""
            ground: Theme.raised
            ink: Theme.paper
            onClicked: root.staff.close()
        }
    }

    Tabs {
        id: tabs

        anchors.top: head.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        // Larger words stand two by two where there is less room.
        columns: Theme.portrait && Theme.moreLines > 0 ? 2 : root.staff?.sections.count ?? 1
        model: root.staff?.sections ?? null
        current: root.staff?.current ?? 0
        visible: columns > 1
        onChosen: index => root.staff.show(index)
    }

    ScreenLoader {
        id: front

        anchors.top: tabs.visible ? tabs.bottom : head.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        focus: true
    }
}
