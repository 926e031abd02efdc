import QtQuick
import QtQuick.VirtualKeyboard

Window {
    width: Screen.width
    height: Screen.height
    visible: true
    visibility: Window.FullScreen
    color: "#101114"

    InputPanel {
        y: active ? parent.height - height : parent.height
        width: parent.width
    }
}
