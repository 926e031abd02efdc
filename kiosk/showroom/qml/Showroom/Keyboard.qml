import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import Showroom

// The keyboard inside the scene. It learns nothing and suggests nothing.
Item {
    id: root

    readonly property real covered: panel.active ? panel.height : 0

    InputPanel {
        id: panel

        y: active ? root.height - height : root.height
        width: Math.min(root.width, Theme.px(1500))
        x: (root.width - width) / 2
        visible: active

        Rectangle {
            z: -1
            x: -panel.x
            width: root.width
            height: panel.height
            color: Theme.asphalt
        }
    }

    Component.onCompleted: {
        VirtualKeyboardSettings.locale = "en_US";
        VirtualKeyboardSettings.activeLocales = ["en_US"];
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = false;
        VirtualKeyboardSettings.fullScreenMode = false;
    }
}
