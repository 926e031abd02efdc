"""What is exported sealed and opened elsewhere is what the kiosk would have written itself."""

from __future__ import annotations

import errno
import json
import math
import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count, permutations, product
from pathlib import Path
from tempfile import gettempdir
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.content import file as content_file
from kiosk.signups import output_files
from kiosk.signups.crypto.keys import install_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export import exporter, sealed_file
from kiosk.signups.export.exporter import ExportRefused, ExportRequest, ExportResult, export, repeat
from kiosk.signups.export.opening import open_sealed
from kiosk.signups.export.sealed_file import SealedFileRefused, read_sealed
from kiosk.signups.form import Consent
from kiosk.signups.store.database import BATCH_SIZE, QueueUnavailable
from kiosk.signups.store.erasure import erase_address, erase_before
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.suppression import suppress_address
from tests.conftest import make_signup
from tests.long_runs import examples

FORMATS = ["csv", "xlsx", "jsonl"]
NOW = datetime(2024, 5, 2, 8, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
KEY, ANOTHER = PrivateKey.generate(), PrivateKey.generate()
VERA, OTTO = "vera@example.com", "otto@example.com"

MakeKiosk = Callable[..., Queue]


@pytest.fixture
def make_kiosk(tmp_path: Path) -> Iterator[MakeKiosk]:
    """Makes a kiosk whose signups are sealed."""
    with kiosks_in(tmp_path) as make:
        yield make


@contextmanager
def kiosks_in(parent: Path) -> Iterator[MakeKiosk]:
    queues: list[Queue] = []

    def make(*emails: str, key: PrivateKey = KEY, **fields: object) -> Queue:
        folder = parent / f"kiosk {len(queues)}"
        folder.mkdir()
        install_key(folder, key.public_key, NOW)
        queue = Queue.open(folder)
        queues.append(queue)
        add(queue, *emails, key=key, **fields)
        return queue

    yield make
    for queue in queues:
        queue.close()


def add(queue: Queue, *emails: str, key: PrivateKey | None = KEY, **fields: object) -> None:
    for email in emails:
        queue.add(make_signup(email=email, **fields), key.public_key if key else None)


def seal_into(queue: Queue, out: Path) -> Path:
    assert export(queue, ExportRequest(out), NOW).signups > 0
    return out


def open_into(out: Path, *files: Path, key: PrivateKey = KEY, is_deduped: bool = False) -> Path:
    done, _ = open_sealed(files, ExportRequest(out, "all", key, is_deduped), key)
    assert done.unreadable == ()
    return out


def emails_in(file: Path) -> dict[str, bool | None]:
    """Each address, and whether it has objected."""
    lines = map(json.loads, file.read_text("utf-8").splitlines())
    return {line["email"]: line["suppressed"] for line in lines}


def object_to(queue: Queue, email: str, key: PrivateKey = KEY) -> None:
    with queue.transaction():
        suppress_address(queue, email, key, key.public_key)


def test_it_is_byte_for_byte_what_the_kiosk_writes_with_the_key(
    make_kiosk: MakeKiosk, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    queue = make_kiosk(VERA, "VERA@example.com", "=cmd@example.com", name="Zoë; =1+1")
    add(queue, OTTO, created_at=NOW - timedelta(hours=7, microseconds=5), clock_trusted=False)
    object_to(queue, OTTO)
    add(queue, *(f"{number}@example.com" for number in range(BATCH_SIZE + 1)))

    sealed = export(queue, ExportRequest(tmp_path / "a.sealed"), NOW)

    assert (sealed.number, sealed.signups, sealed.unreadable) == (1, BATCH_SIZE + 5, ())
    for ending, is_deduped in product(FORMATS, (False, True)):
        with subtests.test(ending=ending, is_deduped=is_deduped):
            on_the_kiosk = tmp_path / f"kiosk-{is_deduped}.{ending}"
            export(queue, ExportRequest(on_the_kiosk, "all", KEY, is_deduped), NOW)
            opened = tmp_path / f"desk-{is_deduped}.{ending}"
            open_into(opened, sealed.file, is_deduped=is_deduped)
            assert opened.read_bytes() == on_the_kiosk.read_bytes()


def test_nobody_is_in_the_file(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA, name="Vera Visitor")
    object_to(queue, OTTO)
    raw = seal_into(queue, tmp_path / "a.sealed").read_bytes()
    for secret in (b"vera@", b"Vera", b"Visitor", b'"62701', b"otto@"):
        assert secret not in raw
    assert raw.isascii()
    assert (tmp_path / "a.sealed").stat().st_mode & 0o777 == 0o600


def test_it_is_exported_once_and_again_byte_for_byte(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA, OTTO)
    first = seal_into(queue, tmp_path / "a.sealed")
    assert queue.count("new") == 0
    assert queue.exports()[0].format == "sealed"
    assert export(queue, ExportRequest(tmp_path / "b.sealed"), NOW).number is None

    add(queue, "new@example.com")
    object_to(queue, VERA)
    again = repeat(queue, 1, tmp_path / "again.sealed", LATER)
    assert again.is_identical is True
    assert again.file.read_bytes() == first.read_bytes()
    with pytest.raises(ExportRefused, match=r"export 1 was a \.sealed"):
        repeat(queue, 1, tmp_path / "again.csv", LATER, KEY)


def test_who_was_erased_is_left_out_of_it_again(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA, OTTO)
    seal_into(queue, tmp_path / "a.sealed")
    erase_address(queue, VERA, LATER, private_key=KEY)

    again = repeat(queue, 1, tmp_path / "again.sealed", LATER)
    assert (again.signups, again.erased) == (1, 1)
    assert list(emails_in(open_into(tmp_path / "a.jsonl", again.file))) == [OTTO]


def test_whoever_objected_is_marked(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA, OTTO)
    object_to(queue, VERA)
    sealed = seal_into(queue, tmp_path / "a.sealed")
    assert emails_in(open_into(tmp_path / "a.jsonl", sealed)) == {VERA: True, OTTO: False}


def test_files_of_several_kiosks_become_one_and_an_objection_to_one_counts_for_all(
    make_kiosk: MakeKiosk, tmp_path: Path
) -> None:
    window, door = make_kiosk(VERA, OTTO), make_kiosk("door@example.com")
    object_to(door, VERA)
    files = seal_into(window, tmp_path / "1.sealed"), seal_into(door, tmp_path / "2.sealed")

    opened = open_into(tmp_path / "a.jsonl", *files, files[0])
    assert emails_in(opened) == {VERA: True, OTTO: False, "door@example.com": False}
    assert len(opened.read_text().splitlines()) == 3


def test_what_is_not_sealed_yet_is_sealed_first(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA)
    add(queue, OTTO, key=None)
    with queue.transaction():
        suppress_address(queue, OTTO, None, None)
    sealed = seal_into(queue, tmp_path / "a.sealed")
    assert queue.count_unsealed() == 0
    assert emails_in(open_into(tmp_path / "a.jsonl", sealed)) == {VERA: False, OTTO: True}


def test_without_a_key_there_is_nothing_to_seal_to(queue: Queue, tmp_path: Path) -> None:
    add(queue, VERA, key=None)
    with pytest.raises(ExportRefused, match="create a key with 'kiosk keys create'"):
        export(queue, ExportRequest(tmp_path / "a.sealed"), NOW)
    assert queue.count("new") == 1
    assert not (tmp_path / "a.sealed").exists()


def test_sealed_addresses_are_not_compared(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA)
    with pytest.raises(ExportRefused, match="deduplicate on opening them"):
        export(queue, ExportRequest(tmp_path / "a.sealed", is_deduped=True), NOW)


def test_a_damaged_signup_stays_and_the_others_go(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA, OTTO)
    queue.execute("UPDATE signups SET created_at = 'soon' WHERE number = 1")
    done = export(queue, ExportRequest(tmp_path / "a.sealed"), NOW)
    assert (done.signups, [reason for _, reason in done.unreadable]) == (1, ["its time is damaged"])
    assert queue.count("new") == 1
    assert list(emails_in(open_into(tmp_path / "a.jsonl", done.file))) == [OTTO]


# What cannot be opened


def refusal_of(out: Path, *files: Path, key: PrivateKey = KEY) -> str:
    """The sentence; the files stay as they are, and nothing is written."""
    before = [file.read_bytes() if file.is_file() else None for file in files]
    with pytest.raises(ExportRefused) as refused:
        open_sealed(files, ExportRequest(out, "all", key), key)
    assert [file.read_bytes() if file.is_file() else None for file in files] == before
    assert not out.exists()
    return str(refused.value)


def test_another_key_is_named(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    sealed = seal_into(make_kiosk(VERA), tmp_path / "a.sealed")
    assert refusal_of(tmp_path / "a.csv", sealed, key=ANOTHER) == (
        f"{sealed} is sealed to the key {KEY.id}, and this is the key {ANOTHER.id}; pass the key"
        " that the kiosk had when it was exported"
    )


def test_of_two_keys_each_opens_its_own(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    queue = make_kiosk(VERA)
    install_key(queue.file.parent, ANOTHER.public_key, NOW)
    add(queue, OTTO, key=ANOTHER)
    sealed = seal_into(queue, tmp_path / "a.sealed")
    for key, email in ((KEY, VERA), (ANOTHER, OTTO)):
        request = ExportRequest(tmp_path / f"{email}.jsonl", "all", key)
        done, _ = open_sealed([sealed], request, key)
        assert list(emails_in(request.out)) == [email]
        assert [reason.startswith("it is sealed to another") for _, reason in done.unreadable] == [
            True
        ]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_that_is_open_already_is_called_so(
    make_kiosk: MakeKiosk, tmp_path: Path, ending: str
) -> None:
    opened = tmp_path / f"a.{ending}"
    export(make_kiosk(VERA), ExportRequest(opened, "new", KEY), NOW)
    assert "is open already" in refusal_of(tmp_path / "b.csv", opened)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "is empty, as when a stick is pulled out too early"),
        (bytes(5000), "is empty, as when a stick is pulled out too early"),
        (b"holiday pictures\n" * 9, "is not a file of sealed signups, or is damaged"),
        (b"[1]\n", "is not a file of sealed signups, or is damaged"),
        (
            b'{"format": "showroom-kiosk-sealed-signups", "version": 2}\n',
            "was written by a newer version of the kiosk; install that version",
        ),
    ],
)
def test_what_it_is_instead_is_told(tmp_path: Path, raw: bytes, sentence: str) -> None:
    (tmp_path / "a.sealed").write_bytes(raw)
    assert sentence in refusal_of(tmp_path / "a.csv", tmp_path / "a.sealed")


def test_a_file_that_is_gone_or_a_folder_is_refused(tmp_path: Path) -> None:
    assert "No such file or directory" in refusal_of(tmp_path / "a.csv", tmp_path / "gone.sealed")
    assert "Is a directory" in refusal_of(tmp_path / "a.csv", tmp_path)


def test_it_is_opened_into_something_to_read(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    sealed = seal_into(make_kiosk(VERA), tmp_path / "a.sealed")
    assert "to be readable" in refusal_of(tmp_path / "b.sealed", sealed)
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(ExportRefused, match="already exists and is not overwritten"):
        open_sealed([sealed], ExportRequest(tmp_path / "a.csv", "all", KEY), KEY)
    assert (tmp_path / "a.csv").read_text() == "mine"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With everything that such a file can have; only read."""
    folder = tmp_path_factory.mktemp("sealed")
    with kiosks_in(folder) as make_kiosk:
        queue = make_kiosk(VERA, "gone@example.com")
        erase_before(queue, NOW.date() + timedelta(days=9), NOW - timedelta(days=1))
        add(queue, VERA, OTTO)
        object_to(queue, OTTO)
        return seal_into(queue, folder / "whole.sealed")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(150))
@given(st.data())
def test_a_cut_at_any_place_is_noticed(sealed: Path, tmp_path: Path, data: st.DataObject) -> None:
    raw = sealed.read_bytes()
    cut = tmp_path / "cut.sealed"
    cut.write_bytes(raw[: data.draw(st.integers(0, len(raw) - 1))])
    with pytest.raises(SealedFileRefused):
        list(read_sealed(cut))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(150))
@given(st.data())
def test_a_change_at_any_place_is_noticed(
    sealed: Path, tmp_path: Path, data: st.DataObject
) -> None:
    raw = bytearray(sealed.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "changed.sealed").write_bytes(raw)
    with pytest.raises(SealedFileRefused):
        list(read_sealed(tmp_path / "changed.sealed"))


@pytest.mark.parametrize("change", ["a line less", "a line twice", "something behind"])
def test_lines_that_come_and_go_are_noticed(sealed: Path, tmp_path: Path, change: str) -> None:
    lines = sealed.read_bytes().splitlines(keepends=True)
    if change == "a line less":
        del lines[2]
    elif change == "a line twice":
        lines.insert(2, lines[2])
    else:
        lines.append(b"{}\n")
    (tmp_path / "changed.sealed").write_bytes(b"".join(lines))
    assert "is damaged" in refusal_of(tmp_path / "a.csv", tmp_path / "changed.sealed")


def test_what_is_half_copied_is_called_incomplete(sealed: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.sealed"
    half.write_bytes(sealed.read_bytes()[:-40])
    assert "its end is missing" in refusal_of(tmp_path / "a.csv", half)


def test_one_bad_file_among_good_ones_opens_none(sealed: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.sealed"
    half.write_bytes(sealed.read_bytes()[:-40])
    assert str(half) in refusal_of(tmp_path / "a.csv", sealed, half)


# Lines that are valid JSON, with the right digest


KEYS = {KEY.id: b64encode(KEY.public_key.raw).decode()}
HASH = b64encode(bytes(32)).decode()
A_SECRET = {"secret": 7, "key_id": KEY.id, "box": "AA=="}
OBJECTION = {"objection": HASH, "under_secret": 7}


def with_lines(sealed: Path, change: Callable[[list[dict[str, object]]], None]) -> Path:
    """A file with other lines, which has the digest of these; the first signup is the third."""
    *lines, last = map(json.loads, sealed.read_bytes().splitlines())
    change(lines)
    raw = b"".join(f"{json.dumps(line)}\n".encode() for line in lines)
    last["sha256"] = sha256(raw).hexdigest()
    changed = sealed.with_name("changed.sealed")
    changed.write_bytes(raw + f"{json.dumps(last)}\n".encode())
    return changed


def refusal_of_lines(sealed: Path, change: Callable[[list[dict[str, object]]], None]) -> str:
    changed = with_lines(sealed, change)
    return refusal_of(changed.with_name("a.csv"), changed).removeprefix(f"{changed} ")


DAMAGED = "is damaged; copy it again from the stick, or have the kiosk write it again with"


def test_the_file_of_these_tests_opens_as_it_is(sealed: Path, tmp_path: Path) -> None:
    same = with_lines(sealed, lambda lines: lines[3:3].extend([A_SECRET, OBJECTION]))
    open_sealed([same], ExportRequest(tmp_path / "a.csv", "all", KEY), KEY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("keys", value) for value in ([KEY.id], None, "abc", {}, {KEY.id: None})),
        *(("keys", {KEY.id: text}) for text in ("é", "AA==", HASH)),
        *(("keys", {**KEYS, key_id: ""}) for key_id in ("\ud800", "\x1b[2J\nall is well")),
        *(("version", value) for value in (-1, 0, None, "1", True, 1.0, math.nan)),
        *(("exported_at", text) for text in ("2024-05-02T08:00:00", "2024-05-02", "x", 5, None)),
        *(
            ("exported_at", text)
            for text in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
        ),
    ],
)
def test_a_header_of_other_types_is_damage(sealed: Path, field: str, value: object) -> None:
    assert refusal_of_lines(sealed, lambda lines: lines[0].update({field: value})).startswith(
        DAMAGED
    )


@pytest.mark.parametrize(
    "field",
    [
        *("signup", "created_at", "kiosk", "content_version", "ticked", "consent_id", "key_id"),
        *("box", "clock_trusted"),
    ],
)
@pytest.mark.parametrize("value", ["\ud800", [], {}, -1, 1.5, math.inf])
def test_a_signup_of_other_types_is_damage(sealed: Path, field: str, value: object) -> None:
    assert refusal_of_lines(sealed, lambda lines: lines[2].update({field: value})).startswith(
        DAMAGED
    )


@pytest.mark.parametrize("field", ["signup", "created_at", "consent_id", "key_id", "box"])
@pytest.mark.parametrize("value", ["a\0b", "\x1b[2J\n"])
def test_control_characters_do_not_reach_the_terminal(sealed: Path, field: str, value: str) -> None:
    assert refusal_of_lines(sealed, lambda lines: lines[2].update({field: value})).startswith(
        DAMAGED
    )


def test_a_kiosk_may_have_a_tab_in_its_name(make_kiosk: MakeKiosk, tmp_path: Path) -> None:
    sealed = seal_into(make_kiosk(VERA, kiosk="Front\twindow"), tmp_path / "a.sealed")
    assert list(emails_in(open_into(tmp_path / "a.jsonl", sealed))) == [VERA]


@pytest.mark.parametrize(
    "lines",
    [
        *([{**A_SECRET, "secret": value}] for value in (-1, 1 << 63, math.inf, 7.0, True, None)),
        *(
            [A_SECRET, {**OBJECTION, "under_secret": value}]
            for value in (math.inf, math.nan, 7.0, "7", None, 8, -1)
        ),
        [OBJECTION],
        [A_SECRET, {**A_SECRET, "secret": 8}, OBJECTION],
        *([A_SECRET, {**OBJECTION, "objection": value}] for value in ("AA==", "é", 5, None)),
        *([{"erased": value}] for value in ("\ud800", "a\nb", 5, None)),
        *([value] for value in ([], 5, "sha256", ["sha256"], None, {}, {"consent": "x"})),
    ],
    ids=count(),  # not the keys in them, which differ in each process
)
def test_objections_and_erasures_that_cannot_be_told_are_damage(
    sealed: Path, lines: list[dict[str, object]]
) -> None:
    """What is dropped in silence would have somebody written to who has objected."""

    def insert(all_lines: list[dict[str, object]]) -> None:
        all_lines[3:3] = lines

    assert refusal_of_lines(sealed, insert).startswith(DAMAGED)


def test_a_consent_that_no_file_can_hold_is_damage(sealed: Path) -> None:
    def change(lines: list[dict[str, object]]) -> None:
        lines[1]["notice"] = "\ud800"

    assert refusal_of_lines(sealed, change).startswith(DAMAGED)


def test_a_newer_version_is_called_so(sealed: Path) -> None:
    assert refusal_of_lines(sealed, lambda lines: lines[0].update(version=2)) == (
        "was written by a newer version of the kiosk; install that version"
    )


def test_a_line_that_is_too_long_is_damage_and_not_the_end(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_file, "MAX_LINE_BYTES", 5000)
    assert refusal_of_lines(
        sealed, lambda lines: lines.insert(3, {"erased": "x" * 6000})
    ).startswith(DAMAGED)


def test_a_notice_of_the_longest_content_file_is_read_back(
    make_kiosk: MakeKiosk, tmp_path: Path
) -> None:
    notice = "я" * (content_file.MAX_BYTES // 2)
    queue = make_kiosk(VERA, consent=Consent("1", "ru", "Да.", notice))
    sealed = seal_into(queue, tmp_path / "a.sealed")
    assert list(emails_in(open_into(tmp_path / "a.jsonl", sealed))) == [VERA]


def test_what_could_not_be_opened_again_stays_on_the_kiosk(
    make_kiosk: MakeKiosk, tmp_path: Path
) -> None:
    queue = make_kiosk(VERA, OTTO)
    queue.execute("UPDATE signups SET id = char(27) || 'x' WHERE number = 1")
    done = export(queue, ExportRequest(tmp_path / "a.sealed"), NOW)
    assert (done.signups, [reason for _, reason in done.unreadable]) == (1, ["its id is damaged"])
    assert queue.count("new") == 1
    assert list(emails_in(open_into(tmp_path / "a.jsonl", done.file))) == [OTTO]


@pytest.mark.parametrize("is_deduped", [False, True])
@pytest.mark.parametrize("moments", [(NOW, LATER), (LATER, NOW), (NOW, NOW)])
def test_the_order_of_the_files_does_not_matter(
    make_kiosk: MakeKiosk, tmp_path: Path, moments: tuple[datetime, datetime], is_deduped: bool
) -> None:
    window = make_kiosk(VERA, OTTO, created_at=NOW)
    door = make_kiosk("door@example.com", VERA, created_at=NOW)
    object_to(door, OTTO)
    files = [tmp_path / "1.sealed", tmp_path / "2.sealed"]
    for queue, file, moment in zip((window, door), files, moments, strict=True):
        export(queue, ExportRequest(file), moment)
    results = [
        open_into(tmp_path / f"{number}.csv", *order, is_deduped=is_deduped).read_bytes()
        for number, order in enumerate(permutations([*files, files[0]]))
    ]
    assert len(set(results)) == 1


def test_a_full_folder_for_temporary_files_is_named(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is not the disk that the new file goes to."""
    monkeypatch.setattr(
        Queue,
        "restore_signups",
        Mock(side_effect=QueueUnavailable("the disk is full; free some space on it")),
    )
    assert refusal_of(tmp_path / "a.csv", sealed) == (
        f"temporary files cannot be written to {gettempdir()}: the disk is full; free some space on"
        " it, or set TMPDIR to a folder on another disk"
    )


def test_a_folder_for_temporary_files_that_cannot_be_made_is_named(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    told = refusal_of(tmp_path / "a.csv", sealed)
    assert told.startswith("there is no room for temporary files (")
    assert str(tmp_path / "gone") in told


# On the way to the stick


def test_nothing_is_marked_where_the_stick_returns_something_else(
    make_kiosk: MakeKiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = make_kiosk(VERA)
    out = tmp_path / "stick" / "a.sealed"
    out.parent.mkdir()

    def corrupt(*_: object) -> str:
        return sha256(b"something else").hexdigest()

    monkeypatch.setattr(exporter, "digest_on_disk", corrupt)
    with pytest.raises(ExportRefused, match="cannot be read back as it was written"):
        export(queue, ExportRequest(out), NOW)
    assert queue.count("new") == 1
    assert list(out.parent.iterdir()) == []


def test_what_is_read_back_comes_from_the_file_and_not_from_what_was_written(
    make_kiosk: MakeKiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = make_kiosk(VERA)
    out = tmp_path / "stick" / "a.sealed"
    out.parent.mkdir()

    def sync(handle: int) -> None:
        (partial,) = out.parent.iterdir()
        raw = bytearray(partial.read_bytes())
        raw[100] ^= 1
        partial.write_bytes(raw)

    monkeypatch.setattr(output_files.os, "fsync", sync)
    with pytest.raises(ExportRefused, match="cannot be read back as it was written"):
        export(queue, ExportRequest(out), NOW)
    monkeypatch.undo()
    assert queue.count("new") == 1


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EIO])
def test_a_stick_that_refuses_leaves_nothing_and_nothing_is_marked(
    make_kiosk: MakeKiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    queue = make_kiosk(VERA)
    out = tmp_path / "stick" / "a.sealed"
    out.parent.mkdir()

    with monkeypatch.context() as patch:
        patch.setattr(output_files.os, "fsync", Mock(side_effect=OSError(code, os.strerror(code))))
        with pytest.raises(ExportRefused, match="cannot be written"):
            export(queue, ExportRequest(out), NOW)
    assert queue.count("new") == 1
    assert list(out.parent.iterdir()) == []


def test_what_an_interrupted_export_left_on_the_stick_is_removed(
    make_kiosk: MakeKiosk, tmp_path: Path
) -> None:
    left = tmp_path / ".old.sealed.part-999999999"
    left.write_bytes(b"half")
    seal_into(make_kiosk(VERA), tmp_path / "a.sealed")
    assert not left.exists()


def test_results_are_the_exports_own(sealed: Path, tmp_path: Path) -> None:
    request = ExportRequest(tmp_path / "a.csv", "all", KEY)
    done, erased = open_sealed([sealed], request, KEY)
    assert isinstance(done, ExportResult)
    assert (done.signups, done.rows, erased, done.is_suppression_complete) == (2, 2, 0, True)
