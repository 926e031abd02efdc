"""`kiosk erase`: an address, or what is old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
import time_machine

from kiosk.signups.crypto.keys import PUBLIC_KEY_FILE, install_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.form import Signup
from kiosk.signups.store import erasure
from kiosk.signups.store.database import FILE_NAME, QueueUnavailable
from kiosk.signups.store.ledger import Counts, read_ledger
from kiosk.signups.store.queue import Queue
from tests.commands.conftest import NOW, PASSPHRASE, Fill, Kiosk
from tests.commands.signup_files import balance_of, rows_of, signups_in

pytestmark = pytest.mark.usefixtures("moment")

Terminal = Callable[..., list[str]]
LATE = datetime(2024, 5, 9, 17, 30, tzinfo=UTC)


# erase


def test_an_address_is_erased_however_it_is_written(kiosk: Kiosk) -> None:
    stored, *_ = kiosk.fill("b@example.com", "a@example.com", "A@Example.com", "a@EXAMPLE.COM")

    result = kiosk("erase", " A@example.COM ")

    assert result.said == "Receipt 1: 3 signups erased, 2024-05-02 08:00.\n"
    assert signups_in(kiosk.data) == [stored]
    assert balance_of(kiosk.data) == Counts(4, 1, 0, 3)
    assert b"a@example.com" not in (kiosk.data / FILE_NAME).read_bytes().lower()


NO_SUCH = "No signup has this address; nothing was erased."


@pytest.mark.parametrize("is_sealed", [False, True])
def test_an_address_that_is_not_here_is_not_said_to_be_erased(
    kiosk: Kiosk, key: PrivateKey, is_sealed: bool
) -> None:
    kiosk.fill("a@example.com", key=key.public_key if is_sealed else None)

    result = kiosk("erase", "b@example.com", "--key", "key.json", passphrase=PASSPHRASE)

    assert (result.status, result.out, result.err) == (1, f"{NO_SUCH}\n", "")
    with Queue.open_read_only(kiosk.data) as queue:
        assert read_ledger(queue).erasures == ()


def test_an_address_that_is_not_here_comes_onto_the_list_all_the_same(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")

    result = kiosk("erase", "b@example.com", "--suppress")
    kiosk.fill("b@example.com")
    kiosk("export", "--out", "a.csv")

    assert result.status == 0
    assert result.out.splitlines() == [
        NO_SUCH,
        "The address is on the suppression list; later signups with it will be flagged.",
    ]
    assert [row["suppressed"] for row in rows_of(kiosk.folder / "a.csv")] == ["no", "yes"]


def test_a_signup_that_cannot_be_read_may_be_of_the_address(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    with Queue.open(kiosk.data) as queue:
        queue.execute("UPDATE people SET personal = x'00'")

    result = kiosk("erase", "a@example.com")

    assert (result.status, result.out) == (1, f"{NO_SUCH}\n")
    assert "1 signup could not be read and may have this address, too" in result.err


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("vera@example", "VERA@Example"),
        ("vera", "Vera"),
        ("ve..ra@example.com", "ve..ra@EXAMPLE.com"),
        ("vera@localhost", "vera@localhost"),
        ("zo\u00eb..@example.com", "ZOE\u0308..@example.com"),
        ("zoe\u0308@b\u00fccher", "zo\u00eb@BU\u0308CHER"),
        ("vera@b\u00fccher.local", "vera@xn--bcher-kva.local"),
        ("x" * 300 + "@example.com", "X" * 300 + "@example.com"),
        ("ve ra@example.com", "ve ra@example.com"),
        ("vera@example.com", "\u202avera\u200b@example.com\u202c"),
        ("ve\u200bra@example.com", "vera@example.com"),
        ("+vera@example.com", "+vera@example.com"),
    ],
)
def test_whatever_lies_there_as_an_address_can_be_erased(
    kiosk: Kiosk, key: PrivateKey, stored: str, asked: str, is_sealed: bool
) -> None:
    """Also what today's form would refuse: an older one took it, or a hand wrote it."""
    remaining, _ = kiosk.fill(
        "other@example.com", stored, key=key.public_key if is_sealed else None
    )

    result = kiosk("erase", "-", "--key", "key.json", given=f"{asked}\n", passphrase=PASSPHRASE)

    assert (result.status, result.err) == (0, "")
    assert balance_of(kiosk.data) == Counts(2, 1, 0, 1)
    with Queue.open_read_only(kiosk.data) as queue:
        queue.select()
        assert [record.id for record in queue.selected()] == [remaining.id]


def test_an_odd_address_that_was_here_comes_onto_the_list(kiosk: Kiosk) -> None:
    kiosk.fill("vera@example")

    result = kiosk("erase", "vera@example", "--suppress")
    kiosk.fill("vera@example")
    kiosk("export", "--out", "a.csv")

    assert (result.status, result.out.count("suppression list")) == (0, 1)
    assert [row["suppressed"] for row in rows_of(kiosk.folder / "a.csv")] == ["yes"]


