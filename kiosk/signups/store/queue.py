"""The queue of signups on the local disk: handed in, counted, chosen, marked as exported."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from kiosk.signups.crypto.sealing import KEY_ID, SealingKey, open_slot
from kiosk.signups.form import Consent, Signup
from kiosk.signups.store.database import (
    ROWS_AT_ONCE,
    Database,
    QueueDamaged,
    QueueUnavailable,
    Row,
    stored_moment,
)
from kiosk.signups.store.mending import MOST
from kiosk.signups.store.pace import Pace
from kiosk.signups.store.record import NO_CONSENT, TRUSTED, Record, faulty, personal_part

DAY_LETTERS = len("2024-01-01")
LEAST_NUMBER = -(1 << 63)
_ROW = (
    "number, id, created_at, clock_trusted, kiosk, content_version, ticked, consent_id, personal,"
    " key_id"
)
FACTS = (
    *("created_at", "is_deduped", "clock_trusted", "file_name", "format", "size", "sha256"),
    *("selection", "row_count", "signup_count", "repeats", "number"),
)
"""Of an export, as columns of its row."""
UNFINISHED, ABANDONED = "unfinished", "abandoned"
"""In the place of what an export selected: its marks count for nothing."""
VOID_EXPORTS = f"SELECT number FROM exports WHERE selection IN ('{UNFINISHED}', '{ABANDONED}')"
WAITING = (
    "NOT EXISTS (SELECT 1 FROM exported WHERE exported.signup = signups.number"
    f" AND export NOT IN ({VOID_EXPORTS}))"
)
SPAN = "number > ? AND number <= ?"
ROWS_OF_A_SPAN = 50_000
"""Read at once, in some 50 ms: a reader keeps the kiosk from storing."""
MOST_MARKED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class RepeatOf:
    """Exactly what an earlier export brought."""

    export: int


Words = dict[object, tuple[Consent, str]]
"""By their id: the words, and what is wrong with them."""

Numbers = Mapping[int, int]
"""Of exports: which number here one of another file has."""

Choice = Literal["new", "all"] | date | RepeatOf
"""Which signups: not exported yet, every one, those since a day in the showroom's own time, or
those of an earlier export."""


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What is recorded of an export; `size` in bytes and `sha256` are those of the file.

    `clock_trusted` is None where it was not noted yet whether the clock was to be believed.
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
    """Signups in one SQLite file; one thread at a time."""

    def add(
        self, signup: Signup, key: SealingKey | Callable[[], SealingKey | None] | None = None
    ) -> None:
        """Store a signup, sealed where there is a key; returns only once it is on the disk.

        The same id is stored once, and not again after it was erased. A key that is asked for is
        chosen while nobody else can write, so that whoever seals what lies open misses nothing.

        Raises:
            QueueUnavailable: nothing was stored, try again.
            QueueDamaged: nothing was stored, set the file aside first.
        """
        stamp = signup.stamp
        trusted = None if stamp.clock_trusted is None else int(stamp.clock_trusted)
        with self.transaction():
            chosen = key() if callable(key) else key
            personal, key_id = personal_part(signup, chosen)
            if chosen is not None:
                self.note_key(chosen, stamp.created_at)
            self._insert(
                signup.id,
                stamp.created_at.isoformat(),
                trusted,
                stamp.kiosk,
                stamp.content_version,
                ",".join(signup.ticked),
                signup.consent,
                signup.consent.id,
                personal,
                key_id,
            )

    def restore(self, records: Sequence[Record], sealing: SealingKey | None = None) -> int:
        """Store records of another file; returns how many were new.

        They stay as they lay there, but for open ones, which are sealed where there is a key.
        Those known here, the erased among them, are left out.
        """
        with self.transaction():
            if sealing is not None and any(record.key_id is None for record in records):
                self.note_key(sealing, datetime.fromisoformat(records[0].created_at))
                records = [_sealed(record, sealing) for record in records]
            return sum(
                self._insert(
                    record.id,
                    record.created_at,
                    record.clock_trusted,
                    record.kiosk,
                    record.content_version,
                    record.ticked,
                    record.consent,
                    record.consent_id,
                    record.personal,
                    record.key_id,
                )
                for record in records
            )

    def restore_exports(self, exports: Mapping[int, tuple[ExportFacts, str | None]]) -> Numbers:
        """Take over the records of another file's exports, each with when retention begins.

        They keep their numbers where those are free. Returns which number each has here.
        """
        numbers: dict[int, int] = {}
        with self.transaction():
            for number, (facts, kept_since) in sorted(exports.items()):
                numbers[number] = self._known_export(facts) or self._insert_export(
                    replace(facts, repeats=numbers.get(facts.repeats or 0)), kept_since
                )
        return numbers

    def _known_export(self, facts: ExportFacts) -> int | None:
        rows = self.query(
            "SELECT number FROM exports WHERE created_at = ? AND file_name = ? AND sha256 IS ?"
            f" AND number NOT IN ({VOID_EXPORTS})",
            (facts.created_at.isoformat(), facts.file_name, facts.sha256),
        )
        return rows[0][0] if rows else None

    def restore_marks(self, marks: Iterable[tuple[int, str]]) -> None:
        """Mark signups, by their ids, as brought by exports of these numbers."""
        with self.transaction():
            self.change_many(
                "INSERT OR IGNORE INTO exported (signup, export)"
                " SELECT number, ? FROM signups WHERE id = ?",
                list(marks),
            )

    def restore_erased(self, erased: Iterable[tuple[str, str]], now: datetime) -> None:
        """Count ids that another file knows as erased, with their days, as captured and erased.

        Their numbers count down from zero: those above belong to signups that were here.
        """
        with self.transaction():
            missing = [
                (id_, day)
                for id_, day in dict(erased).items()
                if not self.query(
                    "SELECT 1 FROM erased WHERE id = ?"
                    " UNION ALL SELECT 1 FROM signups WHERE id = ?",
                    (id_, id_),
                )
            ]
            if not missing:
                return
            self.change(
                "INSERT INTO erasures (created_at, reason, signup_count) VALUES (?, ?, ?)",
                (now.isoformat(), "recovered", len(missing)),
            )
            receipt = self.number("SELECT last_insert_rowid()")
            for id_, day in missing:
                self.change(
                    "INSERT INTO erased (signup, id, day, erasure)"
                    " SELECT min(0, coalesce(min(signup), 0)) - 1, ?, ?, ? FROM erased",
                    (id_, day, receipt),
                )
                self._mend_count(day)
                self.change(
                    "INSERT INTO days (day, captured) VALUES (?, 1)"
                    " ON CONFLICT (day) DO UPDATE SET captured = captured + 1",
                    (day,),
                )

    def _insert(
        self,
        id_: str,
        created_at: str,
        clock_trusted: int | None,
        kiosk: str,
        content_version: str,
        ticked: str,
        consent: Consent,
        consent_id: str,
        personal: bytes,
        key_id: str | None,
    ) -> int:
        self._note_words(consent_id, consent)
        self._mend_count(created_at[:DAY_LETTERS])
        count = self.change(
            "INSERT INTO signups (id, created_at, clock_trusted, kiosk, content_version,"
            " ticked, consent_id, key_id) SELECT ?, ?, ?, ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM erased WHERE id = ?)"
            " ON CONFLICT (id) DO NOTHING",
            (
                *(id_, created_at, clock_trusted, kiosk, content_version, ticked),
                *(consent_id, key_id, id_),
            ),
        )
        if count:
            slot = open_slot(personal) if key_id is None else personal
            self.change(
                "INSERT INTO people (number, personal) SELECT number, ? FROM signups WHERE id = ?",
                (slot, id_),
            )
        return count

    def _mend_count(self, day: str) -> None:
        """Each signup is counted into its day, which a damaged count would refuse for ever."""
        is_damaged = "day = ? AND NOT (typeof(captured) = 'integer' AND captured BETWEEN 0 AND ?)"
        if self.query(f"SELECT 1 FROM days WHERE {is_damaged}", (day, MOST)):
            self.change(
                "UPDATE days SET captured ="
                " (SELECT count(*) FROM signups WHERE substr(created_at, 1, 10) = days.day)"
                " + (SELECT count(*) FROM erased WHERE erased.day = days.day) WHERE day = ?",
                (day,),
            )
            log.error("the signup count of %s was damaged and has been recounted", day)

    def _note_words(self, id_: str, consent: Consent) -> None:
        """Words that prove themselves by their id take the place of damaged ones."""
        words = (consent.version, consent.language, consent.wording, consent.notice)
        self.change(
            "INSERT INTO consents (id, version, language, wording, notice) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            (id_, *words),
        )
        if id_ == consent.id:
            self.change(
                "UPDATE consents SET version = ?, language = ?, wording = ?, notice = ?"
                " WHERE id = ? AND (version, language, wording, notice) IS NOT (?, ?, ?, ?)",
                (*words, id_, *words),
            )

    def note_key(self, key: SealingKey, now: datetime) -> None:
        """Remember the public half beside what is sealed to it."""
        self.change(
            "INSERT INTO sealing_keys (key_id, public_key, installed_at) VALUES (?, ?, ?)"
            " ON CONFLICT (key_id) DO UPDATE SET public_key = excluded.public_key"
            " WHERE public_key IS NOT excluded.public_key",
            (key.id, key.public, now.isoformat()),
        )

    def note_earlier_key(self, key_id: str, public: bytes, now: datetime) -> None:
        """Remember a key of another file as older than all that are known here.

        The public half is empty where it is lost.
        """
        self.change(
            "INSERT INTO sealing_keys (rowid, key_id, public_key, installed_at)"
            " SELECT min(0, coalesce(min(rowid), 0)) - 1, ?, ?, ? FROM sealing_keys WHERE true"
            " ON CONFLICT (key_id) DO UPDATE SET public_key = excluded.public_key"
            " WHERE length(public_key) = 0",
            (key_id, public, now.isoformat()),
        )

    def keys(self) -> list[SealingKey]:
        """The public halves that can be read, the one noted last first."""
        rows = self.query("SELECT key_id, public_key FROM sealing_keys ORDER BY rowid DESC")
        keys = [(id_, SealingKey(public)) for id_, public in rows if isinstance(public, bytes)]
        return [key for id_, key in keys if key.id == id_]  # nobody opens what a flipped bit closed

    def last_key(self) -> SealingKey | None:
        """The public half noted last."""
        return next(iter(self.keys()), None)

    def is_sealed(self) -> bool:
        """Whether a signup is sealed, to whichever key."""
        rows = self.query("SELECT DISTINCT key_id FROM signups WHERE key_id IS NOT NULL")
        return any(isinstance(id_, str) and KEY_ID.fullmatch(id_) for (id_,) in rows)

    def count(self, choice: Choice = "all") -> int:
        """How many signups a choice holds."""
        where, values = _where(choice)
        return self.number(f"SELECT count(*) FROM signups WHERE {where}", values)

    def count_unsealed(self) -> int:
        """How many signups are stored unencrypted."""
        return self.number("SELECT count(*) FROM signups WHERE key_id IS NULL")

    def select(self, choice: Choice = "all") -> int:
        """Choose the signups for `selected` and `mark_exported`; returns how many.

        A temporary table holds their numbers: later arrivals stay out, and memory stays constant.
        """
        where, values = _where(choice)
        self.change("DROP TABLE IF EXISTS temp.selected")
        self.change(
            "CREATE TEMP TABLE selected (number INTEGER PRIMARY KEY, stands_for INTEGER NOT NULL)"
        )
        return sum(
            self.change(
                f"INSERT INTO selected SELECT number, 1 FROM signups WHERE {where} AND {SPAN}"
                " ORDER BY number",
                (*values, *span),
            )
            for span in self.spans()
        )

    def spans(self) -> Iterator[tuple[int, int]]:
        """The numbers of the current signups in batches, as parameters for `SPAN`."""
        previous, newest = LEAST_NUMBER, self.number("SELECT coalesce(max(number), 0) FROM signups")
        while rows := self.query(
            f"SELECT max(number) FROM (SELECT number FROM signups WHERE {SPAN}"
            " ORDER BY number LIMIT ?) HAVING count(*) > 0",
            (previous, newest, ROWS_OF_A_SPAN),
        ):
            yield previous, rows[0][0]
            previous = rows[0][0]

    def selected(self) -> Iterator[Record]:
        """The selected signups in the order of their arrival, without those merged into others.

        Read in batches, because a reader locks the file and keeps the kiosk from storing.
        """
        words: Words = {}
        previous = LEAST_NUMBER
        while rows := self.query(
            f"SELECT {_ROW}, stands_for FROM selected JOIN signups USING (number)"
            " LEFT JOIN people USING (number)"
            " WHERE number > ? AND stands_for > 0 ORDER BY number LIMIT ?",
            (previous, ROWS_AT_ONCE),
        ):
            for row in rows:
                yield self._record(row, words)
            previous = rows[-1][0]

    def record(self, number: int) -> Record | None:
        """The signup with a number; None if it was erased."""
        rows = self.query(
            f"SELECT {_ROW}, 1 FROM signups LEFT JOIN people USING (number) WHERE number = ?",
            (number,),
        )
        return self._record(rows[0], {}) if rows else None

    def _record(self, row: Row, words_by_id: Words) -> Record:
        (
            number,
            id_,
            created_at,
            clock_trusted,
            kiosk,
            version,
            ticked,
            words_id,
            personal,
            key_id,
            stands_for,
        ) = row
        if words_id not in words_by_id:
            words_by_id[words_id] = self._words(words_id)
        words, fault = words_by_id[words_id]
        record = Record(
            number,
            id_,
            created_at,
            clock_trusted,
            kiosk,
            version,
            ticked,
            words,
            personal,
            key_id,
            stands_for,
        )
        is_sound = (
            type(id_) is type(created_at) is type(kiosk) is type(version) is type(ticked) is str
            and (key_id is None or type(key_id) is str)
            and clock_trusted in TRUSTED
            and id_
            and not fault
        )
        return record if is_sound else faulty(record, fault)

    def consent(self, id_: str) -> Consent | None:
        """The words of an id; None where they are lost or no longer those that it was made from."""
        consent, fault = self._words(id_)
        return None if fault else consent

    def fault_of_words(self, id_: object) -> str:
        """What is wrong with the words of an id; empty where they are those it was made from."""
        return self._words(id_)[1]

    def _words(self, id_: object) -> tuple[Consent, str]:
        """The words of an id, and what is wrong with them."""
        rows = self.query(
            "SELECT version, language, wording, notice FROM consents WHERE id = ?", (id_,)
        )
        if not rows or rows == [("", "", "", "")]:
            return NO_CONSENT, "the words of its consent are lost"
        if not all(isinstance(text, str) for text in rows[0]):
            return NO_CONSENT, "the words of its consent are damaged"
        consent = Consent(*rows[0])
        if consent.id == id_:
            return consent, ""
        return consent, (
            f"the words of its consent were changed: they were stored under {id_}, and are now"
            f" those of {consent.id}"
        )

    def count_selected_sealed(self) -> int:
        """How many of the selected signups are sealed to a key that is known here.

        What names another key is damaged: no key would open it.
        """
        return self.number(
            "SELECT count(*) FROM selected JOIN signups USING (number)"
            " WHERE key_id IN (SELECT key_id FROM sealing_keys)"
        )

    def unselect(self, numbers: list[int]) -> None:
        """Leave signups out after all: they are not marked."""
        self.change_many("DELETE FROM selected WHERE number = ?", [(n,) for n in numbers])

    def mark_exported(self, facts: ExportFacts) -> int:
        """Record that the file with the selected signups is safely written: all of it or nothing.

        Some are marked at a time, so that a visitor's signup never waits long; the marks count
        once the last transaction names the export's selection. Marks of exports that were cut off
        before that are removed.

        Returns the number of the export.
        """
        self._remove_abandoned()
        pace = Pace(MOST_MARKED_AT_ONCE)
        with self.transaction():
            unfinished = replace(facts, number=0, selection=UNFINISHED, signup_count=0)
            number = self._insert_export(unfinished, None)
        previous = LEAST_NUMBER
        while (until := self._end_of_selected(previous, pace.rows)) is not None:
            with pace.writing(self):
                self.change(
                    "INSERT INTO exported (signup, export)"
                    f" SELECT number, ? FROM selected JOIN signups USING (number) WHERE {SPAN}",
                    (number, previous, until),
                )
            previous = until
        kept_since = None if facts.clock_trusted is False else facts.created_at.isoformat()
        with self.transaction():
            self.change(
                "UPDATE exports SET selection = ?, signup_count = ?, kept_since = ?"
                " WHERE number = ?",
                (facts.selection, facts.signup_count, kept_since, number),
            )
            self.change(
                "UPDATE exports SET selection = ? WHERE selection = ?", (ABANDONED, UNFINISHED)
            )
        with suppress(QueueUnavailable, QueueDamaged):  # otherwise the next export does
            self._remove_abandoned()
        return number

    def _insert_export(self, facts: ExportFacts, kept_since: str | None) -> int:
        """Insert under its own number if that is free; returns the number used."""
        is_taken = facts.number == 0 or self.query(
            "SELECT 1 FROM exports WHERE number = ?", (facts.number,)
        )
        self.change(
            "INSERT INTO exports (number, created_at, file_name, format, size, sha256, selection,"
            " is_deduped, row_count, signup_count, repeats, clock_trusted, kept_since)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(None if is_taken else facts.number, facts.created_at.isoformat()),
                *(facts.file_name, facts.format, facts.size, facts.sha256, facts.selection),
                *(int(facts.is_deduped), facts.row_count, facts.signup_count, facts.repeats),
                *(facts.clock_trusted, kept_since),
            ),
        )
        return self.number("SELECT last_insert_rowid()")

    def _end_of_selected(self, after: int, rows: int) -> int | None:
        """The last number of the next `rows` selected signups; None if there are no more."""
        result = self.query(
            "SELECT max(number) FROM (SELECT number FROM selected WHERE number > ?"
            " ORDER BY number LIMIT ?)",
            (after, rows),
        )
        end: int | None = result[0][0]
        return end

    def _remove_abandoned(self) -> None:
        pace = Pace(MOST_MARKED_AT_ONCE)
        for (number,) in self.query("SELECT number FROM exports WHERE selection = ?", (ABANDONED,)):
            count = 1
            while count:
                with pace.writing(self):
                    count = self.change(
                        "DELETE FROM exported WHERE export = ? AND signup IN"
                        " (SELECT signup FROM exported WHERE export = ? LIMIT ?)",
                        (number, number, pace.rows),
                    )
            self.change("DELETE FROM exports WHERE number = ?", (number,))

    def cut_off_exports(self) -> list[str]:
        """The files of exports that were written and not marked to the end."""
        rows = self.query(
            "SELECT file_name FROM exports WHERE selection = ? ORDER BY number", (UNFINISHED,)
        )
        return [name for (name,) in rows if isinstance(name, str)]

    def exports(self) -> list[ExportFacts]:
        """Every export there was whose record can be read, the first one first."""
        rows = self.query(
            f"SELECT {', '.join(FACTS)} FROM exports"
            f" WHERE number NOT IN ({VOID_EXPORTS}) ORDER BY number"
        )
        return [facts for row in rows if (facts := export_facts(row)) is not None]


def export_facts(row: Row) -> ExportFacts | None:
    """What a row tells, in the order of `FACTS`; None where something in it is damaged."""
    at, is_deduped, trusted, name, format_, size, sha256, selection, *counts, repeats, number = row
    rows, signups = counts
    are_numbers = all(type(count) is int and count >= 0 for count in (is_deduped, rows, signups))
    are_texts = all(type(text) is str for text in (name, format_, selection))
    may_lack = all(fact is None or type(fact) is int for fact in (size, repeats))
    may_lack = may_lack and (sha256 is None or type(sha256) is str)
    if not (are_numbers and are_texts and may_lack and trusted in TRUSTED):
        return None
    try:
        moment = stored_moment(at)
    except QueueDamaged:
        return None
    return ExportFacts(
        *(moment, name, format_, size, sha256, selection, rows, signups),
        is_deduped=bool(is_deduped),
        clock_trusted=None if trusted is None else bool(trusted),
        repeats=repeats,
        number=number,
    )


def _sealed(record: Record, key: SealingKey) -> Record:
    if record.key_id is not None:
        return record
    personal = key.seal(record.personal.rstrip(b" "))
    return record._replace(personal=personal, key_id=key.id)


def _where(choice: Choice) -> tuple[str, tuple[str | int, ...]]:
    if choice == "all":
        return "true", ()
    if choice == "new":
        return WAITING, ()
    if isinstance(choice, RepeatOf):
        of_export = "SELECT 1 FROM exported WHERE signup = signups.number AND export = ?"
        return f"EXISTS ({of_export})", (choice.export,)
    # `created_at` is local time with its offset, so its text begins with the showroom's own day.
    return "created_at >= ?", (choice.isoformat(),)
