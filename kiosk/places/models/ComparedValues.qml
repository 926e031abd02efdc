import QtQuick
import Showroom

// One measured value of two cars: what it measures between what each has, or above on an upright screen.
Item {
    id: root

    required property string label
    required property string leftValue
    required property string rightValue

    readonly property real values: Math.max(first.height, second.height)

    implicitHeight: (Theme.portrait ? name.height + Theme.px(12) + values : Math.max(values, name.height)) + Theme.px(Theme.portrait ? 32 : 20)
    Accessible.role: Accessible.StaticText
    Accessible.name: `${label}: ${leftValue}, ${rightValue}`

    Rule {
        width: parent.width
    }

    // Each value below its car, and what they are before the second.
    Headline {
        id: first

        y: Theme.portrait ? parent.height - root.values - Theme.px(16) : Math.round((parent.height - height) / 2)
        anchors.left: parent.left
        width: Theme.portrait ? second.width : Math.round(0.28 * parent.width)
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

        y: Theme.portrait ? Theme.px(16) : Math.round((parent.height - height) / 2)
        anchors.left: Theme.portrait ? parent.left : first.right
        anchors.right: Theme.portrait ? parent.right : second.left
        anchors.rightMargin: Theme.portrait ? 0 : Theme.gutter
        text: root.label
        color: Theme.paperQuiet
        font.pixelSize: Theme.label
        horizontalAlignment: Theme.portrait ? Text.AlignLeft : Text.AlignRight
        Accessible.ignored: true
    }

    Headline {
        id: second

        y: first.y
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
