pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Styles
import Showroom
import Showroom.Models

// The keyboard in the kiosk's look: flat keys, the pressed one in the signal color, no preview
// bubbles, no sounds, no list of words.
KeyboardStyle {
    id: style

    component Face: KeyPanel {
        id: face

        property string label: control?.displayText ?? "" // qmllint disable missing-property
        property string sign: ""
        property color ground: Theme.mix(Theme.asphalt, Theme.paper, 0.16)
        property color ink: Theme.paper
        property real size: Theme.type(40)
        property bool upper: control?.uppercased ?? false // qmllint disable missing-property
        readonly property FontLoader signs: IconFont {
            file: Signs.font
        }
        property bool litByShift: false
        readonly property bool lit: litByShift && (control?.uppercased ?? false) // qmllint disable missing-property
        readonly property bool down: control?.pressed ?? false // qmllint disable missing-property

        readonly property bool hasMore: Letters.behind(face.label, false, InputContext.inputMethodHints) !== ""

        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.px(5)
            color: face.down || face.lit ? Theme.accent : face.ground

            // More letters are behind this key.
            Loader {
                anchors.top: parent.top
                anchors.right: parent.right
                anchors.margins: Theme.px(10)
                active: face.hasMore

                sourceComponent: Row {
                    spacing: Theme.px(4)

                    Repeater {
                        model: 3

                        Rectangle {
                            width: Theme.px(5)
                            height: width
                            radius: width / 2
                            color: Qt.alpha(face.down ? Theme.accentInk : face.ink, 0.6)
                        }
                    }
                }
            }

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
        size: Theme.type(36)
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
}
