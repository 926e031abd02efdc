pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// A few values beside each other, one of them chosen, with what they are above.
Column {
    id: root

    required property string name
    required property var values
    // As they are written, one for each.
    required property var texts
    required property int current

    signal chosen(value: int)

    spacing: Theme.hintGap

    Reading {
        width: parent.width
        text: root.name
        color: Theme.paperQuiet
    }

    Row {
        id: row

        width: parent.width
        spacing: Theme.lineGap

        Repeater {
            model: root.values

            SolidButton {
                required property int modelData
                required property int index
                readonly property bool isCurrent: modelData === root.current

                width: (row.width - (root.values.length - 1) * row.spacing) / root.values.length
                least: Theme.choice
                text: root.texts[index] ?? ""
                ground: isCurrent ? Theme.asphalt : Theme.mix(Theme.paper, Theme.asphalt, 0.1)
                ink: isCurrent ? Theme.paper : Theme.asphalt
                Accessible.role: Accessible.RadioButton
                checkable: true
                autoExclusive: true
                checked: isCurrent
                Accessible.name: `${text} ${root.name}`
                onClicked: root.chosen(modelData)
            }
        }
    }
}
