import QtQuick
import Showroom
import Showroom.Models

// An arrow or a tick.
Glyph {
    required property string sign

    character: sign
    file: Signs.font
    size: Theme.px(40)
}
