"""Stories by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kiosk.blocks.block import Article, Place
from kiosk.blocks.fields import Figure, Summary


class Chapter(Article):
    """A story of the timeline; `figure` is its year."""

    figure: Figure
    """The year of the story, in poster-size type, like 1964 or 60s."""


class Timeline(Place):
    """Years as posters, each of which opens its story."""

    lists: ClassVar[Mapping[str, str]] = {"chapters": "chapter"}
    needs_entries: ClassVar[bool] = True

    kind: Literal["timeline"]
    """Stories by year, one poster each."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1)]
    """The stories, oldest first."""
