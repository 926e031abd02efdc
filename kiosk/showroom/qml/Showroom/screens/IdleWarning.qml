import QtQuick
import QtQuick.Templates as T
import Showroom
import Showroom.Models

// Asks whether someone is still there; any touch carries on and does nothing else.
T.AbstractButton {
    id: root

    required property SessionViewModel session
    required property InterfaceTexts words
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
        anchors.top: parent.top
        // Larger words need the room above them.
        anchors.topMargin: Theme.portrait && Theme.moreLines === 0 ? parent.height * 0.2 : Theme.top
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        width: (Theme.portrait ? parent.width : parent.width * 0.58) - 2 * Theme.margin
        spacing: Theme.headGap

        Stripes {
            width: Theme.broadStripes
            unit: Theme.broadStripe
        }

        Headline {
            width: parent.width
            fit: width
            heading: root.words.stillThere
            size: Theme.question
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
        anchors.bottomMargin: Theme.countdownFoot
        heading: root.session.secondsLeft
        Accessible.name: `${root.session.secondsLeft} s`
        size: Theme.countdown
        font.features: ({
                "tnum": 1
            })
        wrapMode: Text.NoWrap
    }

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.carryOnFoot
        width: carryOn.implicitWidth + Theme.carryOnPadding
        height: Math.max(Theme.carryOnHeight, carryOn.height + Theme.partGap)
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
