"""`kiosk schema`: what editors know of a content file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli import main

CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_schema_is_printed_as_the_checkout_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (CHECKOUT / "content.schema.json").read_text(encoding="utf-8")
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
