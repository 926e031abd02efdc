"""The queue of signups on the local disk: adding, selecting, restoring, marking as exported."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from kiosk.signups.crypto.sealed_box import KEY_ID, PublicKey, pad_for_sealing
from kiosk.signups.form import Consent, Signup
from kiosk.signups.store.batch_pacer import BatchPacer
from kiosk.signups.store.database import (
    BATCH_SIZE,
    Database,
    QueueDamaged,
    QueueUnavailable,
    Row,
    parse_timestamp,
)
from kiosk.signups.store.repair import MAX_COUNT
from kiosk.signups.store.stored_signup import (
    CLOCK_TRUSTED_VALUES,
    LOST_CONSENT,
    StoredSignup,
    encode_or_seal,
    with_faults,
)

DAY_LENGTH = len("2024-01-01")
MIN_NUMBER = -(1 << 63)
_SIGNUP_COLUMNS = (
    "number, id, created_at, clock_trusted, kiosk, content_version, ticked, consent_id, personal,"
    " key_id"
)
EXPORT_COLUMNS = (
    *("number", "created_at", "file_name", "format", "size", "sha256", "selection"),
    *("is_deduped", "row_count", "signup_count", "repeats", "clock_trusted"),
)
"""In the order that `parse_export` expects, which is that of the table."""
UNFINISHED, ABANDONED = "unfinished", "abandoned"
"""Stored as the selection of an export that is not complete: its marks do not count."""
INCOMPLETE_EXPORTS = (
    f"SELECT number FROM exports WHERE selection IN ('{UNFINISHED}', '{ABANDONED}')"
)
IS_WAITING = (
    "NOT EXISTS (SELECT 1 FROM exported WHERE exported.signup = signups.number"
    f" AND export NOT IN ({INCOMPLETE_EXPORTS}))"
)
IN_RANGE = "number > ? AND number <= ?"
RANGE_SIZE = 50_000
"""Rows read in one statement, in about 50 ms: reading blocks the kiosk's writes."""
MAX_MARKED_PER_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class RepeatOf:
    """The signups of an earlier export."""

    export: int


ConsentCache = dict[object, tuple[Consent, str]]
"""Consent texts by id, each with what is wrong with it."""

ExportNumbers = Mapping[int, int]
"""Numbers of restored exports, by their numbers in the other file."""

Progress = Callable[[int, int], None]
"""Called with the number done and the total."""

Selection = Literal["new", "all"] | date | RepeatOf
"""Which signups: not exported yet, all, since a day (local time), or of an earlier export."""


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """The record of an export; `size` (in bytes) and `sha256` are those of the file.

    `clock_trusted` is None if it was not recorded whether the clock was trusted.
    """

    created_at: datetime
    file_name: str
    format: str
    size: int | None
    sha256: str | None
    selection: str
    row_count: int
    signup_count: int
    is_deduped: bool = False
    repeats: int | None = None
    number: int = 0
    clock_trusted: bool | None = None


log = logging.getLogger(__name__)


