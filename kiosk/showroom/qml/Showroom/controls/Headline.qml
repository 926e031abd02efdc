import QtQuick
import Showroom
import Showroom.Models

// Black, tight, upper case. Its box is that of the capital letters, so that what is placed at a line
// stands on it: the typeface has 1.02 em above the baseline, of which capitals take 0.7.
Text {
    id: root

    required property string heading
    property bool inCapitals: true
    property real size: Theme.headline
    // What it shows once nothing moves any more.
    readonly property string wording: inCapitals ? capitals() : bound(heading)
    // The width that the widest word (of an unwrapped line: the whole line) must fit; 0 for any.
    property real fit: 0
    // From line to line in em, measured in the typeface: accents stay clear of the line above, and of
    // what hangs below it.
    readonly property real pitch: {
        const letters = heading.normalize("NFD");
        const above = /\u030a/.test(letters) ? 1.005 : /[\u0300-\u0315]/.test(letters) ? 0.94 : 0.7;
        const below = /[\u0323-\u0328]/.test(letters) ? 0.3 : /[,;]/.test(letters) ? 0.16 : 0.04;
        return Math.max(0.926, above + below + 0.05);
    }
    readonly property real widest: Math.max(1, ...(wrapMode === Text.NoWrap ? [wording] : wording.split(/ /)).map(word => Theme.letters.advanceWidth(word)))
    readonly property real drawn: fit > 0 ? Math.floor(Math.min(size, fit * 98 / widest)) : size

    // A last word of three letters or fewer never stands alone in its line; no line ends with "E-".
    function bound(words: string): string {
        return words.replace(/ (\S{1,3})$/, "\u00a0$1").replace(/(^|\s)(\S)-(?=\S)/g, "$1$2-\u2060");
    }

    function capitals(): string {
        return bound(Lettering.capitals(heading, Theme.language));
    }

    text: wording
    color: Theme.paper
    font.family: Theme.family
    font.hintingPreference: Font.PreferNoHinting
    font.weight: Font.Black
    font.pixelSize: Math.max(1, drawn)
    font.letterSpacing: -0.02 * drawn
    lineHeight: pitch / 1.323 // of the typeface's own
    topPadding: -Math.round(0.31 * drawn)
    bottomPadding: -Math.round(0.31 * drawn)
    // Whole pixels, so that what stands below is not drawn between two.
    height: Math.ceil(implicitHeight)
    wrapMode: Text.WordWrap
    textFormat: Text.PlainText
    Accessible.role: Accessible.Heading
    Accessible.name: heading
    Accessible.ignored: heading === ""
}
