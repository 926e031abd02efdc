"""Which letters the on-screen keyboard has: those of every name in the countries it stands in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.showroom.scene import QML_FOLDER
from kiosk.showroom.viewmodels.letters import AZERTY, BEHIND, QWERTY, QWERTZ, ROWS, Letters

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


def keys() -> set[str]:
    """What the keys of the first page write."""
    page = (QML_FOLDER / "Layouts" / "en_US" / "main.qml").read_text("utf-8")
    return set(re.findall(r'^ +text: "(.)"$', page, re.MULTILINE)).union(*QWERTY)


def behind(*, upper: bool) -> set[str]:
    """Whatever one or two touches write."""
    plain = {key.upper() if upper else key for key in keys()}
    return plain.union(*(Letters().behind(key, upper, NAME_FIELD) for key in keys()))


def test_every_letter_of_every_language_is_two_touches_away_and_names_can_be_typed() -> None:
    small, large = behind(upper=False), behind(upper=True)
    capitals = {"ß": "ẞ"}
    for language, letters in ALPHABETS.items():
        assert set(letters) - small == set(), language
        assert {capitals.get(x, x.upper()) for x in letters} - large == set(), language
    assert [name for name in NAMES if set(name) - small - large] == []


def test_the_turkish_i_keeps_its_dot_as_a_capital() -> None:
    assert "İ" in Letters().behind("i", True, NAME_FIELD)
    assert "ı" in Letters().behind("i", False, NAME_FIELD)


def test_a_letter_is_one_composed_character_behind_one_key() -> None:
    for upper in (False, True):
        letters = "".join(Letters().behind(key, upper, NAME_FIELD) for key in BEHIND)
        assert len(set(letters)) == len(letters) == sum(map(len, BEHIND.values()))
        assert unicodedata.is_normalized("NFC", letters)


def test_fields_without_such_letters_offer_none() -> None:
    for name in ("ImhEmailCharactersOnly", "ImhUrlCharactersOnly", "ImhLatinOnly"):
        hint = NAME_FIELD | Qt.InputMethodHint[name].value
        assert Letters().behind("o", False, hint) == ""


def test_no_key_leaves_its_letters_to_qt() -> None:
    """Qt's own list takes whatever the finger slides onto."""
    pages = Path(QML_FOLDER / "Layouts").rglob("*.qml")
    assert [page.name for page in pages if "alternativeKeys" in page.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        *(("en", QWERTY), ("es-MX", QWERTY), ("pl", QWERTY), ("vi", QWERTY)),
        *(("de", QWERTZ), ("de-AT", QWERTZ), ("cs", QWERTZ), ("sr-Latn", QWERTZ)),
        *(("fr", AZERTY), ("fr-BE", AZERTY), ("nl-BE", AZERTY), ("nl", QWERTY)),
        *(("fr-CA", QWERTY), ("fr-CH", QWERTZ)),
    ],
)
def test_letters_are_where_the_keyboards_of_the_language_have_them(
    language: str, rows: tuple[str, ...]
) -> None:
    assert Letters().rows(language) == list(rows)


def test_every_keyboard_has_all_letters_in_rows_of_at_most_ten() -> None:
    for rows in (QWERTY, *ROWS.values()):
        assert sorted("".join(rows)) == list("abcdefghijklmnopqrstuvwxyz")
        assert max(map(len, rows)) <= 10
