pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// What it comes to on one side, the sliders on the other; an estimate, and it says so.
Rectangle {
    id: root

    required property EstimatorViewModel place
    required property NavigationViewModel navigation
    required property var words

    readonly property real answerWidth: Theme.portrait ? width : Math.round(width * 0.42)
    readonly property real answerHeight: Theme.portrait ? Math.round(height * 0.44) : height

    color: Theme.paper

    Rectangle {
        width: root.answerWidth
        height: root.answerHeight
        color: Theme.asphalt

        Column {
            x: Theme.margin
            y: Theme.top
            width: parent.width - x - Theme.px(48)
            spacing: Theme.px(30)

            Reading {
                Accessible.ignored: true
                text: root.words.estimatedPayment
                font.weight: Font.Bold
                color: Theme.asphaltQuiet
            }

            Headline {
                width: parent.width
                fit: width
                heading: root.place.paymentText
                size: Theme.figure
                Accessible.name: `${root.words.estimatedPayment}: ${heading} ${root.words.perMonth}`
                font.features: ({
                        "tnum": 1
                    })
                wrapMode: Text.NoWrap
            }

            Reading {
                Accessible.ignored: true
                text: root.words.perMonth
                font.weight: Font.Bold
            }

            Stripes {
                width: parent.width
            }

            ExampleRibbon {
                visible: root.place.example
                word: root.words.example
            }

            Reading {
                width: parent.width
                text: root.place.note
                color: Theme.asphaltQuiet
                font.pixelSize: Theme.label
            }
        }
    }

    Item {
        x: Theme.portrait ? 0 : root.answerWidth
        y: Theme.portrait ? root.answerHeight : 0
        width: root.width - x
        height: root.height - y

        PlaceHead {
            id: head

            x: Theme.inset
            y: Theme.portrait ? Theme.px(56) : Theme.top
            width: parent.width - 2 * x
            title: root.place.title
            size: Theme.px(64)
            ink: Theme.asphalt
        }

        Column {
            anchors.top: head.bottom
            anchors.topMargin: Theme.px(52)
            x: Theme.inset
            width: parent.width - 2 * x
            spacing: Theme.px(10)

            SlideControl {
                width: parent.width
                name: root.words.price
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
                name: root.words.downPayment
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
                name: root.words.interestRate
                valueText: root.place.rateText
                from: 0
                to: root.place.rateMost
                value: root.place.rate
                step: root.place.rateStep
                onMoved: value => root.place.moveRate(value)
                onStepped: count => root.place.stepRate(count)
            }

            Reading {
                topPadding: Theme.px(20)
                bottomPadding: Theme.px(6)
                text: root.words.months
                color: Theme.paperQuiet
            }

            Row {
                id: terms

                width: parent.width
                height: Theme.px(100)
                spacing: Theme.px(8)

                Repeater {
                    model: root.place.monthsChoices

                    SolidButton {
                        required property int modelData
                        readonly property bool chosen: modelData === root.place.months

                        width: (terms.width - (root.place.monthsChoices.length - 1) * terms.spacing) / root.place.monthsChoices.length
                        height: terms.height
                        text: modelData
                        ground: chosen ? Theme.asphalt : Theme.mix(Theme.paper, Theme.asphalt, 0.1)
                        ink: chosen ? Theme.paper : Theme.asphalt
                        Accessible.role: Accessible.RadioButton
                        checkable: true
                        autoExclusive: true
                        checked: chosen
                        Accessible.name: modelData + " " + root.words.months
                        onClicked: root.place.chooseMonths(modelData)
                    }
                }
            }
        }
    }
}
