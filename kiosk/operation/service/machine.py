"""The machine that becomes an appliance, or a folder that stands in for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from kiosk.operation.service.plan import HOME, NAME, UNIT, USER, PlannedFile
from kiosk.refused import Refused

TIMEOUT_SECONDS = 120.0
WANTED_BY = Path("/etc/systemd/system/multi-user.target.wants") / UNIT
READABLE, SEARCHABLE = 0o004, 0o001


class ServiceRefused(Refused):
    """The machine cannot become an appliance; the message says why and what to do."""


class ProgramFailed(ServiceRefused):
    """A program of the system failed; `reason` is what it printed."""

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(f"'{command}' failed: {reason}")
        self.reason = reason


class Machine:
    """`root` is `/`, or a folder into which everything is installed as if it were."""

    def __init__(self, root: Path = Path("/")) -> None:
        self.root = root

    @property
    def is_running(self) -> bool:
        """Whether this is the machine itself, whose services can be told."""
        return self.root == Path("/")

    def at(self, path: Path) -> Path:
        """Where a path of the machine is."""
        return self.root / path.relative_to("/")

    def require_systemd(self) -> None:
        """Refuse a machine that systemd does not run.

        Raises:
            ServiceRefused: another init does, or none.
        """
        if self.is_running and not Path("/run/systemd/system").is_dir():
            raise ServiceRefused(
                "this machine is not run by systemd; start 'kiosk run' from its own startup"
                " scripts instead"
            )

    def require_program(self, program: str, purpose: str) -> None:
        """Refuse a machine without a program, whose package has the same name.

        Raises:
            ServiceRefused: it is missing.
        """
        if not self._has(program):
            raise ServiceRefused(
                f"{program} is not installed, which {purpose}; run 'apt install {program}', then"
                " try again"
            )

    def require_own_user(self) -> None:
        """Refuse a user of that name who is a person.

        Raises:
            ServiceRefused: the user has a home folder of their own.
        """
        home = self._users().get(USER)
        if home is not None and home != str(HOME):
            raise ServiceRefused(
                f"there is already a user named {USER}, whose home folder is {home}; rename or"
                " remove that user, since the kiosk needs one of its own"
            )

    def require_readable(self, path: Path) -> None:
        """Refuse a file that the kiosk's user could not read, or the service not name.

        Raises:
            ServiceRefused: it is missing or no file, or its permissions or those of a folder above
                forbid it.
        """
        if not str(path).isprintable():
            raise ServiceRefused(f"{str(path)!r} has a line break or the like in it; rename it")
        for each in (*reversed(path.parents), path):
            try:
                mode = each.stat().st_mode
            except OSError as error:
                raise ServiceRefused(f"{path} cannot be read ({error.strerror})") from None
            needed = READABLE if each == path else SEARCHABLE
            if not mode & needed:
                right = "o+r" if each == path else "o+x"
                raise ServiceRefused(
                    f"{path} could not be read by the kiosk's own user; run 'chmod {right} {each}',"
                    " or move it, for example to /srv"
                )
        if path.is_dir():
            raise ServiceRefused(f"{path} is a folder; pass the file inside it")
        if not path.is_file():
            raise ServiceRefused(f"{path} is not a regular file; pass another")

    def holds(self, file: PlannedFile) -> bool:
        """Whether a file is there as planned."""
        place = self.at(file.path)
        try:
            is_same = place.read_bytes() == file.text.encode()
            return is_same and place.stat().st_mode & 0o777 == file.mode
        except OSError:
            return False

    def write(self, file: PlannedFile) -> None:
        """Write a file, replacing what is there.

        Raises:
            ServiceRefused: the disk refuses.
        """
        place = self.at(file.path)
        partial = place.with_name(f".{place.name}.part")
        try:
            place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            partial.write_text(file.text, "utf-8")
            partial.chmod(file.mode)
            partial.replace(place)
        except OSError as error:
            raise ServiceRefused(
                f"{place} cannot be written ({error.strerror}); free some space, or check that the"
                " disk is not read-only"
            ) from None

    def remove(self, path: Path) -> bool:
        """Remove a file, and its folder if that is then empty and ours; returns whether it was."""
        place = self.at(path)
        try:
            place.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise ServiceRefused(f"{place} cannot be removed ({error.strerror})") from None
        if place.parent.name == NAME:
            with suppress(OSError):
                place.parent.rmdir()
        return True

    def remove_folder(self, path: Path) -> bool:
        """Remove a folder with everything in it; returns whether it was there."""
        place = self.at(path)
        if not place.is_dir():
            return False
        try:
            rmtree(place)
        except OSError as error:
            raise ServiceRefused(f"{place} cannot be removed ({error.strerror})") from None
        return True

    def has_user(self) -> bool:
        return USER in self._users()

    def is_enabled(self) -> bool:
        """Whether the service starts with the machine."""
        return self.at(WANTED_BY).is_symlink()

    def call(self, *command: str, timeout: float = TIMEOUT_SECONDS) -> str:
        """Run a program of the system; returns what it printed. `timeout` is in seconds.

        Raises:
            ServiceRefused: it fails.
        """
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
                env=_plain_environment(),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ServiceRefused(f"'{command[0]}' cannot be run ({error})") from None
        if done.returncode:
            reason = (done.stderr or done.stdout).strip().replace("\n", "; ")
            raise ProgramFailed(" ".join(command), reason)
        return done.stdout

    def tell(self, program: str, *arguments: str) -> None:
        """Run a program of systemd that can also work on a folder."""
        root = () if self.is_running else (f"--root={self.root}",)
        self.call(program, *root, *arguments)

    def _has(self, program: str) -> bool:
        return any(
            os.access(self.at(Path(folder) / program), os.X_OK)
            for folder in ("/usr/local/bin", "/usr/bin", "/usr/sbin")
        )

    def _users(self) -> dict[str, str]:
        """The home folders of the machine's own users."""
        try:
            lines = self.at(Path("/etc/passwd")).read_text(errors="replace").splitlines()
        except OSError:
            return {}
        fields = [line.split(":") for line in lines]
        return {words[0]: words[5] for words in fields if len(words) > 5}


def _plain_environment() -> Mapping[str, str]:
    return os.environ | {"LC_ALL": "C.UTF-8", "SYSTEMD_PAGER": ""}
