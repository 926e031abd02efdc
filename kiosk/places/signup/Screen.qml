pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The promise on one side, the form on the other; the form stays above the keyboard.
Rectangle {
    id: root

    required property SignupViewModel place
    required property NavigationViewModel navigation
    required property var words
    // How much of the screen's foot the keyboard covers.
    property real covered: 0

    readonly property bool typing: covered > 0
    readonly property real side: Theme.portrait ? width : Math.round(width * 0.36)
    readonly property bool asking: place.state === "typing" || place.state === "saving"

    color: Theme.paper
    onAskingChanged: if (!asking)
        answer.Accessible.announce([answer.text, thanks.visible ? thanks.text : ""].filter(part => part).join(". "), Accessible.Polite)

    SidePanel {
        id: promise

        width: root.side
        height: Theme.portrait ? Theme.px(root.typing ? 420 : 720) : root.height
        title: root.place.title
        lead: root.place.promise
        // Beside the keyboard there is room for a sliver of it only.
        source: root.typing ? "" : root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY

        // A light picture ends at a line, else it is cut off above the light form.
        Rectangle {
            parent: promise
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.px(8)
            visible: Theme.portrait
            color: Theme.asphalt
        }
    }

    // Gone with the last letter typed: a field that is only hidden would still hold it.
    Loader {
        x: Theme.portrait ? 0 : root.side
        y: Theme.portrait ? promise.height : 0
        width: root.width - x
        height: root.height - y - root.covered
        active: root.asking

        sourceComponent: Item {
            id: form

            function reveal(item: Item) {
                const at = item.mapToItem(scroller.contentItem, 0, 0).y;
                const most = scroller.contentHeight - scroller.height;
                if (at < scroller.contentY)
                    scroller.contentY = Math.max(0, at - Theme.px(16));
                else if (at + item.height > scroller.contentY + scroller.height)
                    scroller.contentY = Math.min(most, at + item.height - scroller.height + Theme.px(16));
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
                contentHeight: fields.y + fields.height
                interactive: contentHeight > height
                clip: true

                onHeightChanged: {
                    for (const entry of [email, name, postalCode])
                        if (entry.editing)
                            form.reveal(entry);
                }

                Column {
                    id: fields

                    x: Theme.inset
                    y: root.typing ? Theme.px(10) : Theme.portrait ? Theme.px(56) : Theme.top
                    width: parent.width - 2 * x
                    spacing: Theme.px(root.typing ? 6 : 26)

                    TextEntry {
                        id: email

                        objectName: "email"
                        width: parent.width
                        label: root.words.email
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
                        height: Theme.touch
                        text: root.place.suggestion
                        ground: Theme.asphalt
                        ink: Theme.paper
                        onClicked: root.place.acceptSuggestion()
                    }

                    SolidButton {
                        visible: root.place.emailConfirmation !== ""
                        width: Math.min(implicitWidth, parent.width)
                        height: Theme.touch
                        text: root.place.emailConfirmation
                        ground: Theme.asphalt
                        ink: Theme.paper
                        onClicked: root.place.confirmEmail()
                    }

                    Row {
                        width: parent.width
                        spacing: Theme.px(24)

                        TextEntry {
                            id: name

                            width: (parent.width - parent.spacing) * 0.62
                            label: root.words.name
                            note: root.words.optional
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
                            label: root.words.postalCode
                            note: root.words.optional
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
                        id: told

                        readonly property real widest: Math.max(who.natural, purpose.natural, withdraw.natural)
                        readonly property real captions: Math.min(0.4 * width, widest)

                        width: parent.width
                        spacing: Theme.px(6)

                        Captioned {
                            id: who

                            width: parent.width - (ribbon.visible ? ribbon.width + Theme.gap : 0)
                            size: Theme.label
                            caption: root.words.privacyWho
                            captionWidth: told.captions
                            text: root.place.controller

                            ExampleRibbon {
                                id: ribbon

                                x: who.width + Theme.gap
                                visible: root.place.example
                                word: root.words.example
                            }
                        }

                        Captioned {
                            id: purpose

                            width: parent.width
                            size: Theme.label
                            caption: root.words.privacyPurpose
                            captionWidth: told.captions
                            text: root.place.purpose
                        }

                        Captioned {
                            id: withdraw

                            width: parent.width
                            size: Theme.label
                            caption: root.words.privacyWithdraw
                            captionWidth: told.captions
                            text: root.place.withdraw
                        }
                    }
                }
            }

            EdgeFade {
                view: scroller
                size: root.typing ? Theme.px(12) : Theme.fade
            }

            // In view at all times, whatever is typed above it.
            Column {
                id: dock

                x: Theme.inset
                y: scroller.height
                width: parent.width - 2 * x
                spacing: fields.spacing
                topPadding: Theme.px(root.typing ? 10 : 32)
                bottomPadding: Theme.px(root.typing ? 10 : 32)

                Complaint {
                    width: parent.width
                    text: root.place.trouble
                }

                Flow {
                    width: parent.width
                    spacing: Theme.gap

                    SolidButton {
                        width: Math.max(implicitWidth, Theme.px(420))
                        text: root.place.state === "saving" ? root.words.saving : root.words.subscribe
                        enabled: root.place.state === "typing"
                        onClicked: {
                            Qt.inputMethod.commit(); // qmllint disable missing-property
                            root.place.submit();
                            form.revealFault();
                        }
                    }

                    SolidButton {
                        id: privacy

                        text: root.words.privacy
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

    Column {
        visible: !root.asking
        x: (Theme.portrait ? 0 : root.side) + Theme.inset
        y: (Theme.portrait ? promise.height : 0) + Theme.top
        width: root.width - x - Theme.inset
        spacing: Theme.px(40)

        Headline {
            id: answer

            width: parent.width
            fit: width
            heading: root.place.state === "resting" ? root.words.signupResting : root.place.thanksTitle
            color: Theme.asphalt
            size: root.place.state === "resting" ? Theme.title : Theme.px(120)
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
            font.pixelSize: Theme.px(42)
        }

        SolidButton {
            text: root.words.home
            ground: Theme.asphalt
            ink: Theme.paper
            onClicked: root.navigation.goHome()
        }
    }
}
