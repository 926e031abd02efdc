import QtQuick
import QtQuick.Templates
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components
import QtQuick.VirtualKeyboard.Settings
import Showroom
import Showroom.Models

// The keyboard inside the scene. It learns nothing and suggests nothing.
Item {
    id: root

    // Keys stand where they stand on every keyboard of their language.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    readonly property real covered: panel.active ? panel.height : 0

    // A key that is held has been meant: it acts once, and what the finger does then counts no more.
    // Else Qt would type a neighbor once the finger moves a little, or write and take back.
    function settle(key: BaseKey) {
        const upper = key.uppercased;
        const plain = upper ? key.text.toUpperCase() : key.text;
        const others = Letters.behind(key.text, upper, InputContext.inputMethodHints);
        const place = key.mapToItem(root, 0, 0, key.width, key.height);
        panel.keyboard.keyboardInputArea.reset();
        if (!key.noKeyEvent)
            InputContext.inputEngine.virtualKeyClick(key.key, plain, upper ? Qt.ShiftModifier : Qt.NoModifier);
        key.clicked();
        choice.open(plain, others, place);
    }

    // The plain letter was typed when the choice opened; it gives way to the other one.
    function exchange(letter: string) {
        const plain = choice.plain;
        choice.close();
        if (letter === plain)
            return;
        const before = InputContext.surroundingText.slice(0, InputContext.cursorPosition);
        const old = before.endsWith(plain) ? plain.length : 0;
        InputContext.commit(letter, -old, old);
    }

    // Qt remembers the text of the last field until another one has the keyboard.
    function forget() {
        const before = root.Window.activeFocusItem;
        if (panel.active || InputContext.surroundingText === "" || !before)
            return;
        blank.forceActiveFocus();
        before.forceActiveFocus((before as Control)?.focusReason ?? Qt.OtherFocusReason);
    }

    TextInput {
        id: blank

        activeFocusOnPress: false // nor does it call the keyboard
        Accessible.ignored: true
    }

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

    Timer {
        id: rest

        interval: 450 // Qt looks at what is held after 500
        onTriggered: root.settle(panel.keyboard.activeKey as BaseKey)
    }

    Connections {
        target: panel.keyboard

        function onActiveKeyChanged() {
            const key = panel.keyboard.activeKey as BaseKey;
            if (key && key.enabled && !key.repeat)
                rest.restart();
            else
                rest.stop();
        }
    }

    LetterChoice {
        id: choice

        objectName: "letterChoice"
        y: panel.y - height
        room: root.width
        onChosen: letter => root.exchange(letter)
    }

    // Whatever else happens leaves the plain letter: a touch elsewhere, a key, another field.
    PointHandler {
        enabled: choice.opened
        onActiveChanged: if (active && !choice.contains(choice.mapFromItem(root, point.position)))
            choice.close()
    }

    Connections {
        target: InputContext
        enabled: choice.opened

        function onCursorPositionChanged() {
            choice.close();
        }

        function onSurroundingTextChanged() {
            choice.close();
        }
    }

    Connections {
        target: root.Window.window
        enabled: choice.opened

        function onActiveFocusItemChanged() {
            choice.close();
        }
    }

    Component.onCompleted: {
        VirtualKeyboardSettings.locale = "en_US";
        VirtualKeyboardSettings.activeLocales = ["en_US"];
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = false;
        VirtualKeyboardSettings.fullScreenMode = false;
    }
}
