pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// All offers at once, each with its car, its figure and how its terms begin; the estimator and the programmes
// beside them.
SplitPage {
    id: root

    required property OffersViewModel place
    required property NavigationViewModel navigation

    readonly property int count: place.offers.count
    readonly property bool none: count === 0
    // What the offers leave to the programmes on an upright screen.
    readonly property real rest: height - head.height - Theme.top - Theme.textGap - count * Theme.offerMost
    readonly property real foot: Math.max(Math.min(rest, Theme.offersFoot), count > Theme.offersFew ? Theme.offersFootLeast : Theme.offersFootLow)

    share: 1 - Math.max(0.25, Theme.programmesWidth / width)
    sideHeight: none ? Math.round(height / 2) : height - foot

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

            readonly property real share: (height - (root.count - 1) * spacing) / Math.max(1, root.count)

            anchors.top: head.bottom
            anchors.topMargin: Theme.textGap
            anchors.bottom: parent.bottom
            width: parent.width
            spacing: Theme.pairGap
            clip: true
            interactive: contentHeight > height
            visible: !root.none
            model: root.place.offers

            delegate: OfferCard {
                required property int index
                required property bool example

                width: offers.width
                least: Math.max(Theme.offerLeast, Math.floor(offers.share))
                exampleWord: example ? root.place.words.example : ""
                onClicked: root.navigation.openDetail("offers", index)
            }
        },
        EdgeFade {
            view: offers
        }
    ]

    Rectangle {
        anchors.fill: parent
        color: Theme.asphalt

        CallTile {
            id: estimate

            width: parent.width
            height: visible ? implicitHeight : 0
            least: root.foot < Theme.offersFoot && Theme.portrait ? Theme.callRow : Theme.callMedium
            visible: root.place.estimates
            ground: Theme.accent
            ink: Theme.accentInk
            text: root.place.words.estimatePayment
            onClicked: root.navigation.openWithin("estimator")
        }

        Reading {
            id: programmesTitle

            anchors.top: estimate.bottom
            anchors.topMargin: Theme.rowPadding
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.insetBeside
            anchors.rightMargin: Theme.insetBeside
            visible: programmes.count > 0
            text: root.place.programmesTitle
            color: Theme.asphaltQuiet
            font.weight: Font.Bold
            font.pixelSize: Theme.label
        }

        GridView {
            id: programmes

            readonly property int columns: Theme.portrait ? 2 : 1

            anchors.top: programmesTitle.bottom
            anchors.topMargin: Theme.buttonGap
            anchors.bottom: parent.bottom
            width: parent.width
            cellWidth: Math.floor(width / columns)
            cellHeight: Theme.programme
            clip: true
            interactive: contentHeight > height
            model: root.place.programmes

            delegate: RowLink {
                required property int index
                required property string title

                width: programmes.cellWidth
                height: programmes.cellHeight
                inset: Theme.insetBeside
                size: Theme.label
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