class Queue(Database):
    """Signups in one SQLite file, for one thread at a time."""

    def add(
        self, signup: Signup, key: PublicKey | Callable[[], PublicKey | None] | None = None
    ) -> None:
        """Store a signup, sealed if there is a key; returns once it is on disk.

        Idempotent by id, also after an erasure. A callable `key` is called while the database is
        locked, so that no signup is stored unencrypted after `seal_in_place` has finished.

        Raises:
            QueueUnavailable: nothing was stored; try again.
            QueueDamaged: nothing was stored; set the file aside first.
        """
        provenance = signup.provenance
        trusted = None if provenance.clock_trusted is None else int(provenance.clock_trusted)
        with self.transaction():
            chosen = key() if callable(key) else key
            personal, key_id = encode_or_seal(signup, chosen)
            if chosen is not None:
                self.save_key(chosen, provenance.created_at)
            self._insert(
                StoredSignup(
                    0,
                    signup.id,
                    provenance.created_at.isoformat(),
                    trusted,
                    provenance.kiosk,
                    provenance.content_version,
                    ",".join(signup.ticked),
                    signup.consent,
                    personal,
                    key_id,
                    consent_id=signup.consent.id,
                )
            )

    def restore_signups(
        self, records: Sequence[StoredSignup], public_key: PublicKey | None = None
    ) -> int:
        """Store signups of another file; returns how many were new.

        Unencrypted ones are sealed if there is a key. Ids that are known here, including erased
        ones, are skipped.
        """
        with self.transaction():
            if public_key is not None and any(record.key_id is None for record in records):
                self.save_key(public_key, datetime.fromisoformat(records[0].created_at))
                records = [_seal(record, public_key) for record in records]
            return sum(map(self._insert, records))

    def restore_exports(
        self, exports: Mapping[int, tuple[ExportRecord, str | None]]
    ) -> ExportNumbers:
        """Store the exports of another file, each with the start of its retention period.

        They keep their numbers if those are free. Returns their numbers here.
        """
        numbers: dict[int, int] = {}
        with self.transaction():
            for number, (export, kept_since) in sorted(exports.items()):
                numbers[number] = self._find_export(export) or self._insert_export(
                    replace(export, repeats=numbers.get(export.repeats or 0)), kept_since
                )
        return numbers

    def _find_export(self, export: ExportRecord) -> int | None:
        rows = self.query(
            "SELECT number FROM exports WHERE created_at = ? AND file_name = ? AND sha256 IS ?"
            f" AND number NOT IN ({INCOMPLETE_EXPORTS})",
            (export.created_at.isoformat(), export.file_name, export.sha256),
        )
        return rows[0][0] if rows else None

    def restore_export_marks(self, marks: Iterable[tuple[int, str]]) -> None:
        """Mark signups as exported, by pairs of export number and signup id."""
        with self.transaction():
            self.execute_many(
                "INSERT OR IGNORE INTO exported (signup, export)"
                " SELECT number, ? FROM signups WHERE id = ?",
                list(marks),
            )

    def restore_erased(self, erased: Iterable[tuple[str, str]], now: datetime) -> None:
        """Count erased ids of another file, with their days, as captured and erased.

        They get negative numbers: positive ones belong to signups that were stored here.
        """
        with self.transaction():
            missing = [(id_, day) for id_, day in dict(erased).items() if not self.knows(id_)]
            if not missing:
                return
            self.execute(
                "INSERT INTO erasures (created_at, reason, signup_count) VALUES (?, ?, ?)",
                (now.isoformat(), "recovered", len(missing)),
            )
            receipt = self.query_int("SELECT last_insert_rowid()")
            for id_, day in missing:
                self.execute(
                    "INSERT INTO erased (signup, id, day, erasure)"
                    " SELECT min(0, coalesce(min(signup), 0)) - 1, ?, ?, ? FROM erased",
                    (id_, day, receipt),
                )
                self._repair_day_count(day)
                self.execute(
                    "INSERT INTO days (day, captured) VALUES (?, 1)"
                    " ON CONFLICT (day) DO UPDATE SET captured = captured + 1",
                    (day,),
                )

    def _insert(self, record: StoredSignup) -> int:
        self._save_consent(record.consent_id, record.consent)
        self._repair_day_count(record.created_at[:DAY_LENGTH])
        count = self.execute(
            "INSERT INTO signups (id, created_at, clock_trusted, kiosk, content_version,"
            " ticked, consent_id, key_id) SELECT ?, ?, ?, ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM erased WHERE id = ?)"
            " ON CONFLICT (id) DO NOTHING",
            (
                *(record.id, record.created_at, record.clock_trusted, record.kiosk),
                *(record.content_version, record.ticked, record.consent_id, record.key_id),
                record.id,
            ),
        )
        if count:
            personal = record.personal
            self.execute(
                "INSERT INTO people (number, personal) SELECT number, ? FROM signups WHERE id = ?",
                (pad_for_sealing(personal) if record.key_id is None else personal, record.id),
            )
        return count

    def _repair_day_count(self, day: str) -> None:
        """Recount a day whose count is damaged, which would otherwise prevent further signups."""
        is_damaged = "day = ? AND NOT (typeof(captured) = 'integer' AND captured BETWEEN 0 AND ?)"
        if self.query(f"SELECT 1 FROM days WHERE {is_damaged}", (day, MAX_COUNT)):
            self.execute(
                "UPDATE days SET captured ="
                " (SELECT count(*) FROM signups WHERE substr(created_at, 1, 10) = days.day)"
                " + (SELECT count(*) FROM erased WHERE erased.day = days.day) WHERE day = ?",
                (day,),
            )
            log.error("the signup count of %s was damaged and has been recounted", day)

    def _save_consent(self, id_: str, consent: Consent) -> None:
        """Store a consent text; one that matches its id replaces a damaged one."""
        texts = (consent.version, consent.language, consent.wording, consent.notice)
        self.execute(
            "INSERT INTO consents (id, version, language, wording, notice) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            (id_, *texts),
        )
        if id_ == consent.id:
            self.execute(
                "UPDATE consents SET version = ?, language = ?, wording = ?, notice = ?"
                " WHERE id = ? AND (version, language, wording, notice) IS NOT (?, ?, ?, ?)",
                (*texts, id_, *texts),
            )

    def save_key(self, key: PublicKey, now: datetime) -> None:
        """Store the public key beside what is sealed to it."""
        self.execute(
            "INSERT INTO sealing_keys (key_id, public_key, installed_at) VALUES (?, ?, ?)"
            " ON CONFLICT (key_id) DO UPDATE SET public_key = excluded.public_key"
            " WHERE public_key IS NOT excluded.public_key",
            (key.id, key.raw, now.isoformat()),
        )

    def save_earlier_key(self, key_id: str, public: bytes, now: datetime) -> None:
        """Store a key of another file as older than all keys here.

        `public` is empty if the key itself is lost.
        """
        self.execute(
            "INSERT INTO sealing_keys (rowid, key_id, public_key, installed_at)"
            " SELECT min(0, coalesce(min(rowid), 0)) - 1, ?, ?, ? FROM sealing_keys WHERE true"
            " ON CONFLICT (key_id) DO UPDATE SET public_key = excluded.public_key"
            " WHERE length(public_key) = 0",
            (key_id, public, now.isoformat()),
        )

    def keys(self) -> list[PublicKey]:
        """The public keys that can be read, last stored first."""
        rows = self.query("SELECT key_id, public_key FROM sealing_keys ORDER BY rowid DESC")
        keys = [(id_, PublicKey(public)) for id_, public in rows if isinstance(public, bytes)]
        return [
            key for id_, key in keys if key.id == id_
        ]  # nobody could open what is sealed to a damaged key

    def latest_key(self) -> PublicKey | None:
        """The public key stored last; None if there is none."""
        return next(iter(self.keys()), None)

    def has_sealed(self) -> bool:
        """Whether any signup is sealed, to whichever key."""
        rows = self.query("SELECT DISTINCT key_id FROM signups WHERE key_id IS NOT NULL")
        return any(isinstance(id_, str) and KEY_ID.fullmatch(id_) for (id_,) in rows)

    def count(self, selection: Selection = "all") -> int:
        """How many signups a selection has."""
        where, values = _where(selection)
        return self.query_int(f"SELECT count(*) FROM signups WHERE {where}", values)

    def count_unsealed(self) -> int:
        return self.query_int("SELECT count(*) FROM signups WHERE key_id IS NULL")

    def select(self, selection: Selection = "all") -> int:
        """Select signups for `selected` and `mark_exported`; returns how many.

        A temporary table holds their numbers: later arrivals stay out, and memory stays constant.
        """
        where, values = _where(selection)
        self.execute("DROP TABLE IF EXISTS temp.selected")
        self.execute(
            "CREATE TEMP TABLE selected (number INTEGER PRIMARY KEY, stands_for INTEGER NOT NULL)"
        )
        return sum(
            self.execute(
                f"INSERT INTO selected SELECT number, 1 FROM signups WHERE {where} AND {IN_RANGE}"
                " ORDER BY number",
                (*values, *span),
            )
            for span in self.number_ranges()
        )

    def number_ranges(self) -> Iterator[tuple[int, int]]:
        """The current signups as ranges of numbers, as parameters for `IN_RANGE`."""
        previous, newest = (
            MIN_NUMBER,
            self.query_int("SELECT coalesce(max(number), 0) FROM signups"),
        )
        while rows := self.query(
            f"SELECT max(number) FROM (SELECT number FROM signups WHERE {IN_RANGE}"
            " ORDER BY number LIMIT ?) HAVING count(*) > 0",
            (previous, newest, RANGE_SIZE),
        ):
            yield previous, rows[0][0]
            previous = rows[0][0]

    def selected(self) -> Iterator[StoredSignup]:
        """The selected signups in order of arrival, without those merged into others.

        Reads in batches, because reading locks the file and blocks the kiosk's writes.
        """
        consents: ConsentCache = {}
        previous = MIN_NUMBER
        while rows := self.query(
            f"SELECT {_SIGNUP_COLUMNS}, stands_for FROM selected JOIN signups USING (number)"
            " LEFT JOIN people USING (number)"
            " WHERE number > ? AND stands_for > 0 ORDER BY number LIMIT ?",
            (previous, BATCH_SIZE),
        ):
            for row in rows:
                yield self._record(row, consents)
            previous = rows[-1][0]

    def knows(self, id_: str) -> bool:
        """Whether a signup with this id is stored here or was erased here."""
        return bool(
            self.query(
                "SELECT 1 FROM signups WHERE id = ? UNION ALL SELECT 1 FROM erased WHERE id = ?",
                (id_, id_),
            )
        )

    def signup(self, number: int) -> StoredSignup | None:
        """The signup with this number; None if it was erased."""
        rows = self.query(
            f"SELECT {_SIGNUP_COLUMNS}, 1 FROM signups LEFT JOIN people USING (number)"
            " WHERE number = ?",
            (number,),
        )
        return self._record(rows[0], {}) if rows else None

    def _record(self, row: Row, consents: ConsentCache) -> StoredSignup:
        number, id_, at, trusted, kiosk, version, ticked, consent_id, personal, key_id, count = row
        if consent_id not in consents:
            consents[consent_id] = self._load_consent(consent_id)
        consent, fault = consents[consent_id]
        record = StoredSignup(
            number, id_, at, trusted, kiosk, version, ticked, consent, personal, key_id, count
        )
        is_sound = (
            type(id_) is type(at) is type(kiosk) is type(version) is type(ticked) is str
            and (key_id is None or type(key_id) is str)
            and trusted in CLOCK_TRUSTED_VALUES
            and id_
            and not fault
        )
        return record if is_sound else with_faults(record, fault)

    def consent(self, id_: str) -> Consent | None:
        """The consent text with this id; None if it is lost or no longer matches its id."""
        consent, fault = self._load_consent(id_)
        return None if fault else consent

    def consent_fault(self, id_: object) -> str:
        """What is wrong with the consent text of this id; empty if it matches."""
        return self._load_consent(id_)[1]

    def _load_consent(self, id_: object) -> tuple[Consent, str]:
        """The consent text with this id, and what is wrong with it."""
        rows = self.query(
            "SELECT version, language, wording, notice FROM consents WHERE id = ?", (id_,)
        )
        if not rows or rows == [("", "", "", "")]:
            return LOST_CONSENT, "its consent text is lost"
        if not all(isinstance(text, str) for text in rows[0]):
            return LOST_CONSENT, "its consent text is damaged"
        consent = Consent(*rows[0])
        if consent.id == id_:
            return consent, ""
        return consent, (
            f"its consent text was changed: it was stored as {id_}, but is now {consent.id}"
        )

    def count_selected_sealed(self) -> int:
        """How many of the selected signups are sealed to a known key.

        A signup with an unknown key id is damaged: no key would open it.
        """
        return self.query_int(
            "SELECT count(*) FROM selected JOIN signups USING (number)"
            " WHERE key_id IN (SELECT key_id FROM sealing_keys)"
        )

    def selected_key_ids(self) -> list[str]:
        """The ids of the keys that the selected signups are sealed to."""
        rows = self.query(
            "SELECT DISTINCT key_id FROM selected JOIN signups USING (number)"
            " WHERE key_id IS NOT NULL ORDER BY key_id"
        )
        return [id_ for (id_,) in rows if isinstance(id_, str)]

    def deselect(self, numbers: list[int]) -> None:
        """Remove signups from the selection, so that they are not marked."""
        self.execute_many("DELETE FROM selected WHERE number = ?", [(n,) for n in numbers])

    def mark_exported(self, export: ExportRecord) -> int:
        """Mark the selected signups as exported, atomically, once their file is on disk.

        Marks in batches, so that a visitor's signup never waits long; the marks count once the last
        transaction sets the export's selection. Marks of interrupted exports are removed.

        Returns the number of the export.
        """
        self._remove_abandoned_exports()
        pacer = BatchPacer(MAX_MARKED_PER_BATCH)
        with self.transaction():
            unfinished = replace(export, number=0, selection=UNFINISHED, signup_count=0)
            number = self._insert_export(unfinished, None)
        previous = MIN_NUMBER
        while (until := self._batch_end(previous, pacer.batch_size)) is not None:
            with pacer.transaction(self):
                self.execute(
                    "INSERT INTO exported (signup, export)"
                    f" SELECT number, ? FROM selected JOIN signups USING (number) WHERE {IN_RANGE}",
                    (number, previous, until),
                )
            previous = until
        kept_since = None if export.clock_trusted is False else export.created_at.isoformat()
        with self.transaction():
            self.execute(
                "UPDATE exports SET selection = ?, signup_count = ?, kept_since = ?"
                " WHERE number = ?",
                (export.selection, export.signup_count, kept_since, number),
            )
            self.execute(
                "UPDATE exports SET selection = ? WHERE selection = ?", (ABANDONED, UNFINISHED)
            )
        with suppress(QueueUnavailable, QueueDamaged):  # otherwise the next export removes them
            self._remove_abandoned_exports()
        return number

    def _insert_export(self, export: ExportRecord, kept_since: str | None) -> int:
        """Insert an export under its own number if that is free; returns the number used."""
        is_taken = export.number == 0 or self.query(
            "SELECT 1 FROM exports WHERE number = ?", (export.number,)
        )
        self.execute(
            f"INSERT INTO exports ({', '.join(EXPORT_COLUMNS)}, kept_since)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(None if is_taken else export.number, export.created_at.isoformat()),
                *(export.file_name, export.format, export.size, export.sha256, export.selection),
                *(int(export.is_deduped), export.row_count, export.signup_count, export.repeats),
                *(export.clock_trusted, kept_since),
            ),
        )
        return self.query_int("SELECT last_insert_rowid()")

    def _batch_end(self, after: int, rows: int) -> int | None:
        """The last number of the next batch of selected signups; None if there are no more."""
        result = self.query(
            "SELECT max(number) FROM (SELECT number FROM selected WHERE number > ?"
            " ORDER BY number LIMIT ?)",
            (after, rows),
        )
        end: int | None = result[0][0]
        return end

    def _remove_abandoned_exports(self) -> None:
        pacer = BatchPacer(MAX_MARKED_PER_BATCH)
        for (number,) in self.query("SELECT number FROM exports WHERE selection = ?", (ABANDONED,)):
            count = 1
            while count:
                with pacer.transaction(self):
                    count = self.execute(
                        "DELETE FROM exported WHERE export = ? AND signup IN"
                        " (SELECT signup FROM exported WHERE export = ? LIMIT ?)",
                        (number, number, pacer.batch_size),
                    )
            self.execute("DELETE FROM exports WHERE number = ?", (number,))

    def interrupted_exports(self) -> list[str]:
        """The file names of exports that were written but not marked completely."""
        rows = self.query(
            "SELECT file_name FROM exports WHERE selection = ? ORDER BY number", (UNFINISHED,)
        )
        return [name for (name,) in rows if isinstance(name, str)]

    def exports(self) -> list[ExportRecord]:
        """All exports whose record can be read, in order."""
        rows = self.query(
            f"SELECT {', '.join(EXPORT_COLUMNS)} FROM exports"
            f" WHERE number NOT IN ({INCOMPLETE_EXPORTS}) ORDER BY number"
        )
        return [export for row in rows if (export := parse_export(row)) is not None]


