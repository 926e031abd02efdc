import QtQuick
import QtQuick.VirtualKeyboard.Styles
import Showroom
import Showroom.Models

// The keyboard in the kiosk's look: flat keys, the pressed one in the signal colour, no preview
// bubbles, no sounds, no list of words.
KeyboardStyle {
    id: style

    component Face: KeyPanel {
        id: face

        property string label: control?.displayText ?? "" // qmllint disable missing-property
        property string sign: ""
        property color ground: Theme.mix(Theme.asphalt, Theme.paper, 0.16)
        property color ink: Theme.paper
        property real size: Theme.px(40)
        property bool upper: control?.uppercased ?? false // qmllint disable missing-property
        readonly property FontLoader signs: FontLoader {
            source: Signs.font
        }
        property bool litByShift: false
        readonly property bool lit: litByShift && (control?.uppercased ?? false) // qmllint disable missing-property
        readonly property bool down: control?.pressed ?? false // qmllint disable missing-property

        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.px(5)
            color: face.down || face.lit ? Theme.accent : face.ground

            Text {
                anchors.centerIn: parent
                text: face.sign || face.label
                color: face.down || face.lit ? Theme.accentInk : face.ink
                font.family: face.sign ? face.signs.name : Theme.family
                font.weight: face.sign ? Font.Normal : Font.Bold
                font.pixelSize: face.size
                font.capitalization: face.upper && face.label.length === 1 ? Font.AllUppercase : Font.MixedCase
                textFormat: Text.PlainText
            }
        }
    }

    component Service: Face {
        ground: Theme.mix(Theme.asphalt, Theme.paper, 0.06)
        size: Theme.px(36)
        upper: false
    }

    keyboardDesignWidth: 2000
    keyboardDesignHeight: Theme.portrait ? 960 : 600
    keyboardRelativeLeftMargin: 0.006
    keyboardRelativeRightMargin: 0.006
    keyboardRelativeTopMargin: 0.02
    keyboardRelativeBottomMargin: 0.02

    keyboardBackground: Rectangle {
        color: Theme.asphalt
    }

    keyPanel: Face {}

    symbolKeyPanel: Service {}

    backspaceKeyPanel: Service {
        sign: Signs.erase
    }

    shiftKeyPanel: Service {
        sign: Signs.shift
        litByShift: true
    }

    enterKeyPanel: Service {
        sign: Signs.enter
    }

    hideKeyPanel: Service {
        sign: Signs.hide
    }

    spaceKeyPanel: Face {
        label: ""
    }

    modeKeyPanel: Service {}

    languageKeyPanel: Service {}

    handwritingKeyPanel: Service {}

    selectionListHeight: 0
    alternateKeysListItemWidth: Theme.px(90)
    alternateKeysListItemHeight: Theme.px(110)

    alternateKeysListDelegate: Item {
        id: alternative

        required property string text

        width: Theme.px(90)
        height: Theme.px(110)

        Text {
            anchors.centerIn: parent
            text: alternative.text
            color: Theme.asphalt
            font.family: Theme.family
            font.hintingPreference: Font.PreferNoHinting
            font.weight: Font.Bold
            font.pixelSize: Theme.px(40)
        }
    }

    alternateKeysListHighlight: Rectangle {
        color: Theme.paperLine
    }

    alternateKeysListBackground: Rectangle {
        color: Theme.paper
    }
}
