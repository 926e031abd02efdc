"""Arguments that several commands take, and what a value must look like."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, _ActionsContainer
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kiosk.blocks.screen_sizes import Size, parse_size
from kiosk.operation.clock import InvalidMoment, parse_moment


def add_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: content.yaml")


def add_content(parser: ArgumentParser) -> None:
    parser.add_argument("--content", type=Path, metavar="FILE", help="default: content.yaml")


def add_data(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="the kiosk's data folder; default: this user's own"
    )


def add_json(parser: _ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def add_sizes(parser: ArgumentParser, purpose: str) -> None:
    parser.add_argument(
        "--size", action="append", type=size, metavar="WxH", default=[], dest="sizes", help=purpose
    )


def add_languages(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--lang",
        action="append",
        metavar="xx",
        default=[],
        dest="languages",
        help="default: the content's language",
    )


def add_at(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        type=moment,
        metavar="ISO_DATETIME",
        help="as it will look on that day or at that time",
    )


def add_key(parser: ArgumentParser) -> None:
    parser.add_argument("--key", type=Path, metavar="FILE", help="the manager's private key")
    add_passphrase(parser)


def add_passphrase(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-fd",
        type=descriptor,
        metavar="N",
        help="file descriptor to read the passphrase from; default: KIOSK_PASSPHRASE or terminal",
    )


def add_zip(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        type=file_ending(".zip"),
        required=True,
        metavar="FILE",
        help="the file to write; ends in .zip",
    )


def file_ending(*endings: str) -> Callable[[str], Path]:
    def parse(text: str) -> Path:
        if Path(text).suffix.lower() not in endings:
            raise ArgumentTypeError(f"'{text}' must end in {' or '.join(endings)}")
        return Path(text)

    return parse


def size(text: str) -> Size:
    try:
        return parse_size(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def moment(text: str) -> str:
    """Still as it was written: without a zone it is the content's, which is not known yet."""
    try:
        parse_moment(text)
    except InvalidMoment as error:
        raise ArgumentTypeError(str(error)) from None
    return text


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a date; write it like 2024-05-01") from None


def number(most: int, remark: str) -> Callable[[str], int]:
    """A type of whole numbers from 1 to `most`; `remark` says what a wrong one is not."""

    def parse(text: str) -> int:
        if not text.isdecimal() or not 0 < int(text) <= most:
            raise ArgumentTypeError(f"'{text}' is not {remark}")
        return int(text)

    return parse


def descriptor(text: str) -> int:
    if not text.isdecimal() or int(text) > 1 << 20:
        raise ArgumentTypeError(
            f"'{text}' is not a file descriptor; pass --passphrase-fd 3 and open it with 3<FILE"
        )
    return int(text)
