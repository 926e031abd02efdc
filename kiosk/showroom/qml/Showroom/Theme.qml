pragma Singleton

import QtQuick

// Sizes, colors, type and durations. Lengths are drawn for 1920 x 1080 (or 1080 x 1920) and
// scaled to the surface.
QtObject {
    id: root

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

    // What a line or a dot on paper tells is told in the accent, unless that is too light (1.4.11).
    readonly property color accentOnPaper: contrast(accent, paper) >= 3 ? accent : asphalt

    // What is wrong is red whatever the brand's color is, and can be read on paper and on white.
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
    // As headlines are set, at 100 px.
    readonly property FontMetrics letters: FontMetrics {
        font.family: root.family
        font.hintingPreference: Font.PreferNoHinting
        font.weight: Font.Black
        font.pixelSize: 100
        font.letterSpacing: -2
    }
    // How much larger than drawn the words are.
    property real textScale: 1
    // Whether what stands on the left elsewhere stands on the right: for languages that begin there.
    property bool mirrored: false

    // Where words are larger, what is short may take a line more.
    readonly property int moreLines: textScale > 1 ? 1 : 0

    // Words. Capital letters of the smallest size subtend 0.7 degrees at 600 mm on a 32-inch 1080p screen.
    readonly property real label: type(30)
    readonly property real body: type(36)
    readonly property real lead: type(42)
    readonly property real cardTitle: type(44)
    readonly property real title: type(52)
    readonly property real toolTitle: type(64)
    readonly property real entryTitle: type(76)
    readonly property real headline: type(92)
    readonly property real storyTitle: type(96)

    // Figures and words like a poster's, which are read from 5 m as they are.
    readonly property real greeting: px(portrait ? 116 : 124)
    readonly property real greetingBelow: px(portrait ? 92 : 80)
    readonly property real thanks: px(120)
    readonly property real question: px(150)
    readonly property real month: px(64)
    readonly property real price: px(116)
    readonly property real result: px(120)
    readonly property real figure: px(150)
    readonly property real poster: px(portrait ? 210 : 240)
    readonly property real date: px(portrait ? 250 : 260)
    readonly property real emblem: px(260)
    readonly property real countdown: px(560)

    // Around things: from the screen's edge, then from the edge of a part of it.
    readonly property real margin: px(portrait ? 64 : 96)
    readonly property real top: px(80)
    readonly property real inset: px(64)
    readonly property real insetNarrow: px(48)
    readonly property real insetBeside: portrait ? inset : insetNarrow
    readonly property real pageTop: px(56)
    readonly property real listTop: px(48)
    readonly property real cardPadding: px(40)
    readonly property real formPadding: px(32)
    readonly property real rowPadding: px(32)
    readonly property real legalPadding: px(28)
    readonly property real dockPadding: px(24)
    readonly property real carryOnPadding: px(140)
    readonly property real countdownFoot: px(portrait ? 420 : 160)
    readonly property real carryOnFoot: px(portrait ? 200 : 120)
    // What the way back covers of a page's side.
    readonly property real wayBack: px(176)

    // Between things, the closest first.
    readonly property real pairGap: px(4)
    readonly property real hintGap: px(6)
    readonly property real lineGap: px(8)
    readonly property real cardGap: px(10)
    readonly property real buttonGap: px(12)
    readonly property real factGap: px(14)
    readonly property real captionGap: px(16)
    readonly property real venueGap: px(18)
    readonly property real signGap: px(20)
    readonly property real gap: px(24)
    readonly property real fieldGap: px(26)
    readonly property real dateGap: px(28)
    readonly property real textGap: px(30)
    readonly property real figureGap: px(36)
    readonly property real partGap: px(40)
    readonly property real toolGap: px(42)
    readonly property real headGap: px(44)
    readonly property real columnGap: px(48)
    readonly property real gutter: px(64)

    // Lines
    readonly property real rule: Math.max(1, px(2))
    readonly property real ruleBold: Math.max(1, px(3))
    // At which a light picture ends above a light page.
    readonly property real edge: px(8)
    readonly property real broadStripe: px(16)
    readonly property real broadStripes: px(320)
    // How long the edge is at which something fades that goes on beyond it.
    readonly property real fade: px(72)

    // What is touched; 20 mm on a 24-inch 1080p screen are 72 px.
    readonly property real touch: px(84)
    readonly property real button: px(96)
    readonly property real choice: px(100)
    readonly property real tab: px(104)
    readonly property real carryOnHeight: px(130)
    readonly property real callHeight: px(portrait ? 150 : 208)
    readonly property real mainButton: px(420)
    readonly property real bar: portrait ? px(216) : px(132)

    // Rows and cards
    readonly property real rowLow: row(112)
    readonly property real rowMedium: px(150)
    readonly property real rowTall: px(168)
    // Offers: how high one is, and what is left below them to programmes on an upright screen.
    readonly property real offerLeast: px(112)
    readonly property real offerMost: px(960)
    readonly property int offersFew: 4
    readonly property real offersFoot: px(560)
    readonly property real offersFootLow: px(400)
    readonly property real offersFootLeast: px(270)
    readonly property real programme: Math.max(px(100), type(84) + px(16)) + moreLines * type(42)
    readonly property real programmesWidth: type(360)
    readonly property real eventWidth: type(520)
    // Of its words, where they stand beside its picture.
    readonly property real eventWords: type(480)
    readonly property real daysWidth: type(216)
    readonly property real factCaption: type(350)
    readonly property real lineNumber: type(200)
    readonly property real leadWidth: type(920)
    // Of more items than this a statement takes room from the figure above it.
    readonly property int statementFew: 7
    readonly property real seasonHead: px(portrait ? 106 : 138)
    readonly property real cardWidth: px(600)
    readonly property real cardHeight: px(460)
    readonly property real personWidth: type(380)
    readonly property real groupsWidth: type(portrait ? 300 : 390)
    // Of the width: a picture beside words, and one on a card that is high.
    readonly property real stripShare: 0.36
    readonly property real stripShareHigh: 0.45
    readonly property real personHeight: px(200)
    readonly property real peopleHeight: type(300)
    // Up to so many faces stand beside each other; of more, this many are in view.
    readonly property int facesFew: 4
    readonly property real facesBeside: 3.5
    readonly property real faceLeast: type(336)
    readonly property real faceWidest: px(760)
    readonly property real faceLyingWidth: type(600)
    readonly property real faceMost: 1.4
    readonly property real faceHeight: px(420) + type(200) + moreLines * type(190)
    readonly property real faceLyingHeight: Math.max(px(260), type(230))
    readonly property real storyWidth: px(portrait ? 820 : 640)
    readonly property real storyWords: px(portrait ? 190 : 170) + type(portrait ? 230 : 132)

    // Of a photograph that is shown as a whole where it can be: the most that may be outside its frame.
    readonly property real leastCutOff: 0.3
    // The same on a poster, which shows it to the edge; how much of one a band of words may take.
    readonly property real mostCutOff: 0.5
    readonly property real bandMost: portrait ? 0.56 : 0.5

    // Cars on the street, and how far into its floor their wheels stand.
    readonly property real carCard: px(880)
    readonly property real carMargin: px(72)
    readonly property real carHeight: px(360)
    readonly property real carPhotograph: px(480)
    readonly property real carHeightLeast: px(280)
    readonly property real carWords: px(44) + type(240) + moreLines * type(52)
    readonly property real carWheel: px(44)
    // Of the width, where a car is alone and its words are beside it.
    readonly property real aloneShare: 0.6
    // Of the height that its words leave, where it stands on an upright screen.
    readonly property real aloneUpright: 0.7
    readonly property real beyondWayBack: px(400)
    readonly property real callRow: px(116)
    readonly property real callMedium: px(150)
    readonly property real stepMost: px(portrait ? 380 : 420)
    readonly property real comparedHeight: px(portrait ? 240 : 264)
    // Of a car's half, where its words are beside it.
    readonly property real comparedShare: 0.58
    readonly property real comparedRow: px(150)
    readonly property real comparedAlone: px(440)
    readonly property real choiceHeight: px(176) + (2 + moreLines) * type(42)
    readonly property real choiceWidth: type(320)
    readonly property real choiceSight: px(112)

    // Start numbers; of the place for one, words take the rest.
    readonly property real disc: px(60)
    readonly property real largeDisc: px(360)
    readonly property real initialsDisc: px(440)
    readonly property real discCell: type(300)
    readonly property real discHeight: px(270) + type(portrait ? 130 : 170) + moreLines * type(90)

    // Codes to scan
    readonly property real codeSmall: px(200)
    readonly property real codeBeside: px(230)
    readonly property real codeLarge: px(portrait ? 400 : 320)
    readonly property real codeAlone: px(460)

    // Pictures and maps
    readonly property real pictureLeast: px(160)
    readonly property real heroPhotograph: px(280)
    readonly property real sketch: px(300)
    readonly property real mapWidthBeside: px(600)

    // How much of the width the dark side of a page has.
    readonly property real panelShare: 0.36
    readonly property real panelShareNarrow: 0.3

    // How high the dark side of a page is on an upright screen, by what stands on it.
    readonly property real panelTyping: px(420)
    readonly property real panelResults: px(580)
    readonly property real panelDoors: px(640)
    readonly property real panelForm: px(720)
    readonly property real panelMap: px(815)
    readonly property real panelFull: px(1010)

    // The staff area: how large the corner is that is held for it, and the keys of its PIN.
    readonly property real corner: px(150)
    readonly property real pinKey: px(portrait ? 280 : 240)
    readonly property real pinKeyHeight: px(portrait ? 220 : 200)
    readonly property real pinDigit: px(96)
    readonly property real pinDot: px(28)
    readonly property real staffName: type(portrait ? 250 : 300)
    readonly property real panelStaff: px(700)
    readonly property real staffButton: type(portrait ? 380 : 420)
    readonly property real half: 0.58
    readonly property real staffShare: 0.44
    readonly property real idleOpacity: 0.4
    readonly property color night: "#000000"
    // What a screen can show at its ends, to test it with.
    readonly property var testColors: ({
            white: "#ffffff",
            red: "#ff0000",
            green: "#00ff00",
            blue: "#0000ff",
            black: "#000000"
        })
    readonly property int holdHint: 1000
    readonly property int hold: 3000

    readonly property int move: reducedMotion ? 0 : 240
    // For figures that count up, where somebody sees it.
    readonly property int count: reducedMotion || !atLeisure ? 0 : 480
    // How far what comes has to go.
    readonly property real way: reducedMotion ? 0 : px(80)
    // How far what stands on a poster strays, so that nothing is at the same pixels for hours.
    readonly property real drift: px(14)
    // How much of a photograph's width a poster pans over.
    readonly property real pan: 0.04

    // For this file and for controls, whose parts are their own; a screen goes by names.
    function px(length: real): real {
        return Math.round(length * unit);
    }

    function type(size: real): real {
        return Math.round(size * unit * textScale);
    }

    // The height of a row with two lines, or one more.
    function row(least: real): real {
        return Math.max(px(least), type(98) + px(14) + moreLines * type(49));
    }

    // Of all words in a text the widest, set in this size: in black, though less tight than a headline.
    function widest(text: string, size: real): real {
        return size / 100 * Math.max(1, ...text.split(/[ \n]/).map(word => letters.advanceWidth(word) - word.length * letters.font.letterSpacing));
    }

    // As large as the widest word lets it be, and never too small to be read.
    function fitted(text: string, size: real, room: real): real {
        return Math.max(label, Math.min(size, Math.floor(size * room / widest(text, size))));
    }

    function luminance(color: color): real {
        const linear = channel => channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
        return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
    }

    function contrast(one: color, other: color): real {
        const pair = [luminance(one) + 0.05, luminance(other) + 0.05];
        return Math.max(...pair) / Math.min(...pair);
    }

    // A color, or as little of the ink in it as it takes to be read on a ground (WCAG 2.2, 1.4.3).
    function legible(color: color, ink: color, ground: color): color {
        let share = 0;
        while (share < 1 && contrast(mix(color, ink, share), ground) < 4.5)
            share += 0.1;
        return mix(color, ink, Math.min(1, share));
    }

    function mix(from: color, to: color, share: real): color {
        return Qt.rgba(from.r + (to.r - from.r) * share, from.g + (to.g - from.g) * share, from.b + (to.b - from.b) * share, 1);
    }
}
