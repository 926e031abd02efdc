import QtQuick
import Showroom

// A dark column with the title of a place, and its picture filling the rest to the edges.
Rectangle {
    id: root

    required property string title
    property string lead: ""
    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    default property alias extra: below.data

    color: Theme.asphalt
    clip: true

    PlaceHead {
        id: head

        x: Theme.margin
        y: Theme.top
        width: parent.width - x - Theme.px(48)
        title: root.title
        lead: root.lead
    }

    Item {
        id: below

        anchors.top: head.bottom
        anchors.topMargin: Theme.px(48)
        anchors.left: head.left
        anchors.right: head.right
        height: childrenRect.height
    }

    Picture {
        readonly property bool hasRoom: height > Theme.px(200)

        anchors.top: below.bottom
        anchors.topMargin: below.height > 0 ? Theme.px(48) : 0
        anchors.bottom: parent.bottom
        width: parent.width
        visible: hasRoom
        source: hasRoom ? root.source : ""
        focusX: root.focusX
        focusY: root.focusY
        ground: Theme.asphalt
    }
}
