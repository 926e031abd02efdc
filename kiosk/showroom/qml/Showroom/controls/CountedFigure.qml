import QtQuick
import Showroom

// A figure that counts up once, when its screen opens; it takes its place at once, and is read out as it is.
Headline {
    id: root

    property bool counts: true
    property real progress: 1
    // Fewer are seen at a glance, and none would be said of what there is.
    readonly property int least: 5
    readonly property int goal: /^\d{1,3}$/.test(heading) ? Number(heading) : 0

    text: progress < 1 ? String(Math.round(progress * goal)) : wording
    fit: width
    inCapitals: false
    wrapMode: Text.NoWrap
    Component.onCompleted: {
        if (counts && goal >= least && Theme.count > 0)
            counting.start();
    }

    NumberAnimation {
        id: counting

        target: root
        property: "progress"
        from: 0
        to: 1
        duration: Theme.count
        easing.type: Easing.OutCubic
    }
}
