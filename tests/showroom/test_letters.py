"""Which letters the on-screen keyboard has: those of every name in the countries it stands in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.showroom.scene import QML_FOLDER
from kiosk.showroom.viewmodels.letters import BEHIND, Letters

ALPHABETS = {
    "Albanian": "çë",
    "Azerbaijani": "çəğıiöşü",
    "Catalan": "àçèéíïóòúü·",
    "Croatian, Bosnian, Serbian": "čćđšž",
    "Czech": "áčďéěíňóřšťúůýž",
    "Danish, Norwegian": "æøåéó",
    "Dutch": "áéëèïĳóöúü",
    "Esperanto": "ĉĝĥĵŝŭ",
    "Estonian, Finnish, Swedish": "åäöõšžé",
    "French": "àâæçéèêëïîôœùûüÿ",
    "German": "äöüß",
    "Hungarian": "áéíóöőúüű",
    "Icelandic, Faroese": "áðéíóúýþæöø",
    "Irish, Scottish": "áéíóúàèìòù",
    "Italian": "àèéìíîòóùú",
    "Latvian": "āčēģīķļņšūžōŗ",
    "Lithuanian": "ąčęėįšųūž",
    "Maltese": "ċġħżàèìòù",
    "Polish": "ąćęłńóśźż",
    "Portuguese": "ãáàâçéêíõóôúü",
    "Romanian": "ăâîșțşţ",
    "Sami": "áčđŋšŧž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Slovenian": "čšž",
    "Spanish": "áéíñóúü",
    "Turkish": "çğıöşüâîû",
    "Vietnamese": ("àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"),
    "Welsh": "âêîôûŵŷáàäéèëíìïóòöúùüẃẁẅýỳÿ",
    "between letters": "'’-",
}
NAMES = (
    *("Łukasz", "Dvořák", "Şahin", "Ștefan", "Nguyễn", "Þór", "Jean-Luc", "O’Brien", "O'Brien"),
    *("İbrahim", "Işık", "Żółć", "Őrsi", "Ķēniņš", "Ægir", "Œuvray", "Đặng", "Güneş", "Ľubomír"),
)
NAME_FIELD = Qt.InputMethodHint.ImhNoPredictiveText.value


@pytest.fixture(scope="module")
def keys() -> set[str]:
    """What the keys of the first page write."""
    page = (QML_FOLDER / "Layouts" / "en_US" / "main.qml").read_text("utf-8")
    return set(re.findall(r'^ +text: "(.)"$', page, re.MULTILINE))


def behind(keys: set[str], *, upper: bool) -> set[str]:
    """Whatever one or two touches write."""
    plain = {key.upper() if upper else key for key in keys}
    return plain.union(*(Letters().behind(key, upper, NAME_FIELD) for key in keys))


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_of_a_language_is_two_touches_away(keys: set[str], language: str) -> None:
    letters = ALPHABETS[language]
    capitals = {"ß": "ẞ"}
    assert set(letters) - behind(keys, upper=False) == set()
    assert {capitals.get(x, x.upper()) for x in letters} - behind(keys, upper=True) == set()


@pytest.mark.parametrize("name", NAMES)
def test_names_can_be_typed(keys: set[str], name: str) -> None:
    assert set(name) - behind(keys, upper=False) - behind(keys, upper=True) == set()


def test_the_turkish_i_keeps_its_dot_as_a_capital() -> None:
    assert "İ" in Letters().behind("i", True, NAME_FIELD)
    assert "ı" in Letters().behind("i", False, NAME_FIELD)


@pytest.mark.parametrize("upper", [False, True])
def test_a_letter_is_one_composed_character_behind_one_key(upper: bool) -> None:
    letters = "".join(Letters().behind(key, upper, NAME_FIELD) for key in BEHIND)
    assert len(set(letters)) == len(letters) == sum(map(len, BEHIND.values()))
    assert unicodedata.is_normalized("NFC", letters)


@pytest.mark.parametrize(
    "hint",
    [
        Qt.InputMethodHint.ImhEmailCharactersOnly,
        Qt.InputMethodHint.ImhUrlCharactersOnly,
        Qt.InputMethodHint.ImhLatinOnly,
    ],
)
def test_fields_without_such_letters_offer_none(hint: Qt.InputMethodHint) -> None:
    assert Letters().behind("o", False, NAME_FIELD | hint.value) == ""


def test_no_key_leaves_its_letters_to_qt() -> None:
    """Qt's own list takes whatever the finger slides onto."""
    pages = Path(QML_FOLDER / "Layouts").rglob("*.qml")
    assert [page.name for page in pages if "alternativeKeys" in page.read_text("utf-8")] == []
