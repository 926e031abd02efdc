import QtQuick
import Showroom

// A picture to its edges, and below it on a ground of its own a figure, a title and a line.
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
    // Words stand beside the picture, else below it; nothing is written on it.
    property bool isStrip: false

    readonly property real inset: Theme.px(40)
    // How much of a strip its picture has.
    property real stripShare: Theme.stripShare
    readonly property real wordsTop: Math.min(hangAt > 0 ? hangAt : height, height - words.height - inset)

    implicitHeight: words.height + 2 * inset
    text: [figure, title, summary].filter(part => part).join(". ")

    background: BonnetGround {
        id: ground

        color: Theme.raised
        isStriped: root.source.toString() === ""
    }

    Picture {
        anchors.top: parent.top
        anchors.right: parent.right
        width: root.isStrip ? Math.round(root.stripShare * parent.width) : parent.width
        height: root.isStrip ? parent.height : Math.max(0, root.wordsTop - Theme.px(36))
        visible: !ground.isStriped && height > Theme.px(80)
        source: visible ? root.source : ""
        focusX: root.focusX
        focusY: root.focusY
    }

    Column {
        id: words

        // Higher where there are more words than hang below the line.
        y: root.isStrip ? Math.round((parent.height - height) / 2) : root.wordsTop
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: Math.round((root.isStrip ? 1 - root.stripShare : 1) * root.width) - 2 * root.inset
        spacing: Theme.px(24)

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
            maximumLineCount: 3 + Theme.moreLines
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
