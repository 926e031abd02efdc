import QtQuick
import Showroom

// A picture to its edges with a dark foot, a figure, a title and a line over it.
Touchable {
    id: root

    property string figure: ""
    property string title: ""
    property string summary: ""
    property url source
    property real focusX: 0.5
    property real focusY: 0.5
    property real figureSize: Theme.figure
    property real titleSize: Theme.title
    // Where the words hang from, so that figures side by side stand in one line; 0 for the foot.
    property real hangAt: 0

    text: [figure, title, summary].filter(part => part).join(". ")

    background: Picture {
        source: root.source
        focusX: root.focusX
        focusY: root.focusY
    }

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            GradientStop {
                position: 0.12
                color: Qt.alpha(Theme.asphalt, 0)
            }
            GradientStop {
                position: root.figure ? 0.56 : 0.62
                color: Qt.alpha(Theme.asphalt, 0.84)
            }
            GradientStop {
                position: 1
                color: Theme.asphalt
            }
        }
    }

    Column {
        x: Theme.px(40)
        y: root.hangAt > 0 ? root.hangAt : parent.height - height - x
        width: parent.width - 2 * x
        spacing: Theme.px(30)

        Headline {
            width: parent.width
            fit: width
            visible: root.figure !== ""
            heading: root.figure
            size: root.figureSize
            font.capitalization: Font.MixedCase
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Stripes {}

        Headline {
            width: parent.width
            fit: width
            heading: root.title
            size: root.titleSize
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Reading {
            width: parent.width
            visible: root.summary !== ""
            text: root.summary
            font.pixelSize: Theme.label
            color: Theme.mix(Theme.asphalt, Theme.paper, 0.86)
            maximumLineCount: 5
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
