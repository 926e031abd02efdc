"""`kiosk preview`: the kiosk in a window for the desk, beside it what `kiosk check` says."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Slot
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.blocks.screen_sizes import Size, parse_size, written_size
from kiosk.blocks.zones import instant, zone_named
from kiosk.content.check.loading import Loaded, load
from kiosk.content.dates import ALWAYS, Change, changes_ahead, unchanged
from kiosk.content.file import ContentUnreadable
from kiosk.content.localized import localization_of
from kiosk.content.model import Content
from kiosk.content.versions.history import History
from kiosk.language.localization import Localization
from kiosk.operation.clock import Clock, parse_moment
from kiosk.operation.processes import own_command, own_environment
from kiosk.showroom import scene
from kiosk.showroom.content_watcher import ContentWatcher
from kiosk.showroom.desk.known_findings import KnownFindings
from kiosk.showroom.desk.preview_viewmodel import PreviewViewModel
from kiosk.showroom.garbage import GarbageCollector
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.rows import ChangeRow, FindingRow
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.quitting import QuitOnSignal
from kiosk.toolkit.runner import Runner

SIZES: tuple[Size, ...] = ((1920, 1080), (1080, 1920), (3840, 2160), (1366, 768), (1280, 1024))
WINDOW, SCENE = "Desk/PreviewWindow.qml", "Desk/PreviewScene.qml"
DAYS_AHEAD, MOST_AHEAD = 366, 40
LOOK_AT_CLOCK_MS = 15_000
SETTLED_MS = 150
"""Whoever steps through the days is shown each, and the file is checked for the last."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """What `preview` was asked for; without `size` the content's own screen, without `at` now."""

    content: Path
    size: Size | None
    at: str | None


@dataclass(frozen=True, slots=True)
class _ChosenClock(Clock):
    """Reads the moment that was chosen at the desk, else the real one."""

    chosen: Callable[[], datetime | None] = lambda: None

    def now(self) -> datetime:
        # Not super(): a dataclass with slots is another class than the one it was written as.
        return self.chosen() or Clock.now(self)


def preview(options: PreviewOptions) -> int:
    """Show the content until the window is closed; returns the exit status."""
    scene.prepare_environment()
    application = scene.make_application()
    engines = scene.make_engine(), scene.make_engine()
    showroom = ShowroomViewModel()
    QuitOnSignal(application)
    with (
        TemporaryDirectory(prefix="kiosk-preview-", ignore_cleanup_errors=True) as folder,
        ThreadPoolExecutor(max_workers=1) as executor,
    ):
        preview = Preview(options, showroom, Runner(executor), Path(folder))
        window = open_desk(*engines, showroom, preview.view_model)
        preview.begin()
        window.show()
        status = application.exec()
        preview.end()
        del engines  # before the view models it binds to
    return status


def open_desk(
    desk: QQmlApplicationEngine,
    screen: QQmlApplicationEngine,
    showroom: ShowroomViewModel,
    view_model: PreviewViewModel,
) -> QQuickWindow:
    """The desk's window with the kiosk's screen in it, each by an engine of its own."""
    window = scene.open_window(desk, WINDOW, preview=view_model)
    frame = window.findChild(QQuickItem, "screen")
    assert frame is not None
    scene.place_scene(screen, showroom, frame, SCENE, preview=view_model)
    return window


