pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// This dealership large, the others by distance.
Rectangle {
    id: root

    required property DealersViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property real side: Theme.portrait ? width : Math.round(width * 0.53)

    color: Theme.paper

    Picture {
        id: here

        width: root.side
        height: Theme.portrait ? Theme.px(960) : root.height
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY

        Rectangle {
            anchors.fill: parent
            gradient: Gradient {
                orientation: Gradient.Horizontal

                GradientStop {
                    position: 0.46
                    color: Theme.asphalt
                }
                GradientStop {
                    position: 1
                    color: Qt.alpha(Theme.asphalt, 0.2)
                }
            }
        }

        Column {
            x: Theme.margin
            y: Theme.top
            width: parent.width - x - Theme.px(64)
            spacing: Theme.px(40)

            Row {
                spacing: Theme.px(20)

                Stripes {
                    width: Theme.px(90)
                    anchors.verticalCenter: parent.verticalCenter
                }

                Reading {
                    text: root.words.thisDealership
                    font.weight: Font.Bold
                }

                ExampleRibbon {
                    visible: root.place.example
                    word: root.words.example
                }
            }

            Headline {
                width: parent.width
                fit: width
                heading: root.place.name
            }

            Reading {
                width: parent.width
                text: [root.place.street, root.place.city, root.place.phone].filter(part => part).join("\n")
                Accessible.name: text.replace(/\n/g, ", ")
            }
        }

        Column {
            x: Theme.margin
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(64)
            width: parent.width - x - way.width - Theme.px(24)
            spacing: Theme.px(8)

            Reading {
                visible: root.place.hours.count > 0
                text: root.words.openingHours
                font.weight: Font.Bold
                color: Theme.asphaltQuiet
                font.pixelSize: Theme.label
            }

            Repeater {
                model: root.place.hours

                Item {
                    id: day

                    required property string figure
                    required property string label

                    width: parent.width
                    height: Theme.px(48)
                    Accessible.role: Accessible.StaticText
                    Accessible.name: `${figure}: ${label}`

                    Reading {
                        text: day.figure
                        Accessible.ignored: true
                    }

                    Reading {
                        anchors.right: parent.right
                        text: day.label
                        font.weight: Font.Bold
                        Accessible.ignored: true
                    }
                }
            }
        }

        Rectangle {
            id: way

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: code.width + Theme.px(80)
            height: code.height + caption.height + Theme.px(92)
            color: Theme.asphalt

            QrCode {
                id: code

                x: Theme.px(40)
                y: Theme.px(40)
                width: Theme.px(230)
                code: root.place.code
                name: root.words.scanRoute
            }

            Reading {
                id: caption

                anchors.top: code.bottom
                anchors.topMargin: Theme.px(12)
                x: code.x
                width: code.width
                text: root.words.scanRoute
                font.pixelSize: Theme.label
                Accessible.ignored: true
            }
        }
    }

    Item {
        x: Theme.portrait ? 0 : root.side
        y: Theme.portrait ? here.height : 0
        width: root.width - x
        height: root.height - y

        Headline {
            id: heading

            x: Theme.inset
            y: Theme.portrait ? Theme.px(48) : Theme.top
            width: parent.width - 2 * x
            fit: width
            heading: root.words.otherLocations
            color: Theme.asphalt
            size: Theme.title
        }

        ListView {
            id: others

            anchors.top: heading.bottom
            anchors.topMargin: Theme.px(40)
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            interactive: contentHeight > height
            model: root.place.others

            delegate: Touchable {
                id: dealer

                required property int index
                required property string name
                required property string city
                required property string distance
                required property bool example

                width: others.width
                height: Theme.px(168)
                text: [dealer.example ? root.words.example : "", dealer.name, dealer.city, dealer.distance].filter(part => part).join(", ")
                veil: Theme.asphalt
                veilStrength: 0.08
                onClicked: root.navigation.openDetail("others", index)

                Rectangle {
                    x: Theme.inset
                    width: parent.width - 2 * x
                    height: Math.max(1, Theme.px(2))
                    color: Theme.paperLine
                }

                Column {
                    x: Theme.inset
                    anchors.verticalCenter: parent.verticalCenter
                    width: far.x - x - Theme.px(24)
                    spacing: Theme.px(4)

                    Reading {
                        width: parent.width
                        text: dealer.name
                        color: Theme.asphalt
                        font.weight: Font.Bold
                        maximumLineCount: 2
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: dealer.example ? root.words.example + " \u00b7 " + dealer.city : dealer.city
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        maximumLineCount: 1
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }

                Headline {
                    id: far

                    anchors.right: parent.right
                    anchors.rightMargin: Theme.inset
                    anchors.verticalCenter: parent.verticalCenter
                    heading: dealer.distance
                    color: Theme.asphalt
                    size: Theme.title
                    inCapitals: false
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }
        }

        EdgeFade {
            view: others
        }
    }
}
