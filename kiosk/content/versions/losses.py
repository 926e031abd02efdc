"""What a saved file lacks of the one before, as half a copy does: places, or its end.

Half a file is often a valid one. It has lost its end, and what stood there is known from the
content before; so is a place that is gone. Whether that is meant only people can say: a copy that
stopped behind a line, for good, is the same bytes as a file whose last key was taken out. A file
that ends with `...`, YAML's own mark of an end, tells by itself that it has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kiosk.blocks.listing import quoted
from kiosk.blocks.paths import Path
from kiosk.content.check.loading import Loaded
from kiosk.content.model import Content
from kiosk.content.problems import Problem, Spot
from kiosk.content.yaml.tree import Value, value_at

UNFINISHED_LINE = "its last line is not finished"
END_MARK = "..."
NO_END_MARK = f"its last line, '{END_MARK}', is missing"
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

End = Path | Literal["there", "unknown"]
"""Where the end of a file is missing; whether it is there otherwise."""


def losses(before: Loaded | None, after: Loaded) -> tuple[str, ...]:
    """What is missing, in words; empty where nothing is."""
    if before is None or before.content is None or after.content is None:
        return ()
    if before.digest == after.digest:
        return ()
    found = list(_lost_places(before.content, after.content))
    if _has_end_mark(after):
        return tuple(found)
    end = _end(before.tree.data, after.tree.data, ())
    if isinstance(end, tuple) and not (found and end[:1] == ("places",)):
        found.append(_missing_end(end, before.tree.data))
    elif _has_end_mark(before):
        found.append(NO_END_MARK)
    elif end == "unknown" and is_unfinished(before, after):
        found.append(UNFINISHED_LINE)
    return tuple(found)


def is_unfinished(before: Loaded, after: Loaded) -> bool:
    """Whether the last line is not ended, where it used to be."""
    return before.text.endswith("\n") and not after.text.endswith("\n")


def _has_end_mark(loaded: Loaded) -> bool:
    return loaded.text.rstrip().endswith(f"\n{END_MARK}")


def partial_file_problem(missing: Sequence[str], before: Loaded, after: Loaded) -> Problem:
    """The losses as a problem, and what to do."""
    again = "save it again with a change"
    if is_unfinished(before, after):
        again = "end its last line with the Enter key and save it again"
    return Problem(
        Spot(1 + after.text.count("\n"), 1),
        "half-file",
        f"{' and '.join(missing)}; copy the whole file again or, if this is intended, {again}",
    )


def _lost_places(before: Content, after: Content) -> Sequence[str]:
    old, new = {place.id for place in before.places}, {place.id for place in after.places}
    renamed = {
        was.id
        for was, now in zip(before.places, after.places, strict=False)
        if was.kind == now.kind and was.id not in new and now.id not in old
    }
    lost = [p.name for p in before.places if p.id not in new and p.id not in renamed]
    if not lost:
        return ()
    count = COUNTS[len(lost)] if len(lost) < len(COUNTS) else str(len(lost))
    noun = "place is" if len(lost) == 1 else "places are"
    return (f"{count} {noun} missing: {quoted(lost)}",)


def _end(old: Value, new: Value, path: Path) -> End:
    """Follows the last of everything down to the last text of the file."""
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        last, new_last = list(old)[-1], list(new)[-1]
        if new_last not in old:
            return "unknown"
        if last not in new:
            return (*path, last)
        return _end(old[last], new[last], (*path, last)) if new_last == last else "there"
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _end_of_list(old, new, path)
    if old == new:
        return "there"
    if new in (None, "") or (
        isinstance(old, str) and isinstance(new, str) and old.startswith(new.rstrip())
    ):
        return path
    return "unknown"


def _end_of_list(old: list[Value], new: list[Value], path: Path) -> End:
    if len(new) < len(old):
        return "there" if _is_same(old[-1], new[-1]) else (*path, len(new))
    if len(new) > len(old) and not _is_same(old[-1], new[-1]):
        return "unknown"
    return _end(old[-1], new[-1], (*path, len(new) - 1))


def _is_same(old: Value, new: Value) -> bool:
    """Whether two entries are called the same and have the same end."""
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        first = next(iter(old))
        return first in new and old[first] == new[first] and _end(old, new, ()) == "there"
    return old == new


def _missing_end(path: Path, data: Value) -> str:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    if path and path[-1] == key and not isinstance(value_at(data, path), str):
        return f"the end of the file is missing, from '{key}' on"
    return f"the end of '{key}' is missing, the last one in the file"
