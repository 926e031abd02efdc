pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// What it comes to and what that rests on, on one side; the kinds of financing and the sliders on the
// other. It is an estimate, and says so.
SplitPage {
    id: root

    required property EstimatorViewModel place
    required property NavigationViewModel navigation

    // Where there is much to state, the figure is smaller.
    readonly property bool isLong: place.statement.count > Theme.statementFew

    share: 0.44
    sideHeight: Math.round(height * 0.4)
    sideNeeds: result.needed

    side: Rectangle {
        anchors.fill: parent
        color: Theme.asphalt

        ScrollColumn {
            id: result

            anchors.fill: parent
            anchors.bottomMargin: Theme.portrait ? 0 : Theme.wayBack
            ground: Theme.asphalt
            topInset: Theme.portrait ? Theme.pageTop : Theme.top
            leftInset: Theme.margin
            rightInset: Theme.insetNarrow
            bottomInset: Theme.portrait ? Theme.gap : 0
            fade: Theme.gap
            spacing: Theme.captionGap

            Reading {
                width: parent.width
                Accessible.ignored: true
                font.pixelSize: Theme.label
                text: `${root.place.words.estimatedPayment} ${root.place.words.perMonth}`
                font.weight: Font.Bold
                color: Theme.asphaltQuiet
            }

            Headline {
                width: parent.width
                fit: width
                heading: root.place.paymentText
                size: root.isLong ? Theme.price : Theme.figure
                Accessible.name: `${root.place.words.estimatedPayment}: ${heading} ${root.place.words.perMonth}`
                font.features: ({
                        "tnum": 1
                    })
                wrapMode: Text.NoWrap
            }

            // A comma hangs below the figure.
            Item {
                width: parent.width
                height: stripes.height + Theme.cardGap

                Stripes {
                    id: stripes

                    anchors.bottom: parent.bottom
                    width: parent.width
                }
            }

            Reading {
                width: parent.width
                visible: text !== ""
                text: root.place.warning
                font.pixelSize: Theme.label
                font.weight: Font.Black
            }

            Column {
                width: parent.width
                spacing: Theme.hintGap

                Reading {
                    width: parent.width
                    visible: text !== ""
                    text: root.place.heading
                    font.pixelSize: Theme.label
                    font.weight: Font.Black
                }

                Grid {
                    id: statement

                    width: parent.width
                    columns: Theme.portrait && Theme.moreLines === 0 ? 2 : 1
                    columnSpacing: Theme.textGap

                    Repeater {
                        model: root.place.statement

                        StatementLine {
                            width: (statement.width - (statement.columns - 1) * statement.columnSpacing) / statement.columns
                        }
                    }
                }

                StatementLine {
                    width: parent.width
                    label: root.place.keyLabel
                    value: root.place.keyValue
                    isKey: true
                }
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
        topInset: Theme.portrait ? Theme.listTop : Theme.top
        bottomInset: Theme.cardGap
        spacing: Theme.cardGap

        Item {
            width: parent.width
            height: Math.max(head.height, ribbon.visible ? ribbon.height : 0)

            PlaceHead {
                id: head

                anchors.left: parent.left
                anchors.right: ribbon.visible ? ribbon.left : parent.right
                anchors.rightMargin: ribbon.visible ? Theme.gap : 0
                bottomPadding: kinds.visible ? Theme.cardGap : Theme.toolGap
                title: root.place.title
                size: Theme.toolTitle
                ink: Theme.asphalt
            }

            ExampleRibbon {
                id: ribbon

                anchors.right: parent.right
                visible: root.place.example
                word: root.place.words.example
            }
        }

        Tabs {
            id: kinds

            width: parent.width
            bottomPadding: Theme.cardGap
            visible: root.place.kinds.count > 1
            columns: Theme.moreLines > 0 ? Math.min(2, root.place.kinds.count) : root.place.kinds.count
            model: root.place.kinds
            current: root.place.kind
            onChosen: index => root.place.chooseKind(index)
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
            name: root.place.downPaymentWord
            valueText: root.place.downPaymentText
            from: 0
            to: Math.max(1, root.place.downPaymentMost)
            value: root.place.downPayment
            step: root.place.priceStep
            onMoved: value => root.place.moveDownPayment(value)
            onStepped: count => root.place.stepDownPayment(count)
        }

        SlideControl {
            width: parent.width
            visible: !root.place.isLease
            name: root.place.rateWord
            valueText: root.place.rateText
            from: 0
            to: root.place.rateMost
            value: root.place.rate
            step: root.place.rateStep
            onMoved: value => root.place.moveRate(value)
            onStepped: count => root.place.stepRate(count)
        }

        ChoiceRow {
            width: parent.width
            topPadding: Theme.cardGap
            name: root.place.words.months
            values: root.place.monthsChoices
            texts: root.place.monthsChoices
            current: root.place.months
            onChosen: value => root.place.chooseMonths(value)
        }

        ChoiceRow {
            width: parent.width
            topPadding: Theme.cardGap
            visible: root.place.mileageChoices.length > 1
            name: root.place.words.mileage
            values: root.place.mileageChoices
            texts: root.place.mileageTexts
            current: root.place.mileage
            onChosen: value => root.place.chooseMileage(value)
        }
    }
}
