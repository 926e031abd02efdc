pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// The window: the attract loop first; the rest is made once the first frame is on screen.
Window {
    id: window

    required property ShowroomViewModel showroom

    readonly property SessionViewModel session: showroom.session
    readonly property bool asleep: session.phase === "attract"
    readonly property bool closed: showroom.brokenFile !== ""
    property bool presented: false

    color: Theme.asphalt
    title: "Showroom"

    onFrameSwapped: {
        if (!presented) {
            presented = true;
            showroom.firstFramePresented();
        }
    }

    Binding {
        target: Theme
        property: "width"
        value: window.width
    }

    Binding {
        target: Theme
        property: "height"
        value: window.height
    }

    Binding {
        target: Theme
        property: "asphalt"
        value: window.showroom.asphalt
    }

    Binding {
        target: Theme
        property: "paper"
        value: window.showroom.paper
    }

    Binding {
        target: Theme
        property: "accent"
        value: window.showroom.accent
    }

    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.showroom.reducedMotion
    }

    Binding {
        target: Theme
        property: "atLeisure"
        value: window.showroom.atLeisure
    }

    Loader {
        id: shell

        anchors.fill: parent
        active: window.showroom.ready && window.presented
        asynchronous: window.showroom.atLeisure
        // Kept while asleep, so that waking is quick, but neither drawn nor read out.
        visible: !window.asleep || wipe.running
        enabled: window.session.phase === "active"

        sourceComponent: Shell {
            showroom: window.showroom
            covered: keyboard.item?.covered ?? 0 // qmllint disable missing-property
        }
    }

    Loader {
        id: keyboard

        anchors.fill: parent
        active: shell.status === Loader.Ready
        asynchronous: window.showroom.atLeisure
        source: "Keyboard.qml"
    }

    Loader {
        anchors.fill: parent
        active: window.session.phase === "warning"

        sourceComponent: IdleWarning {
            session: window.session
            words: window.showroom.words
        }
    }

    AttractScreen {
        id: attract

        objectName: "attract"
        width: parent.width
        height: parent.height
        showroom: window.showroom
        // It stays under the finger until the wipe is over, so that the waking touch only wakes.
        visible: !window.closed && (window.asleep || wipe.running)
        y: window.asleep ? 0 : -height

        Behavior on y {
            enabled: !window.asleep

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

    Loader {
        anchors.fill: parent
        active: window.closed

        sourceComponent: StaffNotice {
            showroom: window.showroom
        }
    }
}
