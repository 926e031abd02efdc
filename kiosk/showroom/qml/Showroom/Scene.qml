pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// All that a visitor sees: the attract loop first; the rest is made once it is on screen, and not even
// compiled before, so it is named by its file.
FocusScope {
    id: root

    required property ShowroomViewModel showroom
    // Whether the first frame has been shown.
    property bool presented: false
    // For languages that begin on the right, and for whoever reads larger words better.
    property bool mirrored: false
    property real textScale: 1

    readonly property SessionViewModel session: showroom.session
    readonly property bool asleep: session.phase === "attract"
    readonly property bool closed: showroom.brokenFile !== ""
    readonly property real covered: keyboard.item?.covered ?? 0 // qmllint disable missing-property
    readonly property bool staffed: showroom.staff !== null
    readonly property bool dark: showroom.isDark
    readonly property bool typing: covered > 0

    objectName: "scene"
    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true
    onTypingChanged: showroom.screenChanged()

    Binding {
        target: root.showroom
        property: "moving"
        value: !root.asleep && (wipe.running || shell.status === Loader.Loading || (shell.item?.moving ?? false)) // qmllint disable missing-property
    }

    // The keyboard goes with what is in front; what lies behind keeps its place in it.
    function takeFocus() {
        if (session.phase === "active" && !closed && !staffed && activeFocus)
            return KeyboardWalk.returnTo(shell);
        if (asleep)
            KeyboardWalk.isUsed = false;
        const front = dark ? night : staffed ? staff : closed ? notice : asleep ? attract : session.phase === "warning" ? warning : shell;
        front.focus = true;
    }

    onClosedChanged: Qt.callLater(takeFocus)
    onStaffedChanged: Qt.callLater(takeFocus)
    onDarkChanged: Qt.callLater(takeFocus)
    Component.onCompleted: takeFocus()

    Connections {
        target: root.Window.window
        enabled: !root.presented

        function onFrameSwapped() {
            root.presented = true;
            root.showroom.firstFramePresented();
        }
    }

    Connections {
        target: root.showroom

        function onForgetting() {
            keyboard.item?.forget(); // qmllint disable missing-property
        }
    }

    Connections {
        target: root.session

        function onPhaseChanged() {
            Qt.callLater(root.takeFocus); // when all has followed
        }
    }

    Binding {
        target: Theme
        property: "width"
        value: root.width
    }

    Binding {
        target: Theme
        property: "height"
        value: root.height
    }

    Binding {
        target: Theme
        property: "textScale"
        value: root.textScale
    }

    Binding {
        target: Theme
        property: "mirrored"
        value: root.mirrored
    }

    Binding {
        target: Theme
        property: "asphalt"
        value: root.showroom.asphalt
    }

    Binding {
        target: Theme
        property: "paper"
        value: root.showroom.paper
    }

    Binding {
        target: Theme
        property: "accent"
        value: root.showroom.accent
    }

    Binding {
        target: Theme
        property: "language"
        value: root.showroom.language
    }

    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.showroom.reducedMotion
    }

    Binding {
        target: Theme
        property: "atLeisure"
        value: root.showroom.atLeisure
    }

    ScreenLoader {
        id: shell

        anchors.fill: parent
        active: root.showroom.ready && root.presented
        asynchronous: root.showroom.atLeisure
        // Kept while asleep, so that waking is quick, but neither drawn nor read out; nor under the warning.
        visible: root.session.phase === "active" || wipe.running
        enabled: root.session.phase === "active"

        onLoaded: root.showroom.homeBuilt()
        Component.onCompleted: show(Qt.resolvedUrl("Shell.qml"), {
            showroom: root.showroom
        })

        Binding {
            target: shell.item
            property: "covered"
            value: root.covered
            when: shell.status === Loader.Ready
        }
    }

    ScreenLoader {
        id: keyboard

        anchors.fill: parent
        active: shell.status === Loader.Ready && root.showroom.placesReady
        asynchronous: root.showroom.atLeisure

        Component.onCompleted: show(Qt.resolvedUrl("Keyboard.qml"), {})
    }

    ScreenLoader {
        id: warning

        anchors.fill: parent
        active: root.session.phase === "warning"

        Component.onCompleted: show(Qt.resolvedUrl("screens/IdleWarning.qml"), {
            keyed: Qt.binding(() => KeyboardWalk.isUsed),
            session: root.session,
            words: root.showroom.words
        })
    }

    AttractScreen {
        id: attract

        objectName: "attract"
        width: parent.width
        height: parent.height
        showroom: root.showroom
        // It stays under the finger until the wipe is over, so that the waking touch only wakes.
        visible: !root.closed && !root.staffed && !root.dark && (root.asleep || wipe.running)
        y: root.asleep ? 0 : -height

        Behavior on y {
            enabled: !root.asleep

            NumberAnimation {
                id: wipe

                duration: Theme.move
                easing.type: Easing.InOutCubic
            }
        }

        // The bonnet stripes close the wipe.
        Stripes {
            anchors.top: parent.bottom
            width: parent.width
            unit: Theme.px(36)
            visible: wipe.running
        }
    }

    ScreenLoader {
        id: notice

        anchors.fill: parent
        active: root.closed
        visible: !root.staffed

        Component.onCompleted: show(Qt.resolvedUrl("staff/StaffNotice.qml"), {
            showroom: root.showroom
        })
    }

    // For staff, on every screen alike: the corner to hold, and what it opens in front of everything.
    ScreenLoader {
        id: corner

        anchors.fill: parent
        active: root.presented && root.showroom.hasStaffArea && !root.staffed

        Component.onCompleted: show(Qt.resolvedUrl("staff/StaffCorner.qml"), {
            showroom: root.showroom
        })
    }

    ScreenLoader {
        id: staff

        anchors.fill: parent
        active: root.staffed

        Component.onCompleted: show(Qt.resolvedUrl("staff/StaffArea.qml"), {
            staff: Qt.binding(() => root.showroom.staff)
        })
    }

    // At night, over everything: nothing is seen, nothing moves, and a touch only lights.
    ScreenLoader {
        id: night

        anchors.fill: parent
        active: root.dark

        Component.onCompleted: show(Qt.resolvedUrl("screens/NightCover.qml"), {
            showroom: root.showroom
        })
    }
}
