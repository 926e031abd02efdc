import QtQuick
import Showroom
import Showroom.Models

// What is wrong, and what to do: a sign and a sentence in a color of their own. Spoken at once.
Item {
    id: root

    property string text: ""
    // A file's name may have to be broken anywhere.
    property alias wrapMode: sentence.wrapMode

    implicitHeight: sentence.height
    visible: text !== ""
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    Accessible.ignored: text === ""
    onTextChanged: if (text !== "")
        Accessible.announce(text, Accessible.Assertive)

    Sign {
        id: mark

        anchors.left: parent.left
        // Level with the first line.
        y: Math.round((sentence.height / sentence.lineCount - height) / 2)
        sign: Signs.fault
        color: Theme.fault
        size: Theme.label
    }

    Reading {
        id: sentence

        anchors.left: mark.right
        anchors.leftMargin: Theme.px(14)
        anchors.right: parent.right
        text: root.text
        color: Theme.fault
        font.pixelSize: Theme.label
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
