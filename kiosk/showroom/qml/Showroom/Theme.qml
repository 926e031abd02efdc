pragma Singleton

import QtQuick

// Sizes, colours, type and durations. Lengths are drawn for 1920 x 1080 (or 1080 x 1920) and
// scaled to the surface.
QtObject {
    property real width: 1920
    property real height: 1080
    property color asphalt: "#101114"
    property color paper: "#f5f2eb"
    property color accent: "#e2231a"
    // Of the content's texts; capital letters go by it.
    property string language: "en"
    property bool reducedMotion: false
    // Off for snapshots: what loads at its leisure leaves traces in how letters are drawn.
    property bool atLeisure: true

    readonly property bool portrait: height > width
    readonly property real unit: portrait ? Math.min(width / 1080, height / 1920) : Math.min(width / 1920, height / 1080)

    // Ink on the accent: whichever of white and asphalt stands out more (WCAG 2.2, 1.4.3).
    readonly property color accentInk: contrast(accent, Qt.rgba(1, 1, 1, 1)) >= contrast(accent, asphalt) ? Qt.rgba(1, 1, 1, 1) : asphalt

    // What is wrong is red whatever the brand's colour is, and can be read on paper and on white.
    readonly property color fault: legible(Qt.rgba(0.69, 0.09, 0.09, 1), asphalt, paper)

    readonly property color raised: mix(asphalt, paper, 0.08)
    readonly property color asphaltLine: mix(asphalt, paper, 0.24)
    readonly property color asphaltQuiet: mix(asphalt, paper, 0.68)
    readonly property color paperSunk: mix(paper, asphalt, 0.06)
    readonly property color paperLine: mix(paper, asphalt, 0.2)
    readonly property color paperQuiet: mix(paper, asphalt, 0.7)

    // Never hinted: large letters are drawn as outlines, and FreeType's hints make their edges depend
    // on what was drawn before.
    readonly property string family: "Red Hat Display"
    // Capital letters of the smallest size subtend 0.7 degrees at 600 mm on a 32-inch 1080p screen.
    readonly property real label: px(30)
    readonly property real body: px(36)
    readonly property real title: px(52)
    readonly property real headline: px(92)
    readonly property real figure: px(150)
    readonly property real poster: px(portrait ? 210 : 240)

    readonly property real gap: px(24)
    readonly property real margin: px(portrait ? 64 : 96)
    readonly property real top: px(80)
    // How far words stand from the edge of a column.
    readonly property real inset: px(64)
    // 20 mm on a 24-inch 1080p screen are 72 px.
    readonly property real touch: px(84)
    // How long the edge is at which something fades that goes on beyond it.
    readonly property real fade: px(72)
    readonly property real bar: portrait ? px(216) : px(132)

    readonly property int quick: reducedMotion ? 0 : 120
    readonly property int move: reducedMotion ? 0 : 240

    function px(length: real): real {
        return Math.round(length * unit);
    }

    function luminance(colour: color): real {
        const linear = channel => channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
        return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
    }

    function contrast(one: color, other: color): real {
        const pair = [luminance(one) + 0.05, luminance(other) + 0.05];
        return Math.max(...pair) / Math.min(...pair);
    }

    // A colour, or as little of the ink in it as it takes to be read on a ground (WCAG 2.2, 1.4.3).
    function legible(colour: color, ink: color, ground: color): color {
        let share = 0;
        while (share < 1 && contrast(mix(colour, ink, share), ground) < 4.5)
            share += 0.1;
        return mix(colour, ink, Math.min(1, share));
    }

    function mix(from: color, to: color, share: real): color {
        return Qt.rgba(from.r + (to.r - from.r) * share, from.g + (to.g - from.g) * share, from.b + (to.b - from.b) * share, 1);
    }
}
