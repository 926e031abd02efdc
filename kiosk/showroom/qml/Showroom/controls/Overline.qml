import QtQuick
import Showroom

// What stands above a headline: a word or two, the stripes before it, and whether it is an example; below where
// there is no room for it in the line.
Flow {
    id: root

    required property string text
    property bool isStriped: false
    property string exampleWord: ""

    spacing: Theme.px(20)

    Row {
        spacing: root.spacing

        Stripes {
            id: stripes

            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(90)
            visible: root.isStriped
        }

        Reading {
            width: Math.min(implicitWidth, root.width - (stripes.visible ? stripes.width + parent.spacing : 0))
            text: root.text
            font.weight: Font.Bold
        }
    }

    ExampleRibbon {
        id: ribbon

        visible: root.exampleWord !== ""
        word: root.exampleWord
    }
}
