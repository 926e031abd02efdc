"""Prints the kiosk's user as `kiosk service install` describes it."""

from pathlib import Path

from kiosk.operation.service.plan import SYSUSERS, ServiceOptions, planned_files

files = planned_files(ServiceOptions(Path("/usr/bin/kiosk")))
print(next(file.text for file in files if file.path == SYSUSERS), end="")