def test_an_address_from_the_input_is_in_no_list_of_processes(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com")

    result = kiosk("erase", "-", given="a@example.com\r\nb@example.com\n")

    assert (result.status, result.out[:27]) == (0, "Receipt 1: 1 signup erased,")
    assert [signup.person.email for signup in signups_in(kiosk.data)] == ["b@example.com"]


@pytest.mark.parametrize(
    "given",
    ["", "\n", "vera\n", "a@example.com, b@example.com\n", b"a@ex\xe4mple.com\n"],
)
def test_an_input_without_an_address_erases_nothing(kiosk: Kiosk, given: str | bytes) -> None:
    kiosk.fill("a@example.com")

    assert "not a complete address" in kiosk("erase", "-", given=given).sentence
    assert balance_of(kiosk.data) == Counts(1, 1, 0, 0)


def test_files_that_still_hold_an_erased_address_are_named(
    kiosk: Kiosk, moment: time_machine.Coordinates
) -> None:
    kiosk.fill("a@example.com")
    kiosk("export", "--out", "one.csv")
    kiosk.fill("b@example.com")
    kiosk("export", "--out", "two.csv")
    moment.move_to(LATE)
    kiosk("export", "--out", "all.xlsx", "--all")

    result = kiosk("erase", "a@example.com")

    assert result.out.splitlines() == [
        "Receipt 1: 1 signup erased, 2024-05-09 17:30.",
        "  the address is still in one.csv (export 1, 2024-05-02 08:00); erase it there too",
        "  the address is still in all.xlsx (export 3, 2024-05-09 17:30); erase it there too",
    ]


def test_a_suppressed_address_is_flagged_when_it_comes_again(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    result = kiosk("erase", "a@example.com", "--suppress")
    kiosk.fill("A@example.com", "b@example.com")
    kiosk("export", "--out", "a.csv")

    assert result.out.splitlines() == [
        "Receipt 1: 1 signup erased, 2024-05-02 08:00.",
        "The address is on the suppression list; later signups with it will be flagged.",
    ]
    assert [row["suppressed"] for row in rows_of(kiosk.folder / "a.csv")] == ["yes", "no"]


def test_an_address_is_suppressed_before_the_first_signup(kiosk: Kiosk) -> None:
    result = kiosk("erase", "a@example.com", "--suppress")
    kiosk.fill("a@example.com")
    kiosk("export", "--out", "a.csv")

    assert result.status == 0
    assert [row["suppressed"] for row in rows_of(kiosk.folder / "a.csv")] == ["yes"]


@pytest.mark.parametrize("is_in_settings", [True, False])
def test_the_suppression_list_is_sealed_as_signups_are(
    kiosk: Kiosk, key: PrivateKey, is_in_settings: bool
) -> None:
    """Also to a key that the settings have lost since."""
    if is_in_settings:
        install_key(kiosk.data, key.public_key, NOW)
    else:
        kiosk.fill("b@example.com", key=key.public_key)
    given = [] if is_in_settings else ["--key", "key.json"]

    kiosk("erase", "a@example.com", "--suppress", *given, passphrase=PASSPHRASE)

    with Queue.open_read_only(kiosk.data) as queue:
        assert queue.query("SELECT key_id FROM suppression_keys") == [(key.id,)]


@pytest.mark.parametrize(
    ("arguments", "status", "expected"),
    [
        ("a@example.com", 1, NO_SUCH),
        ("--before 2024-06-01", 0, "There are no signups to erase."),
        ("--before 2024-06-01 --yes", 0, "There are no signups to erase."),
    ],
)
def test_where_nothing_was_ever_stored_nothing_is_erased_or_made(
    kiosk: Kiosk, arguments: str, status: int, expected: str
) -> None:
    result = kiosk("erase", *arguments.split())

    assert (result.status, result.out, result.err) == (status, f"{expected}\n", "")
    assert list(kiosk.data.iterdir()) == []


@pytest.mark.parametrize(("count", "are"), [(1, "1 signup is"), (2, "2 signups are")])
def test_sealed_signups_are_not_searched_without_the_key(
    kiosk: Kiosk, key: PrivateKey, count: int, are: str
) -> None:
    """Saying that an address is erased while it may be there sealed would be a lie."""
    kiosk.fill(*["a@example.com"] * count, key=key.public_key)

    output = kiosk("erase", "a@example.com").sentence

    assert output == f"{are} sealed; pass the manager's key with --key FILE"
    assert balance_of(kiosk.data) == Counts(count, count, 0, 0)


def test_sealed_signups_are_erased_with_the_key(kiosk: Kiosk, key: PrivateKey) -> None:
    kiosk.fill("a@example.com")
    kiosk.fill("A@example.com", "b@example.com", key=key.public_key)

    result = kiosk("erase", "a@example.com", "--key", "key.json", passphrase=PASSPHRASE)

    assert (result.status, result.out[:28]) == (0, "Receipt 1: 2 signups erased,")
    assert balance_of(kiosk.data) == Counts(3, 1, 0, 2)


def test_what_could_not_be_compared_is_listed(kiosk: Kiosk, key: PrivateKey) -> None:
    other = PrivateKey.generate()
    kiosk.fill("a@example.com", key=key.public_key)
    (theirs,) = kiosk.fill("a@example.com", key=other.public_key)

    result = kiosk("erase", "a@example.com", "--key", "key.json", passphrase=PASSPHRASE)

    assert (result.status, result.out[:27]) == (1, "Receipt 1: 1 signup erased,")
    assert result.err == (
        "kiosk: 1 signup could not be read and may have this address, too:\n"
        f"  {theirs.id}: it is sealed to another key, {other.id}\n"
    )
    assert balance_of(kiosk.data) == Counts(2, 1, 0, 1)


def test_traces_that_may_be_left_need_attention(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.fill("a@example.com")
    monkeypatch.setattr(
        erasure,
        "remove_migration_backups",
        Mock(side_effect=QueueUnavailable("the disk is full; free some space on it")),
    )

    result = kiosk("erase", "a@example.com")

    assert (result.status, result.out[:27]) == (1, "Receipt 1: 1 signup erased,")
    assert result.err == "kiosk: copies remain: the disk is full; free some space on it\n"


def test_a_database_set_aside_may_hold_the_address_as_well(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    aside = kiosk.data / "signups.damaged-20240502T080000-abcdef.sqlite3"
    aside.write_bytes(b"damaged")

    result = kiosk("erase", "a@example.com")

    assert f"data/{aside.name} is damaged, was set aside and may still hold signups" in result.out


# erase --before


@pytest.fixture
def three_days(fill: Fill) -> list[Signup]:
    """Signups of three days, that of the first exported."""
    days = (datetime(2024, 4, 29, 12, tzinfo=UTC) + timedelta(days=n) for n in range(3))
    return [fill(f"{n}@example.com", created_at=day)[0] for n, day in enumerate(days)]


def test_what_was_made_before_a_day_is_erased_with_yes(
    kiosk: Kiosk, three_days: list[Signup]
) -> None:
    result = kiosk("erase", "--before", "2024-05-01", "--yes")

    assert result.said == "Receipt 1: 2 signups erased, 2024-05-02 08:00.\n"
    assert signups_in(kiosk.data) == three_days[2:]
    assert kiosk("signups").out.endswith("by hand\n")


def test_without_a_terminal_nothing_is_erased_unless_yes_is_said(
    kiosk: Kiosk, three_days: list[Signup]
) -> None:
    output = kiosk("erase", "--before", "2024-05-01", given="yes\n").sentence

    assert output == (
        "this permanently erases 2 signups made before 2024-05-01, 2 of them never exported; pass"
        " --yes to confirm"
    )
    assert signups_in(kiosk.data) == three_days


@pytest.mark.parametrize("answer", ["yes", "y", " YES "])
def test_whoever_says_yes_at_the_terminal_is_believed(
    kiosk: Kiosk, three_days: list[Signup], terminal: Terminal, answer: str
) -> None:
    asked = terminal(answer)
    kiosk("export", "--out", "a.csv")

    result = kiosk("erase", "--before", "2024-05-01")

    assert result.status == 0
    assert asked == [
        "This permanently erases 2 signups made before 2024-05-01. Type yes to confirm: "
    ]
    assert signups_in(kiosk.data) == three_days[2:]


@pytest.mark.parametrize("answers", [[], [""], ["no"], ["yes please"], ["ja"]])
def test_anything_but_yes_erases_nothing(
    kiosk: Kiosk, three_days: list[Signup], terminal: Terminal, answers: list[str]
) -> None:
    terminal(*answers)

    assert kiosk("erase", "--before", "2024-05-01").sentence == "nothing was erased"
    assert signups_in(kiosk.data) == three_days


def test_a_day_before_everything_is_not_asked_about(
    kiosk: Kiosk, three_days: list[Signup], terminal: Terminal
) -> None:
    asked = terminal("yes")

    result = kiosk("erase", "--before", "2024-04-29")

    assert (result.status, result.out) == (0, "No signups were made before 2024-04-29.\n")
    assert asked == []


def test_old_signups_are_erased_without_the_key(kiosk: Kiosk, key: PrivateKey) -> None:
    kiosk.fill("a@example.com", key=key.public_key)

    assert kiosk("erase", "--before", "2024-06-01", "--yes").status == 0
    assert balance_of(kiosk.data) == Counts(1, 0, 0, 1)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_damaged_public_half_does_not_keep_an_address_from_being_erased(
    kiosk: Kiosk, key: PrivateKey, is_known: bool
) -> None:
    kiosk.fill("a@example.com", key=key.public_key if is_known else None)
    (kiosk.data / PUBLIC_KEY_FILE).write_text("{")

    result = kiosk("erase", "a@example.com", "--key", "key.json", passphrase=PASSPHRASE)
    suppressed = kiosk("erase", "a@example.com", "--suppress")

    assert (result.status, result.out[:27]) == (0, "Receipt 1: 1 signup erased,")
    assert suppressed.status == (0 if is_known else 2)
