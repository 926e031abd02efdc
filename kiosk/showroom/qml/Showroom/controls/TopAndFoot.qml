import QtQuick
import Showroom

// Some things that hang from the top and some that stand at the foot; where they would meet, they scroll.
Item {
    id: root

    property alias head: headColumn.data
    property alias foot: footColumn.data
    property alias footSpacing: footColumn.spacing
    property color ground: Theme.asphalt
    property real leftInset: Theme.margin
    property real rightInset: Theme.margin
    property real topInset: Theme.top
    property real footInset: Theme.inset

    // Where the words of each end and begin while nothing is scrolled.
    readonly property real headEnds: headColumn.y + headColumn.height
    readonly property real footBegins: footColumn.y

    // With both as close as they may come.
    implicitHeight: topInset + headColumn.height + Theme.gap + footColumn.height + footInset

    Flickable {
        id: scroller

        anchors.fill: parent
        contentHeight: Math.max(height, root.implicitHeight)
        interactive: contentHeight > height
        clip: interactive

        Column {
            id: headColumn

            anchors.top: parent.top
            anchors.topMargin: root.topInset
            anchors.left: parent.left
            anchors.leftMargin: root.leftInset
            width: scroller.width - root.leftInset - root.rightInset
            spacing: Theme.partGap
        }

        Column {
            id: footColumn

            anchors.bottom: parent.bottom
            anchors.bottomMargin: root.footInset
            anchors.left: headColumn.left
            width: headColumn.width
        }
    }

    EdgeFade {
        view: scroller
        ground: root.ground
    }
}
