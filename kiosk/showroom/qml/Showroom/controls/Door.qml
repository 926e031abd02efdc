import QtQuick
import Showroom

// A large door to a place: its name, and at the foot a figure or a sign with a line beside it.
Touchable {
    id: root

    required property string name
    required property string line
    required property string figure
    required property string glyph
    required property string glyphFont
    // The one that staff want most visitors to take.
    required property bool calling
    property color ground: Theme.asphalt

    readonly property color ink: calling ? Theme.accentInk : Theme.paper

    // As low as it may be.
    implicitHeight: title.anchors.topMargin + title.height + Theme.px(8) + Math.max(sign.height, number.height, words.height) + words.anchors.bottomMargin
    text: name

    background: Rectangle {
        color: root.calling ? Theme.accent : root.ground
    }

    Headline {
        id: title

        anchors.top: parent.top
        anchors.topMargin: Theme.px(34)
        anchors.left: parent.left
        anchors.leftMargin: Theme.px(36)
        width: parent.width - 2 * Theme.px(36)
        fit: width
        heading: root.name
        color: root.ink
        size: Theme.lead
        wrapMode: Theme.moreLines > 0 ? Text.WordWrap : Text.NoWrap
        maximumLineCount: 1 + Theme.moreLines
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    Headline {
        id: number

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(34)
        anchors.left: title.left
        fit: Theme.px(226)
        visible: root.figure !== ""
        heading: root.figure
        size: Theme.px(92)
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Glyph {
        id: sign

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(28)
        anchors.left: title.left
        visible: root.figure === ""
        character: root.glyph
        file: root.glyphFont
        color: root.ink
        size: Theme.px(76)
    }

    Reading {
        id: words

        // Next to its figure, of which it says what it counts.
        anchors.left: title.left
        anchors.leftMargin: (number.visible ? Math.ceil(number.implicitWidth) : sign.width) + Theme.px(24)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(20)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(26)
        text: root.line
        color: root.calling ? Theme.accentInk : Theme.asphaltQuiet
        font.pixelSize: Theme.label
        lineHeight: 0.92
        maximumLineCount: 2 * (1 + Theme.moreLines)
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
