import QtQuick
import Showroom

// The outline of a bank card, whose edge is the inner one.
Rectangle {
    radius: width * 0.037
    color: Theme.paperSunk

    // Outside of it, where the card does not cover it.
    Rectangle {
        anchors.fill: parent
        anchors.margins: -border.width
        radius: parent.radius + border.width
        color: "transparent"
        border.width: Theme.px(6)
        border.color: Theme.accentOnPaper
    }
}
