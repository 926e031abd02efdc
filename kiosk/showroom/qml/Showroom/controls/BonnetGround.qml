import QtQuick
import Showroom

// The ground of a picture; where nobody has given one, the stripes run over it as over a bonnet, tone in tone,
// so that a screen without pictures looks as it was meant to.
Rectangle {
    id: root

    property bool isStriped: false

    color: Theme.asphalt

    Stripes {
        x: Math.round((Theme.mirrored ? 0.14 : 0.62) * root.width)
        height: root.height
        visible: root.isStriped
        upright: true
        unit: Math.round(Math.min(0.14 * root.width, Theme.px(150)))
        color: Theme.mix(root.color, Theme.paper, 0.05)
    }
}
