pragma ComponentBehavior: Bound

import QtQuick
import Showroom

// Fields side by side and below each other, and the fingers on them. Says which fields they pass.
Item {
    id: root

    required property int columns
    required property int rows
    // Whether each was reached, row by row.
    required property var reached

    signal touched(column: int, row: int)
    signal counted(fingers: int)

    readonly property real fieldWidth: width / columns
    readonly property real fieldHeight: height / rows

    // Between two reports a quick finger passes several fields.
    function pass(point: var) {
        const across = point.x - point.previousX, down = point.y - point.previousY;
        const count = 1 + Math.ceil(2 * Math.max(Math.abs(across) / fieldWidth, Math.abs(down) / fieldHeight));
        for (let step = 1; step <= count; step++) {
            const x = point.previousX + across * step / count, y = point.previousY + down * step / count;
            touched(Math.floor(x / fieldWidth), Math.floor(y / fieldHeight));
        }
    }

    Repeater {
        model: root.columns * root.rows

        Rectangle {
            required property int index

            x: Math.round(index % root.columns * root.fieldWidth)
            y: Math.round(Math.floor(index / root.columns) * root.fieldHeight)
            width: Math.round((index % root.columns + 1) * root.fieldWidth) - x
            height: Math.round((Math.floor(index / root.columns) + 1) * root.fieldHeight) - y
            color: root.reached[index] ? Theme.testColors.green : Theme.asphalt
            border.width: Math.max(1, Theme.px(1))
            border.color: Theme.asphaltLine
        }
    }

    MultiPointTouchArea {
        id: area

        property var fingers: []

        function show(points: var) {
            fingers = Array.from(points, point => Qt.point(point.x, point.y));
            root.counted(fingers.length);
        }

        anchors.fill: parent
        maximumTouchPoints: 10
        onPressed: points => {
            for (const point of points)
                root.touched(Math.floor(point.x / root.fieldWidth), Math.floor(point.y / root.fieldHeight));
        }
        onUpdated: points => {
            for (const point of points)
                root.pass(point);
        }
        onTouchUpdated: points => show(points)
    }

    Repeater {
        model: area.fingers

        Rectangle {
            required property point modelData

            x: modelData.x - width / 2
            y: modelData.y - height / 2
            width: Theme.px(150)
            height: width
            radius: width / 2
            color: "transparent"
            border.width: Theme.px(8)
            border.color: Theme.testColors.white
        }
    }
}
