import QtQuick

// Says again and again when to try once more, ever more seldom.
Timer {
    readonly property int firstPause: 1000
    readonly property int longestPause: 60000

    signal due

    function beginAnew() {
        interval = firstPause;
    }

    interval: firstPause
    repeat: true
    onTriggered: {
        interval = Math.min(2 * interval, longestPause);
        due();
    }
}
