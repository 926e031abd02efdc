pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The next race as the hero over the map, the season as a list.
Rectangle {
    id: root

    required property ScheduleViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property bool over: place.coming < 0
    readonly property real heroWidth: Theme.portrait ? width : Math.round(width * 0.53)

    color: Theme.asphalt

    Item {
        id: hero

        width: root.heroWidth
        height: Theme.portrait ? Theme.px(815) : parent.height
        clip: true

        CountryMap {
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(24)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(40)
            width: Theme.px(root.over ? 800 : 600)
            map: root.place.map
            dots: root.place.dots
        }

        PlaceHead {
            id: head

            x: Theme.margin
            y: Theme.top
            width: parent.width - 2 * x
            visible: root.over
            title: root.place.overTitle
            lead: root.place.overLine
        }

        Column {
            visible: !root.over
            x: Theme.margin
            y: Theme.top
            width: parent.width - 2 * x
            spacing: Theme.px(40)

            Row {
                spacing: Theme.px(20)

                Stripes {
                    width: Theme.px(90)
                    anchors.verticalCenter: parent.verticalCenter
                }

                Reading {
                    text: root.place.racingNow ? root.words.racingNow : root.words.nextRace
                    font.weight: Font.Bold
                }
            }

            Row {
                spacing: Theme.px(28)

                Headline {
                    id: comingDays

                    heading: root.place.comingDays
                    Accessible.name: root.place.comingWhen
                    size: Theme.px(Theme.portrait ? 250 : 260)
                    wrapMode: Text.NoWrap
                }

                Column {
                    anchors.bottom: comingDays.bottom
                    spacing: Theme.px(24)

                    Headline {
                        heading: root.place.comingMonth
                        size: Theme.px(64)
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }
                }
            }

            Column {
                width: parent.width
                spacing: Theme.px(18)

                Headline {
                    width: parent.width
                    fit: width
                    heading: root.place.comingVenue
                    size: Theme.title
                }

                Reading {
                    text: root.place.comingWhere
                    color: Theme.asphaltQuiet
                }
            }
        }

        Column {
            visible: !root.over && root.place.daysToGo !== ""
            x: Theme.margin
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(56)
            spacing: Theme.px(18)
            Accessible.role: Accessible.StaticText
            Accessible.name: `${root.place.daysToGo} ${toGo.text}`

            Headline {
                heading: root.place.daysToGo
                size: Theme.figure
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            Reading {
                id: toGo

                Accessible.ignored: true
                text: root.place.daysToGoUnit
                color: Theme.asphaltQuiet
            }
        }
    }

    Rectangle {
        x: Theme.portrait ? 0 : hero.width
        y: Theme.portrait ? hero.height : 0
        width: root.width - x
        height: root.height - y
        color: Theme.paper

        ListView {
            id: list

            readonly property real inset: Theme.inset

            anchors.fill: parent
            clip: true
            interactive: contentHeight > height
            model: root.place.races

            header: Item {
                width: list.width
                height: seasonTitle.height + seasonName.height + Theme.px(Theme.portrait ? 106 : 138)

                Headline {
                    id: seasonTitle

                    x: list.inset
                    y: Theme.portrait ? Theme.px(48) : Theme.top
                    width: parent.width - 2 * x
                    fit: width
                    heading: root.over ? root.place.season : root.place.title
                    color: Theme.asphalt
                    size: Theme.title
                }

                Reading {
                    id: seasonName

                    x: list.inset
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(24)
                    width: parent.width - 2 * x
                    text: (root.over ? [root.place.series] : [root.place.season, root.place.series]).filter(part => part).join(" \u00b7 ")
                    color: Theme.paperQuiet
                    font.weight: Font.Bold
                    font.pixelSize: Theme.label
                }
            }

            delegate: Touchable {
                id: race

                required property int index
                required property string days
                required property string month
                required property string venue
                required property string where
                required property string standing
                required property string spoken

                readonly property bool done: standing === "done"
                readonly property bool coming: standing === "now" || standing === "next"

                width: list.width
                height: Theme.px(112)
                text: spoken
                veil: Theme.asphalt
                veilStrength: 0.08
                onClicked: root.navigation.openDetail("races", index)

                background: Rectangle {
                    color: race.coming ? "white" : Theme.paper

                    Rectangle {
                        x: list.inset
                        width: parent.width - 2 * x
                        height: Math.max(1, Theme.px(2))
                        color: Theme.paperLine
                    }
                }

                Stripes {
                    upright: true
                    height: parent.height
                    visible: race.coming
                }

                Column {
                    x: list.inset
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.px(216)

                    Headline {
                        heading: race.days
                        color: race.done ? Theme.paperQuiet : Theme.asphalt
                        size: Theme.title
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: race.month
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        wrapMode: Text.NoWrap
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }

                Column {
                    x: list.inset + Theme.px(226)
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - x - list.inset - (doneNote.visible ? doneNote.width + Theme.px(32) : 0)

                    Reading {
                        width: parent.width
                        text: race.venue
                        color: race.done ? Theme.paperQuiet : Theme.asphalt
                        font.weight: Font.Bold
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.label
                        maximumLineCount: 1
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: race.where
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        maximumLineCount: 1
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }

                Reading {
                    id: doneNote

                    visible: race.done && !root.over
                    anchors.right: parent.right
                    anchors.rightMargin: list.inset
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.words.raceDone
                    color: Theme.paperQuiet
                    font.pixelSize: Theme.label
                    Accessible.ignored: true
                }
            }
        }

        EdgeFade {
            view: list
        }
    }
}
