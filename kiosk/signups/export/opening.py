"""Opens what kiosks have exported sealed, where the manager's key is: at the desk.

The boxes go into a database in a temporary folder, still sealed, and out of it as on a kiosk: of
one file, the result is what the kiosk would have written with the key, byte for byte. Several are
taken in by the time of their export, in whatever order they are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.exporter import (
    ExportRefused,
    ExportRequest,
    ExportResult,
    export,
    require_new_file,
)
from kiosk.signups.export.sealed_file import (
    ENDING,
    ErasedId,
    Fact,
    Objection,
    SealedFileRefused,
    SealedHeader,
    SuppressionSecret,
    read_age,
    read_sealed,
)
from kiosk.signups.store.database import BATCH_SIZE, QueueUnavailable
from kiosk.signups.store.erasure import erase_ids
from kiosk.signups.store.queue import Progress, Queue
from kiosk.signups.store.stored_signup import StoredSignup
from kiosk.signups.store.suppression import restore_suppressed


def open_sealed(
    files: Sequence[Path],
    request: ExportRequest,
    key: PrivateKey,
    progress: Progress | None = None,
) -> tuple[ExportResult, int]:
    """Write the signups of sealed files to one file that everybody can read.

    A signup that is in several files is written once. What one file lists as erased or on the
    suppression list counts for all. The sealed files stay as they are.

    Returns the result, whose `number` says nothing, and how many were erased since their export.

    Raises:
        ExportRefused: a file is damaged, incomplete or sealed to another key, or the new file is
            refused, or temporary files cannot be written.
    """
    if request.out.suffix.lower() == f".{ENDING}":
        raise ExportRefused(f"{request.out.name} must end in .csv, .xlsx or .jsonl to be readable")
    require_new_file(request.out)
    with _temporary_queue() as queue:
        try:
            moments, erased = zip(
                *(_take_in(queue, file, key) for file in _by_age(files)), strict=True
            )
        except SealedFileRefused as error:
            raise ExportRefused(str(error)) from None
        latest = max(moments)
        erased_since = erase_ids(queue, {id_ for ids in erased for id_ in ids}, latest)
        return export(queue, request, latest, progress), erased_since


@contextmanager
def _temporary_queue() -> Iterator[Queue]:
    advice = "or set TMPDIR to a folder on another disk"
    try:
        folder = TemporaryDirectory(prefix="kiosk-export-")
    except OSError as error:
        raise ExportRefused(
            f"there is no room for temporary files ({error}); free some space there, {advice}"
        ) from None
    try:
        with folder, Queue.open(Path(folder.name)) as queue:
            yield queue
    except QueueUnavailable as error:
        raise ExportRefused(
            f"temporary files cannot be written to {Path(folder.name).parent}: {error}, {advice}"
        ) from None


def _by_age(files: Sequence[Path]) -> list[Path]:
    """Each file once, the earliest export first; of two at one time, the order is always the same.

    Raises:
        SealedFileRefused: from the files.
    """
    unique = list(dict.fromkeys(files))
    return unique if len(unique) == 1 else sorted(unique, key=read_age)


def _take_in(queue: Queue, file: Path, key: PrivateKey) -> tuple[datetime, list[str]]:
    """Store everything that is in a file; returns when it was written, and the erased ids."""
    facts = read_sealed(file)
    header = next(facts)
    assert isinstance(header, SealedHeader)
    if key.id not in header.keys:
        keys = " and ".join(sorted(header.keys))
        raise SealedFileRefused(
            f"{file} is sealed to the key {keys}, and this is the key {key.id}; pass the key that"
            " the kiosk had when it was exported"
        )
    with queue.transaction():
        for key_id, public in header.keys.items():
            queue.save_earlier_key(key_id, public, header.exported_at)
    erased: list[str] = []
    secret: SuppressionSecret | None = None
    hashes: dict[bytes, int] = {}
    for fact in _with_signups_stored(queue, facts):
        match fact:
            case SuppressionSecret():
                _store_objections(queue, secret, hashes, header.exported_at)
                secret, hashes = fact, {}
            case Objection():
                hashes[fact.hash] = 0
            case ErasedId():
                erased.append(fact.id)
    _store_objections(queue, secret, hashes, header.exported_at)
    return header.exported_at, erased


def _with_signups_stored(queue: Queue, facts: Iterable[SealedHeader | Fact]) -> Iterator[Fact]:
    """Everything but the signups, which are stored in batches."""
    remaining = iter(facts)
    while batch := list(islice(remaining, BATCH_SIZE)):
        queue.restore_signups([fact for fact in batch if isinstance(fact, StoredSignup)])
        yield from (f for f in batch if not isinstance(f, (StoredSignup, SealedHeader)))


def _store_objections(
    queue: Queue, secret: SuppressionSecret | None, hashes: dict[bytes, int], now: datetime
) -> None:
    if secret is not None:
        with queue.transaction():
            restore_suppressed(queue, secret.box, secret.key_id, hashes, None, now)
