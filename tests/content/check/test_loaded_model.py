"""Once loaded, nothing of the content changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ValidationError

from kiosk.content.check.loading import load
from tests.conftest import CHECKOUT


def _parts(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


def test_no_part_of_the_content_can_be_changed() -> None:
    content = load(CHECKOUT / "content.yaml").content
    parts = list(_parts(content))

    assert len(parts) > 1000
    assert not [part for part in parts if isinstance(part, list | dict | set)]
    for part in parts:
        if isinstance(part, BaseModel):
            with pytest.raises(ValidationError, match="frozen"):
                setattr(part, next(iter(type(part).model_fields)), None)
        hash(part)
