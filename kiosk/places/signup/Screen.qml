pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The promise on one side, the form on the other; the form stays above the keyboard.
SplitPage {
    id: root

    required property SignupViewModel place
    required property NavigationViewModel navigation
    // How much of the screen's foot the keyboard covers.
    property real covered: 0

    readonly property bool typing: covered > 0
    readonly property bool asking: place.state === "typing" || place.state === "saving"

    sideHeight: typing ? Theme.panelTyping : Theme.panelForm
    sideNeeds: typing ? 0 : promise.implicitHeight
    onAskingChanged: if (!asking)
        answer.Accessible.announce([answer.text, thanks.visible ? thanks.text : ""].filter(part => part).join(". "), Accessible.Polite)

    side: SidePanel {
        id: promise

        anchors.fill: parent
        title: root.place.title
        lead: root.place.promise
        // Beside the keyboard there is room for a sliver of it only.
        source: root.typing ? "" : root.place.source
        isStriped: root.place.source.toString() === ""
        focusX: root.place.focusX
        focusY: root.place.focusY
        isEdged: Theme.portrait
    }

    // Gone with the last letter typed: a field that is only hidden would still hold it.
    Loader {
        anchors.fill: parent
        anchors.bottomMargin: root.covered
        active: root.asking

        sourceComponent: Item {
            id: form

            function reveal(item: Item) {
                const at = item.mapToItem(scroller.contentItem, 0, 0).y;
                const most = scroller.contentHeight - scroller.height;
                if (at < scroller.contentY)
                    scroller.contentY = Math.max(0, at - Theme.captionGap);
                else if (at + item.height > scroller.contentY + scroller.height)
                    scroller.contentY = Math.min(most, at + item.height - scroller.height + Theme.captionGap);
            }

            function revealFault() {
                for (const entry of [email, name, postalCode, consent])
                    if (entry.error !== "")
                        return reveal(entry);
            }

            Flickable {
                id: scroller

                width: parent.width
                height: Math.min(contentHeight, parent.height - dock.height)
                contentHeight: fields.anchors.topMargin + fields.height
                interactive: contentHeight > height
                clip: true

                onHeightChanged: {
                    for (const entry of [email, name, postalCode])
                        if (entry.editing)
                            form.reveal(entry);
                }

                Column {
                    id: fields

                    anchors.top: parent.top
                    anchors.topMargin: root.typing ? Theme.cardGap : Theme.portrait ? Theme.pageTop : Theme.top
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.inset
                    width: scroller.width - 2 * Theme.inset
                    spacing: root.typing ? Theme.hintGap : Theme.fieldGap

                    TextEntry {
                        id: email

                        objectName: "email"
                        width: parent.width
                        label: root.place.words.email
                        text: root.place.email
                        error: root.place.emailError
                        maximumLength: 254
                        hints: Qt.ImhEmailCharactersOnly | Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                        onEdited: text => root.place.email = text
                        onAccepted: name.take()
                        onEditingChanged: if (editing)
                            form.reveal(email)
                    }

                    SolidButton {
                        visible: root.place.suggestion !== ""
                        width: Math.min(implicitWidth, parent.width)
                        least: Theme.touch
                        text: root.place.suggestion
                        ground: Theme.asphalt
                        ink: Theme.paper
                        onClicked: root.place.acceptSuggestion()
                    }

                    SolidButton {
                        visible: root.place.emailConfirmation !== ""
                        width: Math.min(implicitWidth, parent.width)
                        least: Theme.touch
                        text: root.place.emailConfirmation
                        ground: Theme.asphalt
                        ink: Theme.paper
                        onClicked: root.place.confirmEmail()
                    }

                    Row {
                        width: parent.width
                        spacing: Theme.gap

                        TextEntry {
                            id: name

                            width: (parent.width - parent.spacing) * 0.62
                            label: root.place.words.name
                            note: root.place.words.optional
                            text: root.place.name
                            error: root.place.nameError
                            hints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                            onEdited: text => root.place.name = text
                            onAccepted: postalCode.take()
                            onEditingChanged: if (editing)
                                form.reveal(name)
                        }

                        TextEntry {
                            id: postalCode

                            width: (parent.width - parent.spacing) * 0.38
                            label: root.place.words.postalCode
                            note: root.place.words.optional
                            text: root.place.postalCode
                            error: root.place.postalCodeError
                            maximumLength: 20
                            hints: Qt.ImhLatinOnly | Qt.ImhPreferUppercase | Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                            onEdited: text => root.place.postalCode = text
                            onAccepted: Qt.inputMethod.hide() // qmllint disable missing-property
                            onEditingChanged: if (editing)
                                form.reveal(postalCode)
                        }
                    }

                    ConsentBox {
                        id: consent

                        width: parent.width
                        wording: root.place.consent
                        error: root.place.consentError
                        checked: root.place.consented
                        onToggled: root.place.consented = checked
                    }

                    Column {
                        id: column

                        readonly property real widest: Math.max(who.natural, purpose.natural, withdraw.natural)
                        readonly property real captions: Math.min(0.4 * width, widest)

                        width: parent.width
                        spacing: Theme.hintGap

                        Row {
                            width: parent.width
                            spacing: Theme.gap

                            Captioned {
                                id: who

                                width: parent.width - (ribbon.visible ? ribbon.width + parent.spacing : 0)
                                size: Theme.label
                                caption: root.place.words.privacyWho
                                captionWidth: column.captions
                                text: root.place.controller
                            }

                            ExampleRibbon {
                                id: ribbon

                                visible: root.place.example
                                word: root.place.words.example
                            }
                        }

                        Captioned {
                            id: purpose

                            width: parent.width
                            size: Theme.label
                            caption: root.place.words.privacyPurpose
                            captionWidth: column.captions
                            text: root.place.purpose
                        }

                        Captioned {
                            id: withdraw

                            width: parent.width
                            size: Theme.label
                            caption: root.place.words.privacyWithdraw
                            captionWidth: column.captions
                            text: root.place.withdraw
                        }
                    }
                }
            }

            EdgeFade {
                view: scroller
                size: root.typing ? Theme.buttonGap : Theme.fade
            }

            // In view at all times, whatever is typed above it.
            Column {
                id: dock

                anchors.top: scroller.bottom
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: Theme.inset
                anchors.rightMargin: Theme.inset
                spacing: fields.spacing
                topPadding: root.typing ? Theme.cardGap : Theme.formPadding
                bottomPadding: topPadding

                Complaint {
                    width: parent.width
                    text: root.place.trouble
                }

                Flow {
                    width: parent.width
                    spacing: Theme.gap

                    SolidButton {
                        width: Math.max(implicitWidth, Theme.mainButton)
                        text: root.place.state === "saving" ? root.place.words.saving : root.place.words.subscribe
                        enabled: root.place.state === "typing"
                        onClicked: {
                            Qt.inputMethod.commit(); // qmllint disable missing-property
                            root.place.submit();
                            form.revealFault();
                        }
                    }

                    SolidButton {
                        id: privacy

                        text: root.place.words.privacy
                        enabled: root.place.state === "typing"
                        ground: Theme.asphalt
                        ink: Theme.paper
                        onClicked: {
                            Qt.inputMethod.commit(); // qmllint disable missing-property
                            privacy.forceActiveFocus(); // a field would call the keyboard back
                            root.navigation.openDetail("privacy", 0);
                        }
                    }
                }
            }
        }
    }

    ScrollColumn {
        id: thanked

        anchors.top: parent.top
        anchors.bottom: onward.top
        width: parent.width
        visible: !root.asking
        spacing: Theme.partGap

        Headline {
            id: answer

            width: parent.width
            fit: width
            heading: root.place.state === "resting" ? root.place.words.signupResting : root.place.thanksTitle
            color: Theme.asphalt
            size: root.place.state === "resting" ? Theme.title : Theme.thanks
        }

        Stripes {
            width: parent.width
        }

        Reading {
            id: thanks

            width: parent.width
            visible: root.place.state === "thanked"
            text: root.place.thanks
            color: Theme.asphalt
            font.pixelSize: Theme.lead
        }
    }

    Steps {
        id: onward

        anchors.bottom: parent.bottom
        width: parent.width
        visible: !root.asking
        steps: root.place.steps
        navigation: root.navigation
        room: parent.height - thanked.needed
    }
}
