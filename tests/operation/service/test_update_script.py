"""The script that carries an update out, among programs that only note what they were told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kiosk.operation.service.plan import HOME, LIBRARY, NAME, UPDATES, ServiceOptions, planned_files
from kiosk.operation.service.update_record import (
    OVER,
    UNDONE,
    UPDATED,
    UpdateRecord,
    format_record,
    read_record,
)

BEFORE, AFTER = "0.1.0", "0.2.0"
ATTEMPTS = 4

STEP = r"""
# A power cut comes in place of the step CUT_AT.
steps=$(($(cat "$STATE/steps") + 1))
echo "$steps" > "$STATE/steps"
[ "$steps" != "${CUT_AT:-}" ] || kill -9 0
echo "${0##*/} $*" >> "$STATE/calls"
"""
FAKES = {
    "apt-get": STEP
    + r"""
for file; do :; done
[ ! -e "$STATE/apt-refuses-${file#./}" ] || exit 100
echo half > "$STATE/installed"
steps=$((steps + 1))
echo "$steps" > "$STATE/steps"
[ "$steps" != "${CUT_AT:-}" ] || kill -9 0
cat "$file" > "$STATE/installed"
""",
    "dpkg": STEP
    + r"""
[ "$1" = --install ] || exit 0
[ ! -e "$STATE/dpkg-refuses" ] || exit 1
cat "$2" > "$STATE/installed"
""",
    "dpkg-query": r"""printf 'ii %s' "$(cat "$STATE/installed")" """,
    "systemctl": r"""
case $1 in
show)
    polls=$(($(cat "$STATE/polls") + 1))
    echo "$polls" > "$STATE/polls"
    process=77 status="version 1 on screen"
    case $(cat "$STATE/$(cat "$STATE/installed")") in
    crashes) process=$polls ;;
    stumbles) [ "$polls" -gt 4 ] || process=$polls ;;
    "safe mode") status="safe mode: version 1 on screen" ;;
    stays) printf 'ActiveState=activating\nMainPID=77\nStatusText=\n'; exit ;;
    esac
    printf 'ActiveState=active\nMainPID=%s\nStatusText=%s\n' "$process" "$status"
    exit ;;
esac
"""
    + STEP,
    "systemd-notify": STEP,
    "setpriv": r"""while [ "${1#--}" != "$1" ]; do shift; done; exec "$@" """,
    "sleep": "",
    "kiosk": STEP
    + r"""
version=$(cat "$STATE/installed")
[ "$version" != half ] || exit 1
[ ! -e "$STATE/$version-crashes-at-$1" ] || exit 1
refusals=$(cat "$STATE/$version-refuses-$1" 2> /dev/null || echo 0)
if [ "$refusals" != 0 ]; then
    echo $((refusals - 1)) > "$STATE/$version-refuses-$1"
    exit 2
fi
[ "$1" != signups ] || echo '{"adds_up": true}'
""",
}


class Rehearsal:
    """Where the script believes itself to be."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state = folder, folder / "state"
        self.updates = folder / UPDATES.relative_to("/")
        self.data = folder / "home/.local/share" / NAME
        for place in (self.state, self.updates, folder / "bin", self.data):
            place.mkdir(parents=True)
        for name, text in FAKES.items():
            self._write(folder / "bin" / name, f"#!/bin/sh\n{text}")
        files = planned_files(ServiceOptions(folder / "bin/kiosk"))
        (text,) = (file.text for file in files if file.path == LIBRARY / "update")
        text = text.replace(str(UPDATES), str(self.updates)).replace(f"{HOME}/", f"{folder}/home/")
        text = text.replace("pause=3\n", "pause=30\n")
        text = text.replace("attempts=60", f"attempts={ATTEMPTS}")
        self._write(folder / "update", text)
        self.note("installed", BEFORE)
        for name in ("steps", "polls"):
            self.note(name, "0")
        self.runs(BEFORE, "well")
        self.runs(AFTER, "well")

    def _write(self, file: Path, text: str) -> None:
        file.write_text(text)
        file.chmod(0o755)

    def note(self, name: str, text: str = "") -> None:
        (self.state / name).write_text(text)

    def refuses(self, version: str, command: str, times: int = 1000) -> None:
        """The kiosk's command of that version fails the first few times."""
        self.note(f"{version}-refuses-{command}", str(times))

    def runs(self, version: str, how: str) -> None:
        self.note(version, how)

    def begin(self, phase: str = "prepared", previous: str = "0.0.9", **values: str) -> None:
        record = UpdateRecord(phase, BEFORE, AFTER, previous)
        text = format_record(record) + "".join(f"{key}={value}\n" for key, value in values.items())
        (self.updates / "record").write_text(text)
        (self.updates / "pending").touch()
        (self.updates / "new.deb").write_text(AFTER)
        (self.updates / "undo.deb").write_text(BEFORE)
        (self.updates / "previous.deb").write_text(previous)

    def run(self, cut_at: int | None = None) -> int:
        """What the script exits with; whatever a power cut leaves running has ended, too."""
        done = subprocess.run(
            [self.folder / "update"],
            env={
                "PATH": f"{self.folder}/bin:/usr/bin:/bin",
                "STATE": str(self.state),
                "CUT_AT": "" if cut_at is None else str(cut_at),
            },
            capture_output=True,
            timeout=60,
            check=False,
            start_new_session=True,
        )
        return done.returncode

    def carry_out(self, phase: str = "prepared", **values: str) -> None:
        self.begin(phase, **values)
        assert self.run() == 0

    @property
    def record(self) -> UpdateRecord:
        return read_record(self.folder)

    @property
    def installed(self) -> str:
        return (self.state / "installed").read_text()

    @property
    def steps(self) -> int:
        return int((self.state / "steps").read_text())

    @property
    def calls(self) -> list[str]:
        return (self.state / "calls").read_text().splitlines()

    @property
    def files(self) -> dict[str, str]:
        return {
            file.name: file.read_text() for file in self.updates.glob("*") if file.stem != "record"
        }


