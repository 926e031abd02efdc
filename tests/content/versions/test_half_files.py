"""Half a file never reaches the floor, however it came to be half; what is meant does."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from kiosk.cli import main
from kiosk.content.check.loading import load
from kiosk.content.versions import current_content
from kiosk.content.versions.current_content import ContentTracker
from kiosk.content.versions.history import History
from kiosk.content.versions.losses import NO_END_MARK, UNFINISHED_LINE, losses
from tests.blank_drawings import write_blank_drawings
from tests.conftest import CHECKOUT
from tests.content.conftest import MINIMAL, Write
from tests.long_runs import IS_LONG

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
BLOCK = 4096
STOPPED = (CHECKOUT / "content.yaml").read_bytes().index(b"Talent helps") + 40
"""In the middle of a sentence, as far as one place of several."""
STEP = 300 if IS_LONG else 3900
"""How much longer a file is with each save."""
EVERY = 1 if IS_LONG else 5
"""Which of all cuts are tried."""


class Clock:
    """Time that passes only when a test lets it."""

    def __init__(self) -> None:
        self.now = 0.0

    def wait(self, seconds: float) -> None:
        self.now += seconds


class Floor:
    """A kiosk that looks at a file, as its timers would let it."""

    def __init__(self, file: Path, data: Path, clock: Clock) -> None:
        self.file, self.data, self.clock = file, data, clock
        self.start()

    def start(self) -> None:
        self.tracker = ContentTracker(self.file, self.data, lambda: NOW)
        current = self.tracker.poll()
        assert current is not None
        self.current = current

    def look(self) -> None:
        if (current := self.tracker.poll()) is not None:
            self.current = current

    def wait(self, seconds: float) -> None:
        """Let time pass; the kiosk looks when it has said that it would."""
        end = self.clock.now + seconds
        self.look()
        while self.tracker.retry_in is not None and self.clock.now + self.tracker.retry_in <= end:
            self.clock.wait(self.tracker.retry_in + 0.001)
            self.look()
        self.clock.now = max(end, self.clock.now)

    @property
    def places(self) -> int:
        assert self.current.loaded is not None
        assert self.current.loaded.content is not None
        return len(self.current.loaded.content.places)

    @property
    def versions(self) -> list[int]:
        return [version.number for version in History(self.data).versions()]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    stopped = SimpleNamespace(
        monotonic=lambda: clock.now, time=lambda: 2e9 + clock.now, sleep=clock.wait
    )
    monkeypatch.setattr(current_content, "time", stopped)
    return clock


@pytest.fixture
def floor(tmp_path: Path, clock: Clock) -> Floor:
    """A kiosk that shows the content that comes with it."""
    (tmp_path / "data").mkdir()
    write_blank_drawings(tmp_path / "assets")
    shutil.copy(CHECKOUT / "content.yaml", tmp_path / "content.yaml")
    floor = Floor(tmp_path / "content.yaml", tmp_path / "data", clock)
    assert floor.versions == [1]
    return floor


@pytest.fixture
def new() -> bytes:
    """The content with another headline near its top."""
    old = (CHECKOUT / "content.yaml").read_bytes()
    return old.replace(b"headline: Built for everyone", b"headline: Built for all of you")


def without(text: bytes, first: str, after: str) -> bytes:
    """A file without the place of one id, up to the next one."""
    start, end = (text.index(f"  - id: {name}\n".encode()) for name in (first, after))
    return text[:start] + text[end:]


def test_a_slow_copy_is_one_new_version_and_whole(floor: Floor, new: bytes) -> None:
    places = floor.places
    with floor.file.open("wb") as file:
        for start in range(0, len(new), BLOCK):
            file.write(new[start : start + BLOCK])
            file.flush()
            floor.wait(1)
            assert floor.places == places
            assert floor.versions == [1]
    floor.wait(3)

    assert floor.versions == [1, 2]
    assert floor.current.is_valid
    assert (floor.data / "history" / "0002" / "content.yaml").read_bytes() == new


@pytest.mark.parametrize("pause", [1, 5, 30] if IS_LONG else [1, 30])
def test_a_copy_that_pauses_and_is_interrupted_by_a_restart_shows_the_last_whole_one(
    floor: Floor, new: bytes, pause: float
) -> None:
    places = floor.places
    floor.file.unlink()  # a new file, that grows
    with floor.file.open("wb") as file:
        for start in range(0, len(new), 2 * BLOCK):
            file.write(new[start : start + 2 * BLOCK])
            file.flush()
            floor.wait(pause)
            floor.start()
            assert floor.places == places
            assert floor.versions == [1] or start + 2 * BLOCK >= len(new)
    floor.wait(3)

    assert floor.versions == [1, 2]


def test_a_copy_that_stops_is_held_back_and_staff_are_told(
    floor: Floor, new: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    places = floor.places
    floor.file.write_bytes(new[:STOPPED])
    floor.wait(5)
    assert floor.current.is_valid  # it may still be on its way
    floor.wait(10)

    assert floor.places == places
    assert floor.versions == [1]
    (problem,) = floor.current.problems
    missing = "four places are missing: 'Models', 'Dealers', 'More' and 'Stay updated'"
    assert problem.message.startswith(f"{missing} and the end of the file is missing, from 'words'")
    assert "copy the whole file again" in problem.message
    floor.start()
    assert floor.current.problems == (problem,)
    assert main(["check", str(floor.file), "--data", str(floor.data)]) == 1
    assert missing in capsys.readouterr().out
    assert main(["history", "--data", str(floor.data)]) == 0
    assert missing in capsys.readouterr().out
    floor.file.write_bytes(new)
    floor.wait(3)
    assert floor.versions == [1, 2]
    assert History(floor.data).held() is None


def test_the_rest_of_a_copy_is_no_confirmation(floor: Floor, new: bytes) -> None:
    for end in range(STOPPED, len(new), STEP):
        floor.file.write_bytes(new[:end])
        floor.wait(30)
        assert floor.versions == [1]


def test_a_place_that_is_taken_out_goes_when_the_file_is_saved_once_more(floor: Floor) -> None:
    """Whatever says where the file ends, a place that is missing is held back first."""
    assert floor.file.read_bytes().endswith(MARK.encode())
    text = without(floor.file.read_bytes(), "team", "schedule")
    floor.file.write_bytes(text)
    floor.wait(30)
    assert floor.versions == [1]
    assert floor.current.missing == ("one place is missing: 'Team'",)

    floor.file.write_bytes(text + b"\n")
    floor.wait(3)

    assert floor.versions == [1, 2]
    assert floor.current.is_valid


def test_a_place_that_is_taken_out_goes_by_command(
    floor: Floor, capsys: pytest.CaptureFixture[str]
) -> None:
    floor.file.write_bytes(without(floor.file.read_bytes(), "team", "schedule"))
    floor.wait(30)
    release = ["rollback", "--release", "--content", str(floor.file), "--data", str(floor.data)]

    assert main(release) == 0
    floor.wait(1)

    assert floor.versions == [1, 2]
    assert main(["check", str(floor.file), "--data", str(floor.data)]) == 0


def test_a_file_that_takes_the_place_of_another_need_not_be_waited_for(
    floor: Floor, new: bytes
) -> None:
    beside = floor.file.with_name(".content.yaml.swp")
    beside.write_bytes(new)
    beside.replace(floor.file)
    floor.wait(current_content.QUIET_PERIODS.replaced + 0.1)

    assert floor.versions == [1, 2]


def test_a_last_line_that_is_not_finished_is_not_confirmed_by_saving(floor: Floor) -> None:
    """A share that is full cuts every save."""
    text = floor.file.read_bytes()[:STOPPED]
    assert not text.endswith(b"\n")
    for change in (b"# one\n", b"# two\n"):
        floor.file.write_bytes(change + text)
        floor.wait(30)
        assert floor.versions == [1]
    assert "end its last line with the Enter key" in floor.current.problems[0].message

    floor.file.write_bytes(b"# two\n" + text + b"\n")
    floor.wait(3)
    assert floor.versions == [1, 2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("line: Motorsports", "line: Racing"),
        ("          - He drove car 60.\n", "          - He drove.\n"),
        ("title: Lease and finance", "title: Leases"),
        ("latitude: 39.7990", "latitude: 39.8"),
        ("  - id: team", "  - id: crew"),
    ],
)
def test_what_people_usually_change_is_no_loss(content_file: Write, old: str, new: str) -> None:
    assert old in MINIMAL
    before = load(content_file(MINIMAL))
    after = load(content_file(MINIMAL.replace(old, new)))
    assert after.content is not None
    assert losses(before, after) == ()


def test_a_new_end_without_a_line_end_may_be_cut(content_file: Write) -> None:
    before = load(content_file(MINIMAL))
    added = MINIMAL + "words:\n  back: Ba"
    assert losses(before, load(content_file(added))) == (UNFINISHED_LINE,)
    assert losses(before, load(content_file(f"{added}ck\n"))) == ()


# A file that says itself where it ends


MARK = "...\n"
LAST_KEY = "seconds_each: 9"


def taken_out(text: str, line: str) -> str:
    """A text without one of its lines."""
    assert text.count(f"{line}\n") == 1
    return "".join(stored for stored in text.splitlines(keepends=True) if stored.strip() != line)


@pytest.fixture
def ends_with_a_key() -> str:
    """A content whose last key may be left out."""
    attract = "attract:\n  posters:\n    - {headline: Number 37, line: The car that won.}\n"
    start = MINIMAL.index("attract:")
    end = MINIMAL.index("home:")
    return f"{MINIMAL[:start]}{MINIMAL[end:]}{attract}  {LAST_KEY}\n"


def test_a_last_key_that_is_taken_out_is_no_loss_where_the_file_is_marked(
    content_file: Write, ends_with_a_key: str
) -> None:
    for before in (ends_with_a_key, ends_with_a_key + MARK):
        loaded = load(content_file(before))
        assert loaded.content is not None
        shorter = load(content_file(taken_out(ends_with_a_key, LAST_KEY) + MARK))
        assert shorter.content is not None
        assert losses(loaded, shorter) == ()


def test_without_the_mark_it_may_be_half_a_copy(content_file: Write, ends_with_a_key: str) -> None:
    shorter = load(content_file(taken_out(ends_with_a_key, LAST_KEY)))
    assert shorter.content is not None
    for before in (ends_with_a_key, ends_with_a_key + MARK):
        assert losses(load(content_file(before)), shorter) == (
            "the end of 'seconds_each' is missing, the last one in the file",
        )


@pytest.mark.parametrize("below", ["", "\n", "\n# Nothing else.\n\n"])
def test_a_file_that_loses_its_mark_is_not_whole(content_file: Write, below: str) -> None:
    before = load(content_file(MINIMAL + MARK))
    changed = MINIMAL.replace("line: Motorsports", "line: Racing") + below
    assert losses(before, load(content_file(changed))) == (NO_END_MARK,)
    assert losses(before, load(content_file(MINIMAL + "words:\n  back: Back\n"))) == (NO_END_MARK,)


@pytest.mark.parametrize("mark", ["", MARK], ids=["unmarked", "marked"])
def test_every_cut_of_a_file_is_noticed(content_file: Write, mark: str) -> None:
    text = MINIMAL + mark
    before = load(content_file(text))
    other = text.replace("line: Motorsports", "line: Racing").replace("thanks: Bye", "thanks: Ciao")
    for saved in (text, other):
        first, last = saved.index("places:"), len(saved.rstrip())  # without a place it is nothing
        lines = {n + 1 for n, sign in enumerate(saved[:last]) if sign == "\n"}
        for end in sorted(lines | set(range(first, last, 7)))[::EVERY]:
            after = load(content_file(saved[:end]))
            assert after.content is None or losses(before, after), saved[:end][-60:]


def test_a_mark_need_not_end_with_its_line(content_file: Write) -> None:
    before = load(content_file(MINIMAL + MARK))
    changed = (MINIMAL + MARK).replace("line: Motorsports", "line: Racing")
    assert losses(before, load(content_file(changed.rstrip()))) == ()


def test_the_last_words_of_the_default_content_may_be_taken_out(floor: Floor) -> None:
    """As by an upgrade of the kiosk, too."""
    text = floor.file.read_text("utf-8")
    floor.file.write_text(taken_out(text, "carry_on: Carry on"), "utf-8")
    floor.wait(3)
    assert floor.versions == [1, 2]


def test_a_slow_copy_line_by_line_never_reaches_the_floor(floor: Floor, new: bytes) -> None:
    places = floor.places
    lines = new.splitlines(keepends=True)
    for number in range(1, len(lines), 11 if IS_LONG else 101):
        floor.file.write_bytes(b"".join(lines[:number]))
        floor.wait(12)
        assert (floor.versions, floor.places) == ([1], places)
    floor.file.write_bytes(new)
    floor.wait(3)
    assert floor.versions == [1, 2]