def parse_export(row: Row) -> ExportRecord | None:
    """Parse a row of `EXPORT_COLUMNS`; None if it is damaged."""
    number, at, name, format_, size, sha256, selection, *counts, repeats, trusted = row
    is_deduped, rows, signups = counts
    are_numbers = all(type(count) is int and count >= 0 for count in counts)
    are_texts = all(type(text) is str for text in (name, format_, selection))
    may_lack = all(fact is None or type(fact) is int for fact in (size, repeats))
    may_lack = may_lack and (sha256 is None or type(sha256) is str)
    if not (are_numbers and are_texts and may_lack and trusted in CLOCK_TRUSTED_VALUES):
        return None
    try:
        moment = parse_timestamp(at)
    except QueueDamaged:
        return None
    return ExportRecord(
        *(moment, name, format_, size, sha256, selection, rows, signups),
        is_deduped=bool(is_deduped),
        clock_trusted=None if trusted is None else bool(trusted),
        repeats=repeats,
        number=number,
    )


def _seal(record: StoredSignup, key: PublicKey) -> StoredSignup:
    if record.key_id is not None:
        return record
    personal = key.seal(record.personal.rstrip(b" "))
    return record._replace(personal=personal, key_id=key.id)


def _where(selection: Selection) -> tuple[str, tuple[str | int, ...]]:
    if selection == "all":
        return "true", ()
    if selection == "new":
        return IS_WAITING, ()
    if isinstance(selection, RepeatOf):
        of_export = "SELECT 1 FROM exported WHERE signup = signups.number AND export = ?"
        return f"EXISTS ({of_export})", (selection.export,)
    # `created_at` is local time with its offset, so its text begins with the local day.
    return "created_at >= ?", (selection.isoformat(),)
