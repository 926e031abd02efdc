"""A few large things to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kiosk.blocks.block import Article, Place
from kiosk.blocks.fields import Summary


class Features(Place):
    """A few large things to do, such as a driving school."""

    lists: ClassVar[Mapping[str, str]] = {"features": "feature"}
    needs_entries: ClassVar[bool] = True

    kind: Literal["features"]
    """A few large things to do, such as a driving school."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    features: Annotated[tuple[Article, ...], Field(min_length=1)]
    """The things to do, one large card each."""
