import QtQuick
import Showroom

// Darkens a picture from the side where words stand on it.
Rectangle {
    default property alias stops: shade.stops

    anchors.fill: parent
    rotation: Theme.mirrored ? 180 : 0
    gradient: Gradient {
        id: shade

        orientation: Gradient.Horizontal
    }
}
