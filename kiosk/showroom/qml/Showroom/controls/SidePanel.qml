import QtQuick
import Showroom

// A dark column with the title of a place, and its picture filling the rest to the edges.
BonnetGround {
    id: root

    required property string title
    property string lead: ""
    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    // Where a light picture would be cut off above a light page.
    property bool isEdged: false
    default property alias extra: below.data

    // With no picture: what is at its foot stands as clear of the edge as what is at its top.
    implicitHeight: words.contentHeight + Theme.px(24)
    isStriped: source.toString() === ""
    clip: true

    Flickable {
        id: words

        width: parent.width
        height: Math.min(contentHeight, parent.height)
        contentHeight: Theme.top + head.height + Theme.px(48) + below.height
        interactive: contentHeight > height

        PlaceHead {
            id: head

            anchors.top: parent.top
            anchors.topMargin: Theme.top
            anchors.left: parent.left
            anchors.leftMargin: Theme.margin
            width: words.width - Theme.margin - Theme.px(48)
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
    }

    Picture {
        readonly property bool hasRoom: !root.isStriped && height > Theme.px(150)

        anchors.top: words.bottom
        anchors.topMargin: below.height > 0 ? Theme.px(48) : 0
        anchors.bottom: parent.bottom
        width: parent.width
        visible: hasRoom
        source: hasRoom ? root.source : ""
        focusX: root.focusX
        focusY: root.focusY
        ground: Theme.asphalt
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.edge
        visible: root.isEdged
        color: Theme.asphalt
    }

    EdgeFade {
        view: words
        ground: Theme.asphalt
    }
}
