import QtQuick
import Showroom
import Showroom.Models

// An outline that is to be made as large as a bank card, and what its width means.
Rectangle {
    id: root

    required property StaffCalibrationViewModel tool
    required property StaffTexts words

    color: Theme.paper
    Component.onCompleted: tool?.fit(width, height, Theme.touch, capital.tightBoundingRect.height)

    TextMetrics {
        id: capital

        text: "H"
        font.family: Theme.family
        font.hintingPreference: Font.PreferNoHinting
        font.weight: Font.Medium
        font.pixelSize: Theme.label
    }

    Column {
        id: about

        anchors.top: parent.top
        anchors.topMargin: Theme.top
        anchors.left: Theme.portrait ? parent.left : parent.horizontalCenter
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        spacing: Theme.gap

        Headline {
            width: parent.width
            fit: width
            heading: root.words?.layCard ?? ""
            color: Theme.asphalt
            size: Theme.entryTitle
        }

        Reading {
            width: parent.width
            text: root.words?.layCardLead ?? ""
            color: Theme.paperQuiet
        }

        Reading {
            width: parent.width
            text: root.tool?.sentence ?? ""
            color: Theme.asphalt
            font.weight: Font.Bold
        }

        Complaint {
            wrapMode: Text.Wrap
            width: parent.width
            text: root.tool?.message ?? ""
        }
    }

    CardOutline {
        anchors.top: Theme.portrait ? about.bottom : parent.top
        anchors.topMargin: Theme.portrait ? Theme.gutter : Theme.top
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        width: root.tool?.card ?? 0
        height: root.tool?.cardHeight ?? 0
    }

    SlideControl {
        id: slider

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.bottom: buttons.top
        anchors.bottomMargin: Theme.partGap
        name: root.words?.cardWidth ?? ""
        valueText: `${value} px`
        from: root.tool?.leastCard ?? 0
        to: root.tool?.mostCard ?? 1
        value: root.tool?.card ?? 0
        step: 1
        onMoved: value => root.tool.setCard(value)
        onStepped: count => root.tool.step(count)
    }

    Flow {
        id: buttons

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.top
        spacing: Theme.gap

        DarkButton {
            text: root.words?.narrower ?? ""
            onClicked: root.tool.step(-1)
        }

        DarkButton {
            text: root.words?.wider ?? ""
            onClicked: root.tool.step(1)
        }

        SolidButton {
            text: root.words?.save ?? ""
            onClicked: root.tool.save()
        }

        DarkButton {
            text: root.words?.cancel ?? ""
            onClicked: root.tool.done()
        }
    }
}