class Preview(QObject):
    """Follows the file, and shows it on the screen and the day that were chosen.

    `folder` is for its pictures as they are: under a name of its own for each state of one.
    """

    def __init__(
        self, options: PreviewOptions, showroom: ShowroomViewModel, runner: Runner, folder: Path
    ) -> None:
        super().__init__()
        self._options = options
        self._showroom = showroom
        self._runner = runner
        self._loaded: Loaded | None = None
        requested = [options.size] if options.size else []
        sizes = list(dict.fromkeys([*requested, *SIZES]))
        self.view_model = PreviewViewModel(options.content.name, sizes, Clock().now(), self)
        clock = _ChosenClock(chosen=self._chosen)
        self._presenter = present_read_only(showroom, clock, runner, self)
        GarbageCollector(showroom, self)
        self._watcher = ContentWatcher(options.content, None, self)
        self._watcher.changed.connect(self._read)
        self._check = _process(self)
        self._check.finished.connect(self._checked)
        self._check.errorOccurred.connect(self._not_checked)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._start_check)
        self.view_model.momentChanged.connect(self._follow_moment)
        self.view_model.sizeChanged.connect(self._check_soon)
        self.view_model.postersWanted.connect(showroom.session.end)
        self.view_model.homeWanted.connect(self._go_home)
        self._clock_timer = QTimer(self, interval=LOOK_AT_CLOCK_MS)
        self._clock_timer.timeout.connect(self._follow_clock)
        self._until = ALWAYS[1]
        self._history = History(folder)
        self._lines: list[str] = []
        self._known = KnownFindings()

    def begin(self) -> None:
        """Read the file, and again whenever it is saved."""
        self._showroom.session.stay()
        self._clock_timer.start()
        self._read()

    def end(self) -> None:
        """Read and check no more."""
        self._watcher.changed.disconnect(self._read)
        self._watcher.close()
        self._settled.timeout.disconnect(self._start_check)
        self._stop_check()

    @Slot()
    def _read(self) -> None:
        self._watcher.poll_unless(is_notified=self._watcher.update())
        self._runner.run(self._load, self._take, self._unread)

    def _load(self) -> Loaded:
        loaded = load(self._options.content, self._loaded)
        if loaded.content is None:
            return loaded
        return replace(loaded, stored_pictures=self._history.pictures(loaded))

    def _take(self, loaded: Loaded) -> None:
        """Show the content; one with errors leaves what was there, and the check tells them."""
        self._lines = loaded.text.split("\n")
        if loaded.content is not None:
            is_first, self._loaded = self._loaded is None, loaded
            self.view_model.show_language(loaded.content.language, localization_of(loaded.content))
            self.view_model.offer_sizes([parse_size(size) for size in loaded.content.screens])
            if is_first:
                self._begin_as_asked(loaded.content)
            self._show()
        elif self._loaded is None:
            self._presenter.present(loaded)
        self._check_soon()

    def _unread(self, error: Exception) -> None:
        if not isinstance(error, ContentUnreadable):
            log.error("the content could not be shown", exc_info=error)
        self._check_soon()

    def _begin_as_asked(self, content: Content) -> None:
        if self._options.size is None and content.screens:
            self.view_model.chooseSize(self.view_model.index_of(parse_size(content.screens[0])))
        if self._options.at is not None:
            zone = zone_named(content.time_zone)
            moment = parse_moment(self._options.at, zone).astimezone(zone)
            self.view_model.moment = moment.replace(tzinfo=None)

    def _show(self) -> None:
        """Bring it on screen; the page that is being looked at begins again at its top."""
        loaded = self._loaded
        if loaded is None or loaded.content is None:
            return
        navigation = self._showroom.navigation
        location = navigation.location
        self._presenter.present(loaded)
        navigation.reopen(location)
        self._until = unchanged(loaded.content, self._chosen() or Clock().now())[1]
        self._show_time(loaded.content)

    def _show_time(self, content: Content) -> None:
        now = Clock().now().astimezone(zone_named(content.time_zone))
        ahead = changes_ahead(content, self._chosen() or now, DAYS_AHEAD)[:MOST_AHEAD]
        local = localization_of(content)
        rows = [(_local(change.moment), _change_row(change, local)) for change in ahead]
        self.view_model.show_time(_local(now), rows)

    @Slot()
    def _follow_clock(self) -> None:
        """Where the present is shown, it goes on."""
        if self._loaded is None or self._loaded.content is None or self._chosen() is not None:
            return
        if Clock().now() >= self._until:
            self._show()
            self._check_soon()
        else:
            self._show_time(self._loaded.content)

    @Slot()
    def _go_home(self) -> None:
        self._showroom.session.wake()
        self._showroom.navigation.goHome()

    def _chosen(self) -> datetime | None:
        moment = self.view_model.moment
        content = self._loaded.content if self._loaded is not None else None
        if moment is None or content is None:
            return None
        return instant(moment, zone_named(content.time_zone))

    @Slot()
    def _follow_moment(self) -> None:
        self._show()
        self._check_soon()

    # What `kiosk check` says

    @Slot()
    def _check_soon(self) -> None:
        self._stop_check()
        self.view_model.check()
        self._settled.start()

    def _stop_check(self) -> None:
        """What it would say is not true any more."""
        if self._check.state() != QProcess.ProcessState.NotRunning:
            self._check.kill()
            self._check.waitForFinished()

    @Slot()
    def _start_check(self) -> None:
        options = [
            str(self._options.content),
            "--json",
            "--size",
            written_size(self.view_model.size),
        ]
        if (moment := self._chosen()) is not None:
            options += ["--at", moment.isoformat()]
        program, *arguments = own_command("kiosk", "check", *options)
        self._check.start(program, arguments)

    @Slot(QProcess.ProcessError)
    def _not_checked(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._show_failure(f"the check could not be started ({self._check.errorString()})")

    @Slot(int, QProcess.ExitStatus)
    def _checked(self, code: int, status: QProcess.ExitStatus) -> None:
        if status != QProcess.ExitStatus.NormalExit:
            return  # a newer one is on its way, or nobody waits for it
        output = bytes(self._check.readAllStandardOutput().data())
        try:
            problems = json.loads(output)["problems"]
        except (ValueError, LookupError):
            error = bytes(self._check.readAllStandardError().data()).decode(errors="replace")
            self._show_failure(error.strip().removeprefix("kiosk: ") or "the check gave no answer")
            return
        new = self._known.take(problems, self._lines)
        rows = [
            _finding_row(problem, is_new=is_new)
            for problem, is_new in zip(problems, new, strict=True)
        ]
        summary = _summary(rows, self.view_model.local)
        self.view_model.show_findings(sorted(rows, key=_old_after_new), summary)

    def _show_failure(self, message: str) -> None:
        self.view_model.show_findings([FindingRow("", "error", message)], message)


def _process(parent: QObject) -> QProcess:
    process = QProcess(parent)
    process.setEnvironment([f"{name}={value}" for name, value in own_environment().items()])
    return process


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _change_row(change: Change, local: Localization) -> ChangeRow:
    place = f" ({change.place})" if change.place else ""
    return ChangeRow(local.moment(change.moment), f"{change.kind}: {change.what}{place}")


def _finding_row(problem: dict[str, Any], *, is_new: bool) -> FindingRow:
    where, rule = str(problem["line"]), problem["rule"] or ""
    return FindingRow(where, problem["severity"], problem["message"], rule, is_new)


def _old_after_new(row: FindingRow) -> bool:
    return not row.is_new


def _summary(rows: Sequence[FindingRow], local: Localization) -> str:
    errors = sum(row.severity == "error" for row in rows)
    if errors:
        count = "1 error" if errors == 1 else f"{local.number(errors)} errors"
        return f"{count}. Visitors would keep seeing the previous version."
    if not rows:
        return "No problems found."
    count = "1 warning" if len(rows) == 1 else f"{local.number(len(rows))} warnings"
    return f"{count}. It would be shown as you see it here."
