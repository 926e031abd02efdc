"""Capital letters are those of the language."""

from __future__ import annotations

import pytest

from kiosk.language.capitals import capitals, with_capital


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "It's here, Łukasz", "IT'S HERE, ŁUKASZ"),
        ("de", "Grüß Gott", "GRÜSS GOTT"),
        ("de-CH", "Straße", "STRASSE"),
        ("tr", "Işık iyi", "IŞIK İYİ"),
        ("az", "yeni", "YENİ"),
        ("el", "Προς το σπίτι", "ΠΡΟΣ ΤΟ ΣΠΙΤΙ"),
        ("el", "Καλημέρα, Μάιος", "ΚΑΛΗΜΕΡΑ, ΜΑΪΟΣ"),
        ("el", "προϊόν άυλος", "ΠΡΟΪΟΝ ΑΫΛΟΣ"),
        ("el", "τσάι ή νερό", "ΤΣΑΪ Ή ΝΕΡΟ"),
        ("el", "Café ή Škoda", "CAFÉ Ή ŠKODA"),
        ("de", "Ελευθερία στον δρόμο", "ΕΛΕΥΘΕΡΙΑ ΣΤΟΝ ΔΡΟΜΟ"),
        ("tr", "İzmir, Ύψος", "İZMİR, ΥΨΟΣ"),
        ("nl", "ijs aan het IJ", "IJS AAN HET IJ"),
        ("lt", "i\u0307\u0301 Vilnius", "I\u0301 VILNIUS"),
        ("hy", "և", "ԵՎ"),
        ("fr", "Été à l’œuvre", "ÉTÉ À L’ŒUVRE"),
        ("ja", "鈴鹿 Circuit", "鈴鹿 CIRCUIT"),
    ],
)
def test_a_headline_is_set_in_capitals_of_its_language(
    language: str, text: str, wanted: str
) -> None:
    assert capitals(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "a month", "A month"),
        ("tr", "ilk", "İlk"),
        ("el", "έλα", "Έλα"),
        ("nl", "ijs", "IJs"),
        ("nl", "ideaal", "Ideaal"),
        ("en", "", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_of_its_language(
    language: str, text: str, wanted: str
) -> None:
    assert with_capital(text, language) == wanted
