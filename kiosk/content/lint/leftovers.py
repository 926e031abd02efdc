"""Examples that have not been replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.blocks.block import Block
from kiosk.blocks.naming import name_of
from kiosk.blocks.paths import Path
from kiosk.content.lint.rule import Finding, Subject
from kiosk.places.dealers.model import Dealer
from kiosk.places.models.model import Price
from kiosk.places.offers.model import Estimator, Offer
from kiosk.places.signup.model import Controller
from kiosk.places.team.model import Person

PLACEHOLDER = re.compile(r"\bexample\b", re.IGNORECASE)
FICTIONAL_PHONE = re.compile(r"555\D{0,2}01\d\d$")
"""Line numbers 0100 to 0199 of the exchange 555, which North America sets aside for fiction."""


def example_left(subject: Subject) -> Iterator[Finding]:
    """Entries marked as examples, and made-up dealerships: one finding per place."""
    leftovers: dict[Path, list[tuple[Path, str, bool]]] = {}
    for path, block in subject.blocks(Offer, Estimator, Price, Dealer, Controller, Person):
        if description := _describe_leftover(block):
            leftovers.setdefault(path[:2], []).append((path, description, _is_marked(block)))
    for (_, index), entries in leftovers.items():
        path, description, _ = entries[0]
        more = f", and {len(entries) - 1} more" if len(entries) > 1 else ""
        then = ", then remove 'example: true'" if any(marked for *_, marked in entries) else ""
        yield Finding(
            path,
            f"'{subject.content.places[int(index)].name}' still contains {description}{more}; put"
            f" in your own{then}",
        )


def _is_marked(block: Block) -> bool:
    return bool(getattr(block, "example", False))


def _describe_leftover(block: Block) -> str:
    if _is_marked(block):
        name = block.figure if isinstance(block, Price) else name_of(block)
        return f"the example '{name}'"
    if isinstance(block, Controller | Dealer):
        return _describe_placeholder(block)
    if isinstance(block, Person) and block.phone and FICTIONAL_PHONE.search(block.phone):
        return f"the made-up phone number {block.phone}"
    return ""


def _describe_placeholder(block: Controller | Dealer) -> str:
    if PLACEHOLDER.search(block.name) or PLACEHOLDER.search(block.street):
        return f"the made-up dealership '{block.name}'"
    phone = block.phone if isinstance(block, Dealer) else None
    if phone and FICTIONAL_PHONE.search(phone):
        return f"the made-up phone number {phone}"
    return ""
