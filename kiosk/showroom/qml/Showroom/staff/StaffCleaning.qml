import QtQuick
import Showroom
import Showroom.Models

// While the screen is wiped: what to do, and for how long nothing happens.
Item {
    id: root

    required property StaffViewModel staff

    Column {
        anchors.top: parent.top
        anchors.topMargin: Theme.top
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        width: (Theme.portrait ? parent.width : parent.width * Theme.half) - 2 * Theme.margin
        spacing: Theme.headGap

        Stripes {
            width: Theme.broadStripes
            unit: Theme.broadStripe
        }

        Headline {
            width: parent.width
            fit: width
            heading: root.staff?.words.wipe ?? ""
            size: Theme.question
        }

        Reading {
            width: parent.width
            text: root.staff?.words.wipeLead ?? ""
            font.pixelSize: Theme.title
        }
    }

    Headline {
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.countdownFoot
        heading: root.staff?.secondsLeft ?? ""
        Accessible.name: `${heading} s`
        size: Theme.countdown
        font.features: ({
                "tnum": 1
            })
        wrapMode: Text.NoWrap
    }
}
