"""A signup: what a visitor types, its validation, and the record that is stored."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from typing import Literal
from uuid import UUID

Field = Literal["email", "name", "postal_code", "consent"]
FieldError = Literal["missing", "invalid", "too_long"]

NEWSLETTER = "newsletter"
"""The only checkbox of the form: joining the mailing list."""
MAX_NAME_LENGTH = 300
MAX_EMAIL_LENGTH = 254
"""RFC 5321, 4.5.3.1.3 with erratum 1690."""
POSTAL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z \-]{1,8}[0-9A-Za-z]")

INVISIBLE = frozenset("\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Zero-width space, byte order mark, and controls that change the direction of text."""

COMMON_DOMAINS = (
    "gmail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "aol.com",
    "comcast.net",
    "verizon.net",
    "att.net",
    "msn.com",
    "live.com",
    "me.com",
    "proton.me",
    "protonmail.com",
    "ymail.com",
    "sbcglobal.net",
    "gmx.com",
    "mail.com",
)
SIMILAR_REAL_DOMAINS = frozenset({"cloud.com", "email.com", "fastmail.com", "mac.com"})
"""One typo away from a common domain, but in use themselves."""
TYPOS_BY_ENDING = {
    "com": frozenset({"", "c", "co", "cm", "om", "con", "cim", "cmo", "cpm", "ocm", "vom", "xom"})
    | {"comm", "coom", "ccom"},
    "net": frozenset({"", "n", "ne", "nt", "et", "nte", "ner", "bet", "met", "nett", "neet"}),
    "me": frozenset({"", "em", "mee"}),
}
AMBIGUOUS_TYPOS = frozenset({"", "co", "cm", "om", "ne", "et"})
"""Endings that exist themselves (.co is Colombia) or are empty: typos only after a long name."""
MIN_LABEL_LENGTH = 5
"""Below this length one edit may be another name, as in `msn` and `mail`."""


@dataclass(frozen=True, slots=True)
class FormInput:
    """The form as a visitor filled it in."""

    email: str = ""
    name: str = ""
    postal_code: str = ""
    consented: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Personal data of a signup: what is sealed, and what an erasure removes."""

    email: str
    name: str
    postal_code: str


def consent_id(version: str, language: str, wording: str, notice: str) -> str:
    """The id of a consent text; identical texts have the same id."""
    words = json.dumps([version, language, wording, notice], ensure_ascii=False)
    return sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Consent:
    """The text on screen when the box was checked: proof of what was agreed to.

    `wording` is the label of the checkbox. `notice` is everything else that was shown or one touch
    away: who asks, for what, how to withdraw, the privacy page.
    """

    version: str
    language: str
    wording: str
    notice: str

    @property
    def id(self) -> str:
        return consent_id(self.version, self.language, self.wording, self.notice)

    @property
    def wording_sha256(self) -> str:
        """SHA-256 of the wording in UTF-8, as hexadecimal digits."""
        return sha256(self.wording.encode()).hexdigest()

    @property
    def notice_sha256(self) -> str:
        """SHA-256 of the notice in UTF-8, as hexadecimal digits."""
        return sha256(self.notice.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Provenance:
    """When and where a form was sent.

    `created_at` has its UTC offset; `clock_trusted` is None if the clock was not judged.
    `content_version` is the SHA-256 of the content file that was on screen.
    """

    created_at: datetime
    clock_trusted: bool | None
    kiosk: str
    content_version: str


@dataclass(frozen=True, slots=True)
class Signup:
    """A visitor's signup; `ticked` lists the checkboxes that were checked."""

    id: str
    person: Person
    consent: Consent
    provenance: Provenance
    ticked: tuple[str, ...] = (NEWSLETTER,)


