"""The file of a sealed export: boxes as they are stored, and what is needed beside the key.

Lines of JSON. The first names the format, its version, the time of the export and the keys; each
consent text precedes its signups; the suppression list and the ids that were erased on request
follow; the last line counts the signups and has the SHA-256 of all lines before it, so that a file
that was cut off or changed is noticed. Nothing in it can be read without the manager's key but
times, consents and numbers.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from kiosk.files import opened_regular_file
from kiosk.signups.form import Consent
from kiosk.signups.store.stored_signup import CLOCK_TRUSTED_VALUES, StoredSignup

ENDING = "sealed"
FORMAT = "showroom-kiosk-sealed-signups"
VERSION = 1
MAX_LINE_BYTES = 16_000_000
"""Twice a whole content file, which holds the longest notice there can be."""
OPENED_BEGINNINGS = (b"\xef\xbb\xbfid,created_at", b"PK\x03\x04", b'{"id":')
"""Of the files that an export writes when it has the key."""
AGAIN = "have the kiosk write it again with 'kiosk export --again'"


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
    """Write a complete file."""
    digest, signups = sha256(), 0
    for line in _lines(header, facts):
        signups += "signup" in line
        raw = _encoded(line)
        digest.update(raw)
        file.write(raw)
    file.write(_encoded({"signups": signups, "sha256": digest.hexdigest()}))


def read_sealed(file: Path) -> Iterator[SealedHeader | Fact]:
    """The header, then everything else in order.

    Whether the file is complete and unchanged is known only once everything was read: until then,
    do nothing with it that cannot be undone.

    Raises:
        SealedFileRefused: see there.
    """
    digest, signups = sha256(), 0
    consents: dict[str, Consent] = {}
    try:
        with opened_regular_file(file) as opened:
            first = opened.readline(MAX_LINE_BYTES)
            header = _header(file, first)
            digest.update(first)
            yield header
            while raw := opened.readline(MAX_LINE_BYTES):
                if not raw.endswith(b"\n"):
                    break
                line = json.loads(raw)
                if "sha256" in line:
                    _require((line["sha256"], line["signups"]) == (digest.hexdigest(), signups))
                    _require(not opened.read(1))
                    return
                digest.update(raw)
                fact = _fact(line, consents)
                if isinstance(fact, (StoredSignup, SuppressionSecret)):
                    _require(fact.key_id in header.keys)
                signups += isinstance(fact, StoredSignup)
                if fact is not None:
                    yield fact
    except (KeyError, TypeError, ValueError, RecursionError):
        raise _damaged(file) from None
    except OSError as error:
        raise SealedFileRefused(
            f"{file} cannot be read ({error.strerror or error}); plug the stick in, or copy the"
            " file again"
        ) from None
    raise SealedFileRefused(
        f"{file} is not complete: its end is missing, as when a stick is pulled out too early; copy"
        f" it again, or {AGAIN}"
    )


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


def _fact(line: Mapping[str, Any], consents: dict[str, Consent]) -> Fact | None:
    """What a line says; None for a consent, which the signups below it refer to."""
    match line:
        case {"signup": str(id_)}:
            trusted = line["clock_trusted"]
            _require(trusted in CLOCK_TRUSTED_VALUES)
            return StoredSignup(
                *(0, id_, _str(line["created_at"]), trusted, _str(line["kiosk"])),
                *(_str(line["content_version"]), _str(line["ticked"])),
                consents[line["consent_id"]],
                _bytes(line["box"]),
                _str(line["key_id"]),
                consent_id=_str(line["consent_id"]),
            )
        case {"consent": str(id_)}:
            texts = (line["consent_version"], line["language"], line["wording"], line["notice"])
            consents[id_] = Consent(*map(_str, texts))
            _require(consents[id_].id == id_)
            return None
        case {"secret": int(number)}:
            return SuppressionSecret(number, _bytes(line["box"]), _str(line["key_id"]))
        case {"objection": hash_}:
            return Objection(_bytes(hash_), int(line["under_secret"]))
        case {"erased": str(id_)}:
            return ErasedId(id_)
    raise ValueError


def _header(file: Path, raw: bytes) -> SealedHeader:
    if raw.startswith(OPENED_BEGINNINGS):
        raise SealedFileRefused(f"{file} is open already: everybody can read it, without a key")
    if not raw.strip(b"\0"):
        raise SealedFileRefused(
            f"{file} is empty, as when a stick is pulled out too early; copy it again, or {AGAIN}"
        )
    try:
        line = json.loads(raw)
        is_ours = line["format"] == FORMAT
    except (ValueError, TypeError, KeyError, RecursionError):
        is_ours = False
    if not is_ours:
        raise SealedFileRefused(
            f"{file} is not a file of sealed signups, or is damaged; use the .{ENDING} file from"
            " the stick"
        )
    if line["version"] != VERSION:
        raise SealedFileRefused(
            f"{file} was written by a newer version of the kiosk; install that version"
        )
    keys = {_str(key_id): _bytes(key) for key_id, key in line["keys"].items()}
    return SealedHeader(datetime.fromisoformat(line["exported_at"]), keys)


def _damaged(file: Path) -> SealedFileRefused:
    return SealedFileRefused(f"{file} is damaged; copy it again from the stick, or {AGAIN}")


def _encoded(line: Mapping[str, object]) -> bytes:
    return f"{json.dumps(line)}\n".encode()


def _require(is_so: bool) -> None:
    if not is_so:
        raise ValueError


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
