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

    SidePanel {
        id: promise

        width: root.side
        height: Theme.portrait ? Theme.px(root.typing ? 420 : 800) : root.height
        title: root.place.title
        lead: root.place.promise
        source: root.place.source
        focusX: root.place.focusX
        focusY: root.place.focusY
    }

    Flickable {
        id: scroller

        x: Theme.portrait ? 0 : root.side
        y: Theme.portrait ? promise.height : 0
        width: root.width - x
        height: root.height - y - root.covered
        contentHeight: form.y + form.height + Theme.px(32)
        interactive: contentHeight > height
        clip: true
        visible: root.asking

        function reveal(item: Item) {
            const at = item.mapToItem(contentItem, 0, 0).y;
            if (at < contentY)
                contentY = Math.max(0, at - Theme.px(16));
            else if (at + item.height > contentY + height)
                contentY = Math.min(contentHeight - height, at + item.height - height + Theme.px(16));
        }

        onHeightChanged: {
            for (const entry of [email, name, postalCode])
                if (entry.editing)
                    reveal(entry);
        }

        Column {
            id: form

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
                    scroller.reveal(email)
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
                        scroller.reveal(name)
                }

                TextEntry {
                    id: postalCode

                    width: (parent.width - parent.spacing) * 0.38
                    label: root.words.postalCode
                    note: root.words.optional
                    text: root.place.postalCode
                    error: root.place.postalCodeError
                    maximumLength: 20
                    hints: Qt.ImhPreferUppercase | Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                    onEdited: text => root.place.postalCode = text
                    onAccepted: Qt.inputMethod.hide() // qmllint disable missing-property
                    onEditingChanged: if (editing)
                        scroller.reveal(postalCode)
                }
            }

            ConsentBox {
                width: parent.width
                wording: root.place.consent
                error: root.place.consentError
                checked: root.place.consented
                onToggled: root.place.consented = checked
            }

            Reading {
                width: parent.width
                visible: root.place.trouble !== ""
                text: root.place.trouble
                color: Theme.mix(Theme.accent, Theme.asphalt, 0.25)
                font.weight: Font.Bold
                Accessible.role: Accessible.AlertMessage
            }

            SolidButton {
                width: Math.max(implicitWidth, Theme.px(420))
                text: root.place.state === "saving" ? root.words.saving : root.words.subscribe
                enabled: root.place.state === "typing"
                onClicked: {
                    Qt.inputMethod.commit(); // qmllint disable missing-property
                    root.place.submit();
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
