pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Whether anyone uses the kiosk: a few figures, and pictures a few at a time. Without any, why.
Item {
    id: root

    required property StaffUsageViewModel section
    required property StaffTexts words
    readonly property bool isShown: section?.state === "shown"
    readonly property int atOnce: Theme.moreLines > 0 ? 1 : 2
    readonly property int pageCount: section?.pageCount ?? 0
    readonly property int page: section?.page ?? 0

    onAtOnceChanged: section?.fit(atOnce)
    Component.onCompleted: section?.fit(atOnce)

    Column {
        id: head

        anchors.top: parent.top
        anchors.topMargin: Theme.partGap
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: Theme.portrait || !paging.visible ? parent.right : paging.left
        anchors.rightMargin: Theme.portrait || !paging.visible ? Theme.margin : Theme.gap
        spacing: Theme.gap

        Headline {
            width: parent.width
            visible: heading !== ""
            fit: width
            heading: root.section?.summary ?? ""
            color: Theme.asphalt
            size: Theme.entryTitle
            onHeadingChanged: if (heading !== "")
                Accessible.announce(heading, Accessible.Polite)
        }

        FigureRow {
            width: parent.width
            // Larger words leave room for the pictures alone.
            visible: root.isShown && (Theme.portrait || Theme.moreLines === 0)
            model: root.section?.figures ?? null
            size: Theme.moreLines > 0 ? Theme.cardTitle : Theme.entryTitle
        }

        Complaint {
            wrapMode: Text.Wrap
            width: parent.width
            text: root.section?.message ?? ""
        }

        Reading {
            width: parent.width
            visible: text !== ""
            text: root.section?.lead ?? ""
            color: Theme.paperQuiet
            font.pixelSize: root.isShown ? Theme.label : Theme.body
        }
    }

    Row {
        id: paging

        anchors.top: Theme.portrait ? undefined : parent.top
        anchors.topMargin: Theme.partGap
        anchors.bottom: Theme.portrait ? parent.bottom : undefined
        anchors.bottomMargin: Theme.partGap
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        visible: root.isShown && root.pageCount > 1
        spacing: Theme.gap

        DarkButton {
            text: root.words?.previous ?? ""
            enabled: root.page > 0
            opacity: enabled ? 1 : Theme.idleOpacity
            Accessible.ignored: !enabled
            onClicked: root.section.turnTo(root.page - 1)
        }

        DarkButton {
            text: root.words?.next ?? ""
            enabled: root.page + 1 < root.pageCount
            opacity: enabled ? 1 : Theme.idleOpacity
            Accessible.ignored: !enabled
            onClicked: root.section.turnTo(root.page + 1)
        }
    }

    Grid {
        id: pictures

        readonly property int across: Theme.portrait ? 1 : root.atOnce
        readonly property int down: Theme.portrait ? root.atOnce : 1

        anchors.top: head.height < paging.height && !Theme.portrait ? paging.bottom : head.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: Theme.portrait && paging.visible ? paging.top : parent.bottom
        anchors.bottomMargin: Theme.gap
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        columns: across
        spacing: Theme.partGap
        visible: root.isShown

        Repeater {
            model: root.section?.pictures ?? null

            Item {
                id: picture

                required property string title
                required property string sentence
                required property url source

                width: (pictures.width + pictures.spacing) / pictures.across - pictures.spacing
                height: (pictures.height + pictures.spacing) / pictures.down - pictures.spacing
                Accessible.role: Accessible.Graphic
                Accessible.name: `${title}. ${sentence}`

                Column {
                    id: about

                    width: parent.width
                    spacing: Theme.hintGap

                    Reading {
                        width: parent.width
                        text: picture.title
                        color: Theme.asphalt
                        font.weight: Font.Black
                        font.pixelSize: Theme.cardTitle
                        Accessible.ignored: true
                    }

                    Reading {
                        width: parent.width
                        text: picture.sentence
                        color: Theme.paperQuiet
                        font.pixelSize: Theme.label
                        Accessible.ignored: true
                    }
                }

                Image {
                    anchors.top: about.bottom
                    anchors.topMargin: Theme.gap
                    anchors.bottom: parent.bottom
                    width: parent.width
                    source: picture.source
                    sourceSize: Qt.size(width, Math.max(1, height))
                    fillMode: Image.PreserveAspectFit
                    horizontalAlignment: Image.AlignLeft
                    verticalAlignment: Image.AlignTop
                    // Its file is gone when the section is left, so it is neither read later nor kept.
                    cache: false
                    Accessible.ignored: true
                }
            }
        }
    }
}
