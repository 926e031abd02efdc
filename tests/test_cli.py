"""The command line that scripts depend on: words, exits, one sentence for every mistake."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.cli import COMMANDS, main
from kiosk.content.versions.history import History
from kiosk.signups.crypto.keys import load_private_key
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup

if TYPE_CHECKING:
    from tests.conftest import Contents

CHECKOUT = Path(__file__).resolve().parent.parent
NO_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
ERASE_AND_SAY_SO = """
import signal, sys
from kiosk.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a job in the background lacks

class Input:
    def readline(self):
        print("waiting", flush=True)
        return sys.__stdin__.readline()

sys.stdin = Input()
sys.exit(main())
"""
Done = subprocess.CompletedProcess[str]
Kiosk = Callable[..., Done]


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    """Runs `kiosk …` in an empty folder, with a home of its own and nothing of a display."""
    base = {
        name: value
        for name, value in os.environ.items()
        if name not in {*NO_DISPLAY, "XDG_DATA_HOME"}
    }

    def run(*arguments: str | Path, **environment: str) -> Done:
        return subprocess.run(
            [sys.executable, CHECKOUT / "main.py", *arguments],
            cwd=tmp_path,
            env=base | {"HOME": str(tmp_path / "home")} | environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture
def inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kiosk:
    """The same in the process of the tests, which takes no time to start."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME")

    def run(*arguments: str | Path) -> Done:
        capsys.readouterr()
        try:
            status = main([*map(str, arguments)])
        except SystemExit as end:
            status = int(str(end.code))
        return Done(arguments, status, *capsys.readouterr())

    return run


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NO_DISPLAY:
        monkeypatch.delenv(name, raising=False)


def sentence(done: Done) -> str:
    """The one line that a refusal consists of."""
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("kiosk: ")
    return line


@pytest.mark.parametrize(
    "command",
    [["check"], ["check", "--json"], ["preview"], ["proof", "--out", "a.html"], ["calendar"]],
)
def test_a_folder_without_content_has_none_to_check(inside: Kiosk, command: list[str]) -> None:
    """Not the content that came with the kiosk, which nobody means."""
    assert "there is no content.yaml in this folder" in sentence(inside(*command))


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["chek"], "unknown command 'chek'; did you mean 'check'?"),
        (["exprot"], "did you mean 'export'?"),
        (["signup"], "did you mean 'signups'?"),
        (["earse"], "did you mean 'erase'?"),
        (["dance"], f"use one of {', '.join(COMMANDS)}"),
        (["snapshot", "--size", "big"], "'big' is not a size"),
        (["snapshot", "--size", "10x10"], "is not a size from 320x320 to 8192x8192"),
        (["snapshot", "--size", "1920x99999"], "is not a size"),
        (["run", "--windowed", "wide"], "'wide' is not a size"),
        (
            ["check", "--at", "tomorrow"],
            "'tomorrow' is not a date or time; write it like 2024-05-01",
        ),
        (["check", "--at", "2024-13-01"], "is not a date or time"),
        (["export"], "--out"),
        (
            ["export", "--out", "a.csv", "--since", "May"],
            "'May' is not a date; write it like 2024-05-01",
        ),
        (["export", "--out", "a.csv", "--all", "--since", "2024-05-01"], "not allowed with"),
        (["health", "--jsn"], "--jsn"),
        (["check", "one.yaml", "two.yaml"], "two.yaml"),
        (["snapshot", "--lang", "xx"], "has no text in 'xx'"),
        (["export", "--out", "a.csv", "--data", "nowhere"], "nowhere is not a folder"),
        (["health", "--data", "nowhere"], "nowhere is not a folder"),
        (["signups", "--data", "nowhere"], "nowhere is not a folder"),
        (["keys", "create", "--out", "k", "--data", "nowhere"], "nowhere is not a folder"),
        (["keys", "seal", "--data", "nowhere"], "nowhere is not a folder"),
        (["erase", "a@example.com", "--data", "nowhere"], "nowhere is not a folder"),
        (["recover", "--data", "nowhere"], "nowhere is not a folder"),
        (["backup", "--out", "a.zip", "--data", "nowhere"], "nowhere is not a folder"),
        (["backup", "--out", "a.zip"], "does not exist; run the command as the kiosk's user"),
        (["restore", "nothing.zip"], "nothing.zip cannot be read"),
        (["keys"], "ACTION; see 'kiosk keys --help'"),
        (["new"], "FOLDER; see 'kiosk new --help'"),
        (["schema", "x"], "unrecognized arguments: x"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else None,
)
def test_a_mistake_is_one_sentence_that_says_what_to_do(
    inside: Kiosk, arguments: Sequence[str], refusal: str
) -> None:
    assert refusal in sentence(inside(*arguments))


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_another_system_is_refused_in_a_sentence(platform: str) -> None:
    code = f"import sys; sys.platform = {platform!r}; sys.argv = ['kiosk', '--help']"
    refused = subprocess.run(
        [sys.executable, "-c", f"{code}; from kiosk.cli import main; main()"],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        check=False,
    )
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("kiosk: runs on Linux;")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("words", ["run", "", "--windowed"])
def test_no_display_is_said_in_one_sentence(inside: Kiosk, no_display: None, words: str) -> None:
    """And without a command, the kiosk runs."""
    refusal = "there is no display; start the kiosk from the desktop"
    assert refusal in sentence(inside(*words.split()))


