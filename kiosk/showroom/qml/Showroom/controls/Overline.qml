import QtQuick
import Showroom

// What stands above a headline: a word or two, the stripes before it, and whether it is an example.
Row {
    id: root

    required property string text
    property bool isStriped: false
    property string exampleWord: ""

    spacing: Theme.px(20)

    Stripes {
        id: stripes

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(90)
        visible: root.isStriped
    }

    Reading {
        readonly property real room: root.width - (stripes.visible ? stripes.width + root.spacing : 0) - (ribbon.visible ? ribbon.width + root.spacing : 0)

        width: Math.min(implicitWidth, room)
        text: root.text
        font.weight: Font.Bold
    }

    ExampleRibbon {
        id: ribbon

        visible: root.exampleWord !== ""
        word: root.exampleWord
    }
}
