import QtQuick
import Showroom
import Showroom.Models

// Somebody to talk to: the face, or the initials in a roundel; below it or beside it the name, what the person
// does and which languages.
Touchable {
    id: root

    required property string title
    required property string role
    required property string languages
    required property string initials
    required property url source
    required property real focusX
    required property real focusY

    // Whether the words stand beside the face.
    required property bool isLying
    // Beside words that have the room a face is as wide as it is high, else upright: that cuts little off whichever
    // way it was photographed. Above words it is never far higher than wide.
    readonly property real faceShape: width - height >= Theme.type(520) ? 1 : 0.75
    // With narrow cards beside each other, anything may take two lines.
    readonly property bool isNarrow: width < Theme.type(400)
    readonly property real wordsHeight: Theme.type(isNarrow ? 314 : 224) + Theme.moreLines * Theme.type(100)

    text: [title, role, languages].filter(part => part).join(", ")
    veil: Theme.asphalt
    veilStrength: 0.08

    background: Rectangle {
        color: Theme.paper
    }

    Rectangle {
        id: frame

        anchors.top: parent.top
        anchors.left: parent.left
        width: root.isLying ? Math.round(Math.min(root.faceShape * root.height, root.width / 2)) : root.width
        height: root.isLying ? root.height : Math.round(Math.min(root.height - root.wordsHeight, Theme.faceMost * root.width))
        color: Theme.paperSunk

        Picture {
            anchors.fill: parent
            visible: root.source.toString() !== ""
            source: root.source
            focusX: root.focusX
            focusY: root.focusY
            ground: Theme.paperSunk
        }

        Roundel {
            anchors.centerIn: parent
            width: Math.round(Math.min(0.62 * Math.min(parent.width, parent.height), Theme.px(300)))
            visible: root.source.toString() === ""
            color: Theme.paper
            number: root.initials
            Accessible.ignored: true
        }
    }

    Column {
        anchors.top: parent.top
        anchors.topMargin: root.isLying ? Math.round((parent.height - height) / 2) : frame.height + Theme.px(18)
        anchors.left: parent.left
        anchors.leftMargin: root.isLying ? frame.width + Theme.px(32) : Theme.px(24)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(16)
        spacing: Theme.px(4)

        Reading {
            width: parent.width
            text: root.title
            color: Theme.asphalt
            font.weight: Font.Black
            font.pixelSize: Theme.fitted(text, Theme.body, width)
            fontSizeMode: root.isLying || root.isNarrow ? Text.FixedSize : Text.HorizontalFit
            minimumPixelSize: Theme.label
            maximumLineCount: (root.isLying || root.isNarrow ? 2 : 1) + Theme.moreLines
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Reading {
            width: parent.width
            visible: root.role !== ""
            text: root.role
            color: Theme.asphalt
            font.pixelSize: Theme.label
            maximumLineCount: 2 + Theme.moreLines
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Reading {
            width: parent.width
            visible: root.languages !== ""
            text: root.languages
            color: Theme.paperQuiet
            font.pixelSize: Theme.label
            maximumLineCount: (root.isLying || root.isNarrow ? 2 : 1) + Theme.moreLines
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
