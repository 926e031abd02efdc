"""`kiosk export`: which signups, into which file, with whose key."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine

from kiosk.signups.crypto.keys import install_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store.ledger import Counts
from kiosk.signups.store.queue import Queue
from tests.commands.conftest import NOW, PASSPHRASE, Kiosk
from tests.commands.signup_files import balance_of, change, emails_of

pytestmark = pytest.mark.usefixtures("moment")

Terminal = Callable[..., list[str]]
Descriptor = Callable[[bytes], int]
LATE = datetime(2024, 5, 9, 17, 30, tzinfo=UTC)
NOTHING = "There are no signups to export.\n"


# export


@pytest.mark.parametrize("choice", [[], ["--all"], ["--since", "2024-05-01"], ["--again", "1"]])
def test_where_nothing_was_ever_stored_nothing_is_exported_or_made(
    kiosk: Kiosk, choice: list[str]
) -> None:
    result = kiosk("export", "--out", "a.csv", *choice)

    assert (result.status, result.out, result.err) == (0, NOTHING, "")
    assert list(kiosk.data.iterdir()) == []


def test_an_export_says_how_many_where_and_its_number(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    first = kiosk("export", "--out", "1.csv")
    kiosk.fill("b@example.com", "c@example.com")
    second = kiosk("export", "--out", kiosk.folder / "2.csv")

    assert first.out == "1 signup exported to 1.csv (export 1)\n"
    assert second.out == f"2 signups exported to {kiosk.folder / '2.csv'} (export 2)\n"
    assert (first.status, first.err, second.status, second.err) == (0, "", 0, "")
    assert emails_of(kiosk.folder / "2.csv") == ["b@example.com", "c@example.com"]


def test_since_and_all_bring_what_was_exported_before(kiosk: Kiosk) -> None:
    kiosk.fill("april@example.com", created_at=datetime(2024, 4, 30, 12, tzinfo=UTC))
    kiosk.fill("may@example.com", created_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    kiosk("export", "--out", "1.csv")

    assert kiosk("export", "--out", "2.csv").out == NOTHING
    assert kiosk("export", "--out", "all.csv", "--all").status == 0
    assert kiosk("export", "--out", "since.csv", "--since", "2024-05-01").status == 0
    assert kiosk("export", "--out", "none.csv", "--since", "2024-05-02").out == NOTHING

    assert emails_of(kiosk.folder / "all.csv") == ["april@example.com", "may@example.com"]
    assert emails_of(kiosk.folder / "since.csv") == ["may@example.com"]
    assert not (kiosk.folder / "none.csv").exists()


def test_one_row_an_address_is_said(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com", "A@example.com", "a@EXAMPLE.com")

    result = kiosk("export", "--out", "a.csv", "--dedupe")

    assert result.status == 0
    assert result.out == (
        "4 signups exported to a.csv (export 1)\n2 of them share an address with a later one; the"
        " file has 2 rows, with the newest consent of each address\n"
    )
    assert emails_of(kiosk.folder / "a.csv") == ["b@example.com", "a@EXAMPLE.com"]


def test_a_lost_file_is_written_again_byte_for_byte(
    kiosk: Kiosk, moment: time_machine.Coordinates
) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    kiosk("export", "--out", "1.csv")
    kiosk.fill("c@example.com")
    moment.move_to(LATE)

    result = kiosk("export", "--out", "2.csv", "--again", "1")

    assert result.said == (
        "2 signups exported to 2.csv (export 2)\n"
        "the file is identical to that of export 1, byte for byte\n"
    )
    assert (kiosk.folder / "1.csv").read_bytes() == (kiosk.folder / "2.csv").read_bytes()


def test_what_was_erased_since_is_said_when_a_file_is_written_again(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    kiosk("export", "--out", "1.csv")
    kiosk("erase", "a@example.com")

    result = kiosk("export", "--out", "2.csv", "--again", "1")

    assert result.status == 0
    assert result.out == (
        "1 signup exported to 2.csv (export 2)\n"
        "1 signup of export 1 has since been erased and is left out\n"
    )


def test_a_file_that_cannot_be_the_same_says_so(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    kiosk("export", "--out", "1.csv")
    change(kiosk.data, "UPDATE signups SET kiosk = 'another'")

    result = kiosk("export", "--out", "2.csv", "--again", "1")

    assert result.out.endswith("the file differs from that of export 1\n")


def test_a_file_that_is_there_is_not_overwritten(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    (kiosk.folder / "a.csv").write_text("precious")

    output = kiosk("export", "--out", "a.csv").sentence

    assert output == "a.csv already exists and is not overwritten; choose another file"
    assert (kiosk.folder / "a.csv").read_text() == "precious"


def test_a_name_that_is_no_text_is_kept_readable(kiosk: Kiosk) -> None:
    """A stick formatted elsewhere may bring such a folder, a script such a file."""
    kiosk.fill("a@example.com")

    result = kiosk("export", "--out", os.fsdecode(b"caf\xe9.csv"))

    assert (result.status, result.err) == (0, "")
    with Queue.open_read_only(kiosk.data) as queue:
        assert queue.exports()[0].file_name == "caf\\xe9.csv"
    assert "caf\\xe9.csv" in kiosk("signups").out


def test_signups_that_cannot_be_read_are_listed_and_stay(kiosk: Kiosk) -> None:
    first, second, _ = kiosk.fill("a@example.com", "b@example.com", "c@example.com")
    change(kiosk.data, "UPDATE people SET personal = x'00' WHERE number < 3")

    result = kiosk("export", "--out", "a.csv")

    assert (result.status, result.out) == (1, "1 signup exported to a.csv (export 1)\n")
    assert result.err == (
        "kiosk: 2 signups could not be read and will stay in place:\n"
        f"  {first.id}: its personal data are damaged\n"
        f"  {second.id}: its personal data are damaged\n"
    )
    assert emails_of(kiosk.folder / "a.csv") == ["c@example.com"]
    assert balance_of(kiosk.data) == Counts(3, 2, 1, 0)


def test_a_long_list_of_what_cannot_be_read_is_cut(kiosk: Kiosk) -> None:
    kiosk.fill(*["a@example.com"] * 25)
    change(kiosk.data, "UPDATE people SET personal = x'00'")

    result = kiosk("export", "--out", "a.csv")

    assert (result.status, result.out) == (1, "No signups could be exported.\n")
    lines = result.err.splitlines()
    assert len(lines) == 22
    assert lines[-1] == "  and 5 more"


# export with a key


def test_sealed_signups_are_exported_with_the_managers_key(kiosk: Kiosk, key: PrivateKey) -> None:
    kiosk.fill("open@example.com")
    kiosk.fill("sealed@example.com", key=key.public_key)

    result = kiosk("export", "--out", "a.csv", "--key", "key.json", passphrase=PASSPHRASE)

    assert (result.status, result.out, result.err) == (
        *(0, "2 signups exported to a.csv (export 1)\n"),
        "",
    )
    assert emails_of(kiosk.folder / "a.csv") == ["open@example.com", "sealed@example.com"]


def test_the_passphrase_is_typed_once(kiosk: Kiosk, key: PrivateKey, terminal: Terminal) -> None:
    kiosk.fill("sealed@example.com", key=key.public_key)
    asked = terminal(PASSPHRASE)

    assert kiosk("export", "--out", "a.csv", "--key", "key.json").status == 0
    assert asked == ["Passphrase: "]


@pytest.mark.parametrize(("count", "are"), [(1, "1 signup is"), (2, "2 signups are")])
def test_sealed_signups_without_a_key_are_not_exported(
    kiosk: Kiosk, key: PrivateKey, count: int, are: str
) -> None:
    kiosk.fill("open@example.com")
    kiosk.fill(*["sealed@example.com"] * count, key=key.public_key)

    output = kiosk("export", "--out", "a.csv").sentence

    assert output == f"{are} sealed; pass the manager's key with --key FILE"
    assert not (kiosk.folder / "a.csv").exists()
    assert balance_of(kiosk.data) == Counts(count + 1, count + 1, 0, 0)


def test_a_wrong_passphrase_exports_nothing(kiosk: Kiosk, key: PrivateKey) -> None:
    kiosk.fill("sealed@example.com", key=key.public_key)

    result = kiosk("export", "--out", "a.csv", "--key", "key.json", passphrase="Correct horse")

    assert "the passphrase does not open key.json; type it again" in result.sentence
    assert not (kiosk.folder / "a.csv").exists()
    assert balance_of(kiosk.data) == Counts(1, 1, 0, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gone.json", "gone.json cannot be read (No such file or directory); use the file that"),
        ("data", "data cannot be read (Is a directory); use the file that"),
        ("data/sealing-key.json", "is not a manager's key, or is damaged; use the file that"),
    ],
)
def test_a_file_that_is_no_key_is_said(
    kiosk: Kiosk, key: PrivateKey, name: str, expected: str
) -> None:
    kiosk.fill("sealed@example.com", key=key.public_key)
    install_key(kiosk.data, key.public_key, NOW)

    result = kiosk("export", "--out", "a.csv", "--key", name, passphrase=PASSPHRASE)

    assert expected in result.sentence


def test_what_is_sealed_to_another_key_is_listed_and_stays(kiosk: Kiosk, key: PrivateKey) -> None:
    other = PrivateKey.generate()
    kiosk.fill("mine@example.com", key=key.public_key)
    (theirs,) = kiosk.fill("theirs@example.com", key=other.public_key)

    result = kiosk("export", "--out", "a.csv", "--key", "key.json", passphrase=PASSPHRASE)

    assert (result.status, result.out) == (1, "1 signup exported to a.csv (export 1)\n")
    assert f"  {theirs.id}: it is sealed to another key, {other.id}\n" in result.err
    assert emails_of(kiosk.folder / "a.csv") == ["mine@example.com"]
    assert balance_of(kiosk.data) == Counts(2, 1, 1, 0)


# An unknown part of the suppression list


@pytest.mark.parametrize(
    ("name", "expected"), [("a.csv", ",unknown,"), ("a.jsonl", '"suppressed": null')]
)
def test_a_part_of_the_suppression_list_that_stays_closed_needs_attention(
    kiosk: Kiosk, key: PrivateKey, name: str, expected: str
) -> None:
    install_key(kiosk.data, key.public_key, NOW)
    kiosk("erase", "a@example.com", "--suppress")
    kiosk.fill("a@example.com")

    result = kiosk("export", "--out", name)

    assert (result.status, result.out) == (1, f"1 signup exported to {name} (export 1)\n")
    assert result.err == (
        "kiosk: part of the suppression list cannot be decrypted, perhaps because it is sealed to"
        " another key; it is not known whether those addresses objected\n"
    )
    text = (kiosk.folder / name).read_text(encoding="utf-8-sig")
    assert expected in text


# --from


@pytest.fixture
def sealed(kiosk: Kiosk, key: PrivateKey) -> str:
    """A file that the kiosk has written without the key, which is in `key.json`."""
    install_key(kiosk.data, key.public_key, NOW)
    kiosk.fill("a@example.com", "b@example.com", key=key.public_key)
    result = kiosk("export", "--out", "a.sealed")
    assert result.out == "2 signups exported to a.sealed (export 1)\n"
    assert balance_of(kiosk.data) == Counts(2, 0, 2, 0)
    return "a.sealed"


OPENING = ("--key", "key.json", "--from")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_a_sealed_file_is_opened_without_the_kiosk_as_on_the_kiosk(
    kiosk: Kiosk, sealed: str, ending: str
) -> None:
    kiosk("export", "--out", f"kiosk.{ending}", "--all", "--key", "key.json", passphrase=PASSPHRASE)
    kiosk.data.rename(kiosk.folder / "stolen")
    kiosk.data.mkdir()

    result = kiosk("export", "--out", f"desk.{ending}", *OPENING, sealed, passphrase=PASSPHRASE)

    assert result.out == f"2 signups opened into desk.{ending}\n"
    assert (result.status, result.err) == (0, "")
    same = [(kiosk.folder / f"{where}.{ending}").read_bytes() for where in ("kiosk", "desk")]
    assert same[0] == same[1]
    assert list(kiosk.data.iterdir()) == []


def test_opening_twice_gives_the_same_and_overwrites_nothing(kiosk: Kiosk, sealed: str) -> None:
    for out in ("1.csv", "2.csv"):
        assert kiosk("export", "--out", out, *OPENING, sealed, passphrase=PASSPHRASE).status == 0
    again = kiosk("export", "--out", "1.csv", *OPENING, sealed, passphrase=PASSPHRASE)
    assert again.sentence == "1.csv already exists and is not overwritten; choose another file"
    assert (kiosk.folder / "1.csv").read_bytes() == (kiosk.folder / "2.csv").read_bytes()


def test_of_each_address_the_newest_is_opened(
    kiosk: Kiosk, sealed: str, key: PrivateKey, moment: time_machine.Coordinates
) -> None:
    kiosk.fill("A@example.com", key=key.public_key)
    moment.shift(60)
    kiosk("export", "--out", "b.sealed")
    result = kiosk(
        *("export", "--out", "a.csv", "--dedupe", *OPENING, sealed, "b.sealed"),
        passphrase=PASSPHRASE,
    )
    assert result.out == (
        "3 signups opened into a.csv\n1 of them shares an address with a later one; the file has"
        " 2 rows, with the newest consent of each address\n"
    )
    assert emails_of(kiosk.folder / "a.csv") == ["b@example.com", "A@example.com"]


def test_who_was_erased_after_the_export_is_counted(kiosk: Kiosk, sealed: str) -> None:
    kiosk("erase", "a@example.com", "--key", "key.json", passphrase=PASSPHRASE)
    kiosk("export", "--out", "again.sealed", "--all")
    result = kiosk(
        "export", "--out", "a.csv", *OPENING, sealed, "again.sealed", passphrase=PASSPHRASE
    )
    assert result.out == (
        "1 signup opened into a.csv\n1 signup has since been erased and is left out\n"
    )
    assert emails_of(kiosk.folder / "a.csv") == ["b@example.com"]


def test_a_box_that_does_not_open_is_listed(
    kiosk: Kiosk, key: PrivateKey, sealed: str, moment: time_machine.Coordinates
) -> None:
    change(kiosk.data, "UPDATE people SET personal = zeroblob(300) WHERE number = 1")
    kiosk("export", "--out", "b.sealed", "--all")
    result = kiosk("export", "--out", "a.csv", *OPENING, "b.sealed", passphrase=PASSPHRASE)
    assert result.status == 1
    assert result.out == "1 signup opened into a.csv\n"
    assert "1 signup could not be read and will stay in the sealed file:" in result.err
    assert "its seal is damaged" in result.err
    assert emails_of(kiosk.folder / "a.csv") == ["b@example.com"]


def test_what_cannot_be_opened_is_refused_in_a_sentence(kiosk: Kiosk, sealed: str) -> None:
    def refusal(*arguments: str, passphrase: str = PASSPHRASE) -> str:
        return kiosk("export", "--out", "a.csv", *arguments, passphrase=passphrase).sentence

    assert refusal("--from", sealed) == (
        "sealed files need the manager's key; pass it with --key FILE"
    )
    assert "the passphrase does not open key.json" in refusal(
        *OPENING, sealed, passphrase="another passphrase"
    )
    assert "gone.sealed cannot be read" in refusal(*OPENING, "gone.sealed")
    half = kiosk.folder / "half.sealed"
    half.write_bytes((kiosk.folder / sealed).read_bytes()[:900])
    assert refusal(*OPENING, "half.sealed").startswith("half.sealed is not complete: its end is")
    assert not (kiosk.folder / "a.csv").exists()


@pytest.mark.parametrize("other", [["--all"], ["--since", "2024-05-01"], ["--again", "1"]])
def test_a_sealed_file_is_opened_as_it_is(kiosk: Kiosk, sealed: str, other: list[str]) -> None:
    assert (
        "not allowed with argument"
        in kiosk("export", "--out", "a.csv", *OPENING, sealed, *other).err
    )
