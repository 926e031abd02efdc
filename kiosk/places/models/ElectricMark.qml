import QtQuick
import Showroom
import Showroom.Models

// Marks an electric car: a bolt and the word.
Row {
    id: root

    required property string word

    spacing: Theme.px(8)
    Accessible.ignored: true

    Sign {
        anchors.verticalCenter: parent.verticalCenter
        sign: Signs.bolt
        color: Theme.asphalt
    }

    Reading {
        anchors.verticalCenter: parent.verticalCenter
        text: root.word
        color: Theme.asphalt
        font.weight: Font.Bold
        font.pixelSize: Theme.label
        Accessible.ignored: true
    }
}
