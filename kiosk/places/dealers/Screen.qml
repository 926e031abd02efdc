pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// This dealership large, the others by distance.
SplitPage {
    id: root

    required property DealersViewModel place
    required property NavigationViewModel navigation

    share: 0.53
    sideHeight: Theme.panelFull
    sideNeeds: here.implicitHeight

    side: Picture {
        anchors.fill: parent
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY

        Shade {
            GradientStop {
                position: 0.46
                color: Theme.asphalt
            }
            GradientStop {
                position: 1
                color: Qt.alpha(Theme.asphalt, 0.2)
            }
        }

        TopAndFoot {
            id: here

            anchors.fill: parent
            rightInset: Theme.inset
            footInset: 0

            head: [
                Overline {
                    width: parent.width
                    isStriped: true
                    text: root.place.words.thisDealership
                    exampleWord: root.place.example ? root.place.words.example : ""
                },
                Headline {
                    width: parent.width
                    fit: width
                    heading: root.place.name
                },
                Reading {
                    width: parent.width
                    text: [root.place.street, root.place.city, root.place.phone].filter(part => part).join("\n")
                    Accessible.name: text.replace(/\n/g, ", ")
                }
            ]

            foot: Item {
                width: parent.width
                height: Math.max(hours.height + hours.anchors.bottomMargin, way.height)

                Column {
                    id: hours

                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.inset
                    anchors.left: parent.left
                    anchors.right: way.left
                    anchors.rightMargin: Theme.gap
                    spacing: Theme.lineGap

                    Reading {
                        visible: root.place.hours.count > 0
                        text: root.place.words.openingHours
                        font.weight: Font.Bold
                        color: Theme.asphaltQuiet
                        font.pixelSize: Theme.label
                    }

                    Repeater {
                        model: root.place.hours

                        Spread {
                            required property string figure
                            required property string label

                            width: hours.width
                            name: figure
                            value: label
                        }
                    }
                }

                CodePlate {
                    id: way

                    anchors.right: parent.right
                    anchors.rightMargin: -here.rightInset
                    anchors.bottom: parent.bottom
                    code: root.place.code
                    caption: root.place.words.scanRoute
                }
            }
        }
    }

    Headline {
        id: heading

        anchors.top: parent.top
        anchors.topMargin: Theme.portrait ? Theme.listTop : Theme.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.inset
        anchors.rightMargin: Theme.inset
        fit: width
        heading: root.place.words.otherLocations
        color: Theme.asphalt
        size: Theme.title
    }

    ListView {
        id: others

        anchors.top: heading.bottom
        anchors.topMargin: Theme.partGap
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        interactive: contentHeight > height
        model: root.place.others

        delegate: ListRow {
            id: dealer

            required property int index
            required property string name
            required property string city
            required property string distance
            required property bool example

            width: others.width
            least: Theme.rowTall
            tallest: texts.height
            text: [dealer.example ? root.place.words.example : "", dealer.name, dealer.city, dealer.distance].filter(part => part).join(", ")
            onClicked: root.navigation.openDetail("others", index)

            Column {
                id: texts

                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: dealer.inset
                anchors.right: far.left
                anchors.rightMargin: Theme.gap
                spacing: Theme.pairGap

                Reading {
                    width: parent.width
                    text: dealer.name
                    color: Theme.asphalt
                    font.weight: Font.Bold
                    maximumLineCount: 2 + Theme.moreLines
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }

                Reading {
                    width: parent.width
                    text: dealer.example ? root.place.words.example + " \u00b7 " + dealer.city : dealer.city
                    color: Theme.paperQuiet
                    font.pixelSize: Theme.label
                    maximumLineCount: 1 + Theme.moreLines
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }

            Headline {
                id: far

                anchors.right: parent.right
                anchors.rightMargin: dealer.inset
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
