import QtQuick
import Showroom
import Showroom.Models

// An arrow or a tick.
Glyph {
    required property string sign
    readonly property bool pointsAside: sign === Signs.forward || sign === Signs.back

    rotation: Theme.mirrored && pointsAside ? 180 : 0
    character: sign
    file: Signs.font
    size: Theme.px(40)
}
