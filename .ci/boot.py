"""Boots the Debian package as an appliance, in a machine of its own, and takes its life.

    .venv/bin/python .ci/boot.py FOLDER

FOLDER is a bare Debian in which `sh .ci/bare SUITE package FOLDER` has installed the package. It
gets a kernel and is booted under qemu, which takes some ten minutes, or less with `ACCEL=kvm`. The
kiosk must come to the screen by itself after power on, after it was killed, when it hangs, and
after a power cut. Prints the seconds of each. Needs root, qemu-system-x86 and mke2fs.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
UNIT = "showroom-kiosk.service"
PREPARE = """
apt-get update -q
apt-get install -q -y --no-install-recommends linux-image-amd64 systemd-sysv udev dbus kmod
echo '/dev/vda / ext4 defaults 0 1' > /etc/fstab
passwd --delete root
"""
AUTOLOGIN = """
[Service]
ExecStart=
ExecStart=-/sbin/agetty --autologin root --keep-baud 115200 %I dumb
"""
KERNEL_WORDS = "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=0"
ON_SCREEN = "on screen"
PATIENCE_SECONDS = 900.0
"""Emulated on a busy machine."""


class Machine:
    """A machine that was switched on a moment ago; its serial console has a shell of root."""

    def __init__(self, folder: Path, disk: Path) -> None:
        self.began = time.monotonic()
        self._address = tempfile.mktemp(prefix="boot-", suffix=".serial")
        boot = folder / "boot"
        kernel, initrd = max(boot.glob("vmlinuz-*")), max(boot.glob("initrd.img-*"))
        options = {
            "accel": os.environ.get("ACCEL", "tcg"),
            "cpu": "max",
            "m": "2048",
            "display": "none",
            "nic": "none",
            "kernel": str(kernel),
            "initrd": str(initrd),
            "append": KERNEL_WORDS,
            "drive": f"file={disk},if=virtio,format=raw",
            "serial": f"unix:{self._address},server,nowait",
        }
        words = [word for name, value in options.items() for word in (f"-{name}", value)]
        devices = ["-device", "virtio-vga", "-device", "qemu-xhci", "-device", "usb-tablet"]
        self._process = subprocess.Popen(["qemu-system-x86_64", *words, *devices])
        atexit.register(self.cut_power)
        self._console = self._connect()
        self._printed = ""
        self._count = 0
        self._wait_for(r"root@\S*:?~?#", PATIENCE_SECONDS)
        self.run("stty -echo; export PS1= TERM=dumb SYSTEMD_PAGER=")

    def run(self, command: str) -> str:
        """What a command prints."""
        self._count += 1
        self._printed = ""
        self._console.sendall(f"{command}; echo END''{self._count}:\n".encode())
        self._wait_for(rf"END{self._count}:", PATIENCE_SECONDS)
        return self._printed.split(f"END{self._count}:")[0].replace("\r", "").strip()

    def main_process(self) -> str:
        """The number of the service's process while the kiosk shows something; empty if not."""
        names = "SubState,MainPID,StatusText"
        shown = self.run(f"systemctl show --property={names} {UNIT}")
        values = dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)
        is_on = values.get("SubState") == "running" and ON_SCREEN in values.get("StatusText", "")
        return values.get("MainPID", "") if is_on else ""

    def wait_for_screen(self, *, before: str = "") -> float:
        """Seconds until the kiosk shows something, as another process than before."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE_SECONDS:
            if self.main_process() not in {"", before}:
                return time.monotonic() - began
            time.sleep(1)
        raise SystemExit(f"no kiosk on the screen: {self.run(f'journalctl -b -u {UNIT} | tail')}")

    def cut_power(self) -> None:
        """Nothing is written any more that was not on its disk."""
        self._process.kill()
        self._process.wait()
        Path(self._address).unlink(missing_ok=True)

    def _connect(self) -> socket.socket:
        console = socket.socket(socket.AF_UNIX)
        for _ in range(600):
            try:
                console.connect(self._address)
                console.settimeout(1)
                return console
            except OSError:
                time.sleep(0.1)
        raise SystemExit("qemu does not start")

    def _wait_for(self, pattern: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not re.search(pattern, self._printed):
            if time.monotonic() > end:
                raise SystemExit(f"no answer: {self._printed[-1000:]}")
            try:
                self._printed += self._console.recv(65536).decode(errors="replace")
            except TimeoutError:
                continue


def make_disk(folder: Path, disk: Path) -> None:
    """A file system with everything in a folder."""
    drop = folder / "etc/systemd/system/serial-getty@ttyS0.service.d/autologin.conf"
    drop.parent.mkdir(parents=True, exist_ok=True)
    drop.write_text(AUTOLOGIN)
    inside = ["sh", str(HERE / "inside"), str(folder), "sh", "-eu", "-c", PREPARE]
    subprocess.run(inside, check=True, stdout=sys.stderr)
    make = ["mke2fs", "-q", "-t", "ext4", "-d", str(folder), str(disk), "5G"]
    subprocess.run(make, check=True, stdout=sys.stderr)


def tell(what: str, seconds: float) -> None:
    print(json.dumps({"what": what, "seconds": round(seconds, 1)}), flush=True)


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as temporary:
        disk = Path(temporary) / "disk"
        make_disk(folder, disk)
        machine = Machine(folder, disk)
        print(machine.run("kiosk service install; sync"), file=sys.stderr)
        machine.cut_power()
        for what in ("for the first time", "after a power cut"):
            machine = Machine(folder, disk)
            machine.wait_for_screen()
            tell(f"power on {what}", time.monotonic() - machine.began)
            if what == "for the first time":
                for signal in ("KILL", "STOP"):
                    before = machine.main_process()
                    machine.run(f"pkill -{signal} -u kiosk -f 'kiosk run'")
                    tell(f"the kiosk gets SIG{signal}", machine.wait_for_screen(before=before))
            machine.cut_power()


if __name__ == "__main__":
    main()
