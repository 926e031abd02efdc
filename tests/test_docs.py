"""What a reader follows in the documentation leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kiosk.commands.catalogue import COMMANDS, NAMES

ROOT = Path(__file__).parents[1]
DECISIONS = ROOT / "docs" / "decisions"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MAX_LENGTH = 120


def _anchors(page: Path) -> set[str]:
    """Those that are written, and those that GitHub gives to headings."""
    text = page.read_text()
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    named = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
    return {*re.findall(r'<a id="([^"]+)">', text), *named}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if link.startswith(("http:", "https:")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_lines_are_wrapped(page: Path) -> None:
    """But for tables and commands, which cannot be, and links, which may be long."""
    for line in page.read_text().splitlines():
        may_be_long = line.startswith(("|", "    ")) or "https://" in line
        assert may_be_long or len(line) <= MAX_LENGTH, line


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = Counter(page.name[:4] for page in DECISIONS.glob("*.md"))
    assert [number for number, count in numbers.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_is_linked_by_its_own_number(page: Path) -> None:
    for number, target in re.findall(r"\[(?:decision\s+)?(\d+)\]\(\S*?(\d{4})-", page.read_text()):
        assert int(number) == int(target)


def test_the_readme_lists_every_command_in_the_order_of_the_help() -> None:
    table = (ROOT / "README.md").read_text().partition("## Use it")[2].partition("##")[0]
    rows = re.findall(r"^\| `kiosk ([\w-]+)", table, re.MULTILINE)
    assert tuple(rows) == COMMANDS


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`kiosk {name}" in (ROOT / "README.md").read_text()
