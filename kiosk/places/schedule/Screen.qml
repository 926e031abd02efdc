pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The next race as the hero over the map, the season as a list.
SplitPage {
    id: root

    required property ScheduleViewModel place
    required property NavigationViewModel navigation

    readonly property bool over: place.coming < 0

    share: 0.53
    sideHeight: Theme.panelMap
    sideNeeds: over ? hero.headEnds + Theme.gap + map.height + Theme.gap + onward.height : hero.implicitHeight

    side: Rectangle {
        anchors.fill: parent
        color: Theme.asphalt
        clip: true

        CountryMap {
            id: map

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.bottom: root.over ? onward.top : parent.bottom
            anchors.bottomMargin: root.over ? Theme.gap : Theme.partGap
            width: Theme.mapWidthBeside
            map: root.place.map
            dots: root.place.dots
        }

        TopAndFoot {
            id: hero

            anchors.fill: parent
            anchors.bottomMargin: root.over ? onward.height : 0
            footInset: Theme.pageTop

            head: [
                PlaceHead {
                    width: parent.width
                    visible: root.over
                    title: root.place.noticeTitle
                    lead: root.place.noticeLine
                },
                Overline {
                    width: parent.width
                    visible: !root.over
                    isStriped: true
                    text: root.place.racingNow ? root.place.words.racingNow : root.place.words.nextRace
                },
                Row {
                    visible: !root.over
                    spacing: Theme.dateGap

                    Headline {
                        id: comingDays

                        heading: root.place.comingDays
                        Accessible.name: root.place.comingWhen
                        size: Theme.date
                        wrapMode: Text.NoWrap
                    }

                    Headline {
                        anchors.bottom: comingDays.bottom
                        heading: root.place.comingMonth
                        size: Theme.month
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }
                },
                Column {
                    width: parent.width
                    visible: !root.over
                    spacing: Theme.venueGap

                    Headline {
                        width: parent.width
                        fit: width
                        heading: root.place.comingVenue
                        size: Theme.title
                    }

                    Reading {
                        width: parent.width
                        text: root.place.comingWhere
                        color: Theme.asphaltQuiet
                    }
                }
            ]

            foot: Column {
                visible: !root.over && root.place.daysToGo !== ""
                width: parent.width
                spacing: Theme.venueGap
                Accessible.role: Accessible.StaticText
                Accessible.name: `${root.place.daysToGo} ${toGo.text}`

                CountedFigure {
                    width: parent.width
                    heading: root.place.daysToGo
                    size: Theme.figure
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

        // Once the season is over, it looks ahead.
        Steps {
            id: onward

            anchors.bottom: parent.bottom
            width: parent.width
            visible: root.over
            steps: root.place.steps
            navigation: root.navigation
            inset: Theme.margin
            room: Theme.callRow
        }
    }

    ListView {
        id: list

        anchors.fill: parent
        clip: true
        interactive: contentHeight > height
        model: root.place.races

        header: Item {
            width: list.width
            height: seasonTitle.height + seasonName.height + Theme.seasonHead

            Headline {
                id: seasonTitle

                anchors.top: parent.top
                anchors.topMargin: Theme.portrait ? Theme.listTop : Theme.top
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: Theme.inset
                anchors.rightMargin: Theme.inset
                fit: width
                heading: root.over ? root.place.season : root.place.title
                color: Theme.asphalt
                size: Theme.title
            }

            Reading {
                id: seasonName

                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.gap
                anchors.left: seasonTitle.left
                anchors.right: seasonTitle.right
                text: (root.over ? [root.place.series] : [root.place.season, root.place.series]).filter(part => part).join(" \u00b7 ")
                color: Theme.paperQuiet
                font.weight: Font.Bold
                font.pixelSize: Theme.label
            }
        }

        delegate: ListRow {
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
            least: Theme.rowLow
            tallest: Math.max(when.height, what.height)
            ground: coming ? "white" : Theme.paper
            text: spoken
            onClicked: root.navigation.openDetail("races", index)

            Stripes {
                anchors.left: parent.left
                upright: true
                height: parent.height
                visible: race.coming
                color: Theme.accentOnPaper
            }

            Column {
                id: when

                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: race.inset
                width: Theme.daysWidth

                Headline {
                    width: parent.width
                    fit: width
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
                    maximumLineCount: 1 + Theme.moreLines
                    wrapMode: Theme.moreLines > 0 ? Text.WordWrap : Text.NoWrap
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }

            Column {
                id: what

                anchors.verticalCenter: parent.verticalCenter
                anchors.left: when.right
                anchors.leftMargin: Theme.cardGap
                anchors.right: doneNote.visible ? doneNote.left : parent.right
                anchors.rightMargin: doneNote.visible ? Theme.rowPadding : race.inset

                Reading {
                    width: parent.width
                    text: race.venue
                    color: race.done ? Theme.paperQuiet : Theme.asphalt
                    font.weight: Font.Bold
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.label
                    maximumLineCount: 1 + Theme.moreLines
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }

                Reading {
                    width: parent.width
                    text: race.where
                    color: Theme.paperQuiet
                    font.pixelSize: Theme.label
                    maximumLineCount: 1 + Theme.moreLines
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }

            Reading {
                id: doneNote

                anchors.right: parent.right
                anchors.rightMargin: race.inset
                anchors.verticalCenter: parent.verticalCenter
                visible: race.done && !root.over
                text: root.place.words.raceDone
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
