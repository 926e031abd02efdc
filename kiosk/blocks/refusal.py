"""Why a value of the content cannot be used: a code for programs, a sentence for people."""

from __future__ import annotations

from kiosk.blocks.problem_codes import Code


class Refusal(ValueError):
    """What pydantic is told by a field or a block; either of the kinds below."""

    def __init__(self, code: Code, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class FieldRefusal(Refusal):
    """The sentence goes on behind the name of the field: `must be a day`."""


class ValueRefusal(Refusal):
    """The sentence names what is wrong by itself: `'May 5' is not a day`."""


class PictureProblem(ValueRefusal):
    """What is wrong with a picture file."""
