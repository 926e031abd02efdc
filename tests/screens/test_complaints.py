"""What is wrong on the form is told with a sign and in a color that is not the brand's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible

from kiosk.content.lint.contrast import ratio
from tests.offscreen import show_screen

if TYPE_CHECKING:
    from tests.conftest import Contents, MakeKiosk, Visitor

PAPER = "#f5f2eb"


@pytest.mark.parametrize(
    "theme",
    [{}, {"accent": "#0a7d32"}, {"accent": "#1c69d4"}, {"paper": "#d8d2c4"}],
    ids=["red brand", "green brand", "blue brand", "darker paper"],
)
def test_a_complaint_is_told_with_its_field_and_red_and_readable_beside_its_sign(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], theme: dict[str, str]
) -> None:
    kiosk = make_kiosk(contents.load(contents.signup(), theme=theme))
    show_screen(kiosk, "signup-errors")
    visitor = visit(kiosk.window)
    reported = {c.name for c in visitor.controls("AlertMessage")}
    fields = visitor.controls("EditableText", "CheckBox")
    assert {f.interface.text(QAccessible.Text.Description) for f in fields} - {""} == reported
    sentences = [i for i in visitor.items_of("QQuickText") if i.property("text") in reported]
    assert len(sentences) == len(reported) == 3
    paper = tuple(int(theme.get("paper", PAPER)[at : at + 2], 16) / 255 for at in (1, 3, 5))
    for sentence in sentences:
        red, green, blue, _ = sentence.property("color").getRgbF()
        assert red > 2 * max(green, blue)
        assert ratio((red, green, blue), paper) >= 4.5
        (sign,) = (i for i in sentence.parentItem().childItems() if i.property("sign"))
        assert sign.isVisible()
        assert sign.property("color").name() == sentence.property("color").name()
        # The sign is level with the first line.
        line = sentence.height() / sentence.property("lineCount")
        assert sign.y() + sign.height() / 2 == pytest.approx(sentence.y() + line / 2, abs=1)
