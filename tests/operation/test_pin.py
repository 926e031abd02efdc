"""A PIN is chosen with care, judged at a cost, and guessed at a price that no restart lowers."""

from __future__ import annotations

import json
import logging
import os
import time
from pathlib import Path
from unittest.mock import Mock

import nacl.exceptions
import nacl.pwhash.argon2id
import pytest

from kiosk import files
from kiosk.operation import pin as pin_module
from kiosk.operation.pin import (
    DELAYS_SECONDS,
    FREE_TRIES,
    PIN_FILE,
    TRIES_FILE,
    Attempt,
    Moment,
    PinRefused,
    PinUnusable,
    count_failures,
    has_pin,
    read_moment,
    remaining_wait,
    remove_pin,
    set_pin,
    try_pin,
)

PIN, WRONG = "4711", "4712"
START = Moment("first", 1000.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a PIN."""
    set_pin(tmp_path, PIN)
    return tmp_path


def _fail(folder: Path, count: int, now: Moment = START) -> None:
    for _ in range(count):
        assert not try_pin(folder, WRONG, now).is_right


def _after(seconds: float, moment: Moment = START) -> Moment:
    return moment._replace(seconds=moment.seconds + seconds)


# Choosing


@pytest.mark.parametrize("pin", ["4711", "90210", "112358132134", "0042", "7392", "2581"])
def test_a_pin_of_four_to_twelve_digits_opens(tmp_path: Path, pin: str) -> None:
    set_pin(tmp_path, pin)

    assert has_pin(tmp_path)
    assert try_pin(tmp_path, pin, START) == Attempt(is_right=True)


EASY = ["0000", "1234", "4321", "7890", "2109", "123456789012", "1212", "123123", "474747", "2580"]


@pytest.mark.parametrize(
    ("pins", "reason"),
    [
        (EASY, "is too easy to guess; choose another"),
        (["471", "4711471147112"], "has 4 to 12 digits"),
        (["", "47 11", "47a1", "-4711", "٤٧١١", "4711\n"], "consists of digits only"),
    ],
)
def test_another_pin_is_refused(tmp_path: Path, pins: list[str], reason: str) -> None:
    for pin in pins:
        with pytest.raises(PinRefused, match=reason):
            set_pin(tmp_path, pin)
    assert not has_pin(tmp_path)


def test_a_refused_pin_leaves_the_earlier_one(folder: Path) -> None:
    with pytest.raises(PinRefused):
        set_pin(folder, "0000")
    assert try_pin(folder, PIN, START).is_right


def test_there_is_no_pin_by_default(tmp_path: Path) -> None:
    assert not has_pin(tmp_path)
    for pin in ("", "0000", "1234"):
        with pytest.raises(PinUnusable, match="no PIN has been chosen"):
            try_pin(tmp_path, pin, START)


def test_a_removed_pin_opens_nothing(folder: Path) -> None:
    assert remove_pin(folder)

    assert not has_pin(folder)
    assert not remove_pin(folder)


def test_nobody_else_can_read_the_files_and_no_pin_is_in_them(folder: Path) -> None:
    _fail(folder, 1)
    for name in (PIN_FILE, TRIES_FILE):
        file = folder / name
        assert file.stat().st_mode & 0o777 == 0o600
        text = file.read_text()
        assert PIN not in text.replace(text.split("$")[-1], "")  # a hash may hold any letters
        assert WRONG not in text


def test_a_pin_costs_a_thief_a_third_of_a_second_and_64_mb(tmp_path: Path, full_cost: None) -> None:
    set_pin(tmp_path, PIN)

    hashed = json.loads((tmp_path / PIN_FILE).read_text())["argon2id"]
    assert hashed.startswith("$argon2id$v=19$m=65536,t=12,p=1$")


# Guessing


def test_five_tries_are_free_and_the_right_one_forgets_them(folder: Path) -> None:
    _fail(folder, FREE_TRIES - 1)
    assert remaining_wait(folder, START) == 0

    assert try_pin(folder, PIN, START) == Attempt(is_right=True)
    assert count_failures(folder) == 0
    _fail(folder, FREE_TRIES - 1)
    assert remaining_wait(folder, START) == 0


def test_each_further_try_waits_longer(folder: Path) -> None:
    _fail(folder, FREE_TRIES - 1)
    now, waits = START, []
    for _ in range(len(DELAYS_SECONDS) + 2):
        attempt = try_pin(folder, WRONG, now)
        assert not attempt.is_right
        waits.append(attempt.wait_seconds)
        now = _after(attempt.wait_seconds, now)
    assert waits == [*DELAYS_SECONDS, DELAYS_SECONDS[-1], DELAYS_SECONDS[-1]]
    assert waits == sorted(waits)


def test_while_it_waits_not_even_the_right_pin_opens_and_nothing_is_counted(folder: Path) -> None:
    _fail(folder, FREE_TRIES)
    early = _after(DELAYS_SECONDS[0] - 1)

    assert try_pin(folder, PIN, early) == Attempt(is_right=False, wait_seconds=1)
    assert count_failures(folder) == FREE_TRIES
    assert try_pin(folder, PIN, _after(DELAYS_SECONDS[0])).is_right


def test_a_restart_of_the_machine_begins_the_wait_anew(folder: Path) -> None:
    _fail(folder, FREE_TRIES)
    again = Moment("second", 4.0)

    assert remaining_wait(folder, again) == DELAYS_SECONDS[0] - 4
    assert not try_pin(folder, PIN, again).is_right
    assert try_pin(folder, PIN, _after(DELAYS_SECONDS[0], again)).is_right


def test_a_restart_whose_uptime_is_longer_shortens_nothing(folder: Path) -> None:
    """The counter of the old start says nothing of the new one's."""
    _fail(folder, FREE_TRIES, Moment("first", 5.0))

    assert remaining_wait(folder, Moment("second", 20.0)) == DELAYS_SECONDS[0] - 20


def test_no_clock_that_can_be_set_has_a_say(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = read_moment()
    _fail(folder, FREE_TRIES, now)
    for shift in (-(10**9), 10**9):
        monkeypatch.setattr(time, "time", lambda shift=shift: 1.7e9 + shift)
        for name in (PIN_FILE, TRIES_FILE):
            os.utime(folder / name, (1.7e9 + shift, 1.7e9 + shift))
        assert remaining_wait(folder, read_moment()) == pytest.approx(DELAYS_SECONDS[0], abs=10)


def test_guessing_over_restarts_yields_four_guesses_an_hour(folder: Path) -> None:
    """Whoever pulls the plug after every try, in the hope that it forgets."""
    _fail(folder, FREE_TRIES)
    for number in range(len(DELAYS_SECONDS)):
        _fail(folder, 1, Moment(f"before {number}", 10.0 + DELAYS_SECONDS[-1]))
    spent = guesses = 0.0
    while spent < 3600:
        now = Moment(f"start {guesses}", 10.0)
        wait = remaining_wait(folder, now)
        assert not try_pin(folder, WRONG, _after(wait, now)).is_right
        guesses += 1
        spent += 10 + wait
    assert guesses <= 4


def test_a_plug_pulled_while_a_pin_is_judged_gives_no_free_try(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(nacl.pwhash.argon2id, "verify", Mock(side_effect=KeyboardInterrupt))
        for _ in range(FREE_TRIES):
            with pytest.raises(KeyboardInterrupt):
                try_pin(folder, PIN, START)
    assert count_failures(folder) == FREE_TRIES
    assert not try_pin(folder, PIN, START).is_right


def test_a_try_is_on_the_disk_before_it_is_judged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, verify = os.fsync, nacl.pwhash.argon2id.verify
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("synced"), fsync(handle)))
    monkeypatch.setattr(
        nacl.pwhash.argon2id, "verify", lambda *given: (order.append("judged"), verify(*given))[1]
    )
    try_pin(folder, PIN, START)
    assert order[:3] == ["synced", "synced", "judged"]  # the file and its folder


def test_a_try_that_cannot_be_recorded_is_not_judged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pin_module, "write_small_file", Mock(side_effect=OSError(28, "No space left on device"))
    )
    for pin in (PIN, WRONG):
        with pytest.raises(PinUnusable, match=r"\(No space left .*\), so none is judged; free"):
            try_pin(folder, pin, START)


