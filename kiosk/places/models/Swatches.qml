pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// The colors of a car, one to choose, and the name of that.
Column {
    id: root

    required property var paints
    required property int paint
    required property string paintName
    required property string word

    signal chosen(index: int)

    spacing: Theme.px(4)
    visible: colors.count > 0

    Flow {
        width: parent.width

        Repeater {
            id: colors

            model: root.paints

            Touchable {
                id: swatch

                required property int index
                required property string name
                required property string color
                readonly property bool isChosen: index === root.paint

                width: Theme.touch
                height: Theme.touch
                text: `${root.word}: ${name}`
                checkable: true
                autoExclusive: true
                checked: isChosen
                Accessible.role: Accessible.RadioButton
                onClicked: root.chosen(index)

                background: Item {
                    Rectangle {
                        anchors.centerIn: parent
                        width: Theme.px(64)
                        height: width
                        radius: width / 2
                        color: swatch.color
                        border.width: Math.max(1, Theme.px(2))
                        border.color: Theme.paperLine
                    }

                    Rectangle {
                        anchors.centerIn: parent
                        width: Theme.px(80)
                        height: width
                        radius: width / 2
                        visible: swatch.isChosen
                        color: "transparent"
                        border.width: Math.max(2, Theme.px(5))
                        border.color: Theme.asphalt
                    }
                }
            }
        }
    }

    Reading {
        width: parent.width
        text: root.paintName
        color: Theme.asphalt
        font.pixelSize: Theme.label
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
