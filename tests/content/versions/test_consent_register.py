"""One name, one wording, over everything that was ever shown from a data folder."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.content.versions import current_content
from kiosk.content.versions import history as history_module
from kiosk.content.versions.consent import consent_words, consent_words_in
from kiosk.content.versions.consent_register import REGISTER_NAME
from kiosk.content.versions.current_content import ContentTracker, CurrentContent, QuietPeriods
from kiosk.content.versions.history import History
from tests.conftest import Contents

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
NEWS, MORE, SOLD = "Yes, news.", "Yes, more news.", "Yes, and sell my address."

Show = Callable[..., CurrentContent]


@pytest.fixture
def open_floor(
    contents: Contents, data: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Show]:
    """Start a kiosk; what it returns saves a form with these words and looks at the file."""
    monkeypatch.setattr(current_content, "QUIET_PERIODS", QuietPeriods(0, 0, 0))

    def start() -> Show:
        tracker = ContentTracker(contents.file, data, lambda: NOW)

        def show(version: str = "", wording: str = "", /, **changes: object) -> CurrentContent:
            consent = {"version": version, "wording": wording}
            top = {"language": changes.pop("language")} if "language" in changes else {}
            places = [contents.signup(consent=consent, **changes)] if version else []
            contents.write(contents.timeline(), *places, **top)
            current = tracker.poll()
            assert current is not None
            return current

        return show

    return start


@pytest.fixture
def show(open_floor: Callable[[], Show]) -> Show:
    return open_floor()


def is_refused(current: CurrentContent) -> bool:
    """Refused for its consent, and what was shown before stays."""
    if current.is_valid:
        return False
    (problem,) = current.problems
    assert (problem.rule, problem.severity) == ("consent-version", "error")
    assert current.loaded is not None
    assert current.loaded.digest != current.digest
    return True


def test_an_older_name_does_not_come_back_with_other_words(show: Show) -> None:
    assert show("v1", NEWS).is_valid
    assert show("v2", MORE).is_valid

    refused = show("v1", SOLD)
    assert is_refused(refused)
    assert refused.problems[0].message.startswith("'consent: wording' changed since")
    assert is_refused(show("v1", MORE))
    assert is_refused(show("v2", NEWS))
    assert show("v1", NEWS).is_valid
    assert show("v3", SOLD).is_valid


def test_what_was_refused_has_taken_no_name(show: Show) -> None:
    show("v1", NEWS)
    show("v1", SOLD)

    assert show("v1", NEWS).is_valid


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"purpose": "Offers.", "withdraw": "Ask the manager."}, "'purpose' and 'withdraw'"),
        (
            {
                "controller": {
                    "name": "Others",
                    "street": "2 Main Street",
                    "city": "Springfield 627",
                }
            },
            "'controller'",
        ),
        ({"privacy": {"title": "Yours", "body": ["It stays here."]}}, "'privacy'"),
        (
            {"privacy": {"title": "Your data", "body": ["It stays here."], "retention_days": 9}},
            "'privacy'",
        ),
    ],
    ids=str,
)
def test_what_is_told_beside_the_box_belongs_to_the_words(
    show: Show, contents: Contents, changes: dict[str, object], named: str
) -> None:
    show("v1", NEWS)
    show("v2", NEWS)

    refused = show("v1", NEWS, **changes)

    assert is_refused(refused)
    (problem,) = refused.problems
    assert problem.message.startswith(f"{named} changed since the consent's version 'v1' was")
    line = contents.file.read_text().splitlines()[problem.spot.line - 1]
    assert line[problem.spot.column - 1 :] == "v1"
    assert show("v1", NEWS, thanks="Until soon.").is_valid


def take_the_form_away(show: Show, data: Path) -> None:
    show()
    hold = History(data).held()
    assert hold is not None, "a place that is gone may be half a copy"
    History(data).release(hold, hold.instead_of)
    assert show().is_valid


def test_a_form_that_was_away_comes_back_with_the_words_it_had(show: Show, data: Path) -> None:
    show("v1", NEWS)
    take_the_form_away(show, data)

    assert is_refused(show("v1", SOLD))
    assert show("v1", NEWS).is_valid


def test_a_restart_forgets_no_name(open_floor: Callable[[], Show], data: Path) -> None:
    open_floor()("v1", NEWS)
    take_the_form_away(open_floor(), data)

    assert is_refused(open_floor()("v1", SOLD))


def test_names_outlive_the_versions_that_are_kept(
    open_floor: Callable[[], Show], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "MAX_VERSIONS", 3)
    show = open_floor()
    for number in range(1, 8):
        show(f"v{number}", f"Yes, {number}.")
    assert len(History(data).versions()) == 3

    assert is_refused(show("v1", SOLD))
    assert is_refused(open_floor()("v1", SOLD))
    shutil.rmtree(data / "history")
    assert not open_floor()("v1", SOLD).is_valid
    assert open_floor()("v1", "Yes, 1.").is_valid


def test_each_language_has_its_own_words(show: Show) -> None:
    assert show("v1", NEWS).is_valid
    assert show("v1", "Ja, Neuigkeiten.", language="de").is_valid

    assert is_refused(show("v1", "Ja, und meine Adresse.", language="de"))
    assert is_refused(show("v1", SOLD))
    assert show("v1", NEWS).is_valid


def test_a_name_is_the_same_however_its_letters_are_composed(show: Show) -> None:
    show("Ma\u0308rz", NEWS)

    assert is_refused(show("M\u00e4rz", SOLD))


def test_the_words_of_a_version_are_read_whatever_else_is_wrong_with_it(
    contents: Contents,
) -> None:
    loaded = contents.load(contents.timeline(), contents.signup(), language="de")
    assert loaded.content is not None
    words = consent_words(loaded.content)
    contents.write(contents.timeline(tilte="x"), contents.signup(), language="de")

    assert words is not None
    assert words.key[0] == "de"
    assert consent_words_in(contents.file) == words
    contents.file.write_text("brand: [")
    assert consent_words_in(contents.file) is None


# A register that is damaged


def cut(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[: len(raw) // 2])


def cut_between_lines(file: Path) -> None:
    _, second, _ = file.read_text().splitlines(keepends=True)
    file.write_text(second)


def flip(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[raw.index(b'"parts"') + 60] ^= 1
    file.write_bytes(raw)


def lead_elsewhere(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("nowhere"))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda file: file.write_bytes(b"\n"),
    "cut": cut,
    "cut between lines": cut_between_lines,
    "flipped": flip,
    "no text": lambda file: file.write_bytes(b"\xff\x00\xfe"),
    "a nest": lambda file: file.write_text("[" * 100_000),
    "a list": lambda file: file.write_text("[1]\n"),
    "a pipe": lambda file: (file.unlink(), os.mkfifo(file)),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "a link to nothing": lead_elsewhere,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_register_is_filled_in_from_what_is_kept(
    open_floor: Callable[[], Show], data: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    show = open_floor()
    show("v1", NEWS)
    show("v2", MORE)
    DAMAGES[damage](data / REGISTER_NAME)
    caplog.clear()

    with caplog.at_level(logging.WARNING):
        again = open_floor()
        assert is_refused(again("v1", SOLD))
        assert again("v1", NEWS).is_valid

    assert "the register of consents" in caplog.text
    assert not (data / "nowhere").exists()
    if damage != "a folder":
        *lines, _ = (data / REGISTER_NAME).read_text().splitlines()
        assert sorted(json.loads(line)["version"] for line in lines) == ["v1", "v2"]


def test_what_is_whole_of_a_damaged_register_stays(
    open_floor: Callable[[], Show], data: Path
) -> None:
    show = open_floor()
    for number in range(1, 4):
        show(f"v{number}", f"Yes, {number}.")
    shutil.rmtree(data / "history")
    cut(data / REGISTER_NAME)

    again = open_floor()
    again("v9", NEWS)
    assert is_refused(again("v1", SOLD))


def test_a_folder_that_was_never_used_has_nothing_to_tell(
    show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        show("v1", NEWS)

    assert not caplog.text


def test_a_disk_that_takes_no_register_stops_no_content(
    show: Show, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / REGISTER_NAME).mkdir()

    assert show("v1", NEWS).is_valid
    assert is_refused(show("v1", SOLD))


# The command


def status(data: Path, content: Path) -> None:
    (data / "status.json").write_text(json.dumps({"content": str(content)}))


def check(contents: Contents, data: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["check", str(contents.file), "--data", str(data)])
    return code, capsys.readouterr().out


def test_check_knows_every_name_and_writes_nothing(
    show: Show, contents: Contents, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status(data, contents.file)
    show("v1", NEWS)
    show("v2", MORE)
    take_the_form_away(show, data)
    before = sorted(file.name for file in data.iterdir())
    contents.write(contents.signup(consent={"version": "v1", "wording": SOLD}))

    code, output = check(contents, data, capsys)

    assert code == 1
    assert "since the consent's version 'v1' was first shown; give it a version that" in output
    (data / REGISTER_NAME).unlink()
    assert check(contents, data, capsys)[0] == 1
    assert sorted(file.name for file in data.iterdir()) == [
        name for name in before if name != REGISTER_NAME
    ]


def test_check_leaves_the_content_of_another_showroom_alone(
    show: Show,
    data: Path,
    contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: data)
    show("example-1", NEWS)
    status(data, contents.file)
    monkeypatch.chdir(data.parent)

    assert main(["new", "other"]) == 0
    text = Path("other/content.yaml").read_text()
    assert "version: example-1" in text, "the example has the same name for other words"
    capsys.readouterr()
    for known in (True, False):
        if not known:
            (data / "status.json").unlink()
        main(["check", "other/content.yaml"])
        assert "consent-version" not in capsys.readouterr().out
