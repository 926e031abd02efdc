pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components
import Showroom
import Showroom.Models

// Letters where the language's own keyboards have them, with the digits above; in an email field, what addresses
// need is on the first page.
KeyboardLayout {
    id: layout

    readonly property bool forEmail: (InputContext.inputMethodHints & Qt.ImhEmailCharactersOnly) !== 0

    readonly property list<string> rows: Letters.rows(Theme.language)

    // What each end of a row has, so that all rows are as wide.
    function beside(row: int): real {
        return (10 - rows[row].length) * keyWeight / 2;
    }

    keyWeight: 100

    component LetterKeys: Repeater {
        id: letterKeys

        required property string letters

        model: letterKeys.letters.length

        delegate: Key {
            required property int index

            key: text.toUpperCase().charCodeAt(0) // Qt's number of it
            text: letterKeys.letters[index]
        }
    }

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
        LetterKeys {
            letters: layout.rows[0]
        }
    }

    KeyboardRow {
        FillerKey {
            weight: layout.beside(1)
            visible: weight > 0
        }

        LetterKeys {
            letters: layout.rows[1]
        }

        FillerKey {
            weight: layout.beside(1)
            visible: weight > 0
        }
    }

    KeyboardRow {
        ShiftKey {
            weight: layout.beside(2)
        }

        LetterKeys {
            letters: layout.rows[2]
        }

        BackspaceKey {
            weight: layout.beside(2)
        }
    }

    KeyboardRow {
        SymbolModeKey {
            weight: 150
            displayText: "#+="
        }

        Key {
            text: "@"
            visible: layout.forEmail
        }

        Key {
            text: "_"
            visible: layout.forEmail
        }

        Key {
            text: "'"
            visible: !layout.forEmail
        }

        Key {
            text: "-"
        }

        SpaceKey {
            weight: layout.forEmail ? 150 : 350
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
