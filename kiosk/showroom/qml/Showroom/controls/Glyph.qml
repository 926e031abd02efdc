import QtQuick
import Showroom

// One sign of an icon font.
Item {
    id: root

    required property string character
    required property url file
    property color color: Theme.paper
    property real size: Theme.px(48)

    implicitWidth: size
    implicitHeight: size

    IconFont {
        id: loader

        file: root.file
    }

    Text {
        anchors.centerIn: parent
        text: root.character
        color: root.color
        font.family: loader.name
        font.pixelSize: root.size
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
