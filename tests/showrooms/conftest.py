"""The three showrooms, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.showrooms.building import build

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded


@pytest.fixture(scope="session")
def load_showroom(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Loaded]:
    """A showroom with its photographs, by its name."""
    from kiosk.content.check.loading import load

    folder = tmp_path_factory.mktemp("showrooms")
    return cache(lambda name: load(build(name, folder)))


@pytest.fixture
def showroom(name: str, load_showroom: Callable[[str], Loaded]) -> Loaded:
    """The one that a test's parameter `name` names."""
    return load_showroom(name)
