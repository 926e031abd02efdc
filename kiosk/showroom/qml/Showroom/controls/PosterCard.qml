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
    // The summary is read out and not shown.
    property bool brief: false

    implicitHeight: words.height + 2 * Theme.px(40)
    readonly property bool strip: width > 3 * height

    text: [figure, title, summary].filter(part => part).join(". ")

    background: Picture {
        source: root.source
        focusX: root.focusX
        focusY: root.focusY
    }

    // A wide strip is dark at the side where its words begin, a card at its foot.
    WordShade {
        visible: !root.strip
        footBegins: words.y
    }

    Shade {
        visible: root.strip

        GradientStop {
            position: 0.3
            color: Qt.alpha(Theme.asphalt, 0.95)
        }
        GradientStop {
            position: 0.65
            color: Qt.alpha(Theme.asphalt, 0.7)
        }
        GradientStop {
            position: 1
            color: Qt.alpha(Theme.asphalt, 0)
        }
    }

    Column {
        id: words

        // Higher where there are more words than hang below the line.
        y: Math.min(root.hangAt > 0 ? root.hangAt : parent.height, parent.height - height - Theme.px(40))
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.px(40)
        anchors.rightMargin: Theme.px(40)
        spacing: Theme.px(30)

        Headline {
            width: parent.width
            fit: width
            visible: root.figure !== ""
            heading: root.figure
            size: root.figureSize
            inCapitals: false
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
            visible: root.summary !== "" && !root.brief
            text: root.summary
            font.pixelSize: Theme.label
            color: Theme.mix(Theme.asphalt, Theme.paper, 0.86)
            maximumLineCount: 5
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
