import QtQuick
import QtQuick.Templates as T
import Showroom
import Showroom.Models

// Asks whether someone is still there; any touch carries on and does nothing else.
T.AbstractButton {
    id: root

    required property SessionViewModel session
    required property var words
    // Whether somebody is at a keyboard, who needs to see where it is.
    property bool keyed: false

    text: words.carryOn
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: `${words.stillThere} ${words.idleExplained}`
    Accessible.onPressAction: session.carryOn()
    focus: true
    Keys.onPressed: session.carryOn()
    onClicked: session.carryOn()

    background: Rectangle {
        color: Theme.asphalt
    }

    Column {
        x: Theme.margin
        y: Theme.portrait ? parent.height * 0.2 : Theme.top
        width: (Theme.portrait ? parent.width : parent.width * 0.58) - 2 * x
        spacing: Theme.px(44)

        Stripes {
            width: Theme.px(320)
            unit: Theme.px(16)
        }

        Headline {
            width: parent.width
            fit: width
            heading: root.words.stillThere
            size: Theme.px(150)
        }

        Reading {
            width: parent.width
            text: root.words.idleExplained
            font.pixelSize: Theme.title
        }
    }

    Headline {
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(Theme.portrait ? 420 : 160)
        heading: root.session.secondsLeft
        Accessible.name: `${root.session.secondsLeft} s`
        size: Theme.px(560)
        font.features: ({
                "tnum": 1
            })
        wrapMode: Text.NoWrap
    }

    Rectangle {
        x: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(Theme.portrait ? 200 : 120)
        width: carryOn.implicitWidth + Theme.px(140)
        height: Theme.px(130)
        color: root.pressed ? Theme.paper : Theme.accent

        Reading {
            id: carryOn

            anchors.centerIn: parent
            text: root.words.carryOn
            color: root.pressed ? Theme.asphalt : Theme.accentInk
            font.weight: Font.Black
            font.pixelSize: Theme.title
            Accessible.ignored: true
        }

        FocusRing {
            visible: root.keyed
        }
    }
}
