"""The queue of signups on the local disk: handed in, counted, chosen, marked as exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kiosk.signups.database import Database, QueueDamaged, stored_moment
from kiosk.signups.migrations import consent_id
from kiosk.signups.record import Record, personal_part
from kiosk.signups.sealing import SealingKey, open_slot
from kiosk.signups.signup import Consent, Signup

ROWS_AT_ONCE = 1000
_ROW = (
    "number, id, created_at, clock_trusted, kiosk, content_version, ticked, consent_id, personal,"
    " key_id"
)
WAITING = "NOT EXISTS (SELECT 1 FROM exported WHERE exported.signup = signups.number)"


@dataclass(frozen=True, slots=True)
class RepeatOf:
    """Exactly what an earlier export brought."""

    export: int


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
                    record.personal,
                    record.key_id,
                )
                for record in records
            )

    def restore_erased(self, erased: Iterable[tuple[str, str]], now: datetime) -> None:
        """Count ids that another file knows as erased, with their days, as captured and erased.

        Their numbers count down from zero: those above belong to signups that were here.
        """
        with self.transaction():
            new = [
                (id_, day)
                for id_, day in dict(erased).items()
                if not self.query(
                    "SELECT 1 FROM erased WHERE id = ?"
                    " UNION ALL SELECT 1 FROM signups WHERE id = ?",
                    (id_, id_),
                )
            ]
            if not new:
                return
            self.change(
                "INSERT INTO erasures (created_at, reason, signup_count) VALUES (?, ?, ?)",
                (now.isoformat(), "recovered", len(new)),
            )
            receipt = self.number("SELECT last_insert_rowid()")
            for id_, day in new:
                self.change(
                    "INSERT INTO erased (signup, id, day, erasure)"
                    " SELECT min(0, coalesce(min(signup), 0)) - 1, ?, ?, ? FROM erased",
                    (id_, day, receipt),
                )
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
        personal: bytes,
        key_id: str | None,
    ) -> int:
        words = (consent.version, consent.language, consent.wording, consent.notice)
        said = consent_id(*words)
        self.change(
            "INSERT INTO consents (id, version, language, wording, notice)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (said, *words),
        )
        count = self.change(
            "INSERT INTO signups (id, created_at, clock_trusted, kiosk, content_version,"
            " ticked, consent_id, key_id) SELECT ?, ?, ?, ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM erased WHERE id = ?)"
            " ON CONFLICT (id) DO NOTHING",
            (
                *(id_, created_at, clock_trusted, kiosk, content_version, ticked),
                *(said, key_id, id_),
            ),
        )
        if count:
            slot = open_slot(personal) if key_id is None else personal
            self.change(
                "INSERT INTO people (number, personal) SELECT number, ? FROM signups WHERE id = ?",
                (slot, id_),
            )
        return count

    def note_key(self, key: SealingKey, now: datetime) -> None:
        """Remember the public half beside what is sealed to it."""
        self.note_key_id(key.id, key.public, now)

    def note_key_id(self, key_id: str, public: bytes, now: datetime) -> None:
        """Remember a key; of a recovered signup's the public half may be lost, then it is empty."""
        self.change(
            "INSERT INTO sealing_keys (key_id, public_key, installed_at) VALUES (?, ?, ?)"
            " ON CONFLICT (key_id) DO NOTHING",
            (key_id, public, now.isoformat()),
        )

    def last_key(self) -> SealingKey | None:
        """The public half noted last."""
        rows = self.query(
            "SELECT public_key FROM sealing_keys WHERE length(public_key) = 32"
            " ORDER BY rowid DESC LIMIT 1"
        )
        return SealingKey(rows[0][0]) if rows else None

    def count(self, choice: Choice = "all") -> int:
        """How many signups a choice holds."""
        where, values = _where(choice)
        return self.number(f"SELECT count(*) FROM signups {where}", values)

    def count_unsealed(self) -> int:
        """How many signups lie on the disk in the open."""
        return self.number("SELECT count(*) FROM signups WHERE key_id IS NULL")

    def select(self, choice: Choice = "all") -> int:
        """Settle which signups `selected` and `mark_exported` are about; returns how many.

        Their numbers go into a temporary table: later arrivals stay out, and memory stays flat.
        """
        where, values = _where(choice)
        self.change("DROP TABLE IF EXISTS temp.selected")
        self.change(
            "CREATE TEMP TABLE selected (number INTEGER PRIMARY KEY, stands_for INTEGER NOT NULL)"
        )
        return self.change(
            f"INSERT INTO selected SELECT number, 1 FROM signups {where} ORDER BY number", values
        )

    def selected(self) -> Iterator[Record]:
        """The selected signups in the order of their arrival, without those merged into others.

        Read a thousand at a time: a reader keeps the kiosk from storing while it holds the file.
        """
        consents: dict[str, Consent] = {}
        last = 0
        while rows := self.query(
            f"SELECT {_ROW}, stands_for FROM selected JOIN signups USING (number)"
            " LEFT JOIN people USING (number)"
            " WHERE number > ? AND stands_for > 0 ORDER BY number LIMIT ?",
            (last, ROWS_AT_ONCE),
        ):
            for number, id_, at, trusted, kiosk, version, ticked, consent, personal, key, n in rows:
                if consent not in consents:
                    consents[consent] = self._consent(consent)
                words = consents[consent]
                yield Record(
                    number, id_, at, trusted, kiosk, version, ticked, words, personal, key, n
                )
            last = rows[-1][0]

    def record(self, number: int) -> Record | None:
        """The signup of a number; None where it is erased."""
        rows = self.query(
            f"SELECT {_ROW} FROM signups LEFT JOIN people USING (number) WHERE number = ?",
            (number,),
        )
        if not rows:
            return None
        id_, at, trusted, kiosk, version, ticked, consent, personal, key = rows[0][1:]
        words = self._consent(consent)
        return Record(number, id_, at, trusted, kiosk, version, ticked, words, personal, key)

    def consent(self, id_: str) -> Consent | None:
        """The words of an id."""
        rows = self.query(
            "SELECT version, language, wording, notice FROM consents WHERE id = ?", (id_,)
        )
        return Consent(*rows[0]) if rows else None

    def _consent(self, id_: str) -> Consent:
        consent = self.consent(id_)
        if consent is None:
            raise QueueDamaged(f"the wording {id_} is missing")
        return consent

    def selected_keys(self) -> dict[str | None, int]:
        """How many of the selected signups are sealed to which key."""
        rows = self.query(
            "SELECT key_id, count(*) FROM selected JOIN signups USING (number) GROUP BY key_id"
        )
        return dict(rows)

    def unselect(self, numbers: list[int]) -> None:
        """Leave signups out after all: they are not marked."""
        self.change_many("DELETE FROM selected WHERE number = ?", [(n,) for n in numbers])

    def mark_exported(self, facts: ExportFacts) -> int:
        """Record that the file with the selected signups is safely written: all of it or nothing.

        Returns the number of the export.
        """
        with self.transaction():
            self.change(
                "INSERT INTO exports (created_at, file_name, format, size, sha256, selection,"
                " is_deduped, row_count, signup_count, repeats, clock_trusted, kept_since)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(facts.created_at.isoformat(), facts.file_name, facts.format, facts.size),
                    *(facts.sha256, facts.selection, int(facts.is_deduped), facts.row_count),
                    *(facts.signup_count, facts.repeats, facts.clock_trusted),
                    None if facts.clock_trusted is False else facts.created_at.isoformat(),
                ),
            )
            number = self.number("SELECT last_insert_rowid()")
            self.change(
                "INSERT INTO exported (signup, export)"
                " SELECT number, ? FROM selected JOIN signups USING (number)",
                (number,),
            )
        return number

    def exports(self) -> list[ExportFacts]:
        """Every export there was, the first one first."""
        rows = self.query(
            "SELECT created_at, is_deduped, clock_trusted, file_name, format, size, sha256,"
            " selection, row_count, signup_count, repeats, number FROM exports ORDER BY number"
        )
        names = (
            *("file_name", "format", "size", "sha256", "selection", "row_count"),
            *("signup_count", "repeats", "number"),
        )
        return [
            ExportFacts(
                created_at=stored_moment(at),
                is_deduped=bool(is_deduped),
                clock_trusted=None if trusted is None else bool(trusted),
                **dict(zip(names, facts, strict=True)),
            )
            for at, is_deduped, trusted, *facts in rows
        ]


def _sealed(record: Record, key: SealingKey) -> Record:
    if record.key_id is not None:
        return record
    personal = key.seal(record.personal.rstrip(b" "))
    return record._replace(personal=personal, key_id=key.id)


def _where(choice: Choice) -> tuple[str, tuple[str | int, ...]]:
    if choice == "all":
        return "", ()
    if choice == "new":
        return f"WHERE {WAITING}", ()
    if isinstance(choice, RepeatOf):
        return "WHERE number IN (SELECT signup FROM exported WHERE export = ?)", (choice.export,)
    # `created_at` is local time with its offset, so its text begins with the showroom's own day.
    return "WHERE created_at >= ?", (choice.isoformat(),)
