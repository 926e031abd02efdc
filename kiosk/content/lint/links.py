"""Addresses that visitors take home."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from kiosk.blocks.block import Link
from kiosk.content.lint.rule import Finding, Subject


def link_case(subject: Subject) -> Iterator[Finding]:
    """Two addresses that differ only in capitals after the host, where capitals matter."""
    first_by_lower: dict[str, str] = {}
    reported: set[str] = set()
    for path, link in subject.blocks(Link):
        address = link.address
        known = first_by_lower.setdefault(address.lower(), address)
        if (
            known is address
            or address in reported
            or _path_and_query(known) == _path_and_query(address)
        ):
            continue
        reported.add(address)
        yield Finding(
            (*path, "address"),
            f"'{address}' differs from '{known}' only in upper and lower case, so one of the two"
            " probably leads nowhere; copy the right one from the browser",
        )


def _path_and_query(address: str) -> str:
    """The part after the host."""
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}#{parts.fragment}"
