import QtQuick
import Showroom
import Showroom.Models

// Fields all over the screen, which fill as fingers reach them; what is left over is told in the middle.
Rectangle {
    id: root

    required property StaffTouchTestViewModel tool
    required property StaffTexts words
    // An odd number of fields has a middle.
    readonly property int columns: Theme.portrait ? 9 : 17
    readonly property int rows: Theme.portrait ? 17 : 9
    readonly property int coveredColumns: Theme.portrait ? 7 : 9
    readonly property int coveredRows: 5

    color: Theme.asphalt
    Component.onCompleted: tool?.fit(columns, rows, coveredColumns, coveredRows)
    onColumnsChanged: tool?.fit(columns, rows, coveredColumns, coveredRows)

    TouchField {
        anchors.fill: parent
        columns: root.columns
        rows: root.rows
        reached: root.tool?.reached ?? []
        onTouched: (column, row) => root.tool.reach(column, row)
        onCounted: fingers => root.tool.count(fingers)
    }

    Rectangle {
        anchors.centerIn: parent
        width: parent.width * root.coveredColumns / root.columns
        height: parent.height * root.coveredRows / root.rows
        color: Theme.paper

        Column {
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.cardPadding
            spacing: Theme.gap

            Headline {
                width: parent.width
                fit: width
                heading: root.words?.drawOver ?? ""
                color: Theme.asphalt
                size: Theme.title
            }

            Reading {
                width: parent.width
                text: root.tool?.fields ?? ""
                color: Theme.asphalt
                font.weight: Font.Bold
            }

            Reading {
                width: parent.width
                visible: text !== ""
                text: root.tool?.fingers ?? ""
                color: Theme.asphalt
            }

            Reading {
                width: parent.width
                text: root.words?.ghosts ?? ""
                color: Theme.paperQuiet
                font.pixelSize: Theme.label
            }

            SolidButton {
                text: root.words?.finish ?? ""
                ground: root.tool?.isComplete ? Theme.accent : Theme.asphalt
                ink: root.tool?.isComplete ? Theme.accentInk : Theme.paper
                onClicked: root.tool.done()
            }
        }
    }
}