@pytest.fixture
def rehearsal(tmp_path: Path) -> Rehearsal:
    return Rehearsal(tmp_path)


def assert_undone(rehearsal: Rehearsal, reason: str) -> None:
    assert (rehearsal.record.phase, rehearsal.record.reason) == (UNDONE, reason)
    assert rehearsal.record.is_undone
    assert rehearsal.installed == BEFORE
    assert rehearsal.files == {"previous.deb": "0.0.9"}
    starts = [
        i for i, call in enumerate(rehearsal.calls) if call.endswith("start showroom-kiosk.service")
    ]
    aside = rehearsal.calls.index("kiosk recover --set-newer-aside")
    assert aside < starts[-1], "the kiosk starts before its signups are what it can read"


def test_a_version_that_comes_up_stays(rehearsal: Rehearsal) -> None:
    rehearsal.carry_out()

    assert rehearsal.record[:5] == (UPDATED, BEFORE, AFTER, BEFORE, "")
    assert rehearsal.installed == AFTER
    assert rehearsal.files == {"previous.deb": BEFORE}
    steps = ["stop", "apt-get", "kiosk service install", "start", "--ready"]
    told = iter(rehearsal.calls)
    assert all(any(step in call for call in told) for step in steps), rehearsal.calls


@pytest.mark.parametrize("how", ["crashes", "safe mode", "stays"])
def test_a_version_that_does_not_come_up_is_undone(rehearsal: Rehearsal, how: str) -> None:
    rehearsal.runs(AFTER, how)
    rehearsal.carry_out()

    assert_undone(rehearsal, "it did not run for 90 seconds without a crash")


def test_a_television_that_is_switched_off_meanwhile_undoes_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.runs(AFTER, "stumbles")
    rehearsal.carry_out()

    assert rehearsal.record.phase == UPDATED


def test_a_package_that_cannot_be_installed_is_undone(rehearsal: Rehearsal) -> None:
    rehearsal.note("apt-refuses-new.deb")
    rehearsal.carry_out()

    assert_undone(rehearsal, "it could not be installed")
    installs = [call for call in rehearsal.calls if call.endswith("new.deb")]
    assert ["--no-install-recommends" in call for call in installs] == [False, True]


def test_a_service_that_cannot_be_set_up_is_undone(rehearsal: Rehearsal) -> None:
    rehearsal.refuses(AFTER, "service")
    rehearsal.carry_out()

    assert_undone(rehearsal, "its service could not be set up")


@pytest.mark.parametrize("could_before", [True, False])
def test_a_version_must_read_the_signups_that_the_one_before_could(
    rehearsal: Rehearsal, could_before: bool
) -> None:
    rehearsal.refuses(AFTER, "signups")
    if not could_before:
        rehearsal.refuses(BEFORE, "signups")
    rehearsal.carry_out()

    if could_before:
        assert_undone(rehearsal, "it cannot read the signups")
    else:
        assert rehearsal.record.phase == UPDATED


def test_a_version_has_time_to_migrate_the_signups(rehearsal: Rehearsal) -> None:
    rehearsal.refuses(AFTER, "signups", ATTEMPTS - 1)
    rehearsal.carry_out()

    assert rehearsal.record.phase == UPDATED


def test_a_version_that_crashes_over_the_signups_does_not_read_them(rehearsal: Rehearsal) -> None:
    rehearsal.note(f"{AFTER}-crashes-at-signups")
    rehearsal.carry_out()

    assert_undone(rehearsal, "it cannot read the signups")


def test_signups_that_were_set_aside_come_back_with_the_update(rehearsal: Rehearsal) -> None:
    aside = rehearsal.data / "signups.newer-20240502T080000-abcdef.sqlite3"
    aside.touch()
    rehearsal.carry_out()

    assert f"kiosk recover {aside}" in rehearsal.calls


