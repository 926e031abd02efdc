"""Content files that are wrong many times over, or wrong once at great length."""

from __future__ import annotations

from collections.abc import Callable, Mapping

HEAD = """\
brand: {name: MINI, line: Motorsports, roundel: "37"}
attract:
  posters: [{headline: Race, line: Come and see.}]
home: {headline: Small car, lead: Touch a door.}
"""
LINKS = """\
places:
- id: links
  kind: links
  name: Links
  title: Links
  icon: ph.link-bold
  groups:
  - name: All
    links:
"""


def _after_head(line: str) -> Callable[[int], str]:
    return lambda count: HEAD + "".join(line.format(n=n) for n in range(count))


def _after_links(line: str) -> Callable[[int], str]:
    return lambda count: HEAD + LINKS + "".join(line.format(n=n) for n in range(count))


def _around(before: str, inside: str, after: str) -> Callable[[int], str]:
    return lambda count: HEAD + before + inside * count + after


HEAVY: Mapping[str, Callable[[int], str]] = {
    "unknown keys": _after_head("key{n}: text\n"),
    "unknown keys in brackets": lambda count: (
        HEAD + "more: {" + ", ".join(f"key{n}: text" for n in range(count)) + "}\n"
    ),
    "unknown keys of one entry": _after_links("    key{n}: text\n"),
    "unknown keys like a known one": _after_head("langage{n}: en\n"),
    "unknown keys without a text": _after_head("key{n}:\n"),
    "glued keys": _after_head("key{n}:text{n}: more\n"),
    "the same key": _after_head("language: en\n"),
    "the same key of one entry": _after_links("    - {{name: a, name: b{n}}}\n"),
    "texts where entries belong": _after_links("    - text{n}\n"),
    "entries that lack a key": _after_links("    - {{name: Entry {n}}}\n"),
    "entries with a misspelt key": _after_links(
        "    - {{nmae: A, adress: https://a.example/{n}}}\n"
    ),
    "entries with a wrong address": _after_links("    - {{name: A, address: wrong{n}}}\n"),
    "entries with a wrong day": _after_links(
        "    - {{name: A, address: https://a.example, show_from: 5/{n}/2024}}\n"
    ),
    "places of no kind": lambda count: (
        HEAD + "places:\n" + "".join(f"- {{id: p{n}, kind: tmeline}}\n" for n in range(count))
    ),
    "places with unknown icons": lambda count: (
        HEAD + "places:\n" + "".join(f"- {{kind: team, icon: ph.crr{n}}}\n" for n in range(count))
    ),
    "pictures that are not there": lambda count: (
        HEAD.replace("posters: [{", "posters: [").replace(
            "headline: Race, line: Come and see.}]",
            ", ".join(
                f"{{headline: Race, line: See, picture: {{file: c{n}.png}}}}" for n in range(count)
            )
            + "]",
        )
        + "places: []\n"
    ),
    "words of the wrong kind": lambda count: (
        HEAD + "words:\n" + "".join(f"  word{n}: [text]\n" for n in range(count))
    ),
    "silences": lambda count: (
        HEAD
        + "silence:\n"
        + "".join(f"- {{rule: sum, entry: E{n}, reason: not a sum here}}\n" for n in range(count))
    ),
    "aliases": _after_links("    - *a{n}\n"),
    "aliases in brackets": _around("more: [", "*a, ", "a]\n"),
    "anchors in brackets": _around("more: [", "&a,", "a]\n"),
    "anchors glued together": _around("more: [", "&a a,", "a]\n"),
    "tags": _after_links("    - !tag text{n}\n"),
    "notes glued to texts": _after_links("    - {{name: A}} \n    - Text {n} #1\n"),
    "notes behind texts": _after_links("    - name: Text {n} # 1 more\n      address: Text # 2\n"),
    "brackets closed by a note": _after_links("    - {{name: Text {n} # 1 more}}\n"),
    "nested brackets": _around("more: ", "[", "\n"),
    "nested dashes": _around("more:\n", "- ", "a\n"),
    "nested blocks": lambda count: (
        HEAD + "".join(" " * n + "a:\n" for n in range(min(count, 2000)))
    ),
    "closing brackets": _around("more: ", "]", "\n"),
    "one long text": _around("more: ", "text ", "\n"),
    "one long word": _around("more: ", "text", "\n"),
    "one long key": _around("", "text", ": more\n"),
    "one long text in quotes": _around('more: "', "text ", "\n"),
    "one long text in apostrophes": _around("more: '", "text\n", "\n"),
    "one long run of spaces": _around("brand a", " ", "b\n- more\n"),
    "one long run of spaces in a fault": _around("more: [a\nbrand a", " ", "b\n- more\n"),
    "one long run of tabs": _around("more:", "\t", "a: b: c\n"),
    "one long run of dashes": _around("", "-", "\n"),
    "one long run of hashes": _around("more: a", "#", "\n"),
    "one long run of colons": _around("more: a", ":", "\n"),
    "one long run of colons apart": _around("more: a", ": ", "\n"),
    "one long run of commas": _around("more: [", ",", "]\n"),
    "one long run of quotes": _around("more: ", "'", "\n"),
    "one long run of backslashes": _around('more: "', "\\", '"\n'),
    "one long number": _around("attract: {seconds_each: ", "1", "}\n"),
    "one long number with commas": _around("screens: ", "1, ", "x\n"),
    "one long language": _around("language: ", "en", "\n"),
    "one long time zone": _around("time_zone: ", "America/", "\n"),
    "tabs as indents": _after_head("\tkey{n}: text\n"),
    "dashes without a space": _after_links("    -name{n}: text\n"),
    "colons without a space": _after_links("    - name:Text{n}\n"),
    "curly quotes": _after_links("    - name: “Text {n}”: more\n"),
    "second colons": _after_links("    - name: Text: more {n}\n"),
    "open quotes": _after_links('    - name: "Text {n}\n'),
    "entries half indented": _after_links("    - name: A\n     address: b{n}\n"),
    "empty lines": _around("", "\n", "- a\n"),
    "notes": _around("", "# a note\n", "- a\n"),
    "documents": _after_head("---\na{n}: b\n"),
}
"""What is wrong, and a file in which it is so many times."""
