"""A signup: what a visitor types, the rules it must pass, the fact that is stored."""

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
Fault = Literal["missing", "invalid", "too_long"]

NEWSLETTER = "newsletter"
"""The one box of the form: to be put on the mailing list."""
LONGEST_NAME = 300
LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3 with erratum 1690."""
POSTAL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z \-]{1,8}[0-9A-Za-z]")

UNSEEN = frozenset("\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Zero-width space, byte order mark, and what turns the direction of the text that follows."""

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
OTHER_DOMAINS = frozenset({"cloud.com", "email.com", "fastmail.com", "mac.com"})
"""One slip away from a common one, and in use themselves."""
SLIPS_OF_ENDINGS = {
    "com": frozenset({"", "c", "co", "cm", "om", "con", "cim", "cmo", "cpm", "ocm", "vom", "xom"})
    | {"comm", "coom", "ccom"},
    "net": frozenset({"", "n", "ne", "nt", "et", "nte", "ner", "bet", "met", "nett", "neet"}),
    "me": frozenset({"", "em", "mee"}),
}
TOPLEVEL_SLIPS = frozenset({"", "co", "cm", "om", "ne", "et"})
"""Slips that are endings of their own (.co is Colombia) or none: only told from a long name."""
SHORTEST_TELLING = 5
"""Letters a name needs for one slip in it to be told from another name: `msn`, `mail` are short."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as the visitor filled it in."""

    email: str = ""
    name: str = ""
    postal_code: str = ""
    consented: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a signup is about: what is sealed, and what an erasure removes."""

    email: str
    name: str
    postal_code: str


def consent_id(version: str, language: str, wording: str, notice: str) -> str:
    """The same words have the same id."""
    words = json.dumps([version, language, wording, notice], ensure_ascii=False)
    return sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Consent:
    """The words on screen when the box was ticked: proof of what was agreed to.

    `wording` stands beside the box. `notice` is everything else that was shown or one touch away:
    who asks, for what, how to withdraw, the privacy page.
    """

    version: str
    language: str
    wording: str
    notice: str

    @property
    def id(self) -> str:
        """The same words have the same id."""
        return consent_id(self.version, self.language, self.wording, self.notice)

    @property
    def wording_sha256(self) -> str:
        """Of the wording in UTF-8, as hexadecimal digits."""
        return sha256(self.wording.encode()).hexdigest()

    @property
    def notice_sha256(self) -> str:
        """Of the notice in UTF-8, as hexadecimal digits."""
        return sha256(self.notice.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and where a form was sent.

    `created_at` has its UTC offset; `clock_trusted` is None where nobody had judged the clock.
    `content_version` is the SHA-256 of the content file that was on screen.
    """

    created_at: datetime
    clock_trusted: bool | None
    kiosk: str
    content_version: str


@dataclass(frozen=True, slots=True)
class Signup:
    """A visitor's signup; `ticked` names the boxes of the form that were ticked."""

    id: str
    person: Person
    consent: Consent
    stamp: Stamp
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


def clean(typed: Typed) -> Typed:
    """The text to store: composed (NFC), without outer spaces and invisible characters.

    Joiners stay, since some scripts need them.
    """
    return Typed(
        email=_clean(typed.email),
        name=_clean(typed.name),
        postal_code=_clean(typed.postal_code),
        consented=typed.consented,
    )


def _clean(value: str) -> str:
    stored = "".join(filter(is_kept, value))
    return unicodedata.normalize("NFC", stored).strip()


def is_kept(character: str) -> bool:
    """Whether a character is stored.

    No controls, halves of pairs or noncharacters (Unicode, D14), which XML cannot hold.
    """
    code = ord(character)
    is_character = code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF
    is_seen = character not in UNSEEN and unicodedata.category(character) not in {"Cc", "Cs"}
    return is_character and is_seen


def faults(typed: Typed) -> dict[Field, Fault]:
    """The faults of a cleaned form by field; empty if it is acceptable."""
    faults_by_field: dict[Field, Fault] = {}
    if not typed.email:
        faults_by_field["email"] = "missing"
    elif len(typed.email) > LONGEST_EMAIL:
        faults_by_field["email"] = "too_long"
    elif not is_address(typed.email):
        faults_by_field["email"] = "invalid"
    if len(typed.name) > LONGEST_NAME:
        faults_by_field["name"] = "too_long"
    if typed.postal_code and POSTAL_CODE.fullmatch(typed.postal_code) is None:
        faults_by_field["postal_code"] = "invalid"
    if not typed.consented:
        faults_by_field["consent"] = "missing"
    return faults_by_field


def is_address(email: str) -> bool:
    """Whether the text has the form of an email address (RFC 5322 and 6531); asks no network."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(email, check_deliverability=False, test_environment=False)
    except EmailNotValidError:
        return False
    return True


def refusable_letters(email: str) -> str:
    """The letters before the @ that need SMTPUTF8 (RFC 6531), each once.

    Many mail systems lack it and refuse the address. The domain does not need it: it is sent in
    ASCII (RFC 5890).
    """
    local = email.rpartition("@")[0]
    return "".join(dict.fromkeys(letter for letter in local if not letter.isascii()))


def likely_address(email: str) -> str | None:
    """The address probably meant, if the domain is a near miss of a common one; else None.

    Only typing slips are corrected, one in the name and one in the ending; a domain that somebody
    may well have (`me.co`, `yahoo.ca`, `email.com`) is left alone.
    """
    local, _, typed_domain = email.strip().rpartition("@")
    domain = re.sub(r"[.,]+", ".", typed_domain.lower()).strip(".")
    if not local or not domain or domain in OTHER_DOMAINS:
        return None
    if domain in COMMON_DOMAINS:
        return None if domain == typed_domain.lower() else f"{local}@{domain}"
    suggestion = next((common for common in COMMON_DOMAINS if _is_slip(domain, common)), None)
    return f"{local}@{suggestion}" if suggestion else None


def _is_slip(domain: str, common: str) -> bool:
    label, _, ending = domain.partition(".")
    common_label, _, common_ending = common.partition(".")
    is_long = len(common_label) >= SHORTEST_TELLING
    if domain == common.replace(".", ""):
        return is_long
    if label != common_label and not (is_long and _one_slip_apart(label, common_label)):
        return False
    if ending in TOPLEVEL_SLIPS and not is_long:
        return False
    return ending == common_ending or ending in SLIPS_OF_ENDINGS[common_ending]


def _one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are swapped."""
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
