pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// What it comes to on one side, the sliders on the other; an estimate, and it says so.
Rectangle {
    id: root

    required property EstimatorViewModel estimator
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
                heading: root.estimator.paymentText
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
                visible: root.estimator.example
                word: root.words.example
            }

            Reading {
                width: parent.width
                text: root.estimator.note
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
            title: root.estimator.title
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
                valueText: root.estimator.priceText
                from: root.estimator.priceLeast
                to: root.estimator.priceMost
                value: root.estimator.price
                step: root.estimator.priceStep
                onMoved: value => root.estimator.movePrice(value)
                onStepped: count => root.estimator.stepPrice(count)
            }

            SlideControl {
                width: parent.width
                name: root.words.downPayment
                valueText: root.estimator.downPaymentText
                from: 0
                to: Math.max(1, root.estimator.price)
                value: root.estimator.downPayment
                step: root.estimator.priceStep
                onMoved: value => root.estimator.moveDownPayment(value)
                onStepped: count => root.estimator.stepDownPayment(count)
            }

            SlideControl {
                width: parent.width
                name: root.words.interestRate
                valueText: root.estimator.rateText
                from: 0
                to: root.estimator.rateMost
                value: root.estimator.rate
                step: root.estimator.rateStep
                onMoved: value => root.estimator.moveRate(value)
                onStepped: count => root.estimator.stepRate(count)
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
                    model: root.estimator.monthsChoices

                    SolidButton {
                        required property int modelData
                        readonly property bool chosen: modelData === root.estimator.months

                        width: (terms.width - (root.estimator.monthsChoices.length - 1) * terms.spacing) / root.estimator.monthsChoices.length
                        height: terms.height
                        text: modelData
                        ground: chosen ? Theme.asphalt : Theme.mix(Theme.paper, Theme.asphalt, 0.1)
                        ink: chosen ? Theme.paper : Theme.asphalt
                        Accessible.role: Accessible.RadioButton
                        checkable: true
                        autoExclusive: true
                        checked: chosen
                        Accessible.name: modelData + " " + root.words.months
                        onClicked: root.estimator.chooseMonths(modelData)
                    }
                }
            }
        }
    }
}