def test_a_power_cut_during_the_installation_undoes_it(rehearsal: Rehearsal) -> None:
    rehearsal.note("installed", "half")
    rehearsal.carry_out("installing")

    assert_undone(rehearsal, "the machine was switched off while it was being installed")


def test_a_version_is_tried_again_after_a_power_cut_but_not_forever(rehearsal: Rehearsal) -> None:
    rehearsal.note("installed", AFTER)
    rehearsal.carry_out("trying", trials="2")
    assert rehearsal.record.phase == UPDATED

    rehearsal.carry_out("trying", trials="3")
    assert_undone(rehearsal, "the machine was switched off each time it was tried")


def test_going_back_by_hand_leaves_nothing_to_go_back_to(rehearsal: Rehearsal) -> None:
    rehearsal.note("installed", AFTER)
    rehearsal.begin("'going back: rolled-back'", BEFORE)
    (rehearsal.updates / "record").write_text(
        format_record(UpdateRecord("going back: rolled-back", BEFORE, AFTER, BEFORE))
    )

    assert rehearsal.run() == 0

    assert rehearsal.record[:4] == ("rolled-back", BEFORE, AFTER, "")
    assert not rehearsal.record.is_undone
    assert rehearsal.installed == BEFORE
    assert rehearsal.files == {}
    assert "kiosk recover --set-newer-aside" in rehearsal.calls


def test_dpkg_alone_goes_back_where_apt_refuses(rehearsal: Rehearsal) -> None:
    rehearsal.runs(AFTER, "crashes")
    rehearsal.note("apt-refuses-undo.deb")
    rehearsal.carry_out()

    assert_undone(rehearsal, "it did not run for 90 seconds without a crash")


def test_what_cannot_go_back_is_tried_at_the_next_start(rehearsal: Rehearsal) -> None:
    rehearsal.runs(AFTER, "crashes")
    rehearsal.note("apt-refuses-undo.deb")
    rehearsal.note("dpkg-refuses")
    rehearsal.begin()

    assert rehearsal.run() == 1

    assert not rehearsal.record.is_over
    assert "pending" in rehearsal.files
    assert rehearsal.calls[-2].endswith("start showroom-kiosk.service")
    (rehearsal.state / "dpkg-refuses").unlink()
    assert rehearsal.run() == 0
    assert_undone(rehearsal, "it did not run for 90 seconds without a crash")


def test_signups_that_a_command_has_locked_are_set_aside_after_it(rehearsal: Rehearsal) -> None:
    rehearsal.runs(AFTER, "crashes")
    rehearsal.refuses(BEFORE, "recover", ATTEMPTS - 1)
    rehearsal.carry_out()

    assert rehearsal.calls.count("kiosk recover --set-newer-aside") == ATTEMPTS
    assert_undone(rehearsal, "it did not run for 90 seconds without a crash")


def test_signups_that_cannot_be_set_aside_are_at_the_next_start(rehearsal: Rehearsal) -> None:
    rehearsal.runs(AFTER, "crashes")
    rehearsal.refuses(BEFORE, "recover", ATTEMPTS)
    rehearsal.begin()

    assert rehearsal.run() == 1

    assert not rehearsal.record.is_over
    assert {"pending", "undo.deb"} <= set(rehearsal.files)
    assert rehearsal.installed == BEFORE
    assert rehearsal.calls[-2].endswith("start showroom-kiosk.service")
    assert rehearsal.run() == 0
    assert_undone(rehearsal, "it did not run for 90 seconds without a crash")


def test_a_kiosk_that_has_never_run_has_nothing_to_set_aside(rehearsal: Rehearsal) -> None:
    rehearsal.data.rmdir()
    rehearsal.runs(AFTER, "crashes")
    rehearsal.refuses(BEFORE, "recover")
    rehearsal.carry_out()

    assert (rehearsal.record.phase, rehearsal.installed) == (UNDONE, BEFORE)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["well", "crashes"])
def test_whenever_the_power_is_cut_one_version_is_complete_in_the_end(
    tmp_path: Path, how: str
) -> None:
    uncut = Rehearsal(tmp_path / "uncut")
    uncut.runs(AFTER, how)
    uncut.begin()
    uncut.run()
    assert uncut.steps > 5
    for step in range(1, uncut.steps + 1):
        rehearsal = Rehearsal(tmp_path / f"step-{step}")
        rehearsal.runs(AFTER, how)
        rehearsal.begin()
        assert rehearsal.run(cut_at=step) == -9, step

        assert rehearsal.run() == 0

        phase = rehearsal.record.phase
        assert phase in OVER
        assert rehearsal.installed == (AFTER if phase == UPDATED else BEFORE)
        assert set(rehearsal.files) == {"previous.deb"}
        if how == "crashes":
            assert phase == UNDONE
