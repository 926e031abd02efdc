import QtQuick
import Showroom

// An event as a ticket: its picture, its day as large as a poster, what it is and where.
Touchable {
    id: root

    required property string days
    required property string month
    required property string time
    required property string spoken
    required property string title
    required property string where
    required property string summary
    required property url source
    required property real focusX
    required property real focusY
    // Beside its picture where it is wide, below it where it is not: side by side, all begin at one line.
    required property bool wide
    // Of the width.
    readonly property real pictureShare: 0.42
    readonly property bool hasRoomBeside: (1 - pictureShare) * width >= Theme.eventWords
    // How high the picture is above the words: as the tallest of those beside each other lets it be.
    property real pictureHeight: Theme.pictureLeast

    // Without the summary, unless words are larger.
    implicitHeight: about.y + Theme.moreLines * (about.implicitHeight + Theme.gap) + 2 * Theme.gap + (wide ? 0 : Theme.pictureLeast)
    text: [spoken, title, where, summary].filter(part => part).join(", ")
    veil: Theme.asphalt

    background: Rectangle {
        color: Theme.paper
    }

    Picture {
        id: picture

        anchors.top: parent.top
        anchors.left: parent.left
        width: root.wide ? Math.round(root.pictureShare * parent.width) : parent.width
        height: root.wide ? parent.height : root.pictureHeight
        source: root.source
        focusX: root.focusX
        focusY: root.focusY
    }

    Column {
        id: texts

        anchors.top: parent.top
        anchors.topMargin: root.wide ? (parent.height - height) / 2 : picture.height + Theme.gap
        anchors.left: root.wide ? picture.right : parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.inset
        anchors.rightMargin: Theme.inset
        spacing: Theme.gap

        // The month stands below where there is no room for it beside its days.
        Grid {
            id: date

            readonly property real beside: width - figure.width - columnSpacing
            readonly property bool isBeside: beside >= Theme.widest(monthName.wording, Theme.label)

            width: parent.width
            columns: isBeside ? 2 : 1
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            verticalItemAlignment: Grid.AlignBottom

            Headline {
                id: figure

                heading: root.days
                color: Theme.asphalt
                size: Theme.figure
                inCapitals: false
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            Headline {
                id: monthName

                width: date.isBeside ? date.beside : date.width
                fit: width
                heading: root.month
                color: Theme.asphalt
                size: Theme.title
                Accessible.ignored: true
            }
        }

        Stripes {}

        Headline {
            width: parent.width
            fit: width
            heading: root.title
            color: Theme.asphalt
            size: Theme.title
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Reading {
            width: parent.width
            visible: text !== ""
            text: [root.time, root.where].filter(part => part).join("\n")
            color: Theme.asphalt
            font.weight: Font.Bold
            Accessible.ignored: true
        }

        Reading {
            id: about

            // What has no room on the card is read out, and on the page.
            readonly property bool hasRoom: texts.y + y + implicitHeight <= root.height - Theme.gap

            width: parent.width
            opacity: hasRoom ? 1 : 0
            text: root.summary
            color: Theme.paperQuiet
            font.pixelSize: Theme.label
            maximumLineCount: 4
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
