import QtQuick
import Showroom

// One measured value of two cars: what it measures between what each has.
Item {
    id: root

    required property string label
    required property string leftValue
    required property string rightValue

    implicitHeight: Math.max(first.height, name.height, second.height) + Theme.px(32)
    Accessible.role: Accessible.StaticText
    Accessible.name: `${label}: ${leftValue}, ${rightValue}`

    Rule {
        width: parent.width
    }

    // Each value below its car, and what they are before the second.
    Headline {
        id: first

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        width: Math.round(0.28 * parent.width)
        fit: width
        heading: root.leftValue
        inCapitals: false
        color: Theme.asphalt
        size: Theme.title
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Reading {
        id: name

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: first.right
        anchors.right: second.left
        anchors.rightMargin: Theme.gutter
        text: root.label
        color: Theme.paperQuiet
        font.pixelSize: Theme.label
        horizontalAlignment: Text.AlignRight
        Accessible.ignored: true
    }

    Headline {
        id: second

        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        width: Math.round((parent.width - Theme.gutter) / 2)
        fit: width
        heading: root.rightValue
        inCapitals: false
        color: Theme.asphalt
        size: Theme.title
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
