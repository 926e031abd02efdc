import QtQuick
import Showroom

// A line of a content file, and what is wrong there.
Item {
    id: root

    required property string where
    required property string message

    height: sentence.height
    Accessible.role: Accessible.StaticText
    Accessible.name: where === "" ? message : `${where}: ${message}`

    Reading {
        id: spot

        width: Theme.lineNumber
        text: root.where
        color: Theme.fault
        font.weight: Font.Black
        Accessible.ignored: true
    }

    Reading {
        id: sentence

        anchors.left: spot.right
        anchors.right: parent.right
        text: root.message
        color: Theme.asphalt
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
