pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Offers with their figure and their fine print in full view, the programmes beside them.
Rectangle {
    id: root

    required property OffersViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property bool none: place.offers.count === 0
    readonly property real mainHeight: Theme.portrait ? Math.round(height * 0.56) : height
    readonly property real mainWidth: Theme.portrait ? width : Math.round(width * 0.69)

    color: Theme.paper

    PlaceHead {
        id: head

        x: Theme.margin
        y: Theme.top
        width: root.mainWidth - x - Theme.px(48)
        title: root.none ? root.place.nothingTitle : root.place.title
        lead: root.none ? root.place.nothingLine : ""
        ink: Theme.asphalt
        quiet: Theme.paperQuiet
    }

    // With nothing to list, the place shows itself.
    Picture {
        y: head.y + head.height + Theme.px(56)
        width: root.mainWidth
        height: root.mainHeight - y
        visible: root.none
        source: root.none ? root.place.source : ""
        focusX: root.place.focusX
        focusY: root.place.focusY
    }

    ListView {
        id: offers

        y: head.y + head.height + Theme.px(40)
        width: root.mainWidth
        height: root.mainHeight - y
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
            height: Math.max(Theme.px(270), texts.height + Theme.px(64))
            text: [offer.example ? root.words.example : "", offer.title, `${offer.figure} ${offer.unit}`, offer.note, offer.terms].filter(part => part).join(". ")
            veil: Theme.asphalt
            veilStrength: 0.07
            onClicked: root.navigation.openDetail("offers", index)

            background: Rectangle {
                color: Theme.paper

                Rectangle {
                    x: Theme.margin
                    width: parent.width - x - Theme.px(48)
                    height: Math.max(1, Theme.px(3))
                    color: Theme.asphalt
                }
            }

            Column {
                id: price

                x: Theme.margin
                y: Theme.px(32)
                width: Theme.px(Theme.portrait ? 280 : 310)
                spacing: Theme.px(22)

                Headline {
                    width: parent.width
                    fit: width
                    heading: offer.figure
                    color: Theme.asphalt
                    size: Theme.px(116)
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
                    word: root.words.example
                    Accessible.ignored: true
                }
            }

            Column {
                id: texts

                x: price.x + price.width + Theme.px(32)
                y: Theme.px(36)
                width: parent.width - x - Theme.px(48)
                spacing: Theme.px(16)

                Headline {
                    width: parent.width
                    fit: width
                    heading: offer.title
                    color: Theme.asphalt
                    size: Theme.px(44)
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
    }

    EdgeFade {
        view: offers
    }

    Rectangle {
        x: Theme.portrait ? 0 : root.mainWidth
        y: Theme.portrait ? root.mainHeight : 0
        width: root.width - x
        height: root.height - y
        color: Theme.asphalt

        Touchable {
            id: estimate

            width: parent.width
            height: visible ? Theme.px(Theme.portrait ? 150 : 208) : 0
            visible: root.place.estimates
            text: root.words.estimatePayment
            onClicked: root.navigation.openWithin("estimator")

            background: Rectangle {
                color: Theme.accent
            }

            Headline {
                x: Theme.px(Theme.portrait ? 64 : 48)
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.px(28)
                width: parent.width - x - Theme.px(110)
                fit: width
                heading: root.words.estimatePayment
                color: Theme.accentInk
                size: Theme.title
                Accessible.ignored: true
            }

            Sign {
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(40)
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.px(22)
                sign: Signs.forward
                colour: Theme.accentInk
                size: Theme.px(52)
            }
        }

        Reading {
            id: programmesTitle

            x: Theme.px(Theme.portrait ? 64 : 48)
            anchors.top: estimate.bottom
            anchors.topMargin: Theme.px(32)
            width: parent.width - 2 * x
            text: root.place.programmesTitle
            color: Theme.asphaltQuiet
            font.weight: Font.Bold
            font.pixelSize: Theme.label
        }

        ListView {
            id: programmes

            anchors.top: programmesTitle.bottom
            anchors.topMargin: Theme.px(12)
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            interactive: contentHeight > height
            model: root.place.programmes

            delegate: RowLink {
                required property int index
                required property string title

                width: programmes.width
                inset: programmesTitle.x
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
