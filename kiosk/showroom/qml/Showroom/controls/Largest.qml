import QtQuick

// As high as the tallest item of a repeater wants to be, and as wide as the widest. A repeater counts
// its items before it has made them, so a binding that goes over them would miss those to come.
QtObject {
    id: root

    required property Repeater repeater
    // Items before it do not count.
    property int first: 0
    // From here on they do not.
    property int end: repeater.count
    property real least: 0
    readonly property real height: items.slice(first, end).reduce((most, item) => Math.max(most, item.implicitHeight), least)
    readonly property real width: items.slice(first, end).reduce((most, item) => Math.max(most, item.implicitWidth), 0)

    property list<Item> items: []

    function follow() {
        const found = [];
        for (let index = 0; index < repeater.count; index++)
            if (repeater.itemAt(index) !== null)
                found.push(repeater.itemAt(index));
        items = found;
    }

    readonly property Connections following: Connections {
        target: root.repeater

        function onItemAdded() {
            root.follow();
        }

        function onItemRemoved() {
            Qt.callLater(root.follow);
        }
    }

    Component.onCompleted: follow()
}
