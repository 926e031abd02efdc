import QtQuick
import Showroom

// Two parts side by side, or one above the other on an upright screen: what a page is about, and what
// there is to read or to choose.
Rectangle {
    id: root

    // How much of the width the side has, and how high it is where it lies above.
    property real share: 0.36
    property real sideHeight: 0
    // How much of that it needs for all to be seen; the other part keeps at least two fifths.
    property real sideNeeds: 0
    property alias side: sidePart.data
    default property alias main: mainPart.data

    readonly property bool isStacked: Theme.portrait

    color: Theme.paper

    Item {
        id: sidePart

        anchors.top: parent.top
        anchors.left: parent.left
        width: root.isStacked ? parent.width : Math.round(parent.width * root.share)
        height: root.isStacked ? Math.max(root.sideHeight, Math.min(root.sideNeeds, Math.round(0.6 * parent.height))) : parent.height
    }

    Item {
        id: mainPart

        anchors.top: root.isStacked ? sidePart.bottom : parent.top
        anchors.bottom: parent.bottom
        anchors.left: root.isStacked ? parent.left : sidePart.right
        anchors.right: parent.right
    }
}
