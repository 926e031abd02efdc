"""Whatever happens, in any order: captured = waiting + exported + erased, for each day."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.exporter import ExportRefused, ExportRequest, export, repeat
from kiosk.signups.form import Consent, Person, Provenance, Signup, new_id
from kiosk.signups.store.erasure import erase_address, erase_before, erase_expired, seal_in_place
from kiosk.signups.store.ledger import Counts, Ledger, read_ledger
from kiosk.signups.store.queue import Queue, Selection
from tests.conftest import make_signup
from tests.long_runs import examples

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
DAYS = tuple(date(2024, 4, day) for day in (1, 2, 3))
KEY, ANOTHER = PrivateKey.generate(), PrivateKey.generate()
KEYS = (None, None, KEY, KEY, ANOTHER)
EMAILS = ("a@example.com", "b@example.com", "c@example.com")
RETENTION_DAYS = 3


@dataclass
class _Known:
    """What the model knows of a signup; `exports` are the numbers of those that brought it."""

    signup: Signup
    key: PrivateKey | None
    is_broken: bool = False
    is_erased: bool = False
    exports: tuple[int, ...] = ()

    @property
    def day(self) -> date:
        return self.signup.provenance.created_at.date()

    def can_be_read(self, key: PrivateKey | None) -> bool:
        return not self.is_broken and (self.key is None or self.key is key)


class LedgerMachine(RuleBasedStateMachine):
    """A kiosk, a manager and bad luck, each doing what it likes."""

    signups = Bundle("signups")

    @initialize(
        target=signups,
        people=st.lists(
            st.tuples(st.sampled_from(EMAILS), st.sampled_from(DAYS), st.sampled_from(KEYS)),
            min_size=4,
            max_size=8,
        ),
    )
    def open(self, people: list[tuple[str, date, PrivateKey | None]]) -> object:
        self.folder = tempfile.TemporaryDirectory()
        self.out = Path(self.folder.name)
        self.queue = Queue.open(self.out)
        self.known: dict[str, _Known] = {}
        self.exported: list[datetime] = []
        self.erased: list[int] = []
        self.files = 0
        self.now = NOW
        return multiple(*(self._add(*one) for one in people))

    def teardown(self) -> None:
        self.queue.close()
        self.folder.cleanup()

    # What the kiosk does

    @rule(
        target=signups,
        email=st.sampled_from(EMAILS),
        day=st.sampled_from(DAYS),
        key=st.sampled_from(KEYS),
    )
    def add(self, email: str, day: date, key: PrivateKey | None) -> Signup:
        return self._add(email, day, key)

    @rule(signup=signups, key=st.sampled_from([None, KEY]))
    def add_once_more(self, signup: Signup, key: PrivateKey | None) -> None:
        """Nothing happens, whatever has become of the first."""
        self.queue.add(signup, key.public_key if key else None)

    @rule(days=st.integers(0, 3))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: self.exported)
    @rule()
    def keep_to_retention(self) -> None:
        limit = self.now - timedelta(days=RETENTION_DAYS)
        due = [
            one
            for one in self._present()
            if any(self.exported[number - 1] < limit for number in one.exports)
            and one.signup.provenance.created_at < limit
        ]
        receipt = erase_expired(self.queue, RETENTION_DAYS, self.now)
        assert (receipt.count if receipt else 0) == len(due)
        if due:
            self._erase(due)

    # What the manager does

    @precondition(lambda self: self._present())
    @rule(
        selection=st.sampled_from(["new", "all", *DAYS]),
        key=st.sampled_from([None, KEY, KEY, ANOTHER]),
        is_deduped=st.booleans(),
        ending=st.sampled_from(["csv", "jsonl"]),
    )
    def export(
        self, selection: Selection, key: PrivateKey | None, is_deduped: bool, ending: str
    ) -> None:
        request = ExportRequest(self._new_file(ending), selection, key, is_deduped)
        chosen = [one for one in self._present() if _is_chosen(one, selection)]
        if key is None and any(one.key is not None for one in chosen):
            with pytest.raises(ExportRefused):
                export(self.queue, request, self.now)
            return
        readable = [one for one in chosen if one.can_be_read(key)]
        result = export(self.queue, request, self.now)
        assert len(result.unreadable) == len(chosen) - len(readable)
        if not readable:
            assert result.number is None
            return
        assert result.signups == len(readable)
        addresses = {one.signup.person.email for one in readable}
        assert result.rows == (len(addresses) if is_deduped else len(readable))
        self._exported(readable)

    @precondition(lambda self: self.exported)
    @rule(data=st.data(), key=st.sampled_from([None, KEY, ANOTHER]))
    def export_again(self, data: st.DataObject, key: PrivateKey | None) -> None:
        number = data.draw(st.integers(1, len(self.exported)))
        chosen = [one for one in self._present() if number in one.exports]
        ending = self.queue.exports()[number - 1].format
        out = self._new_file(ending)
        if key is None and any(one.key is not None for one in chosen):
            with pytest.raises(ExportRefused):
                repeat(self.queue, number, out, self.now, key)
            return
        readable = [one for one in chosen if one.can_be_read(key)]
        result = repeat(self.queue, number, out, self.now, key)
        assert result.erased == sum(
            one.is_erased and number in one.exports for one in self.known.values()
        )
        if readable:
            self._exported(readable)
        else:
            assert result.number is None

    @precondition(lambda self: self._present())
    @rule(
        email=st.sampled_from(EMAILS), key=st.sampled_from([None, KEY, KEY]), suppress=st.booleans()
    )
    def erase_address(self, email: str, key: PrivateKey | None, suppress: bool) -> None:
        present = self._present()
        readable = [one for one in present if one.can_be_read(key)]
        gone = [one for one in readable if one.signup.person.email == email]
        numbers = sorted({number for one in gone for number in one.exports})
        receipt = erase_address(
            self.queue, email.upper(), self.now, private_key=key, suppress=suppress
        )
        assert receipt.count == len(gone)
        assert receipt.exports == tuple(numbers)
        assert len(receipt.unreadable) == len(present) - len(readable)
        assert (receipt.number is None) == (gone == [])
        if gone:
            self._erase(gone)

    @precondition(lambda self: self._present())
    @rule(day=st.sampled_from(DAYS[1:]))
    def erase_before(self, day: date) -> None:
        gone = [one for one in self._present() if one.day < day]
        assert erase_before(self.queue, day, self.now).count == len(gone)
        self._erase(gone)

    @precondition(lambda self: self._present())
    @rule()
    def seal_in_place(self) -> None:
        plain = [one for one in self._present() if one.key is None]
        assert seal_in_place(self.queue, KEY.public_key, self.now) == len(plain)
        for one in plain:
            one.key = KEY

    @rule()
    def start_anew(self) -> None:
        self.queue.close()
        self.queue = Queue.open(self.out)

    # What the disk does

    @rule(signup=consumes(signups))
    def damage(self, signup: Signup) -> None:
        """Its personal part can no longer be read; it is accounted for all the same."""
        self.queue.execute(
            "UPDATE people SET personal = x'00'"
            " WHERE number = (SELECT number FROM signups WHERE id = ?)",
            (signup.id,),
        )
        self.known[signup.id].is_broken = True

    # What holds

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "queue"):
            return
        ledger = read_ledger(self.queue)
        assert ledger.is_balanced
        assert {day.day: day.counts for day in ledger.days} == self._balances()
        assert {day.day: day.last_export for day in ledger.days} == self._last_exports()
        assert ledger.total.captured == len(self.known)
        assert ledger.total.unaccounted == 0
        assert [one.created_at for one in ledger.exports] == self.exported
        assert [one.signup_count for one in ledger.erasures] == self.erased
        assert ledger.unsealed_count == sum(one.key is None for one in self._present())

    def _balances(self) -> dict[str, Counts]:
        days: dict[str, list[_Known]] = {}
        for one in self.known.values():
            days.setdefault(one.day.isoformat(), []).append(one)
        return {
            day: Counts(
                len(ones),
                sum(not one.is_erased and not one.exports for one in ones),
                sum(not one.is_erased and bool(one.exports) for one in ones),
                sum(one.is_erased for one in ones),
            )
            for day, ones in days.items()
        }

    def _last_exports(self) -> dict[str, datetime | None]:
        last: dict[str, int] = dict.fromkeys((k.day.isoformat() for k in self.known.values()), 0)
        for one in self._present():
            day = one.day.isoformat()
            last[day] = max(last[day], *one.exports, 0)
        return {day: self.exported[n - 1] if n else None for day, n in last.items()}

    def _add(self, email: str, day: date, key: PrivateKey | None) -> Signup:
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        signup = Signup(
            new_id(),
            Person(email, "", ""),
            Consent("1", "en", "Yes", "Notice"),
            Provenance(moment, True, "", ""),
        )
        self.queue.add(signup, key.public_key if key else None)
        self.known[signup.id] = _Known(signup, key)
        return signup

    def _present(self) -> list[_Known]:
        return [one for one in self.known.values() if not one.is_erased]

    def _new_file(self, ending: str) -> Path:
        self.files += 1
        return self.out / f"{self.files}.{ending}"

    def _exported(self, ones: list[_Known]) -> None:
        self.exported.append(self.now)
        for one in ones:
            one.exports = (*one.exports, len(self.exported))

    def _erase(self, ones: list[_Known]) -> None:
        self.erased.append(len(ones))
        for one in ones:
            one.is_erased = True


def _is_chosen(one: _Known, selection: Selection) -> bool:
    if selection == "all":
        return True
    if selection == "new":
        return not one.exports
    assert isinstance(selection, date)
    return one.day >= selection


LedgerMachine.TestCase.settings = settings(
    max_examples=examples(60), stateful_step_count=30, deadline=None
)


class TestTheBooksAgreeAfterEveryStep(LedgerMachine.TestCase):  # type: ignore[misc, name-defined]
    """Found and shrunk by Hypothesis."""


# What does not add up


@pytest.fixture
def books(queue: Queue, tmp_path: Path) -> Queue:
    """On each of two days a waiting, an exported and an erased signup: numbers 1 to 3, 4 to 6."""
    for day in (1, 2):
        moment = datetime(2024, 5, day, tzinfo=UTC)
        queue.add(make_signup(email="waiting@example.com", created_at=moment))
        queue.add(make_signup(email="exported@example.com", created_at=moment))
        queue.add(make_signup(email="erased@example.com", created_at=moment))
    erase_address(queue, "erased@example.com", NOW)
    queue.select()
    queue.deselect([1, 4])
    out = tmp_path / "a.csv"
    with queue.transaction():
        queue.execute(
            "INSERT INTO exports (created_at, file_name, format, selection, is_deduped, row_count,"
            " signup_count) VALUES (?, ?, 'csv', 'new', 0, 2, 2)",
            (NOW.isoformat(), out.name),
        )
        queue.execute("INSERT INTO exported (signup, export) SELECT number, 1 FROM selected")
    ledger = read_ledger(queue)
    assert ledger.is_balanced
    assert ledger.total == Counts(6, 2, 2, 2)
    return queue


FIRST, SECOND = "2024-05-01", "2024-05-02"


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("DELETE FROM signups WHERE number = 1", {FIRST: 1}),
        ("DELETE FROM signups WHERE number = 2", {FIRST: 1}),
        ("DELETE FROM signups WHERE number = 4", {SECOND: 1}),
        ("DELETE FROM signups WHERE number = 5", {SECOND: 1}),
        ("DELETE FROM signups", {FIRST: 2, SECOND: 2}),
        ("DELETE FROM erased WHERE signup = 3", {FIRST: 1}),  # an erasure that is denied
        (f"UPDATE days SET captured = 2 WHERE day = '{FIRST}'", {FIRST: -1}),
        (f"DELETE FROM days WHERE day = '{SECOND}'", {SECOND: -3}),
        # One day's surplus does not hide another's loss.
        (
            f"UPDATE signups SET created_at = '{SECOND}T00:00' WHERE number = 1",
            {FIRST: 1, SECOND: -1},
        ),
    ],
)
def test_what_is_changed_past_the_kiosk_is_noticed_on_its_day(
    books: Queue, statement: str, missing: dict[str, int]
) -> None:
    """As somebody with the file does it, or a disk."""
    with closing(sqlite3.connect(books.file)) as other:
        other.execute(statement)
        other.commit()

    ledger = read_ledger(books)

    assert not ledger.is_balanced
    assert [day.day for day in ledger.days] == [FIRST, SECOND]
    found = {day.day: day.counts.unaccounted for day in ledger.days if day.counts.unaccounted}
    assert found == missing
    assert ledger.total.unaccounted == sum(missing.values())


def test_a_number_is_never_given_twice(queue: Queue) -> None:
    """Else an erased signup's exports would be a later one's."""
    queue.add(make_signup(email="first@example.com"))
    erase_address(queue, "first@example.com", NOW)
    queue.add(make_signup())

    queue.select()
    assert [record.number for record in queue.selected()] == [2]


def test_empty_books_add_up(queue: Queue) -> None:
    ledger = read_ledger(queue)

    assert ledger == Ledger((), (), (), 0, None)
    assert ledger.is_balanced
    assert ledger.total == Counts()
    assert ledger.last_export is None


def test_the_books_are_of_one_moment(queue: Queue) -> None:
    """What arrives while they are read is in all of the sums or in none."""
    queue.add(make_signup())
    read, arrived = queue.query, []

    def meanwhile(statement: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        rows = read(statement, values)
        if not arrived:
            with closing(sqlite3.connect(queue.file, timeout=0)) as other:
                try:
                    other.execute("UPDATE days SET captured = captured + 1")
                    other.commit()
                    arrived.append("stored")
                except sqlite3.OperationalError:
                    arrived.append("had to wait")
        return rows

    queue.query = meanwhile  # type: ignore[assignment, method-assign]
    ledger = read_ledger(queue)

    assert arrived == ["had to wait"]
    assert ledger.is_balanced
