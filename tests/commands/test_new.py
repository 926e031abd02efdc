"""`kiosk new`: a content file to begin with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import Mock

import pytest
import yaml

from kiosk.blocks.words import NOT_NEEDED
from kiosk.content import schema
from kiosk.content.check.loading import load
from kiosk.content.model import Content
from kiosk.content.words import Words
from kiosk.places.dealers.model import Dealers
from kiosk.places.kinds import KINDS
from kiosk.places.offers.model import Offers
from kiosk.places.signup.model import SignupForm
from tests.commands.conftest import Run
from tests.content.linting import lint

CHECKOUT = Path(__file__).resolve().parents[2]
TRANSLATIONS = sorted((CHECKOUT / "kiosk" / "content" / "translations").glob("*.yaml"))
MADE = {"assets", "content.schema.json", "content.yaml"}

schema_text = cache(schema.schema_text)


@pytest.fixture(autouse=True)
def one_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Generated once for all."""
    monkeypatch.setattr(schema, "schema_text", schema_text)


def content_of(folder: Path) -> Content:
    loaded = load(folder / "content.yaml")
    assert loaded.problems == ()
    assert loaded.content is not None
    return loaded.content


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_showroom_is_started_with_one_place_of_every_kind(run: Run, tmp_path: Path) -> None:
    status, out, err = run("new", "north", "--name", "Northside Cars")

    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "Replace the examples in north/content.yaml and put your pictures into north/assets.",
        "See it with: kiosk preview north/content.yaml",
    ]
    assert names(tmp_path) == {"north"}
    assert names(tmp_path / "north") == MADE
    content = content_of(tmp_path / "north")
    assert [place.kind for place in content.places] == [kind.name for kind in KINDS]
    assert content.brand.name == "Northside Cars"


def test_it_has_no_more_pictures_than_it_shows(run: Run, tmp_path: Path) -> None:
    run("new", "north")
    text = (tmp_path / "north" / "content.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)^[^#\n]*file: ([^,}]+)", text))
    assets = tmp_path / "north" / "assets"
    there = {p.relative_to(assets).as_posix() for p in assets.rglob("*") if p.is_file()}
    assert there == named


