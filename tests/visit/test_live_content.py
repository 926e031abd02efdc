"""A saved content reaches the floor by itself, at a moment that disturbs nobody, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QPoint

from kiosk.content.versions import current_content
from kiosk.content.versions.history import History
from kiosk.showroom.run.initial_read import read_file_info

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from tests.conftest import Contents, Visitor
    from tests.visit.conftest import RunKiosk, Running

CAR = {"file": "car.png"}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        current_content, "QUIET_PERIODS", current_content.QuietPeriods(0.02, 0.02, 0.5)
    )


@pytest.fixture
def kiosk(run_kiosk: RunKiosk, contents: Contents) -> Running:
    write(contents, "Before")
    return run_kiosk(contents.file)


@pytest.fixture
def visitor(kiosk: Running, visit: type[Visitor]) -> Visitor:
    visitor = visit(kiosk.window)
    visitor.wait_for_all_parts()
    return visitor


def write(contents: Contents, word: str, **places: object) -> None:
    contents.write(
        contents.timeline(title=f"{word} story", picture={"file": "car.png"}),
        contents.signup(),
        home={"headline": f"{word} at home", "lead": "A car for everyone."},
        attract={"posters": [{"headline": f"{word} poster", "line": "The car that won."}]},
        **places,
    )


def remembered(kiosk: Running) -> bool:
    """Whether the next start has the front of this content."""
    options = kiosk.kiosk._options
    return read_file_info(options.content, options.data, options.clock).start_screens is not None


def accepted(kiosk: Running) -> int:
    latest = History(kiosk.data).latest()
    return latest.number if latest is not None else 0


def test_on_the_attract_loop_it_comes_at_once(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    assert visitor.sees("Before poster")

    write(contents, "After")

    visitor.wait(lambda: visitor.sees("After poster"))
    assert not visitor.sees("Before poster")
    visitor.wake()
    visitor.wait(lambda: visitor.sees("After at home"))


def test_at_home_it_comes_at_once(kiosk: Running, visitor: Visitor, contents: Contents) -> None:
    visitor.wake()
    visitor.wait(lambda: visitor.sees("Before at home"))

    write(contents, "After")

    visitor.wait(lambda: visitor.sees("After at home"))
    assert kiosk.showroom.session.phase == "active"


def test_so_do_the_words_of_the_bar(visitor: Visitor, contents: Contents) -> None:
    visitor.wake()
    visitor.wait(lambda: visitor.sees("Home"))

    write(contents, "After", words={"home": "Start"})

    visitor.wait(lambda: visitor.sees("Start"))
    assert not visitor.sees("Home")


def test_who_reads_a_place_reads_on_and_finds_it_at_home(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    visitor.wake()
    visitor.tap("PageTab", "Timeline")
    visitor.wait(lambda: visitor.sees("Before story"))

    write(contents, "After")

    visitor.wait(lambda: accepted(kiosk) == 2 and kiosk.kiosk._swap._pending is not None)
    assert visitor.sees("Before story")
    visitor.tap("PageTab", "Home")
    visitor.wait(lambda: visitor.sees("After at home"))
    visitor.tap("PageTab", "Timeline")
    visitor.wait(lambda: visitor.sees("After story"))


def test_who_fills_in_the_form_keeps_what_is_typed(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    visitor.wake()
    visitor.tap("PageTab", "Signup")
    visitor.take("Email")
    visitor.type("vera")

    write(contents, "After")

    visitor.wait(lambda: kiosk.kiosk._swap._pending is not None)
    visitor.type("@example.com")
    assert kiosk.showroom.navigation.place.email == "vera@example.com"
    kiosk.pause()
    kiosk.tick(20)
    visitor.wait(lambda: visitor.sees("After poster"))


def test_a_finger_on_the_screen_holds_it_back(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    visitor.wake()
    visitor.wait(lambda: visitor.sees("Before at home"))
    spot = QPoint(300, 200)
    visitor.press_at(spot)

    write(contents, "After")

    visitor.wait(lambda: kiosk.kiosk._swap._pending is not None)
    assert visitor.sees("Before at home")
    visitor.release_at(spot)
    visitor.wait(lambda: visitor.sees("After at home"))


def test_only_the_newest_of_several_saves_comes(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    visitor.wake()
    visitor.tap("PageTab", "Timeline")
    for number in (1, 2, 3):
        write(contents, f"No. {number}")
        visitor.wait(lambda number=number: accepted(kiosk) == number + 1)
    visitor.tap("PageTab", "Home")

    visitor.wait(lambda: visitor.sees("No. 3 at home"))


def broken(contents: Contents) -> None:
    contents.write(contents.timeline(tilte="x"))


def car(file: Path) -> Path:
    return file.parent / "assets" / "car.png"


def unreadable(file: Path) -> None:
    """No rights stop the root user, but a link does whose folder is not mounted."""
    if os.geteuid() == 0:
        file.unlink()
        file.symlink_to(file.parent / "share" / "content.yaml")
    else:
        file.chmod(0)


def replaced_by_another(file: Path) -> None:
    other = file.with_name("letter.docx")
    other.write_bytes(b"PK\x03\x04" + bytes(400))
    other.replace(file)


HARMS: dict[str, Callable[[Path], object]] = {
    "with a mistake": lambda file: file.write_text(file.read_text().replace("title", "tilte")),
    "with a tab": lambda file: file.write_text(file.read_text().replace("places:", "\tplaces:")),
    "cut in half": lambda file: os.truncate(file, file.stat().st_size // 2),
    "emptied": lambda file: os.truncate(file, 0),
    "deleted": lambda file: file.unlink(),
    "without its picture": lambda file: car(file).unlink(),
    "with half a picture": lambda file: os.truncate(car(file), 80),
    "replaced by another": replaced_by_another,
    "unreadable": unreadable,
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "a link to itself": lambda file: (file.unlink(), file.symlink_to(file.name)),
    "a pipe, which keeps a reader waiting": lambda file: (file.unlink(), os.mkfifo(file)),
}


@pytest.mark.slow(reason="waits for two saves of each kind of harm")
def test_nothing_that_happens_to_the_file_reaches_the_floor(
    kiosk: Running, visitor: Visitor, contents: Contents, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.wake()
    picture = car(contents.file).read_bytes()
    for harm, act in HARMS.items():
        write(contents, harm)
        visitor.wait(lambda harm=harm: visitor.sees(f"{harm} at home"))
        caplog.clear()

        act(contents.file)

        visitor.wait(lambda: "ERROR" in caplog.text)
        assert visitor.sees(f"{harm} at home")
        assert not kiosk.showroom.brokenFile
        visitor.tap("PageTab", "Timeline")
        visitor.wait(lambda harm=harm: visitor.sees(f"{harm} story"))
        visitor.tap("PageTab", "Home")
        if contents.file.is_dir():
            contents.file.rmdir()
        contents.file.unlink(missing_ok=True)
        car(contents.file).write_bytes(picture)
    write(contents, "Mended")
    visitor.wait(lambda: visitor.sees("Mended at home"))


def test_a_start_with_a_broken_file_opens_the_last_good_content(
    run_kiosk: RunKiosk, kiosk: Running, visitor: Visitor, contents: Contents, visit: type[Visitor]
) -> None:
    broken(contents)
    shutil.rmtree(contents.file.parent / "assets")

    again = visit(run_kiosk(contents.file).window)

    again.wait_for_all_parts()
    assert again.sees("Before poster")


def test_a_change_beside_the_posters_leaves_the_next_start_as_fast(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    assert remembered(kiosk)
    before = accepted(kiosk)
    contents.write(
        contents.timeline(title="Another story", picture={"file": "car.png"}),
        contents.signup(),
        home={"headline": "Before at home", "lead": "A car for everyone."},
        attract={"posters": [{"headline": "Before poster", "line": "The car that won."}]},
    )
    visitor.wait(lambda: accepted(kiosk) > before)
    visitor.wait(lambda: remembered(kiosk))


def test_the_next_start_has_home_before_the_content_is_read(
    run_kiosk: RunKiosk,
    kiosk: Running,
    visitor: Visitor,
    contents: Contents,
    visit: type[Visitor],
    thread: ThreadPoolExecutor,
    request: pytest.FixtureRequest,
) -> None:
    visitor.wait(lambda: remembered(kiosk))
    gate = Event()
    request.addfinalizer(gate.set)
    thread.submit(gate.wait)  # what is read in the background waits behind it
    again = run_kiosk(contents.file)
    guest = visit(again.window)

    guest.wait(lambda: guest.sees("Touch to begin"))
    guest.tap("Button", "Touch to begin")
    guest.wait(lambda: guest.sees("Before at home"))
    guest.wait(lambda: any(tab.name == "Timeline" for tab in guest.controls("PageTab")))
    guest.tap("PageTab", "Timeline")

    assert not again.showroom.placesReady
    assert again.showroom.navigation.screen == "home"
    gate.set()
    guest.wait(lambda: guest.sees("Before story"))


def test_staff_are_told_on_the_attract_loop_where_the_settings_ask_for_it(
    run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("staff_notice = true")
    write(contents, "Before")
    visitor = visit(run_kiosk(contents.file).window)
    visitor.wait_for_all_parts()

    broken(contents)
    visitor.wait(lambda: visitor.sees("The content file has 1 error: run 'kiosk check'."))
    write(contents, "Mended")
    visitor.wait(lambda: visitor.sees("Mended poster"))
    assert not visitor.sees("kiosk check")


def test_visitors_see_nothing_of_it_otherwise(
    kiosk: Running, visitor: Visitor, contents: Contents, caplog: object
) -> None:
    broken(contents)
    visitor.wait(lambda: "ERROR" in caplog.text)

    assert not visitor.sees("kiosk check")


def test_a_rollback_is_shown_and_undone_by_the_next_save(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    write(contents, "After")
    visitor.wait(lambda: visitor.sees("After poster"))
    from kiosk.cli import main

    assert main(["rollback", "--content", str(contents.file), "--data", str(kiosk.data)]) == 0
    visitor.wait(lambda: visitor.sees("Before poster"))

    write(contents, "Later")
    visitor.wait(lambda: visitor.sees("Later poster"))


def test_another_picture_under_the_same_name_is_shown(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    poster = {"headline": "A poster", "line": "The car.", "picture": {"file": "car.png"}}
    contents.write(contents.timeline(), contents.signup(), attract={"posters": [poster]})
    visitor.wait(lambda: visitor.sees("A poster"))
    posters = kiosk.showroom.posters
    role = next(r for r, n in posters.roleNames().items() if bytes(n.data()) == b"source")
    visitor.wait(lambda: posters.data(posters.index(0, 0), role))
    before = posters.data(posters.index(0, 0), role)
    spot = (kiosk.window.width() // 2, 40)

    picture = Image.new("RGB", (160, 90), (20, 220, 40))
    picture.save(contents.file.parent / "assets" / "car.png")

    visitor.wait(lambda: posters.data(posters.index(0, 0), role) != before)
    visitor.wait(lambda: kiosk.window.grabWindow().pixelColor(*spot).green() > 150)
    write(contents, "After")  # and the same picture keeps its name
    visitor.wait(lambda: visitor.sees("After poster"))
    contents.write(contents.timeline(), contents.signup(), attract={"posters": [poster]})
    visitor.wait(lambda: visitor.sees("A poster"))
    assert posters.data(posters.index(0, 0), role) not in {"", before}


def test_a_changed_entry_leaves_the_posters_and_home_as_they_stand(
    kiosk: Running, visitor: Visitor, contents: Contents
) -> None:
    visitor.wake()
    visitor.wait(lambda: visitor.sees("Before at home"))
    pictured = {"attract": {"posters": [{"headline": "P", "line": "L", "picture": CAR}]}}
    home = {"headline": "Pictured", "lead": "A car.", "picture": CAR}
    contents.write(contents.timeline(lead="One"), contents.signup(), home=home, **pictured)
    visitor.wait(lambda: visitor.sees("Pictured"))
    heard: list[object] = []
    showroom = kiosk.showroom
    for signal in (
        *(showroom.posters.countChanged, showroom.posters.dataChanged, showroom.homeChanged),
        *(showroom.navigation.changed, showroom.navigation.doors.countChanged),
    ):
        signal.connect(lambda *_: heard.append(1))

    contents.write(contents.timeline(lead="Two"), contents.signup(), home=home, **pictured)

    visitor.wait(
        lambda: accepted(kiosk) == 3 and kiosk.kiosk._swap._presenter._screenplay is not None
    )
    visitor.wait(lambda: kiosk.kiosk._swap._presenter._screenplay.visible.places[0].lead == "Two")
    assert heard == []


def test_what_was_copied_from_a_stick_before_the_kiosk_ended_is_removed_at_the_start(
    run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor], tmp_path: Path
) -> None:
    copy = tmp_path / "data" / ".from-stick-left"
    copy.mkdir(parents=True)
    (copy / "content.yaml").write_text("language: en\n")
    kiosk = run_kiosk(contents.write(contents.timeline()))
    visit(kiosk.window).wait(lambda: not copy.exists())
