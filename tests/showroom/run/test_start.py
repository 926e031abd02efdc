"""What a start loads before its first frame."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt

from kiosk.showroom.viewmodels import letters
from kiosk.toolkit import composing, rows_model

LOADED = """
import sys
import kiosk.cli, kiosk.showroom.run.app
loaded = dict(sys.modules)
print(*sorted(n for n, m in loaded.items() if n.startswith("kiosk.") and "Qt" in vars(m)))
print(*sorted(n for n in loaded if "staff_door" in n or n.startswith("kiosk.showroom.staff")))
print(*sorted(n for n in loaded if n.partition(".")[0] in {"pydantic", "yaml", "PIL", "babel"}))
"""


def test_a_start_makes_none_of_qts_enumerations_and_imports_no_model() -> None:
    """30 ms for `Qt`, 200 ms for the model: both come after the first frame."""
    result = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == []


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        (rows_model.FIRST_ROLE, Qt.ItemDataRole.UserRole),
        (composing.DEAD_KEYS[0], Qt.Key.Key_Dead_Grave),
        (composing.DEAD_KEYS[-1], Qt.Key.Key_Dead_Longsolidusoverlay),
        (composing.COMPOSE_KEY, Qt.Key.Key_Multi_key),
        (
            letters.PLAIN_FIELDS,
            Qt.InputMethodHint.ImhEmailCharactersOnly
            | Qt.InputMethodHint.ImhUrlCharactersOnly
            | Qt.InputMethodHint.ImhLatinOnly,
        ),
    ],
    ids=str,
)
def test_the_numbers_that_stand_for_qts_names_are_theirs(number: int, meant: Qt.Key) -> None:
    assert number == meant.value
