import QtQuick
import Showroom

// Words and things one below the other; they scroll where there is less room than they need.
Item {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing
    property alias view: scroller
    property color ground: Theme.paper
    property real leftInset: Theme.inset
    property real rightInset: Theme.inset
    property real topInset: Theme.top
    property real bottomInset: Theme.columnGap
    property real fade: Theme.fade
    // All that there is, and where the last of it ends.
    readonly property real needed: scroller.contentHeight

    Flickable {
        id: scroller

        anchors.fill: parent
        contentHeight: column.height + root.topInset + root.bottomInset
        interactive: contentHeight > height
        clip: true

        Column {
            id: column

            anchors.top: parent.top
            anchors.topMargin: root.topInset
            anchors.left: parent.left
            anchors.leftMargin: root.leftInset
            width: scroller.width - root.leftInset - root.rightInset
        }
    }

    EdgeFade {
        view: scroller
        ground: root.ground
        size: root.fade
    }
}
