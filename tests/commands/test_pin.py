"""`kiosk pin`: typed twice or piped in, in effect at once, never shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.operation.pin import Moment, has_pin, try_pin
from tests.commands.conftest import Kiosk

Terminal = Callable[..., list[str]]
NOW = Moment("", 0)


def test_a_pin_is_typed_twice(kiosk: Kiosk, terminal: Terminal) -> None:
    asked = terminal("4711", "4711")

    done = kiosk("pin")

    assert asked == ["PIN (4 to 12 digits): ", "Repeat the PIN: "]
    assert done.said == (
        "The PIN is set. To open the staff area, hold the top right corner of the screen for three"
        " seconds, then enter it.\n"
    )
    assert try_pin(kiosk.data, "4711", NOW).is_right


@pytest.mark.parametrize("given", ["4711", "4711\n", "4711\r\n", b"4711\nand more\n"])
def test_a_pin_is_read_from_the_standard_input(kiosk: Kiosk, given: str | bytes) -> None:
    assert kiosk("pin", given=given).status == 0
    assert try_pin(kiosk.data, "4711", NOW).is_right


def test_a_second_pin_takes_the_place_of_the_first(kiosk: Kiosk) -> None:
    kiosk("pin", given="4711")
    kiosk("pin", given="9042")

    assert not try_pin(kiosk.data, "4711", NOW).is_right
    assert try_pin(kiosk.data, "9042", NOW).is_right


def test_two_pins_that_differ_change_nothing(kiosk: Kiosk, terminal: Terminal) -> None:
    terminal("4711", "4712")

    assert kiosk("pin").sentence == "the two PINs differ; nothing was changed, try again"
    assert not has_pin(kiosk.data)


@pytest.mark.parametrize("typed", [[], ["4711"]])
def test_whoever_ends_the_input_changes_nothing(
    kiosk: Kiosk, terminal: Terminal, typed: list[str]
) -> None:
    terminal(*typed)

    assert kiosk("pin").sentence == "no PIN was entered; nothing was changed"
    assert not has_pin(kiosk.data)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("", "there is no terminal to type the PIN on; pass it on the standard input"),
        ("\n", "a PIN consists of digits only; choose 4 to 12 of them"),
        ("secret", "a PIN consists of digits only; choose 4 to 12 of them"),
        (b"\xff\n", "a PIN consists of digits only; choose 4 to 12 of them"),
        ("471", "the PIN has 4 to 12 digits; choose another"),
        (
            "0000",
            "a PIN such as 0000, 1234 or 1212 is too easy to guess; choose another",
        ),
    ],
)
def test_a_pin_that_is_none_is_refused_in_a_sentence(
    kiosk: Kiosk, given: str | bytes, sentence: str
) -> None:
    assert kiosk("pin", given=given).sentence == sentence
    assert not has_pin(kiosk.data)


def test_a_removed_pin_closes_the_staff_area(kiosk: Kiosk) -> None:
    kiosk("pin", given="4711")

    assert kiosk("pin", "--remove").out == "The staff area is closed.\n"
    assert not has_pin(kiosk.data)
    assert kiosk("pin", "--remove").out == "No PIN is set.\n"


def test_a_data_folder_that_is_not_there_is_refused(kiosk: Kiosk) -> None:
    kiosk.data.rmdir()

    assert kiosk("pin", given="4711").sentence == (
        "data is not a folder; pass the kiosk's data folder with --data"
    )
