"""Web pages that visitors take home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kiosk.blocks.block import Dated, Link, Place
from kiosk.blocks.fields import Name, Paragraph, Summary


class ListedLink(Link, Dated):
    """A link of its own, in a list of links."""


class LinkGroup(Dated):
    """Links under one heading."""

    lists: ClassVar[Mapping[str, str]] = {"links": "link"}
    needs_entries: ClassVar[bool] = True

    name: Name
    """The heading above the links."""
    links: Annotated[tuple[ListedLink, ...], Field(min_length=1)]
    """The links, in the order shown."""


class Links(Place):
    """Everything else on the web site, each entry as a link to take home."""

    lists: ClassVar[Mapping[str, str]] = {"groups": "link group"}
    needs_entries: ClassVar[bool] = True

    kind: Literal["links"]
    """Web pages that visitors take home as codes for their phone."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    groups: Annotated[tuple[LinkGroup, ...], Field(min_length=1)]
    """The links, in groups with a heading each."""
    legal: tuple[Paragraph, ...] = ()
    """Legal lines below the links, one entry for each paragraph."""
