import QtQuick
import Showroom

// One sheet of the attract loop. `high` hangs the words from the top instead of the foot, so that
// nothing stands at the same pixels for hours.
Item {
    id: root

    required property string headline
    required property string line
    required property string overline
    required property string figure
    required property string exampleWord
    required property url source
    required property real focusX
    required property real focusY
    required property string invitation
    required property string brand
    required property string brandLine
    required property string roundel
    required property bool high

    readonly property bool settled: picture.settled
    readonly property bool sideways: high && !Theme.portrait

    Picture {
        id: picture

        anchors.fill: parent
        source: root.source
        focusX: root.focusX
        focusY: root.focusY
        fades: false
    }

    // Words at the foot stand on a dark foot; words that hang stand on a dark side.
    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            orientation: root.sideways ? Gradient.Horizontal : Gradient.Vertical

            GradientStop {
                position: root.high ? 0.15 : 0.3
                color: Qt.alpha(Theme.asphalt, root.high ? 0.95 : 0)
            }
            GradientStop {
                position: root.high ? 0.6 : 0.7
                color: Qt.alpha(Theme.asphalt, 0.7)
            }
            GradientStop {
                position: 1
                color: Qt.alpha(Theme.asphalt, root.high ? 0.05 : 0.94)
            }
        }
    }

    Column {
        id: words

        x: Theme.margin
        y: root.high ? Theme.top : root.height - height - Theme.px(230)
        width: Math.min(parent.width - 2 * Theme.margin, Theme.px(root.sideways ? 1080 : 1500))
        spacing: Theme.px(46)

        Row {
            spacing: Theme.px(24)
            visible: root.overline !== "" || root.exampleWord !== ""

            ExampleRibbon {
                visible: root.exampleWord !== ""
                word: root.exampleWord
            }

            Headline {
                visible: root.overline !== ""
                heading: root.overline
                size: Theme.title
            }
        }

        Headline {
            width: parent.width
            fit: width
            visible: root.figure !== ""
            heading: root.figure
            size: Theme.px(Theme.portrait ? 300 : 330)
            wrapMode: Text.NoWrap
            Accessible.name: [root.headline, root.figure].filter(part => part).join(" ")
        }

        Headline {
            width: parent.width
            fit: width
            visible: root.headline !== ""
            heading: root.headline
            size: root.figure ? Theme.px(84) : Theme.px(Theme.portrait ? 148 : 190)
            Accessible.ignored: root.figure !== ""
        }

        Reading {
            width: parent.width
            text: root.line
            font.pixelSize: Theme.title
            font.weight: Font.Bold
        }
    }

    Rectangle {
        // Not at the same pixels on every sheet.
        x: root.sideways ? Theme.px(620) : Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(root.high && Theme.portrait ? 210 : 72)
        width: begin.implicitWidth + Theme.px(96)
        height: Theme.px(104)
        color: Theme.paper

        Reading {
            id: begin

            anchors.centerIn: parent
            Accessible.ignored: true
            text: root.invitation
            color: Theme.asphalt
            font.weight: Font.Black
            font.pixelSize: Theme.px(42)
        }
    }

    Rectangle {
        anchors.right: parent.right
        y: root.high ? root.height - height - Theme.px(72) : Theme.top - Theme.px(24)
        width: mark.width + Theme.margin + Theme.px(40)
        height: mark.height + Theme.px(48)
        color: Theme.asphalt

        BrandMark {
            id: mark

            x: Theme.px(40)
            y: Theme.px(24)
            brand: root.brand
            line: root.brandLine
            roundel: root.roundel
        }
    }
}
