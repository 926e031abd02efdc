pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// The classes A to G, the car's own among them.
Column {
    id: root

    required property string grade
    required property string caption
    // From green to red whatever the brand's colors are, as on the label that buyers know.
    readonly property var grades: ({
            "A": "#00a651",
            "B": "#4cb748",
            "C": "#bed630",
            "D": "#fff200",
            "E": "#fdb913",
            "F": "#f37021",
            "G": "#ed1c24"
        })

    spacing: Theme.px(8)
    Accessible.role: Accessible.StaticText
    Accessible.name: `${caption}: ${grade}`

    Reading {
        width: parent.width
        text: root.caption
        color: Theme.paperQuiet
        font.pixelSize: Theme.label
        Accessible.ignored: true
    }

    Row {
        height: Theme.px(64)
        spacing: Theme.px(4)

        Repeater {
            model: Object.keys(root.grades)

            Rectangle {
                id: cell

                required property string modelData
                readonly property bool isOwn: modelData === root.grade

                anchors.bottom: parent.bottom
                width: isOwn ? Theme.px(88) : Theme.px(48)
                height: isOwn ? parent.height : Theme.px(44)
                color: root.grades[modelData]

                Reading {
                    anchors.centerIn: parent
                    text: cell.modelData
                    color: "#101114"
                    font.weight: cell.isOwn ? Font.Black : Font.Medium
                    font.pixelSize: cell.isOwn ? Theme.lead : Theme.label
                    Accessible.ignored: true
                }
            }
        }
    }
}
