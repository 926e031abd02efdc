import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components

// Signs, for the rare address or name that needs them.
KeyboardLayout {
    id: layout

    readonly property bool forEmail: (InputContext.inputMethodHints & Qt.ImhEmailCharactersOnly) !== 0

    keyWeight: 100

    KeyboardRow {
        Key {
            key: Qt.Key_1
            text: "1"
        }

        Key {
            key: Qt.Key_2
            text: "2"
        }

        Key {
            key: Qt.Key_3
            text: "3"
        }

        Key {
            key: Qt.Key_4
            text: "4"
        }

        Key {
            key: Qt.Key_5
            text: "5"
        }

        Key {
            key: Qt.Key_6
            text: "6"
        }

        Key {
            key: Qt.Key_7
            text: "7"
        }

        Key {
            key: Qt.Key_8
            text: "8"
        }

        Key {
            key: Qt.Key_9
            text: "9"
        }

        Key {
            key: Qt.Key_0
            text: "0"
        }
    }

    KeyboardRow {
        Key {
            text: "@"
        }

        Key {
            text: "#"
        }

        Key {
            text: "$"
        }

        Key {
            text: "%"
        }

        Key {
            text: "&"
        }

        Key {
            text: "*"
        }

        Key {
            text: "("
        }

        Key {
            text: ")"
        }

        Key {
            text: "+"
        }

        Key {
            text: "="
        }
    }

    KeyboardRow {
        Key {
            text: "_"
        }

        Key {
            text: "~"
        }

        Key {
            text: "^"
        }

        Key {
            text: "`"
        }

        Key {
            text: "'"
        }

        Key {
            text: "\""
        }

        Key {
            text: "!"
        }

        Key {
            text: "?"
        }

        Key {
            text: "/"
        }

        Key {
            text: "|"
        }
    }

    KeyboardRow {
        Key {
            text: ":"
        }

        Key {
            text: ";"
        }

        Key {
            text: ","
        }

        Key {
            text: "<"
        }

        Key {
            text: ">"
        }

        Key {
            text: "{"
        }

        Key {
            text: "}"
        }

        Key {
            text: "["
        }

        BackspaceKey {
            weight: 200
        }
    }

    KeyboardRow {
        SymbolModeKey {
            weight: 150
            displayText: "ABC"
        }

        Key {
            text: "-"
        }

        SpaceKey {
            weight: layout.forEmail ? 350 : 450
            repeat: false
        }

        Key {
            text: "."
        }

        Key {
            text: ".com"
            weight: 170
            visible: layout.forEmail
            noModifier: true
        }

        EnterKey {
            weight: 150
        }

        HideKeyboardKey {
            weight: 130
        }
    }
}
