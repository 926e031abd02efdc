pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// What it comes to on one side, the sliders on the other; an estimate, and it says so.
SplitPage {
    id: root

    required property EstimatorViewModel place
    required property NavigationViewModel navigation

    share: 0.42
    sideHeight: Math.round(height * 0.44)

    side: Rectangle {
        anchors.fill: parent
        color: Theme.asphalt

        ScrollColumn {
            anchors.fill: parent
            anchors.bottomMargin: Theme.portrait ? 0 : Theme.wayBack
            ground: Theme.asphalt
            leftInset: Theme.margin
            rightInset: Theme.insetNarrow
            bottomInset: 0
            spacing: Theme.textGap

            Reading {
                width: parent.width
                Accessible.ignored: true
                text: root.place.words.estimatedPayment
                font.weight: Font.Bold
                color: Theme.asphaltQuiet
            }

            Headline {
                width: parent.width
                fit: width
                heading: root.place.paymentText
                size: Theme.figure
                Accessible.name: `${root.place.words.estimatedPayment}: ${heading} ${root.place.words.perMonth}`
                font.features: ({
                        "tnum": 1
                    })
                wrapMode: Text.NoWrap
            }

            Reading {
                width: parent.width
                Accessible.ignored: true
                text: root.place.words.perMonth
                font.weight: Font.Bold
            }

            Stripes {
                width: parent.width
            }

            ExampleRibbon {
                visible: root.place.example
                word: root.place.words.example
            }

            Reading {
                width: parent.width
                text: root.place.note
                color: Theme.asphaltQuiet
                font.pixelSize: Theme.label
            }
        }
    }

    ScrollColumn {
        anchors.fill: parent
        topInset: Theme.portrait ? Theme.pageTop : Theme.top
        bottomInset: Theme.cardGap
        spacing: Theme.cardGap

        PlaceHead {
            width: parent.width
            bottomPadding: Theme.toolGap
            title: root.place.title
            size: Theme.toolTitle
            ink: Theme.asphalt
        }

        SlideControl {
            width: parent.width
            name: root.place.words.price
            valueText: root.place.priceText
            from: root.place.priceLeast
            to: root.place.priceMost
            value: root.place.price
            step: root.place.priceStep
            onMoved: value => root.place.movePrice(value)
            onStepped: count => root.place.stepPrice(count)
        }

        SlideControl {
            width: parent.width
            name: root.place.words.downPayment
            valueText: root.place.downPaymentText
            from: 0
            to: Math.max(1, root.place.price)
            value: root.place.downPayment
            step: root.place.priceStep
            onMoved: value => root.place.moveDownPayment(value)
            onStepped: count => root.place.stepDownPayment(count)
        }

        SlideControl {
            width: parent.width
            name: root.place.words.interestRate
            valueText: root.place.rateText
            from: 0
            to: root.place.rateMost
            value: root.place.rate
            step: root.place.rateStep
            onMoved: value => root.place.moveRate(value)
            onStepped: count => root.place.stepRate(count)
        }

        Reading {
            width: parent.width
            topPadding: Theme.signGap
            bottomPadding: Theme.hintGap
            text: root.place.words.months
            color: Theme.paperQuiet
        }

        Row {
            id: terms

            width: parent.width
            spacing: Theme.lineGap

            Repeater {
                model: root.place.monthsChoices

                SolidButton {
                    required property int modelData
                    readonly property bool chosen: modelData === root.place.months

                    width: (terms.width - (root.place.monthsChoices.length - 1) * terms.spacing) / root.place.monthsChoices.length
                    least: Theme.choice
                    text: modelData
                    ground: chosen ? Theme.asphalt : Theme.mix(Theme.paper, Theme.asphalt, 0.1)
                    ink: chosen ? Theme.paper : Theme.asphalt
                    Accessible.role: Accessible.RadioButton
                    checkable: true
                    autoExclusive: true
                    checked: chosen
                    Accessible.name: modelData + " " + root.place.words.months
                    onClicked: root.place.chooseMonths(modelData)
                }
            }
        }
    }
}
