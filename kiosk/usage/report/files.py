"""A report as a file: one HTML page with everything in it, or the bare counts as CSV."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from html import escape
from pathlib import Path

from kiosk.language.typeface import FAMILY, font_file
from kiosk.spreadsheets import csv_text
from kiosk.usage.report.charts import PAPER, Look
from kiosk.usage.report.sentences import day_text
from kiosk.usage.report.usage_report import Picture, Table, UsageReport
from kiosk.usage.store import Counts
from kiosk.usage.visit import WHOLE_DAY

CSV_COLUMNS = ("day", "hour", "measure", "subject", "place_name", "visits", "seconds")
FONT_WEIGHTS = {"Medium": 500, "Black": 900}
NO_DATA = (
    "Nobody has touched the screen in this time, or visits are not counted: 'kiosk health' says"
    " whether they are."
)
PRIVACY = (
    "Counted on the kiosk, without personal data: sums of visits by day, and by hour, with nothing"
    " of any single visitor."
)

_STYLE = """
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.4;
  font: 500 16px "Red Hat Display", system-ui, sans-serif; -webkit-print-color-adjust: exact;
  print-color-adjust: exact }
header { background: var(--ink); color: var(--paper); padding: 44px 0 40px }
.inner, main { width: min(1160px, 100% - 64px); margin: 0 auto }
.stripes { display: flex; gap: 5px; height: 30px; margin-bottom: 20px }
.stripes i { background: var(--signal); width: 15px }
.stripes i + i { width: 6px }
h1 { font-weight: 900; font-size: 40px; line-height: 1.05; margin: 0; letter-spacing: -.01em;
  text-transform: uppercase; overflow-wrap: anywhere; text-wrap: balance }
header p { margin: 8px 0 0; color: var(--ink-quiet) }
header .brand { margin: 0 0 4px }
dl { display: flex; flex-wrap: wrap; gap: 20px 64px; margin: 32px 0 0 }
dl div { display: flex; flex-direction: column-reverse }
dd { font-weight: 900; font-size: 60px; line-height: 1; margin: 0; letter-spacing: -.02em;
  white-space: nowrap }
dt { color: var(--ink-quiet); margin-top: 6px }
main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 48px 40px;
  padding: 44px 0 }
section { break-inside: avoid; border-top: 3px solid var(--ink); padding-top: 12px }
section.wide { grid-column: 1 / -1 }
.overline { margin: 0; font-size: 14px; color: var(--quiet) }
h2 { font-weight: 900; font-size: 23px; line-height: 1.15; margin: 2px 0 18px;
  letter-spacing: -.01em; overflow-wrap: anywhere; text-wrap: balance; min-height: 2.3em }
.wide h2 { min-height: 0 }
img { display: block; width: 100%; height: auto }
details { margin-top: 12px; font-size: 14px; color: var(--quiet) }
summary { cursor: pointer }
table { border-collapse: collapse; margin-top: 8px; width: 100%;
  font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; vertical-align: top }
th { font-weight: 900; color: var(--ink) }
footer { padding: 0 0 44px; color: var(--quiet); font-size: 14px }
@media screen and (max-width: 900px) { main { grid-template-columns: minmax(0, 1fr) } }
@media print {
  @page { size: A4; margin: 12mm }
  body { background: #fff; font-size: 11px }
  header { padding: 20px 0 18px; border-radius: 0 }
  .inner { width: auto; margin: 0 20px }
  main { width: auto; gap: 22px 24px; padding: 20px 0 }
  h1 { font-size: 24px } dd { font-size: 34px } h2 { font-size: 15px; margin-bottom: 8px }
  dl { gap: 8px 36px; margin-top: 16px } .stripes { height: 18px; margin-bottom: 10px }
  .overline, footer { font-size: 10px }
  details { display: none }
}
"""


def html_page(
    report: UsageReport, kiosk_name: str, today: date, brand: str = "", look: Look = PAPER
) -> str:
    """One page that needs nothing else; names are text, whatever they contain."""
    title = f"{brand}, {kiosk_name}: usage" if brand else f"{kiosk_name}: usage"
    above = f'<p class="brand">{escape(brand)}</p>' if brand else ""
    highlights = "".join(
        f"<div><dt>{escape(text)}</dt><dd>{escape(figure)}</dd></div>"
        for figure, text in report.highlights
    )
    body = "".join(map(_section, report.pictures))
    if report.is_empty:
        highlights, body = "", f'<section class="wide"><h2>{escape(NO_DATA)}</h2></section>'
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_font_faces()}{_colors(look)}"
        f"{_STYLE}</style>\n</head>\n<body>\n"
        '<header><div class="inner"><div class="stripes"><i></i><i></i></div>'
        f"{above}<h1>{escape(kiosk_name)}</h1><p>How it is used, {escape(report.period)}</p>"
        f"<dl>{highlights}</dl></div></header>\n<main>\n{body}</main>\n"
        f'<footer class="inner">{escape(PRIVACY)} Drawn on {day_text(today)}.</footer>\n'
        "</body>\n</html>\n"
    )


def _colors(look: Look) -> str:
    return (
        f":root{{--ink:{look.ink};--paper:{look.ground};--quiet:{look.quiet};--line:{look.faint};"
        f"--signal:{look.signal};--ink-quiet:{look.ink_quiet}}}"
    )


def _section(picture: Picture) -> str:
    """The picture as a file of its own, so that names within it cannot clash with another's."""
    data = b64encode(picture.svg.encode()).decode()
    kind = ' class="wide"' if picture.is_wide else ""
    return (
        f'<section{kind}><p class="overline">{escape(picture.title)}</p>'
        f"<h2>{escape(picture.sentence)}</h2>"
        f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(picture.sentence)}">'
        f"<details><summary>The numbers</summary>{_table(picture.table)}</details></section>\n"
    )


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in table.heading)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _font_faces() -> str:
    """The typeface in the page; without its package, the reader's own."""
    faces = ""
    for name, weight in FONT_WEIGHTS.items():
        file: Path | None = font_file(name)
        if file is not None and file.is_file():
            data = b64encode(file.read_bytes()).decode()
            faces += (
                f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
                f"src:url(data:font/ttf;base64,{data})}}"
            )
    return faces


def csv_bytes(counts: Counts) -> bytes:
    """A row for each count; UTF-8 with BOM for Excel, CRLF and quotes as in RFC 4180.

    Without an hour is what is counted by the day.
    """
    lines = [",".join(CSV_COLUMNS)]
    for key, amount in counts.amounts.items():
        hour = "" if key.hour == WHOLE_DAY else str(key.hour)
        place = key.subject.partition("/")[0]
        name = counts.names.get(place, "") if key.measure in {"place", "entry", "code"} else ""
        lines.append(
            f"{key.day.isoformat()},{hour},{csv_text(key.measure)},{csv_text(key.subject)},"
            f"{csv_text(name)},{amount.visits},{amount.seconds}"
        )
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")
