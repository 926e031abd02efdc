pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// An offer: its car as large as there is room for, the figure, until when, the terms as a whole; what to do next.
SplitPage {
    id: root

    required property OfferViewModel place
    required property NavigationViewModel navigation

    // Beside the way back there is no room for larger words.
    readonly property bool isCodeLast: Theme.portrait || Theme.textScale > 1

    // Of all there is to read, and of what there is to do next; on an upright screen the car has the rest.
    property real wordsHeight: 0
    property real dockHeight: 0

    share: 0.5
    sideHeight: Math.round(Math.max(0.25 * height, Math.min(0.44 * height, height - wordsHeight - dockHeight)))

    side: [
        Rectangle {
            anchors.fill: parent
            color: Theme.paper
        },
        SightPager {
            anchors.top: parent.top
            anchors.bottom: foot.top
            width: parent.width
            sights: root.place.sights
            name: root.place.texts.car || root.place.texts.title
        },
        Rectangle {
            id: foot

            anchors.bottom: parent.bottom
            width: parent.width
            height: Math.max(Theme.portrait ? 0 : Theme.wayBack, takeHome.height)
            color: Theme.paperSunk

            CodeDock {
                id: takeHome

                anchors.bottom: parent.bottom
                anchors.left: parent.left
                anchors.leftMargin: Theme.beyondWayBack
                anchors.right: parent.right
                leftInset: 0
                rightInset: Theme.gap
                code: root.isCodeLast ? "" : root.place.texts.code
                name: root.place.texts.codeName === root.place.texts.title ? "" : root.place.texts.codeName
                caption: root.place.texts.codeCaption
            }
        }
    ]

    ScrollColumn {
        anchors.top: parent.top
        anchors.bottom: dock.top
        width: parent.width
        topInset: Theme.portrait ? Theme.pageTop : Theme.top
        leftInset: Theme.insetBeside
        rightInset: Theme.insetBeside
        bottomInset: Theme.lineGap
        spacing: Theme.gap
        onNeededChanged: root.wordsHeight = needed

        Column {
            width: parent.width
            spacing: Theme.buttonGap

            Reading {
                width: parent.width
                text: root.place.texts.overline
                color: Theme.paperQuiet
                font.weight: Font.Bold
                font.pixelSize: Theme.label
            }

            Headline {
                width: parent.width
                fit: width
                heading: root.place.texts.title
                color: Theme.asphalt
                size: Theme.title
            }
        }

        Column {
            width: parent.width
            spacing: Theme.buttonGap

            Flow {
                id: price

                width: parent.width
                spacing: Theme.signGap

                Headline {
                    width: Math.min(implicitWidth, price.width)
                    fit: price.width
                    heading: root.place.texts.figure
                    Accessible.name: `${root.place.texts.figure} ${root.place.texts.unit}`
                    color: Theme.asphalt
                    size: Theme.figure
                    inCapitals: false
                    wrapMode: Text.NoWrap
                }

                ExampleRibbon {
                    visible: root.place.example
                    word: root.place.words.example
                }
            }

            Reading {
                width: parent.width
                text: root.place.texts.unit
                color: Theme.asphalt
                font.weight: Font.Bold
                font.pixelSize: Theme.label
                Accessible.ignored: true
            }

            Reading {
                width: parent.width
                text: root.place.texts.note
                color: Theme.asphalt
                font.weight: Font.Black
                font.pixelSize: Theme.label
            }
        }

        Stripes {
            width: parent.width
        }

        Reading {
            width: parent.width
            visible: root.place.texts.lead !== ""
            text: root.place.texts.lead
            color: Theme.asphalt
            font.pixelSize: Theme.label
        }

        Reading {
            width: parent.width
            text: root.place.texts.terms
            color: Theme.paperQuiet
            font.pixelSize: Theme.label
        }

        CodeDock {
            width: parent.width
            leftInset: Theme.gap
            rightInset: Theme.gap
            code: root.isCodeLast && !Theme.portrait ? root.place.texts.code : ""
            name: root.place.texts.codeName === root.place.texts.title ? "" : root.place.texts.codeName
            caption: root.place.texts.codeCaption
        }
    }

    Column {
        id: dock

        readonly property bool isPair: root.place.texts.car !== "" && root.place.texts.estimator !== ""

        anchors.bottom: parent.bottom
        width: parent.width
        onHeightChanged: root.dockHeight = height

        Row {
            width: parent.width

            CallTile {
                id: car

                width: Math.round(parent.width * (dock.isPair ? 0.55 : 1))
                height: Math.max(implicitHeight, estimate.implicitHeight)
                visible: root.place.texts.car !== ""
                ground: Theme.accent
                ink: Theme.accentInk
                overline: root.place.words.carOfOffer
                text: root.place.texts.car
                onClicked: root.navigation.openEntry(root.place.texts.carPlace, "cars", root.place.carTab, root.place.carEntry)
            }

            CallTile {
                id: estimate

                width: parent.width - (dock.isPair ? car.width : 0)
                height: car.visible ? car.height : implicitHeight
                visible: root.place.texts.estimator !== ""
                ground: Theme.asphalt
                ink: Theme.paper
                text: root.place.words.estimatePayment
                onClicked: root.navigation.openWithin(root.place.texts.estimator)
            }
        }

        CodeDock {
            width: dock.width
            code: Theme.portrait ? root.place.texts.code : ""
            name: root.place.texts.codeName === root.place.texts.title ? "" : root.place.texts.codeName
            caption: root.place.texts.codeCaption
        }
    }
}
