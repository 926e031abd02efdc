pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The PIN: how many digits are entered, and the keys to enter them.
SplitPage {
    id: root

    required property StaffViewModel staff
    required property PinPadViewModel pad
    // The view model is gone a moment before its screen.
    readonly property bool hasKeys: pad?.hasKeys ?? false
    readonly property bool isReady: pad?.isReady ?? false

    function take(event: var) {
        if (event.text >= "0" && event.text <= "9" && event.text.length === 1)
            pad.press(Number(event.text));
        else if (event.key === Qt.Key_Backspace)
            pad.erase();
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
            pad.submit();
        else
            return;
        event.accepted = true;
    }

    color: hasKeys ? Theme.raised : Theme.asphalt
    share: Theme.staffShare
    sideHeight: Theme.panelStaff
    sideNeeds: about.implicitHeight
    focus: true
    Keys.onPressed: event => root.take(event)

    side: [
        Rectangle {
            anchors.fill: parent
            color: Theme.asphalt
        },
        TopAndFoot {
            id: about

            anchors.fill: parent

            head: [
                Stripes {
                    width: Theme.broadStripes
                    unit: Theme.broadStripe
                },
                Headline {
                    width: parent.width
                    fit: width
                    heading: root.pad?.title ?? ""
                    size: Theme.headline
                },
                Row {
                    height: Theme.pinDot
                    spacing: Theme.buttonGap
                    visible: root.hasKeys
                    Accessible.role: Accessible.StaticText
                    Accessible.name: root.pad?.enteredSpoken ?? ""
                    Accessible.ignored: Accessible.name === ""

                    Repeater {
                        model: root.pad?.entered ?? 0

                        Rectangle {
                            width: Theme.pinDot
                            height: Theme.pinDot
                            radius: Theme.pinDot / 2
                            color: Theme.paper
                        }
                    }
                },
                Reading {
                    id: message

                    width: parent.width
                    text: root.pad?.message ?? ""
                    wrapMode: Text.Wrap
                    visible: text !== ""
                    font.weight: Font.Bold
                    onTextChanged: if (message.text !== "")
                        Accessible.announce(message.text, Accessible.Polite)
                },
                Reading {
                    width: parent.width
                    text: root.pad?.lead ?? ""
                    visible: text !== ""
                    color: Theme.asphaltQuiet
                }
            ]

            foot: SolidButton {
                text: root.staff?.words.close ?? ""
                ground: Theme.raised
                ink: Theme.paper
                onClicked: root.staff.close()
            }
        }
    ]

    Grid {
        id: keys

        // Digits stand as on every telephone, wherever a language begins.
        LayoutMirroring.enabled: false
        anchors.centerIn: parent
        columns: 3
        spacing: Theme.captionGap
        visible: root.hasKeys
        enabled: root.isReady

        Repeater {
            model: (root.pad?.keys ?? []).slice(0, 9)

            PinKey {
                required property int modelData

                text: `${modelData}`
                onClicked: root.pad.press(modelData)
            }
        }

        PinKey {
            sign: Signs.erase
            text: root.staff?.words.erase ?? ""
            ground: Theme.raised
            onClicked: root.pad.erase()
        }

        PinKey {
            readonly property int digit: (root.pad?.keys ?? [])[9] ?? 0

            text: `${digit}`
            onClicked: root.pad.press(digit)
        }

        PinKey {
            sign: Signs.tick
            text: root.staff?.words.submit ?? ""
            ground: Theme.accent
            onClicked: root.pad.submit()
        }
    }

    component PinKey: Touchable {
        id: key

        property string sign: ""
        property color ground: Theme.asphalt

        width: Theme.pinKey
        height: Theme.pinKeyHeight
        opacity: root.isReady ? 1 : Theme.idleOpacity

        background: Rectangle {
            color: key.ground
        }

        contentItem: Item {
            Headline {
                anchors.centerIn: parent
                heading: key.sign === "" ? key.text : ""
                size: Theme.pinDigit
                Accessible.ignored: true
            }

            Sign {
                anchors.centerIn: parent
                visible: key.sign !== ""
                sign: key.sign
                size: Theme.title
            }
        }
    }
}