def test_another_pin_forgets_the_wrong_tries(folder: Path) -> None:
    _fail(folder, FREE_TRIES)

    set_pin(folder, "9042")

    assert count_failures(folder) == 0
    assert try_pin(folder, "9042", START).is_right


def test_how_long_a_try_takes_says_nothing_about_the_pin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right first digit, a right length: whatever is typed, it is hashed once, and all of it."""
    set_pin(tmp_path, "47110815")
    hashed: list[bytes] = []

    def refuse(_: bytes, typed: bytes) -> bool:
        hashed.append(typed)
        raise nacl.exceptions.InvalidkeyError

    monkeypatch.setattr(nacl.pwhash.argon2id, "verify", refuse)
    tries = ("1", "9999", "47110814", "999999999999")
    for pin in tries:
        (tmp_path / TRIES_FILE).unlink(missing_ok=True)
        assert not try_pin(tmp_path, pin, START).is_right
    assert hashed == [pin.encode() for pin in tries]


# Damage


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"argon2id": null}',
        '{"argon2id": "4711"}',
        "[" * 50_000,
        '{"argon2id": "$argon2id$v=19$m=999999,t=12,p=1$' + "a" * 22 + "$" + "a" * 43 + '"}',
        '{"argon2id": "$argon2id$v=19$m=65536,t=99,p=1$' + "a" * 22 + "$" + "a" * 43 + '"}',
    ],
)
def test_a_damaged_pin_opens_for_nobody(folder: Path, text: str) -> None:
    (folder / PIN_FILE).write_text(text)
    for pin in (PIN, "", "0000"):
        with pytest.raises(PinUnusable, match="is damaged; set another PIN with 'kiosk pin'"):
            try_pin(folder, pin, START)
    with pytest.raises(PinUnusable):
        has_pin(folder)


def test_a_folder_or_a_pipe_in_place_of_the_pin_opens_for_nobody(folder: Path) -> None:
    (folder / PIN_FILE).unlink()
    os.mkfifo(folder / PIN_FILE)
    with pytest.raises(PinUnusable, match="is not a regular file; remove it"):
        try_pin(folder, PIN, START)
    (folder / PIN_FILE).unlink()
    (folder / PIN_FILE).mkdir()
    with pytest.raises(PinUnusable, match="is a folder; remove it"):
        try_pin(folder, PIN, START)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"failures": -1, "boot": "first", "seconds": 0}',
        '{"failures": true, "boot": "first", "seconds": 0}',
        '{"failures": 0, "boot": null, "seconds": 0}',
        '{"failures": 0, "boot": "first", "seconds": -1}',
        '{"failures": 0, "boot": "first", "seconds": NaN}',
    ],
)
def test_a_damaged_count_is_taken_for_the_most(folder: Path, text: str) -> None:
    (folder / TRIES_FILE).write_text(text)
    now = Moment("first", 100.0)

    assert remaining_wait(folder, now) == DELAYS_SECONDS[-1] - 100
    assert try_pin(folder, PIN, _after(DELAYS_SECONDS[-1], now)).is_right
    assert count_failures(folder) == 0


def test_a_count_from_the_future_waits_the_whole_time(folder: Path) -> None:
    _fail(folder, FREE_TRIES, _after(10**9))

    assert remaining_wait(folder, START) == DELAYS_SECONDS[0]


def test_a_folder_in_place_of_a_file_is_named_before_another_pin_is_stored(folder: Path) -> None:
    """Where it takes the place of the count, the new PIN would be stored and reported as not."""
    for name in (TRIES_FILE, PIN_FILE):
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()
        with pytest.raises(PinRefused, match=f"{name} is a folder; remove it"):
            set_pin(folder, "9042")
        (folder / name).rmdir()
    assert not has_pin(folder)


# Secrecy


def test_no_pin_is_in_a_log_or_in_what_a_failure_says(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    logged = []
    for pin in ("0000", "47114711", "4711x"):
        with pytest.raises(PinRefused) as refused:
            set_pin(folder, pin)
        logged.append(str(refused.value))
        assert refused.value.__cause__ is None
    _fail(folder, 1)
    (folder / PIN_FILE).write_text("{")
    with pytest.raises(PinUnusable) as unusable:
        try_pin(folder, PIN, START)
    logged.append(str(unusable.value))
    assert caplog.text == ""
    assert not any(pin in text for pin in (PIN, WRONG, "4711x") for text in logged)


def test_a_pin_that_cannot_be_stored_is_refused_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pin_module, "write_small_file", Mock(side_effect=OSError(30, "Read-only file system"))
    )
    with pytest.raises(PinRefused, match=r"cannot be stored in .* \(Read-only file system\)"):
        set_pin(folder, "9042")
    monkeypatch.setattr(pin_module, "write_small_file", files.write_small_file)
    assert try_pin(folder, PIN, START).is_right
