pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// This dealership large, the others by distance.
SplitPage {
    id: root

    required property DealersViewModel place
    required property NavigationViewModel navigation

    readonly property bool hasOthers: place.others.count > 0
    readonly property bool isSketched: place.spots.count > 0

    // Where there are no others, this one has it all: its picture stands beside it, on an upright screen above.
    share: 0.53
    sideHeight: hasOthers ? Theme.panelFull : height
    sideNeeds: here.implicitHeight

    side: [
        Rectangle {
            anchors.fill: parent
            color: Theme.asphalt
        },
        Picture {
            anchors.top: parent.top
            anchors.left: parent.left
            anchors.right: parent.right
            height: Math.max(0, here.footBegins - Theme.textGap)
            visible: height >= Theme.choice && (root.hasOthers || root.isStacked)
            source: root.place.source
            focusX: root.place.focusX
            focusY: root.place.focusY
        },
        TopAndFoot {
            id: here

            anchors.fill: parent
            rightInset: Theme.inset
            topInset: Theme.top - Theme.gap
            footInset: Theme.insetNarrow
            footSpacing: Theme.gap

            foot: [
                Item {
                    width: parent.width
                    height: Math.max(address.height, way.height)

                    Column {
                        id: address

                        anchors.bottom: parent.bottom
                        anchors.left: parent.left
                        anchors.right: way.left
                        anchors.rightMargin: Theme.gap
                        spacing: Theme.gap

                        Overline {
                            width: parent.width
                            isStriped: true
                            text: root.place.words.thisDealership
                            exampleWord: root.place.example ? root.place.words.example : ""
                        }

                        Headline {
                            width: parent.width
                            fit: width
                            heading: root.place.name
                            size: Theme.portrait ? Theme.toolTitle : Theme.title
                        }

                        Reading {
                            width: parent.width
                            text: [`${root.place.street}, ${root.place.city}`, root.place.phone, root.place.email, root.place.website].filter(part => part).join("\n")
                            Accessible.name: text.replace(/\n/g, ", ")
                            font.pixelSize: Theme.label
                        }
                    }

                    Column {
                        id: way

                        anchors.right: parent.right
                        anchors.bottom: parent.bottom
                        width: Theme.codeBeside
                        spacing: Theme.buttonGap

                        QrCode {
                            width: parent.width
                            code: root.place.code
                            name: root.place.words.scanRoute
                        }

                        Reading {
                            width: parent.width
                            text: root.place.words.scanRoute
                            font.pixelSize: Theme.label
                            Accessible.ignored: true
                        }
                    }
                },
                Column {
                    id: facts

                    width: parent.width
                    spacing: Theme.pairGap

                    Reading {
                        width: parent.width
                        visible: root.place.hours.count > 0
                        text: root.place.opening || root.place.words.openingHours
                        font.weight: Font.Black
                        font.pixelSize: Theme.cardTitle
                    }

                    Reading {
                        width: parent.width
                        visible: root.place.opens !== ""
                        text: root.place.opens
                        color: Theme.asphaltQuiet
                        font.pixelSize: Theme.label
                    }

                    Repeater {
                        model: root.place.hours

                        Spread {
                            required property string figure
                            required property string label

                            width: facts.width
                            name: figure
                            value: label
                        }
                    }
                }
            ]
        }
    ]

    BonnetGround {
        anchors.fill: parent
        visible: !root.hasOthers
        isStriped: root.place.source.toString() === ""

        Picture {
            anchors.fill: parent
            visible: !parent.isStriped
            source: parent.visible && !root.isStacked ? root.place.source : ""
            focusX: root.place.focusX
            focusY: root.place.focusY
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
        visible: root.hasOthers
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

        header: Item {
            width: others.width
            height: root.isSketched ? Theme.sketch + Theme.gap : 0

            LocationSketch {
                anchors.top: parent.top
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: Theme.inset
                anchors.rightMargin: Theme.inset
                height: Theme.sketch
                visible: root.isSketched
                places: root.place.spots
                rings: root.place.rings
                west: root.place.west
                east: root.place.east
                south: root.place.south
                north: root.place.north
                northLetter: root.place.words.north
            }
        }

        delegate: ListRow {
            id: dealer

            required property int index
            required property string number
            required property string name
            required property string city
            required property string distance
            required property string opening
            required property bool example

            width: others.width
            least: Theme.rowTall
            tallest: texts.height
            text: [dealer.example ? root.place.words.example : "", dealer.name, dealer.city, dealer.opening, dealer.distance].filter(part => part).join(", ")
            onClicked: root.navigation.openDetail("others", index)

            Roundel {
                id: disc

                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: dealer.inset
                width: Theme.disc
                visible: root.isSketched && dealer.number !== ""
                number: dealer.number
                Accessible.ignored: true
            }

            Column {
                id: texts

                anchors.verticalCenter: parent.verticalCenter
                anchors.left: disc.visible ? disc.right : parent.left
                anchors.leftMargin: disc.visible ? Theme.gap : dealer.inset
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

                Reading {
                    width: parent.width
                    visible: dealer.opening !== ""
                    text: dealer.opening
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
        visible: root.hasOthers
    }
}