def new_id() -> str:
    """A UUIDv7 (RFC 9562, 5.7) that sorts by the time it was made, to 244 ns (6.2, method 3)."""
    now = max(0, time.time_ns())  # a clock may be set before 1970
    milliseconds, nanoseconds = divmod(now, 1_000_000)
    fraction = nanoseconds * 4096 // 1_000_000
    raw = bytearray(
        milliseconds.to_bytes(6, "big") + (0x7000 | fraction).to_bytes(2, "big") + token_bytes(8)
    )
    raw[8] = raw[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(raw)))


def cleaned(form: FormInput) -> FormInput:
    """The form to store: normalized (NFC), without surrounding spaces or invisible characters.

    Joiners stay, since some scripts need them.
    """
    return FormInput(
        email=_cleaned(form.email),
        name=_cleaned(form.name),
        postal_code=_cleaned(form.postal_code),
        consented=form.consented,
    )


def _cleaned(value: str) -> str:
    stored = "".join(filter(is_storable, value))
    return unicodedata.normalize("NFC", stored).strip()


def is_storable(character: str) -> bool:
    """Whether a character can be stored.

    Controls, surrogates and noncharacters (Unicode, D14) cannot: XML does not allow them.
    """
    code = ord(character)
    is_character = code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF
    is_visible = character not in INVISIBLE and unicodedata.category(character) not in {"Cc", "Cs"}
    return is_character and is_visible


def validate(form: FormInput) -> dict[Field, FieldError]:
    """The errors of a cleaned form by field; empty if it is valid."""
    errors: dict[Field, FieldError] = {}
    if not form.email:
        errors["email"] = "missing"
    elif len(form.email) > MAX_EMAIL_LENGTH:
        errors["email"] = "too_long"
    elif not is_email_address(form.email):
        errors["email"] = "invalid"
    if len(form.name) > MAX_NAME_LENGTH:
        errors["name"] = "too_long"
    if form.postal_code and POSTAL_CODE.fullmatch(form.postal_code) is None:
        errors["postal_code"] = "invalid"
    if not form.consented:
        errors["consent"] = "missing"
    return errors


def is_email_address(email: str) -> bool:
    """Whether the text is an email address by its syntax (RFC 5322 and 6531)."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(email, check_deliverability=False, test_environment=False)
    except EmailNotValidError:
        return False
    return True


def smtputf8_letters(email: str) -> str:
    """The letters before the @ that need SMTPUTF8 (RFC 6531), each once.

    Many mail systems do not support it and reject the address. The domain does not need it: it is
    sent in ASCII (RFC 5890).
    """
    local = email.rpartition("@")[0]
    return "".join(dict.fromkeys(letter for letter in local if not letter.isascii()))


def suggest_address(email: str) -> str | None:
    """The address probably meant, if the domain looks like a typo of a common one; else None.

    Corrects at most one typo in the name and one in the ending. Domains that may well exist
    (`me.co`, `yahoo.ca`, `email.com`) are left alone.
    """
    local, _, given_domain = email.strip().rpartition("@")
    domain = re.sub(r"[.,]+", ".", given_domain.lower()).strip(".")
    if not local or not domain or domain in SIMILAR_REAL_DOMAINS:
        return None
    if domain in COMMON_DOMAINS:
        return None if domain == given_domain.lower() else f"{local}@{domain}"
    suggestion = next((common for common in COMMON_DOMAINS if _is_typo(domain, common)), None)
    return f"{local}@{suggestion}" if suggestion else None


def _is_typo(domain: str, common: str) -> bool:
    label, _, ending = domain.partition(".")
    common_label, _, common_ending = common.partition(".")
    is_long = len(common_label) >= MIN_LABEL_LENGTH
    if domain == common.replace(".", ""):
        return is_long
    if label != common_label and not (is_long and _is_one_edit_apart(label, common_label)):
        return False
    if ending in AMBIGUOUS_TYPOS and not is_long:
        return False
    return ending == common_ending or ending in TYPOS_BY_ENDING[common_ending]


def _is_one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter is wrong, missing or extra, or two adjacent letters are swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return len(a) != len(b)
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )
