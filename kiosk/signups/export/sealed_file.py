"""The file of a sealed export: boxes as they are stored, and what is needed beside the key.

Lines of JSON. The first names the format, its version, the time of the export and the keys; each
consent text precedes its signups; the suppression list and the ids that were erased on request
follow; the last line counts the signups and has the SHA-256 of all lines before it, so that a file
that was cut off or changed is noticed. Nothing in it can be read without the manager's key but
times, consents and numbers.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kiosk.files import opened_regular_file
from kiosk.signups.crypto.sealed_box import PublicKey
from kiosk.signups.form import Consent
from kiosk.signups.store.stored_signup import (
    CLOCK_TRUSTED_VALUES,
    StoredSignup,
    UnreadableSignup,
    parse_created_at,
)
from kiosk.signups.store.suppression import HASH_BYTES

ENDING = "sealed"
FORMAT = "showroom-kiosk-sealed-signups"
VERSION = 1
MAX_LINE_BYTES = 32_000_000
"""Four times a whole content file, which holds the longest notice there can be: in letters that
are escaped it takes three times as much.
"""
OPENED_BEGINNINGS = (b"\xef\xbb\xbfid,created_at", b"PK\x03\x04", b'{"id":')
"""Of the files that an export writes when it has the key."""
AGAIN = "have the kiosk write it again with 'kiosk export --again'"

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class SealedFileRefused(Exception):
    """It cannot be opened; the message says why and what to do. The file stays as it is."""


@dataclass(frozen=True, slots=True)
class SealedHeader:
    """`keys` has the public keys by their ids; one that was lost is empty."""

    exported_at: datetime
    keys: Mapping[str, bytes]


class SuppressionSecret(NamedTuple):
    """The secret of the hashes of objections, in its box."""

    number: int
    box: bytes
    key_id: str


class Objection(NamedTuple):
    """The keyed hash of an address on the suppression list."""

    hash: bytes
    secret: int


class ErasedId(NamedTuple):
    """The id of a signup that was erased on request."""

    id: str


Fact = StoredSignup | SuppressionSecret | Objection | ErasedId


def write_sealed(file: BinaryIO, header: SealedHeader, facts: Iterable[Fact]) -> None:
    digest, signups = sha256(), 0
    for line in _lines(header, facts):
        signups += "signup" in line
        raw = _encoded(line)
        digest.update(raw)
        file.write(raw)
    file.write(_encoded({"signups": signups, "sha256": digest.hexdigest()}))


def require_sealable(record: StoredSignup) -> None:
    """
    Raises:
        UnreadableSignup: a file with it would be refused as damaged.
    """
    if any(map(_UNPRINTABLE.search, (record.id, record.key_id or ""))):
        raise UnreadableSignup("its id is damaged")


def read_sealed(file: Path) -> Generator[SealedHeader | Fact]:
    """The header, then everything else in order.

    Whether the file is complete and unchanged is known only once everything was read: until then,
    do nothing with it that cannot be undone.

    Raises:
        SealedFileRefused: see there.
    """
    digest, signups = sha256(), 0
    consents: dict[str, Consent] = {}
    secret: int | None = None
    try:
        with opened_regular_file(file) as opened:
            first = opened.readline(MAX_LINE_BYTES)
            header = _header(file, first)
            digest.update(first)
            yield header
            while raw := opened.readline(MAX_LINE_BYTES):
                if not raw.endswith(b"\n"):
                    _require(len(raw) < MAX_LINE_BYTES)
                    break
                line = _object(json.loads(raw))
                if "sha256" in line:
                    _require(line["sha256"] == digest.hexdigest())
                    _require(_number(line["signups"]) == signups)
                    _require(not opened.read(1))
                    return
                digest.update(raw)
                fact = _fact(line, consents)
                match fact:
                    case StoredSignup():
                        _require(fact.key_id in header.keys)
                        signups += 1
                    case SuppressionSecret():
                        _require(fact.key_id in header.keys)
                        secret = fact.number
                    case Objection():
                        _require(fact.secret == secret)  # else it would be dropped
                if fact is not None:
                    yield fact
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError, UnreadableSignup):
        raise _damaged(file) from None
    except OSError as error:
        raise _unreadable(file, error) from None
    raise SealedFileRefused(
        f"{file} is not complete: its end is missing, as when a stick is pulled out too early; copy"
        f" it again, or {AGAIN}"
    )


def read_age(file: Path) -> tuple[datetime, bytes]:
    """When a file was written, and its digest: for an order of files, complete or not.

    Raises:
        SealedFileRefused: it cannot be read, or is not such a file.
    """
    with closing(read_sealed(file)) as facts:
        header = next(facts)
        assert isinstance(header, SealedHeader)
    try:
        with opened_regular_file(file) as opened:
            return header.exported_at, file_digest(opened, "sha256").digest()
    except OSError as error:
        raise _unreadable(file, error) from None


def _lines(header: SealedHeader, facts: Iterable[Fact]) -> Iterator[dict[str, object]]:
    yield {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": header.exported_at.isoformat(),
        "keys": {key_id: _text(key) for key_id, key in sorted(header.keys.items())},
    }
    ids: dict[Consent, str] = {}
    for fact in facts:
        match fact:
            case StoredSignup():
                consent = fact.consent
                if consent not in ids:
                    ids[consent] = consent.id
                    yield {
                        "consent": consent.id,
                        "consent_version": consent.version,
                        "language": consent.language,
                        "wording": consent.wording,
                        "notice": consent.notice,
                    }
                yield {
                    "signup": fact.id,
                    "created_at": fact.created_at,
                    "clock_trusted": fact.clock_trusted,
                    "kiosk": fact.kiosk,
                    "content_version": fact.content_version,
                    "ticked": fact.ticked,
                    "consent_id": ids[consent],
                    "key_id": fact.key_id,
                    "box": _text(fact.personal),
                }
            case SuppressionSecret():
                yield {"secret": fact.number, "key_id": fact.key_id, "box": _text(fact.box)}
            case Objection():
                yield {"objection": _text(fact.hash), "under_secret": fact.secret}
            case ErasedId():
                yield {"erased": fact.id}


def _fact(line: Mapping[str, object], consents: dict[str, Consent]) -> Fact | None:
    """What a line says; None for a consent, which the signups below it refer to."""
    match line:
        case {"signup": id_}:
            trusted = line["clock_trusted"]
            _require(trusted is None or _number(trusted) in CLOCK_TRUSTED_VALUES)
            signup = StoredSignup(
                0,
                _plain(id_),
                _plain(line["created_at"]),
                None if trusted is None else _number(trusted),
                _string(line["kiosk"]),
                _string(line["content_version"]),
                _string(line["ticked"]),
                consents[_plain(line["consent_id"])],
                _bytes(line["box"]),
                _plain(line["key_id"]),
                consent_id=_plain(line["consent_id"]),
            )
            _require_instant(parse_created_at(signup))
            return signup
        case {"consent": id_}:
            texts = (line["consent_version"], line["language"], line["wording"], line["notice"])
            consent = Consent(*map(_string, texts))
            _require(consent.id == id_)
            consents[consent.id] = consent
            return None
        case {"secret": number}:
            return SuppressionSecret(_number(number), _bytes(line["box"]), _plain(line["key_id"]))
        case {"objection": hash_}:
            hash_ = _bytes(hash_)
            _require(len(hash_) == HASH_BYTES)
            return Objection(hash_, _number(line["under_secret"]))
        case {"erased": id_}:
            return ErasedId(_plain(id_))
    raise ValueError


def _header(file: Path, raw: bytes) -> SealedHeader:
    if raw.startswith(OPENED_BEGINNINGS):
        raise SealedFileRefused(f"{file} is open already: everybody can read it, without a key")
    if not raw.strip(b"\0"):
        raise SealedFileRefused(
            f"{file} is empty, as when a stick is pulled out too early; copy it again, or {AGAIN}"
        )
    try:
        line = _object(json.loads(raw))
        is_ours = line["format"] == FORMAT
    except (ValueError, TypeError, KeyError, RecursionError):
        is_ours = False
    if not is_ours:
        raise SealedFileRefused(
            f"{file} is not a file of sealed signups, or is damaged; use the .{ENDING} file from"
            " the stick"
        )
    version = _number(line["version"])
    if version > VERSION:
        raise SealedFileRefused(
            f"{file} was written by a newer version of the kiosk; install that version"
        )
    _require(version == VERSION)
    keys = {_plain(key_id): _bytes(key) for key_id, key in _object(line["keys"]).items()}
    _require(bool(keys))
    _require(all(not key or PublicKey(key).id == key_id for key_id, key in keys.items()))
    exported_at = datetime.fromisoformat(_plain(line["exported_at"]))
    _require_instant(exported_at)
    return SealedHeader(exported_at, keys)


def _unreadable(file: Path, error: OSError) -> SealedFileRefused:
    return SealedFileRefused(
        f"{file} cannot be read ({error.strerror or error}); plug the stick in, or copy the file"
        " again"
    )


def _damaged(file: Path) -> SealedFileRefused:
    return SealedFileRefused(f"{file} is damaged; copy it again from the stick, or {AGAIN}")


def _encoded(line: Mapping[str, object]) -> bytes:
    return f"{json.dumps(line)}\n".encode()


def _require(is_so: bool) -> None:
    if not is_so:
        raise ValueError


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _bytes(value: object) -> bytes:
    return b64decode(_plain(value), validate=True)


def _string(value: object) -> str:
    if not isinstance(value, str) or _SURROGATES.search(value):
        raise ValueError
    return value


def _plain(value: object) -> str:
    """An id or a time, which may be shown on a terminal."""
    text = _string(value)
    _require(_UNPRINTABLE.search(text) is None)
    return text


def _number(value: object) -> int:
    """One that fits a database; JSON has fractions, infinity and numbers of any length, too."""
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError
    return value


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _require_instant(moment: datetime) -> None:
    """Refuse times that cannot be compared with others."""
    _require(moment.tzinfo is not None)
    moment.astimezone(UTC)
