"""Links on screen, each a code to scan."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.blocks.block import Link
from kiosk.places.kind import Kind, Section
from kiosk.places.links.model import LinkGroup, Links
from kiosk.places.links.words import LinksWords
from kiosk.places.presenting import Context, picture_row, with_link
from kiosk.places.rows import Detail


def sections(place: Links) -> Sequence[Section]:
    """The links, group by group."""
    return [
        Section(
            LinkGroup.lists["links"],
            "links",
            [group.links for group in place.groups],
            [group.name for group in place.groups],
        )
    ]


def link_detail(link: Link, context: Context, group: str, place: Links) -> Detail:
    """A link as a code to scan."""
    return with_link(
        Detail(
            title=link.name,
            layout="code",
            has_large_title=True,
            overline=group,
            picture=picture_row(place.picture, context),
        ),
        link,
        context,
    )


LINKS = Kind("links", Links, sections, words=LinksWords, leads_on=True)
