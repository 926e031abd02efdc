pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Offers with their figure and their fine print in full view, the programmes beside them.
SplitPage {
    id: root

    required property OffersViewModel place
    required property NavigationViewModel navigation

    readonly property bool none: place.offers.count === 0

    share: 0.69
    sideHeight: Math.round(height * 0.56)

    side: [
        PlaceHead {
            id: head

            anchors.top: parent.top
            anchors.topMargin: Theme.top
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.insetNarrow
            title: root.none ? root.place.noticeTitle : root.place.title
            lead: root.none ? root.place.noticeLine : ""
            ink: Theme.asphalt
            quiet: Theme.paperQuiet
        },
        // With nothing to list, the place shows itself.
        Picture {
            anchors.top: head.bottom
            anchors.topMargin: Theme.pageTop
            anchors.bottom: parent.bottom
            width: parent.width
            visible: root.none
            source: root.none ? root.place.source : ""
            focusX: root.place.focusX
            focusY: root.place.focusY
        },
        ListView {
            id: offers

            anchors.top: head.bottom
            anchors.topMargin: Theme.partGap
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            interactive: contentHeight > height
            visible: !root.none
            model: root.place.offers

            delegate: Touchable {
                id: offer

                required property int index
                required property string title
                required property string figure
                required property string unit
                required property string note
                required property string terms
                required property bool example

                width: offers.width
                height: Math.max(Theme.offerHeight, texts.height + Theme.inset, price.height + Theme.rowPadding + Theme.captionGap)
                text: [offer.example ? root.place.words.example : "", offer.title, `${offer.figure} ${offer.unit}`, offer.note, offer.terms].filter(part => part).join(". ")
                veil: Theme.asphalt
                veilStrength: 0.07
                onClicked: root.navigation.openDetail("offers", index)

                background: Rectangle {
                    color: Theme.paper

                    Rule {
                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.leftMargin: Theme.margin
                        anchors.rightMargin: Theme.insetNarrow
                        height: Theme.ruleBold
                        color: Theme.asphalt
                    }
                }

                Column {
                    id: price

                    anchors.top: parent.top
                    anchors.topMargin: Theme.rowPadding
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.margin
                    width: Theme.priceWidth
                    spacing: Theme.priceGap

                    Headline {
                        width: parent.width
                        fit: width
                        heading: offer.figure
                        color: Theme.asphalt
                        size: Theme.price
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: offer.unit
                        color: Theme.asphalt
                        font.weight: Font.Bold
                        font.pixelSize: Theme.label
                        Accessible.ignored: true
                    }

                    ExampleRibbon {
                        visible: offer.example
                        word: root.place.words.example
                        Accessible.ignored: true
                    }
                }

                Column {
                    id: texts

                    anchors.top: parent.top
                    anchors.topMargin: Theme.figureGap
                    anchors.left: price.right
                    anchors.leftMargin: Theme.rowPadding
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.insetNarrow
                    spacing: Theme.captionGap

                    Headline {
                        width: parent.width
                        fit: width
                        heading: offer.title
                        color: Theme.asphalt
                        size: Theme.cardTitle
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: offer.note
                        color: Theme.asphalt
                        font.weight: Font.Bold
                        font.pixelSize: Theme.label
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: offer.terms
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        Accessible.ignored: true
                    }
                }
            }
        },
        EdgeFade {
            view: offers
        }
    ]

    Rectangle {
        anchors.fill: parent
        color: Theme.asphalt

        Touchable {
            id: estimate

            width: parent.width
            height: visible ? Math.max(Theme.callHeight, call.height + 2 * call.anchors.bottomMargin) : 0
            visible: root.place.estimates
            text: root.place.words.estimatePayment
            onClicked: root.navigation.openWithin("estimator")

            background: Rectangle {
                color: Theme.accent
            }

            Headline {
                id: call

                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.legalPadding
                anchors.left: parent.left
                anchors.leftMargin: Theme.insetBeside
                anchors.right: parent.right
                anchors.rightMargin: Theme.callInset
                fit: width
                heading: root.place.words.estimatePayment
                color: Theme.accentInk
                size: Theme.title
                Accessible.ignored: true
            }

            Sign {
                anchors.right: parent.right
                anchors.rightMargin: Theme.cardPadding
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.priceGap
                sign: Signs.forward
                colour: Theme.accentInk
                size: Theme.largeSign
            }
        }

        Reading {
            id: programmesTitle

            anchors.top: estimate.bottom
            anchors.topMargin: Theme.rowPadding
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.insetBeside
            anchors.rightMargin: Theme.insetBeside
            text: root.place.programmesTitle
            color: Theme.asphaltQuiet
            font.weight: Font.Bold
            font.pixelSize: Theme.label
        }

        ListView {
            id: programmes

            anchors.top: programmesTitle.bottom
            anchors.topMargin: Theme.buttonGap
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            interactive: contentHeight > height
            model: root.place.programmes

            delegate: RowLink {
                required property int index
                required property string title

                width: programmes.width
                inset: Theme.insetBeside
                text: title
                onClicked: root.navigation.openDetail("programmes", index)
            }
        }

        EdgeFade {
            view: programmes
            ground: Theme.asphalt
        }
    }
}
