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
    implicitHeight: Math.max(Theme.touch, words.implicitHeight + (error ? complaint.height : 0))
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: checked

    Rectangle {
        id: box

        y: Theme.px(4)
        width: Theme.px(76)
        height: width
        color: root.checked ? Theme.asphalt : "white"
        border.width: root.error ? Theme.px(5) : Theme.px(3)
        border.color: root.error ? Theme.accent : Theme.asphalt

        Sign {
            anchors.centerIn: parent
            visible: root.checked
            sign: Signs.tick
            colour: Theme.paper
            size: Theme.px(52)
        }
    }

    Reading {
        id: words

        x: box.width + Theme.gap
        width: parent.width - x
        text: root.wording
        color: Theme.asphalt
        font.pixelSize: Theme.label
        Accessible.ignored: true
    }

    Reading {
        id: complaint

        anchors.top: words.bottom
        x: words.x
        width: words.width
        visible: root.error !== ""
        text: root.error
        color: Theme.mix(Theme.accent, Theme.asphalt, 0.25)
        font.pixelSize: Theme.label
        font.weight: Font.Bold
        Accessible.role: Accessible.AlertMessage
    }
}
