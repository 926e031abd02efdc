import QtQuick
import Showroom
import Showroom.Models

// For staff: locked behind a PIN, or open at one of its sections. Null while it closes.
Rectangle {
    id: root

    required property StaffViewModel staff
    readonly property string phase: staff?.phase ?? ""

    function showPhase() {
        if (phase === "locked")
            front.show(Qt.resolvedUrl("StaffPin.qml"), {
                staff: staff,
                pad: staff.pad
            });
        else if (phase === "open")
            front.show(Qt.resolvedUrl("StaffSections.qml"), {
                staff: staff
            });
        else if (phase === "cleaning")
            front.show(Qt.resolvedUrl("StaffCleaning.qml"), {
                staff: staff
            });
        else if (phase !== "")
            front.show(Qt.resolvedUrl(`Staff${phase[0].toUpperCase()}${phase.slice(1)}.qml`), {
                tool: staff.tool,
                words: staff.words
            });
        else
            front.show("", {});
    }

    color: Theme.asphalt
    onPhaseChanged: showPhase()
    Component.onCompleted: showPhase()
    Keys.onEscapePressed: staff?.close()

    // Nothing below it is touched.
    MouseArea {
        anchors.fill: parent
        Accessible.ignored: true
    }

    ScreenLoader {
        id: front

        anchors.fill: parent
        focus: true
        // What lay in front until now has handed the focus to the first button.
        onLoaded: (item as Item).forceActiveFocus()
    }
}
