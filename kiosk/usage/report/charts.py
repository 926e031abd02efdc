"""The pictures, as SVG that a browser and Qt draw alike; see docs/decisions/0031.

Qt's SVG knows neither `text-anchor` in style sheets nor clip paths, so letters are outlines and
nothing relies on being cut off.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from kiosk.language.typeface import (
    FAMILY,
    STAND_IN,
    STAND_IN_WEIGHTS,
    WEIGHTS,
    font_file,
    stand_in_file,
)
from kiosk.usage.report.figures import WEEK, Figures, PlaceUse, Spans
from kiosk.usage.report.sentences import (
    DAY_NAMES,
    MONTHS,
    hour_text,
    length_text,
    share_text,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 560.0
"""Of a picture, in pixels of CSS; `WIDE` spans two."""
WIDE = 1160.0
POINTS_PER_INCH = 72
LETTERS, LETTER_WIDTH = 15.0, 8.3
"""Size of letters, as pixels of CSS, and how wide one is on average, rather too much."""
GAP = 7.0
"""Between a bar and its text."""
ROW = 34.0
"""Height of a bar that lies, with its space."""
LINE_HEIGHT = 250.0
MOST_ROWS = 10
MAX_LABEL = 26
"""Letters of a name beside its bar."""
MOST_NUMBERED_BARS = 20
FEWEST_BARS = 14
"""Fewer bars become no wider."""
EMPTY_OUTLINE = re.compile(r'<path (id="[^"]*" transform="[^"]*")/>')
"""A space has no outline, which Qt takes for an error."""
DRAW_FAMILIES = [FAMILY, STAND_IN, "DejaVu Sans"]
"""The last comes with the library and has signs that the others lack."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colors: the ground, what stands on it, what is quiet, and the one thing that matters.

    Letters in the accent are darker than bars in it, to be read (WCAG 1.4.3). `signal` is the
    accent as it is on the ink, and `ink_quiet` what is quiet there.
    """

    ground: str
    ink: str
    quiet: str
    faint: str
    accent: str
    accent_letters: str
    signal: str
    ink_quiet: str


PAPER = Look(
    *("#f5f2eb", "#101114", "#55554f", "#d3d0c9", "#e2231a", "#d31c13", "#e2231a", "#acaaa5")
)
"""Where the content names no other colors."""


class Charts:
    """Draws the pictures of some figures."""

    def __init__(
        self, figures: Figures, look: Look = PAPER, *, is_one_column: bool = False
    ) -> None:
        """`is_one_column`: no picture is wide, so that letters are as large in all of them."""
        self._figures = figures
        self._look = look
        self._is_one_column = is_one_column

    def weeks(self) -> str:
        weeks = self._figures.weeks

        def draw(axes: Axes) -> None:
            look = self._look
            numbers = [*weeks.last_week, *weeks.this_week]
            for week, offset, bar, letters in (
                (weeks.last_week, -0.2, look.faint, look.quiet),
                (weeks.this_week, 0.2, look.accent, look.ink),
            ):
                spots = [day + offset for day in range(len(week))]
                axes.bar(spots, week, 0.36, color=bar)
                for spot, number in zip(spots, week, strict=True):
                    if number:
                        self._number_above(axes, spot, number, max(numbers), letters)
            axes.set_xticks(range(WEEK), [name[:3] for name in DAY_NAMES])
            axes.set_xlim(-0.6, WEEK - 0.4)
            axes.set_ylim(0, max(1, *numbers) * 1.2)
            self._key(axes, (("last week", look.quiet), ("this week", look.accent_letters)))

        return self._upright(draw, WIDTH)

    def days(self) -> str:
        spans = self._figures.spans
        numbers, names = list(spans.visits.values()), _names(spans)
        width_of_all, most_names, most_numbered = WIDE, 9, MOST_NUMBERED_BARS
        if self._is_one_column:
            width_of_all, most_names, most_numbered = WIDTH, 5, FEWEST_BARS

        def draw(axes: Axes) -> None:
            look = self._look
            peak = max(range(len(numbers)), key=numbers.__getitem__)
            colors = [look.ink] * len(numbers)
            if len(numbers) > 1 and numbers[peak]:
                colors[peak] = look.accent
            width = 0.8 * min(1, len(numbers) / FEWEST_BARS)
            axes.bar(range(len(numbers)), numbers, width, color=colors)
            for x, number in enumerate(numbers):
                if number and (x == peak or len(numbers) <= most_numbered):
                    is_peak = x == peak and len(numbers) > 1
                    color = look.accent_letters if is_peak else look.ink
                    self._number_above(axes, x, number, numbers[peak], color)
            ticks = _few(len(names), most_names)
            axes.set_xticks(ticks, [names[tick] for tick in ticks])
            axes.set_xlim(-0.6, len(numbers) - 0.4)
            axes.set_ylim(0, max(1, numbers[peak]) * 1.18)

        return self._upright(draw, width_of_all)

    def hours(self) -> str:
        """Visits by weekday and hour: the busier, the stronger."""
        by_hour = self._figures.by_hour
        hours = [hour for _, hour in by_hour] or [9, 17]
        first, last = min(hours), max(hours)
        while last - first < 7:  # a few hours are no picture of a day
            first, last = max(0, first - 1), min(23, last + 1)
        most = max(by_hour.values(), default=1)

        def draw(axes: Axes) -> None:
            from matplotlib.patches import Rectangle

            for weekday in range(WEEK):
                for hour in range(first, last + 1):
                    number = by_hour.get((weekday, hour), 0)
                    share = 0.15 + 0.85 * number / most if number else 0.0
                    color = _mixed(self._look.ground, self._look.accent, share)
                    if not number:
                        color = _mixed(self._look.ground, self._look.ink, 0.05)
                    spot = (hour + 0.04, weekday + 0.06)
                    axes.add_patch(Rectangle(spot, 0.92, 0.88, color=color, linewidth=0))
                    if number == most:
                        axes.text(
                            *(hour + 0.5, weekday + 0.5, f"{number:,}"),
                            **self._type(self._ink_on(color), "black", -3),
                            ha="center",
                            va="center",
                        )
            step = 1 if last - first < 9 else 2
            ticks = range(first, last + 1, step)
            axes.set_xticks([t + 0.5 for t in ticks], [hour_text(t) for t in ticks])
            axes.set_yticks([n + 0.5 for n in range(WEEK)], [name[:3] for name in DAY_NAMES])
            axes.set_xlim(first, last + 1)
            axes.set_ylim(WEEK, 0)
            axes.spines["bottom"].set_visible(False)

        return self._draw(draw, WIDTH, LINE_HEIGHT, left=48)

    def funnel(self) -> str:
        steps = self._figures.funnel
        touched = steps[0][1]
        rows = [(name, n, f"{n:,} · {share_text(n, touched)}") for name, n in steps]
        rows[0] = (steps[0][0], touched, f"{touched:,}")
        return self._lying(rows, accented=len(rows) - 1, label_width=138)

    def given_up(self) -> str:
        rows = [(name, number, f"{number:,}") for name, number in self._figures.given_up]
        return self._lying(rows, label_width=190)

    def places(self) -> str:
        places = self._figures.places[:MOST_ROWS]
        rows = [(place.name, place.seconds, _time_text(place)) for place in places]
        return self._lying(rows)

    def entries(self) -> str:
        rows = [
            (
                entry.title,
                entry.visits,
                f"{entry.visits:,}" + (f" · code {entry.codes:,}" if entry.codes else ""),
            )
            for entry in self._figures.entries[:MOST_ROWS]
        ]
        return self._lying(rows)

    def languages(self) -> str:
        return self._lying([(name, n, f"{n:,}") for name, n in self._figures.languages[:MOST_ROWS]])

    def _lying(
        self,
        rows: Sequence[tuple[str, int, str]],
        *,
        accented: int = 0,
        label_width: float = 205,
    ) -> str:
        """Bars that lie, each with its name before and its text after it."""

        def draw(axes: Axes) -> None:
            look = self._look
            longest = max(_bar_share(text, WIDTH - label_width) for _, _, text in rows)
            most = max(1, *(number for _, number, _ in rows))
            colors = [look.accent if n == accented else look.ink for n in range(len(rows))]
            axes.barh(range(len(rows)), [n for _, n, _ in rows], height=0.66, color=colors)
            for row, (_, number, text) in enumerate(rows):
                color = look.accent_letters if row == accented else look.ink
                axes.annotate(
                    *(text, (number, row)),
                    xytext=(GAP, 0),
                    textcoords="offset points",
                    **self._type(color, "bold"),
                    va="center",
                )
            axes.set_yticks(range(len(rows)), [_shortened(name) for name, _, _ in rows])
            axes.set_xticks([])
            axes.set_xlim(0, most * longest)
            axes.set_ylim(len(rows) - 0.4, -0.6)
            axes.spines["bottom"].set_visible(False)

        return self._draw(draw, WIDTH, max(1, len(rows)) * ROW, left=label_width, bottom=4)

    def _upright(self, draw: Callable[[Axes], None], width: float) -> str:
        def with_ground(axes: Axes) -> None:
            draw(axes)
            axes.set_yticks([])
            axes.spines["bottom"].set_color(self._look.ink)

        return self._draw(with_ground, width, LINE_HEIGHT, right=24)

    def _draw(
        self,
        draw: Callable[[Axes], None],
        width: float,
        height: float,
        *,
        left: float = 4,
        right: float = 4,
        bottom: float = 28,
    ) -> str:
        """An SVG of this many pixels, its bars beginning `left` of them from the edge."""
        with _drawing():
            from matplotlib.figure import Figure

            figure: Figure = Figure(
                figsize=(width / POINTS_PER_INCH, (height + bottom) / POINTS_PER_INCH),
                dpi=POINTS_PER_INCH,
            )
            across, up = left / width, bottom / (height + bottom)
            axes = figure.add_axes((across, up, 1 - across - right / width, 1 - up))
            axes.patch.set_visible(False)
            axes.spines[["top", "left", "right"]].set_visible(False)
            draw(axes)
            axes.tick_params(length=0, pad=7, labelcolor=self._look.ink)
            for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
                label.set(**self._type(self._look.ink, "medium"))
            for label in axes.get_yticklabels():
                label.set_verticalalignment("center")
            for artist in figure.findobj():
                artist.set_clip_on(False)
            return _svg(figure)

    def _number_above(self, axes: Axes, x: float, number: int, most: int, color: str) -> None:
        axes.annotate(
            *(f"{number:,}", (x, number)),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            **self._type(color, "black" if number == most else "bold"),
        )

    def _key(self, axes: Axes, words: Sequence[tuple[str, str]]) -> None:
        """Which color is which, in that color."""
        for number, (word, color) in enumerate(words):
            axes.annotate(
                *(word, (0, 1)),
                xycoords="axes fraction",
                xytext=(90 * number, -LETTERS),
                textcoords="offset points",
                **self._type(color, "black"),
            )

    def _type(self, color: str, weight: str, larger: float = 0) -> dict[str, Any]:
        return {"color": color, "fontweight": weight, "fontsize": LETTERS + larger}

    def _ink_on(self, color: str) -> str:
        from matplotlib.colors import to_rgb

        red, green, blue = to_rgb(color)
        is_light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.55
        return self._look.ink if is_light else "#ffffff"


@contextmanager
def _drawing() -> Iterator[None]:
    """matplotlib as it is wanted here, whatever a person's own settings say, and silent."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # where its cache is, and the like
    own: dict[Any, Any] = {
        "font.family": DRAW_FAMILIES,
        "svg.fonttype": "path",
        "svg.hashsalt": "kiosk",
        "text.parse_math": False,
        "text.usetex": False,
        "figure.facecolor": "none",
        "savefig.facecolor": "none",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign that no typeface has
        import matplotlib as mpl

        _add_fonts()
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(own)
            yield


def _add_fonts() -> None:
    from matplotlib.font_manager import fontManager

    known = {font.fname for font in fontManager.ttflist}
    files = [*map(font_file, WEIGHTS), *map(stand_in_file, STAND_IN_WEIGHTS)]
    for file in files:
        if file is not None and file.is_file() and str(file) not in known:
            fontManager.addfont(file)


def _svg(figure: Figure) -> str:
    text = StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.savefig(text, format="svg", metadata=nothing)
    return EMPTY_OUTLINE.sub(r'<path d="M 0 0" \1/>', text.getvalue())


def _names(spans: Spans) -> list[str]:
    """What stands below the bars."""
    if spans.unit == "month":
        return [f"{MONTHS[day.month - 1]} {day.year}" for day in spans.visits]
    return [f"{MONTHS[day.month - 1]} {day.day}" for day in spans.visits]


def _few(count: int, most: int) -> list[int]:
    """At most so many numbers below `count`, evenly apart, the last among them."""
    step = max(1, -(-count // most))
    return sorted(range(count - 1, -1, -step))


def _bar_share(text: str, width: float) -> float:
    """The width of bar and text, for a bar of 1, that leaves room for the text behind it."""
    return width / (width - GAP - LETTER_WIDTH * len(text))


def _shortened(name: str) -> str:
    return name if len(name) <= MAX_LABEL else f"{name[: MAX_LABEL - 1].rstrip()}…"


def _mixed(ground: str, color: str, share: float) -> str:
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = (
        a + (b - a) * share for a, b in zip(to_rgb(ground), to_rgb(color), strict=True)
    )
    return to_hex((red, green, blue))


def _time_text(place: PlaceUse) -> str:
    each = length_text(place.seconds / place.visits)
    return f"{length_text(place.seconds)} · {each} a visit"
