import QtQuick
import Showroom
import Showroom.Models

// A box to tick, with the words one agrees to.
Touchable {
    id: root

    required property string wording
    property string error: ""

    text: wording
    checkable: true
    veil: Theme.asphalt
    veilStrength: 0.07
    ringRoom: Theme.px(20)
    implicitHeight: Math.max(Theme.touch, words.implicitHeight + (error ? complaint.height + Theme.px(8) : 0))
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.description: error

    Rectangle {
        id: box

        anchors.top: parent.top
        anchors.topMargin: Theme.px(4)
        anchors.left: parent.left
        width: Theme.px(76)
        height: width
        color: root.checked ? Theme.asphalt : "white"
        border.width: root.error ? Theme.px(5) : Theme.px(3)
        border.color: root.error ? Theme.fault : Theme.asphalt

        Sign {
            anchors.centerIn: parent
            visible: root.checked
            sign: Signs.tick
            color: Theme.paper
            size: Theme.px(52)
        }
    }

    Reading {
        id: words

        anchors.left: box.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        text: root.wording
        color: Theme.asphalt
        font.pixelSize: Theme.label
        Accessible.ignored: true
    }

    Complaint {
        id: complaint

        anchors.top: words.bottom
        anchors.topMargin: Theme.px(8)
        anchors.left: words.left
        anchors.right: words.right
        text: root.error
    }
}
