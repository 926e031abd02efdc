"""The letters on the keys of the on-screen keyboard, and behind them: what a name may need and no
key shows.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
QWERTZ = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn")
ROWS = {
    **dict.fromkeys(("bs", "cs", "de", "hr", "hu", "lb", "sk", "sl", "sq", "sr"), QWERTZ),
    "fr": AZERTY,
    "nl-BE": AZERTY,
    "fr-CA": QWERTY,
    "fr-CH": QWERTZ,
}
"""By language, where it is not QWERTY: where visitors look for a letter without thinking. A country
goes before its language.
"""

BEHIND = {
    "a": "àáâäãåæāąă" "ảạắằẳẵặấầẩẫậ",
    "c": "çćčċĉ",
    "d": "ďđð",
    "e": "èéêëęėēě" "ẻẽẹếềểễệə",
    "g": "ğġģĝ",
    "h": "ħĥ",
    "i": "ìíîïıīįĳ" "ĩỉị",
    "j": "ĵ",
    "k": "ķ",
    "l": "łľĺļ",
    "n": "ñńňņŋ",
    "o": "òóôöõøœōő" "ỏọốồổỗộơớờởỡợ",
    "r": "řŕŗ",
    "s": "šśşșßŝ",
    "t": "ťțţŧþ",
    "u": "ùúûüūůűųŭ" "ũủụưứừửữự",
    "w": "ŵẁẃẅ",
    "y": "ýÿŷ" "ỳỷỹỵ",
    "z": "žźż",
    "'": "’‘ʻ",
    "-": "–",
    ".": "·",
}  # fmt: skip
"""By key. Those of Europe come first, then those that only Vietnam has."""

CAPITALS = {"ı": "İ", "ß": "ẞ"}
"""Where Unicode's own capital is another key's letter, or two letters."""

PLAIN_FIELDS = 0xE00000
"""Fields in which such letters make no sense: `ImhEmailCharactersOnly`, `ImhUrlCharactersOnly` and
`ImhLatinOnly` of `Qt.InputMethodHint`; `Qt` takes 30 ms of the start.
"""


@QmlElement
@QmlSingleton
class Letters(QObject):
    """What the keyboard has on its keys, and offers for one that is held."""

    @Slot(str, result="QStringList")
    def rows(self, language: str) -> list[str]:
        """The three rows of letters, as keyboards of this language have them."""
        return list(ROWS.get(language) or ROWS.get(language.split("-", maxsplit=1)[0], QWERTY))

    @Slot(str, bool, int, result=str)
    def behind(self, key: str, upper: bool, hints: int) -> str:
        """The letters behind a key, in a field with these `Qt::InputMethodHints`."""
        letters = "" if hints & PLAIN_FIELDS else BEHIND.get(key, "")
        return "".join(CAPITALS.get(x, x.upper()) for x in letters) if upper else letters
