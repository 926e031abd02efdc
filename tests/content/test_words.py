"""The kiosk's own words: none is asked of a translator in vain."""

from __future__ import annotations

import re

from kiosk.blocks.words import NOT_NEEDED
from kiosk.content.words import KIND_WORDS, Words
from kiosk.toolkit.camel import camel
from tests.conftest import CHECKOUT

IN_QML = re.compile(r"\bwords\.(\w+)")
IN_PYTHON = re.compile(r"\b_?words(?:_of\(\w+\))?\.(\w+)")
COUNTED = re.compile(r'\.counted\(\s*"(\w+)"')


def _all_texts(pattern: str) -> str:
    return "\n".join(file.read_text("utf-8") for file in (CHECKOUT / "kiosk").rglob(pattern))


def test_every_word_is_used() -> None:
    in_qml = set(IN_QML.findall(_all_texts("*.qml")))
    source = _all_texts("*.py")
    counted = set(COUNTED.findall(source))
    forms = {word: one for words in KIND_WORDS for word, one in words.singular.items()}
    singular = {forms[word] for word in counted}
    in_python = {*IN_PYTHON.findall(source), *counted, *singular}
    declared = Words.model_fields.keys() - {"plurals", *NOT_NEEDED}
    assert len(declared) > 40
    assert [word for word in declared if camel(word) not in in_qml and word not in in_python] == []
