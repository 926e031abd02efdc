"""Whether a screen is on, by what the kernel says of each connector."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.operation.screens import are_screens_off


@pytest.mark.parametrize(
    ("states", "are_off"),
    [
        ([], False),
        (["connected"], False),
        (["disconnected", "connected"], False),
        (["disconnected", "disconnected"], True),
        (["unknown", "disconnected"], True),
    ],
)
def test_screens_are_off_if_no_connector_has_one(
    tmp_path: Path, states: list[str], are_off: bool
) -> None:
    (tmp_path / "card0").mkdir()
    for number, state in enumerate(states):
        connector = tmp_path / f"card0-HDMI-A-{number}"
        connector.mkdir()
        (connector / "status").write_text(f"{state}\n")

    assert are_screens_off(tmp_path) == are_off


def test_a_machine_without_connectors_says_nothing(tmp_path: Path) -> None:
    assert not are_screens_off(tmp_path / "gone")
