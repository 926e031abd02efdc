import QtQuick
import Showroom
import Showroom.Models

// A price as a figure, what it is, and its terms behind a touch.
Column {
    id: root

    required property string figure
    required property string line
    required property string terms
    required property string termsWord
    property string exampleWord: ""
    property bool isOpen: false

    spacing: Theme.px(12)

    Touchable {
        width: parent.width
        implicitHeight: Math.max(Theme.touch, words.height)
        text: [root.exampleWord, root.figure, root.line, root.termsWord].filter(part => part).join(". ")
        veil: Theme.asphalt
        veilStrength: 0.06
        checkable: true
        checked: root.isOpen
        onClicked: root.isOpen = !root.isOpen

        Column {
            id: words

            width: parent.width
            spacing: Theme.px(18)

            Flow {
                width: parent.width
                spacing: Theme.px(20)

                Headline {
                    width: Math.min(implicitWidth, root.width)
                    fit: root.width
                    heading: root.figure
                    color: Theme.asphalt
                    size: Theme.entryTitle
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                ExampleRibbon {
                    visible: root.exampleWord !== ""
                    word: root.exampleWord
                    Accessible.ignored: true
                }
            }

            Reading {
                width: parent.width
                text: root.line
                color: Theme.asphalt
                font.pixelSize: Theme.label
                Accessible.ignored: true
            }

            Row {
                width: parent.width
                spacing: Theme.px(12)

                Reading {
                    id: word

                    width: Math.min(implicitWidth, parent.width - arrow.width - parent.spacing)
                    text: root.termsWord
                    color: Theme.asphalt
                    font.pixelSize: Theme.label
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }

                Sign {
                    id: arrow

                    anchors.verticalCenter: word.verticalCenter
                    rotation: root.isOpen ? 180 : 0
                    sign: Signs.hide
                    color: Theme.asphalt
                }
            }
        }
    }

    Reading {
        width: parent.width
        visible: root.isOpen
        text: root.terms
        color: Theme.paperQuiet
        font.pixelSize: Theme.label
    }
}
