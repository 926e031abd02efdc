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
    // How far a key moves it.
    required property real step

    signal moved(value: real)
    // By so many steps: 1 is the next stop, -1 the one before.
    signal stepped(count: int)

    // What is shown is what the model holds, which stops where it can.
    function settle() {
        slider.value = Qt.binding(() => root.value);
    }

    // More steps than there are between the ends.
    readonly property int ends: Math.ceil((to - from) / step) + 1

    implicitHeight: Math.max(Theme.px(132), Math.max(left.height, right.height) + Theme.touch)

    Reading {
        id: left

        anchors.left: parent.left
        anchors.right: right.left
        anchors.rightMargin: Theme.gap
        text: root.name
        horizontalAlignment: Text.AlignLeft
        color: Theme.paperQuiet
        Accessible.ignored: true
    }

    Reading {
        id: right

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
        Accessible.onIncreaseAction: root.stepped(1)
        Accessible.onDecreaseAction: root.stepped(-1)
        value: root.value
        stepSize: root.step
        onMoved: root.moved(value)
        onPressedChanged: if (!pressed)
            root.settle()
        // A screen reader moves it without a touch. An end that comes closer moves it, too, and the
        // model knows.
        onValueChanged: {
            const known = Math.min(Math.max(root.value, from), to);
            if (!pressed && Math.abs(value - known) > root.step / 1000) {
                root.moved(value);
                root.settle();
            }
        }
        onVisualFocusChanged: if (visualFocus)
            KeyboardWalk.reveal(slider)
        Keys.onTabPressed: KeyboardWalk.step(slider, true)
        Keys.onBacktabPressed: KeyboardWalk.step(slider, false)
        Keys.onPressed: event => {
            const counts = {
                [Qt.Key_Left]: -1,
                [Qt.Key_Down]: -1,
                [Qt.Key_Right]: 1,
                [Qt.Key_Up]: 1,
                [Qt.Key_PageDown]: -10,
                [Qt.Key_PageUp]: 10,
                [Qt.Key_Home]: -root.ends,
                [Qt.Key_End]: root.ends
            };
            event.accepted = event.key in counts;
            if (event.accepted)
                root.stepped(counts[event.key]);
        }

        background: Rectangle {
            x: handle.width / 2
            y: (slider.height - height) / 2
            width: slider.width - handle.width
            height: Theme.px(12)
            color: Theme.paperLine

            Rectangle {
                anchors.left: parent.left
                width: slider.position * parent.width
                height: parent.height
                color: Theme.accentOnPaper
            }
        }

        handle: Rectangle {
            id: handle

            x: slider.visualPosition * (slider.width - width)
            y: (slider.height - height) / 2
            width: Theme.px(76)
            height: width
            radius: width / 2
            color: slider.pressed ? Theme.accentOnPaper : Theme.asphalt
            border.width: Theme.px(6)
            border.color: Theme.paper
        }

        FocusRing {
            visible: slider.visualFocus
        }
    }
}
