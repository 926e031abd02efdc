"""What is wrong on the form is told with a sign and in a colour that is not the brand's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.content.lint.contrast import ratio

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from tests.conftest import Contents, MakeStage, Visitor


def rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


@pytest.mark.parametrize(
    "theme",
    [{}, {"accent": "#0a7d32"}, {"accent": "#1c69d4"}, {"paper": "#d8d2c4"}],
    ids=["red brand", "green brand", "blue brand", "darker paper"],
)
def test_a_complaint_is_red_and_can_be_read_whatever_the_brand_is(
    make_stage: MakeStage, contents: Contents, visit: type[Visitor], theme: dict[str, str]
) -> None:
    stage = make_stage(contents.load(contents.signup(), theme=theme))
    stage.picture(next(s for s in stage.screens() if s.name == "signup-errors"))
    visitor = visit(stage.window)
    told = {c.name for c in visitor.controls("AlertMessage")}
    assert len(told) == 3
    sentences = [i for i in visitor.items_of("QQuickText") if i.property("text") in told]
    assert len(sentences) == 3
    paper = tuple(int((theme.get("paper") or "#f5f2eb")[at : at + 2], 16) / 255 for at in (1, 3, 5))
    for sentence in sentences:
        red, green, blue = rgb(sentence.property("color"))
        assert red > 2 * max(green, blue)
        assert ratio((red, green, blue), paper) >= 4.5
        signs = [i for i in sentence.parentItem().childItems() if i.property("sign")]
        assert signs[0].isVisible()
        assert signs[0].property("colour").name() == sentence.property("color").name()


def test_the_sign_of_a_complaint_is_level_with_its_first_line(
    make_stage: MakeStage, contents: Contents, visit: type[Visitor]
) -> None:
    stage = make_stage(contents.load(contents.signup()))
    stage.picture(next(s for s in stage.screens() if s.name == "signup-errors"))
    visitor = visit(stage.window)
    told = {c.name for c in visitor.controls("AlertMessage")}
    sentences = [i for i in visitor.items_of("QQuickText") if i.property("text") in told]
    assert sentences
    for sentence in sentences:
        (sign,) = (i for i in sentence.parentItem().childItems() if i.property("sign"))
        line = sentence.height() / sentence.property("lineCount")
        assert sign.y() + sign.height() / 2 == pytest.approx(sentence.y() + line / 2, abs=1)


def test_a_complaint_is_told_with_its_field_too(
    make_stage: MakeStage, contents: Contents, visit: type[Visitor]
) -> None:
    from PySide6.QtGui import QAccessible

    stage = make_stage(contents.load(contents.signup()))
    stage.picture(next(s for s in stage.screens() if s.name == "signup-errors"))
    visitor = visit(stage.window)
    told = {c.name for c in visitor.controls("AlertMessage")}
    fields = visitor.controls("EditableText", "CheckBox")
    described = {f.interface.text(QAccessible.Text.Description) for f in fields} - {""}
    assert described == told
