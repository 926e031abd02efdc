import QtQuick
import Showroom
import Showroom.Models

// The kiosk's screen in the size that was chosen, made smaller where its frame is.
Scene {
    id: root

    required property PreviewViewModel preview

    width: preview.width
    height: preview.height
    scale: parent ? parent.width / width : 1
    transformOrigin: Item.TopLeft
}