def test_a_display_that_is_dead_is_said_in_one_sentence(
    inside: Kiosk, no_display: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for variable, display, refusal in (
        ("DISPLAY", ":9871", "the display ':9871' does not respond"),
        ("WAYLAND_DISPLAY", "wayland-9", "the Wayland display 'wayland-9' does not respond"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(variable, display)
            assert refusal in sentence(inside("run"))


@pytest.mark.parametrize("command", ["check", "snapshot --content", "run --content"])
def test_a_content_path_that_is_a_folder_is_said_in_one_sentence(
    inside: Kiosk, tmp_path: Path, command: str
) -> None:
    done = inside(*command.split(), tmp_path)
    assert f"{tmp_path} is a folder; pass the content file inside it" in sentence(done)


def test_a_data_folder_that_is_a_file_is_said_in_one_sentence(kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    done = kiosk("run", "--data", "data", QT_QPA_PLATFORM="offscreen")
    assert "data is not a folder; pass a folder with --data" in sentence(done)


@pytest.mark.slow(reason="draws in a process of its own")
def test_pictures_cannot_be_drawn_into_a_file(kiosk: Kiosk, contents: Contents) -> None:
    file = contents.write(contents.timeline())
    (file.parent / "out").write_text("")
    done = kiosk("snapshot", "--content", file, "--out", file.parent / "out", "--size", "400x400")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "choose another --out" in done.stderr.splitlines()[-1]


def test_help_and_version_are_not_mistakes(inside: Kiosk) -> None:
    for option in ("--help", "-h"):
        done = inside(option)
        assert done.returncode == 0
        assert set(re.findall(r"(?m)^ {4}(\S+)", done.stdout)) >= set(COMMANDS)
    done = inside("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"kiosk \d+\.\d+\S*\n", done.stdout)


# check


def test_the_content_of_the_folder_one_stands_in_is_checked(
    inside: Kiosk, tmp_path: Path, contents: Contents
) -> None:
    contents.file = tmp_path / "content.yaml"
    contents.write(contents.timeline())
    done = inside("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "content.yaml is fine\n", "")


def test_problems_are_a_line_each_that_editors_can_jump_to(
    inside: Kiosk, contents: Contents
) -> None:
    file = contents.write(contents.timeline(tilte="x", icon="ph.nothing"))
    done = inside("check", file)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    source = file.read_text().splitlines()
    for line in lines:
        found = re.fullmatch(rf"{re.escape(str(file))}:(\d+):(\d+): error: (.+)", line)
        assert found
        assert re.search("tilte|nothing", source[int(found[1]) - 1])
    assert any("did you mean 'title'?" in line for line in lines)


def test_a_warning_is_no_error_and_names_its_rule(inside: Kiosk, contents: Contents) -> None:
    words = {"example": False, "figure": "New", "unit": "car"}
    offer = contents.offer(datetime(2024, 3, 1, tzinfo=UTC).date(), **words)
    file = contents.write(contents.offers(offer))
    done = inside("check", file, "--at", "2024-05-01")
    assert done.returncode == 0
    assert re.fullmatch(
        rf"{re.escape(str(file))}:\d+:\d+: warning: .+ \[ended-offer\]\n", done.stdout
    )
    assert inside("check", file, "--at", "2024-03-01").stdout == f"{file} is fine\n"


def test_what_is_silenced_is_told_with_its_reason_when_asked_for(
    inside: Kiosk, contents: Contents
) -> None:
    words = {"example": False, "figure": "New", "unit": "car"}
    offer = contents.offer(datetime(2024, 3, 1, tzinfo=UTC).date(), **words)
    silence = [{"rule": "ended-offer", "entry": "Lease a Cooper", "reason": "Kept for next year."}]
    file = contents.write(contents.offers(offer), silence=silence)
    check = ("check", file, "--at", "2024-05-01")
    assert inside(*check).stdout == f"{file} is fine\n"
    line, fine = inside(*check, "--all").stdout.splitlines()
    assert re.fullmatch(
        rf"{re.escape(str(file))}:\d+:\d+: silenced: 'Lease a Cooper' ended .+ \[ended-offer\]"
        r" \(Kept for next year\.\)",
        line,
    )
    assert fine == f"{file} is fine"
    assert "silenced" not in json.loads(inside(*check, "--json").stdout)
    report = json.loads(inside(*check, "--json", "--all").stdout)
    assert report["problems"] == []
    (silenced,) = report["silenced"]
    assert (silenced["rule"], silenced["reason"]) == ("ended-offer", "Kept for next year.")


def test_in_a_terminal_each_problem_shows_its_line(contents: Contents) -> None:
    file = contents.write(contents.timeline(tilte="x", icon="ph.nothing"))
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    done = subprocess.run(
        [sys.executable, CHECKOUT / "main.py", "check", file],
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        timeout=300,
        check=False,
    )
    os.close(theirs)
    refusal = os.read(ours, 65536).decode().splitlines()
    os.close(ours)
    assert done.returncode == 1
    assert len(refusal) == 6
    source = file.read_text().splitlines()
    for problem, line, mark in zip(refusal[::3], refusal[1::3], refusal[2::3], strict=True):
        found = re.fullmatch(rf"{re.escape(str(file))}:(\d+):(\d+): error: .+", problem)
        assert found
        assert line == f"{found[1]:>5} | {source[int(found[1]) - 1]}"
        assert mark == "      | " + " " * (int(found[2]) - 1) + "^"


def test_a_file_that_is_missing_cannot_be_checked(inside: Kiosk) -> None:
    assert "gone.yaml does not exist" in sentence(inside("check", "gone.yaml"))


def test_problems_for_programs(inside: Kiosk, contents: Contents) -> None:
    file = contents.write(contents.timeline(tilte="x"))
    done = inside("check", "--json", file)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["file"] == str(file)
    (problem,) = report["problems"]
    assert problem.keys() == {"line", "column", "severity", "code", "message", "rule", "source"}
    assert (problem["severity"], problem["rule"], problem["source"]) == ("error", None, None)
    assert problem["code"] == "unknown-key"
    assert "tilte" in problem["message"]
    contents.write(contents.timeline())
    done = inside("check", "--json", file)
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (0, [])
    contents.write(contents.timeline(), theme={"asphalt": "#777777"})
    problem = json.loads(inside("check", "--json", file).stdout)["problems"][0]
    assert (problem["severity"], problem["rule"]) == ("warning", "contrast")
    assert problem["code"] == "contrast"
    assert problem["source"] == "WCAG 2.2, success criteria 1.4.3 and 1.4.11"


def test_a_reader_who_hangs_up_is_no_fault(contents: Contents) -> None:
    file = contents.write(*[contents.timeline(tilte=str(n)) for n in range(16)])
    check = subprocess.Popen(
        [sys.executable, CHECKOUT / "main.py", "check", file],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    check.stdout.close()
    assert check.stderr.read() == b""
    check.stderr.close()
    assert check.wait() in {0, 1}


def test_these_start_without_qt(tmp_path: Path) -> None:
    commands = [
        *("check", "health", "export --out a.csv", "signups", "recover"),
        *(
            "backup --out a.zip",
            "restore a.zip",
            "schema",
            "keys seal",
            "erase --suppress a@example.com",
        ),
    ]
    program = (
        "import sys; from kiosk.cli import main; [main(line.split()) for line in sys.argv[1:]];"
        " print('loaded:', [m for m in sys.modules if m.split('.')[0] in"
        " {'PySide6', 'shiboken6', 'qtawesome', 'qtpy'}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *commands],
        cwd=CHECKOUT,
        env=os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "loaded: []"


# snapshot


def test_a_broken_file_is_not_drawn(inside: Kiosk, contents: Contents) -> None:
    file = contents.write(contents.timeline(tilte="x"))
    done = inside("snapshot", "--content", file)
    assert done.returncode == 2
    problem, refusal = done.stderr.splitlines()
    assert ": error: " in problem
    assert refusal == f"kiosk: {file} has errors; correct them, then try again"


@pytest.mark.slow(reason="draws in a process of its own")
def test_sizes_and_day_are_chosen(kiosk: Kiosk, contents: Contents, tmp_path: Path) -> None:
    file = contents.write(contents.timeline())
    sizes = ("--size", "400x320", "--size", "320x400")
    done = kiosk("snapshot", "--content", file, *sizes, "--lang", "en", "--at", "2024-05-01")
    assert done.returncode == 0, done.stderr
    count = int(re.match(r"(\d+) screens drawn; open snapshots/index.html", done.stdout)[1])
    drawn = list((tmp_path / "snapshots").glob("*/en/*.png"))
    assert len(drawn) == count > 6
    assert {file.parts[-3] for file in drawn} == {"400x320", "320x400"}
    assert "as on May 1, 2024" in (tmp_path / "snapshots" / "index.html").read_text()


# export and health


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one signup."""
    folder = tmp_path / "data"
    folder.mkdir()
    with Queue.open(folder) as queue:
        moment = datetime(2024, 5, 1, 10, tzinfo=UTC)
        queue.add(make_signup(created_at=moment, email="a@example.com", name="=1+1"))
    return folder


def test_health_needs_attention_while_the_kiosk_does_not_run(inside: Kiosk, data: Path) -> None:
    done = inside("health", "--data", data)
    assert done.returncode == 1
    assert re.search(r"^! kiosk +not running", done.stdout, re.MULTILINE)
    assert re.search(
        r"^  signups +1 captured = 1 waiting \+ 0 exported \+ 0 erased; never exported",
        done.stdout,
        re.MULTILINE,
    )


def test_health_is_well_while_the_kiosk_runs(inside: Kiosk, data: Path) -> None:
    from kiosk.operation.locks import kiosk_lock
    from kiosk.operation.status import Status, StatusFile

    with kiosk_lock(data):
        StatusFile(data, Status(str(CHECKOUT / "content.yaml"))).write()
        done = inside("health", "--data", data, "--json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["healthy"] is True
    assert all(f.keys() == {"name", "text", "needs_attention"} for f in report["findings"])
    assert {"kiosk", "signups", "content", "disk"} <= {f["name"] for f in report["findings"]}


@pytest.mark.slow(reason="five commands, with a passphrase at its full cost")
def test_a_manager_makes_a_key_exports_with_it_and_erases(
    kiosk: Kiosk, data: Path, tmp_path: Path
) -> None:
    """As it is really done: at the passphrase's full cost, each command a process of its own."""
    secret = {"KIOSK_PASSPHRASE": "correct horse battery staple"}
    created = kiosk("keys", "create", "--data", data, "--out", "key.json", **secret)
    refused = kiosk("export", "--data", data, "--out", "a.csv")
    exported = kiosk("export", "--data", data, "--out", "a.csv", "--key", "key.json", **secret)
    erased = kiosk("erase", "--data", data, "--key", "key.json", "A@example.com", **secret)
    ledger = kiosk("signups", "--data", data, "--json")

    assert created.returncode == 0, created.stderr
    assert "1 signup is sealed; pass the manager's key with --key FILE" in sentence(refused)
    assert (exported.returncode, exported.stderr) == (0, "")
    assert b"a@example.com" in (tmp_path / "a.csv").read_bytes()
    assert (erased.returncode, erased.stderr) == (0, "")
    assert "the address is still in a.csv (export 1" in erased.stdout
    assert json.loads(ledger.stdout)["total"] == {
        "captured": 1,
        "waiting": 0,
        "exported": 0,
        "erased": 1,
        "missing": 0,
    }


@pytest.mark.slow(reason="a passphrase at its full cost, made and used")
def test_a_passphrase_on_a_descriptor_reaches_the_command(
    inside: Kiosk, data: Path, tmp_path: Path
) -> None:
    """From a shell, as the help says."""
    (tmp_path / "passphrase").write_text("correct horse battery staple\n")
    create = f"{sys.executable} {CHECKOUT / 'main.py'} keys create --data data --out key.json"

    done = subprocess.run(
        ["sh", "-c", f"{create} --passphrase-fd 3 3<passphrase"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert load_private_key(tmp_path / "key.json", "correct horse battery staple")


def test_a_command_that_is_interrupted_says_nothing_and_lets_go(data: Path, tmp_path: Path) -> None:
    """Ctrl+C while it waits for an address on its input."""
    erase = subprocess.Popen(
        [sys.executable, "-c", ERASE_AND_SAY_SO, "erase", "--data", "data", "-"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert erase.stdout.readline() == "waiting\n"
    erase.send_signal(signal.SIGINT)
    out, err = erase.communicate(timeout=300)

    assert (erase.returncode, out, err) == (130, "", "")
    with Queue.open_read_only(data) as queue:
        assert queue.count() == 1


def test_a_terminal_without_our_letters_gets_them_escaped(
    inside: Kiosk, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = contents.write(contents.timeline(été="x"))
    terminal = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert inside("check", file).returncode == 1
    assert b"unknown key '\\xe9t\\xe9'" in terminal.buffer.getvalue()


def test_a_missing_typeface_is_said_in_a_sentence(tmp_path: Path) -> None:
    code = (
        "import kiosk.language.typeface as typeface; typeface.find_spec = lambda name: None;"
        "from kiosk.cli import main; raise SystemExit(main(['snapshot', '--size', '960x540']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "kiosk: the typeface is missing; install the package font-rhd\n"
    assert not (tmp_path / "snapshots").exists()


def test_no_document_waits_to_be_filled_in() -> None:
    for file in [CHECKOUT / "README.md", *CHECKOUT.glob("docs/**/*.md")]:
        assert "@@" not in file.read_text(encoding="utf-8"), file


def test_check_compares_the_consent_with_what_a_kiosk_has_shown(
    contents: Contents, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    History(data).accept(contents.load(contents.signup()), datetime(2024, 5, 1, tzinfo=UTC))
    changed = {"version": "2024-1", "wording": "Yes, send me everything."}
    file = contents.write(contents.signup(consent=changed))

    assert main(["check", str(file), "--data", str(data)]) == 1
    assert (
        "error: 'consent: wording' changed since the consent's version" in capsys.readouterr().out
    )
    assert main(["check", str(file)]) == 0


OPEN_A_FILE = """
import os, sys
from kiosk import cli
cli._occupy_standard_streams()
opened = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)
os.write(opened, str(opened).encode())
os.write(2, b"a message")
"""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_no_file_takes_the_number_of_a_closed_stream(tmp_path: Path, closed: str) -> None:
    """Else it would get what is printed from then on."""
    command = [sys.executable, "-c", OPEN_A_FILE, str(tmp_path / "file")]
    subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *command],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )

    assert int((tmp_path / "file").read_text()) > 2
