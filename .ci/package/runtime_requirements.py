"""Prints what requirements.txt has on the packages that a kiosk needs to run, hashes included."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_in(requirement: str) -> str:
    return re.split(r"[<>=!~\[; (]", requirement)[0]


project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
waiting, needed = [name_in(each) for each in project["dependencies"]], set()
while waiting:
    name = waiting.pop()
    if normal(name) not in needed:
        needed.add(normal(name))
        own = distribution(name).requires or ()
        waiting += [
            name_in(each) for each in own if not re.search(r"extra ==|python_version <", each)
        ]
for block in re.split(r"\n(?=\S)", Path("requirements.txt").read_text()):
    if normal(name_in(block.partition("==")[0])) in needed:
        print(block)
