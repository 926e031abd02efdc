import QtQuick
import Showroom
import Showroom.Models

// A black screen. The touch that lights it does nothing else.
Rectangle {
    id: root

    required property ShowroomViewModel showroom

    color: Theme.night
    focus: true
    Accessible.role: Accessible.Button
    Accessible.name: showroom.touchToBegin
    Accessible.onPressAction: root.showroom.light()
    Keys.onPressed: event => {
        event.accepted = true;
        root.showroom.light();
    }

    MouseArea {
        anchors.fill: parent
        Accessible.ignored: true
        onPressed: root.showroom.light()
    }
}
