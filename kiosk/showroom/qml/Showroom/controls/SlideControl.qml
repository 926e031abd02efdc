import QtQuick
import QtQuick.Templates as T
import Showroom

// A slider that follows the finger, with its name and value above.
Item {
    id: root

    required property string name
    required property string valueText
    property alias from: slider.from
    property alias to: slider.to
    required property real value

    signal moved(value: real)

    implicitHeight: Theme.px(150)

    Reading {
        anchors.left: parent.left
        text: root.name
        color: Theme.paperQuiet
        Accessible.ignored: true
    }

    Reading {
        anchors.right: parent.right
        text: root.valueText
        color: Theme.asphalt
        font.weight: Font.Black
        Accessible.ignored: true
    }

    T.Slider {
        id: slider

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.touch
        focusPolicy: Qt.TabFocus
        Accessible.role: Accessible.Slider
        Accessible.name: root.name + ", " + root.valueText
        value: root.value
        onMoved: root.moved(value)
        // A screen reader moves it without a touch.
        onValueChanged: {
            if (!pressed && Math.abs(value - root.value) > (to - from) / 1000)
                root.moved(value);
        }

        background: Rectangle {
            x: handle.width / 2
            y: (slider.height - height) / 2
            width: slider.width - handle.width
            height: Theme.px(12)
            color: Theme.paperLine

            Rectangle {
                width: slider.visualPosition * parent.width
                height: parent.height
                color: Theme.accent
            }
        }

        handle: Rectangle {
            id: handle

            x: slider.visualPosition * (slider.width - width)
            y: (slider.height - height) / 2
            width: Theme.px(76)
            height: width
            radius: width / 2
            color: slider.pressed ? Theme.accent : Theme.asphalt
            border.width: Theme.px(6)
            border.color: slider.visualFocus ? Theme.accent : Theme.paper
        }
    }
}