def test_its_editor_is_told_of_the_schema_beside_it(run: Run, tmp_path: Path) -> None:
    run("new", "north")
    lines = (tmp_path / "north" / "content.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=content.schema.json"
    assert max(map(len, lines)) <= 100
    schema = (tmp_path / "north" / "content.schema.json").read_text(encoding="utf-8")
    assert schema == (CHECKOUT / "content.schema.json").read_text(encoding="utf-8")


def test_its_words_wait_at_the_end_to_be_translated(run: Run, tmp_path: Path) -> None:
    run("new", "north")
    file = tmp_path / "north" / "content.yaml"
    before, after = file.read_text(encoding="utf-8").split("\n#words:\n")
    words = re.sub("^#(?=  )", "", after, flags=re.MULTILINE)
    before = before.replace("\nlanguage: en\n", "\nlanguage: sv\n")
    file.write_text(f"{before}\nwords:\n{words}", encoding="utf-8")
    assert content_of(tmp_path / "north").words == Words()
    assert "language-texts" not in {problem.code for problem in lint(load(file), date.today())}


@pytest.mark.parametrize("language", ["de", "de-AT", "es", "fr", "fr-CA", "it", "nl", "nl-BE"])
def test_its_words_are_in_the_language_of_the_dealership(
    run: Run, tmp_path: Path, language: str
) -> None:
    assert run("new", "north", "--lang", language)[0] == 0
    content = content_of(tmp_path / "north")
    assert content.language == language
    assert content.words.carry_on != Words().carry_on
    text = (tmp_path / "north" / "content.yaml").read_text(encoding="utf-8")
    assert "remove the first #" not in text[text.index("own buttons and labels") :]
    loaded = load(tmp_path / "north" / "content.yaml")
    assert {problem.code for problem in lint(loaded, date.today())} == {"example-left"}


@pytest.mark.parametrize("file", TRANSLATIONS, ids=lambda file: file.stem)
def test_a_translation_has_every_word_and_leaves_none_in_english(file: Path) -> None:
    translated = yaml.safe_load(file.read_text(encoding="utf-8"))
    english = {name: field.default for name, field in Words.model_fields.items()}
    assert list(translated) == [n for n in english if n not in {"plurals", *NOT_NEEDED}]
    Words(**translated)
    same = {name for name, word in translated.items() if word == english[name]}
    assert same <= {"north", "name", "dates", "website", "lease", "privacy"}


def test_a_language_without_a_translation_has_the_english_words_to_translate(
    run: Run, tmp_path: Path
) -> None:
    run("new", "north", "--lang", "sv")
    text = (tmp_path / "north" / "content.yaml").read_text(encoding="utf-8")
    assert content_of(tmp_path / "north").language == "sv"
    assert "remove the first # before" in text
    assert "\n#  carry_on: Carry on\n" in text


def test_what_is_no_language_is_refused(run: Run, tmp_path: Path) -> None:
    assert (
        "'german' is not a language code; write de"
        in run("new", "north", "--lang", "german").sentence
    )
    assert names(tmp_path) == set()


def test_everything_that_could_be_taken_for_true_is_marked_as_an_example(
    run: Run, tmp_path: Path
) -> None:
    run("new", "north")
    for place in content_of(tmp_path / "north").places:
        match place:
            case Offers():
                assert all(offer.example for offer in place.offers)
                assert place.estimator
                assert place.estimator.example
            case Dealers():
                assert all(dealer.example for dealer in (place.here, *place.others))
            case SignupForm():
                assert place.controller.example
    text = (tmp_path / "north" / "content.yaml").read_text(encoding="utf-8")
    assert not re.search("MINI|BMW|Cooper", text)


def test_nothing_but_the_examples_is_warned_of_for_a_year(run: Run, tmp_path: Path) -> None:
    run("new", "north")
    loaded = load(tmp_path / "north" / "content.yaml")
    reported = lint(loaded, date.today())
    assert {problem.code for problem in reported} == {"example-left"}
    next_year = lint(loaded, date.today() + timedelta(300))
    assert not [problem for problem in next_year if "ended" in problem.message]


@pytest.mark.parametrize(
    "name",
    [
        *("Müller & Söhne: Cars #1", 'The "Best" \\ of \'em', "yes", "05", "~", "- {a}", "日本車"),
        "art/missing.svg",
        *("x" * 32, "  Padded  ", "2024-05-01", "__YEAR__", "%s", "!"),
    ],
)
def test_a_name_is_taken_as_it_is(run: Run, tmp_path: Path, name: str) -> None:
    assert run("new", "a", "--name", name)[0] == 0
    content = content_of(tmp_path / "a")
    (dealers,) = (place for place in content.places if isinstance(place, Dealers))
    (signup,) = (place for place in content.places if isinstance(place, SignupForm))
    for argument in (content.brand.name, dealers.here.name, signup.controller.name):
        assert argument == name.strip()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", 'the name is empty; write it like --name "Example Motors"'),
        ("   ", "the name is empty"),
        ("x" * 35, "the name has 35 characters, but only 32 fit; shorten it by 3"),
        ("North\nside", "the name contains an invisible character; type it again"),
        ("North\u202eside", "invisible character"),
        ("North\udcffside", "invisible character"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(
    run: Run, tmp_path: Path, name: str, expected: str
) -> None:
    assert expected in run("new", "a", "--name", name).sentence
    assert names(tmp_path) == set()


@pytest.mark.parametrize("folder", ["deep/er/down", "with space", "./a/../b"])
def test_folders_around_it_are_made(run: Run, tmp_path: Path, folder: str) -> None:
    assert run("new", folder)[0] == 0
    assert names(Path(os.path.normpath(tmp_path / folder))) == MADE
    assert len(names(tmp_path)) == 1


def test_the_line_to_copy_can_be_typed_as_it_is(run: Run) -> None:
    _, out, _ = run("new", "with space")
    assert out.splitlines()[-1].endswith(" preview 'with space/content.yaml'")


@pytest.mark.parametrize("folder", [".", "../{}", "link"])
def test_an_empty_folder_that_is_there_is_filled(run: Run, tmp_path: Path, folder: str) -> None:
    empty = tmp_path
    if folder == "link":
        empty = tmp_path / "empty"
        empty.mkdir()
        (tmp_path / "link").symlink_to(empty)
    before = empty.stat().st_ino

    assert run("new", folder.format(tmp_path.name))[0] == 0

    assert names(empty) == MADE
    assert empty.stat().st_ino == before
    assert Path.cwd() == tmp_path


def test_others_may_read_what_is_made(run: Run, tmp_path: Path) -> None:
    run("new", "north")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "north").stat().st_mode & 0o777 == 0o777 & ~umask
    assert (tmp_path / "north" / "content.yaml").stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_folder_that_is_not_empty_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "content.yaml").write_text("mine")
    assert "full is not empty; choose a new folder" in run("new", "full").sentence
    assert names(tmp_path / "full") == {"content.yaml"}
    assert (tmp_path / "full" / "content.yaml").read_text() == "mine"


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert "file is a file; choose a new folder" in run("new", "file").sentence
    assert "file/x cannot be created (Not a directory)" in run("new", "file/x").sentence
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("folder", ["/proc/showroom", "x" * 300])
def test_a_place_that_cannot_be_written_is_said(run: Run, folder: str) -> None:
    assert "another" in run("new", folder).sentence


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if there:
        (tmp_path / "north").mkdir()
    monkeypatch.setattr(
        "kiosk.content.schema.schema_text", Mock(side_effect=OSError(28, "No space left on device"))
    )

    assert run("new", "north").sentence == (
        "north cannot be created, because its disk is full; free some space on it, or choose"
        " another folder"
    )

    assert names(tmp_path) == ({"north"} if there else set())
    assert not there or names(tmp_path / "north") == set()


def test_a_fault_while_a_folder_is_filled_empties_it_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "north").mkdir()
    rename = Path.rename

    def fails_late(self: Path, target: Path) -> Path:
        if target.name == "content.yaml":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_late)
    assert "(Input/output error)" in run("new", "north").sentence
    assert names(tmp_path / "north") == set()


@pytest.mark.slow(reason="draws every screen in a process of its own")
def test_it_is_drawn_without_a_warning(run: Run, tmp_path: Path) -> None:
    run("new", "north", "--name", "W" * 32)
    result = subprocess.run(
        [
            *(sys.executable, CHECKOUT / "main.py", "snapshot", "--size", "960x540"),
            *("--content", "north/content.yaml", "--out", "drawn"),
        ],
        cwd=tmp_path,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert len(list((tmp_path / "drawn" / "960x540" / "en").glob("*.png"))) > 25
