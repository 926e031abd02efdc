"""Three showrooms of different trades, as their dealers would have made them with `kiosk new`.

`python -m tests.showrooms.building FOLDER` makes them, for people to look at.
"""

from __future__ import annotations

import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.showrooms.photographs import take_photographs

HERE = Path(__file__).resolve().parent
SHOWROOMS = ("munich-motorcycles", "texas-trucks", "quebec-lot")
MOMENT = datetime(2027, 4, 28, 9, tzinfo=UTC)
"""A Wednesday: it is open in Munich and not yet in America, and the next days differ everywhere."""
PHOTOGRAPH = re.compile(r"\bfile: ([\w-]+\.(?:jpg|png|webp))")


def build(name: str, folder: Path) -> Path:
    """Make a showroom with its photographs, and return its content file."""
    file = folder / name / "content.yaml"
    text = (HERE / name / "content.yaml").read_text(encoding="utf-8")
    take_photographs(sorted(set(PHOTOGRAPH.findall(text))), file.parent / "assets")
    shutil.copyfile(HERE / name / "content.yaml", file)
    return file


if __name__ == "__main__":
    for showroom in SHOWROOMS:
        print(build(showroom, Path(sys.argv[1])))
