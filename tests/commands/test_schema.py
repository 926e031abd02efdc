"""`kiosk schema`: what editors know of a content file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Run

CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_schema_is_printed_as_the_checkout_has_it(run: Run) -> None:
    status, out, err = run("schema")
    assert (status, err) == (0, "")
    assert out == (CHECKOUT / "content.schema.json").read_text(encoding="utf-8")
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
