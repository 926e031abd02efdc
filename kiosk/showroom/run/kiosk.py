"""The running kiosk: its parts, and how they are connected."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot

from kiosk import __version__
from kiosk.content.file import not_responding
from kiosk.operation.clock import SYSTEM_CLOCK, Clock
from kiosk.operation.folders import is_unused, remove_stick_copies
from kiosk.operation.memory import return_freed_memory
from kiosk.operation.status import read_status
from kiosk.showroom import start_screens
from kiosk.showroom.garbage import GarbageCollector
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.run.content_reader import ContentReader, ReadResult
from kiosk.showroom.run.content_swap import ContentSwap
from kiosk.showroom.run.initial_read import ContentFileInfo, InitialRead
from kiosk.showroom.run.log import log_to_file
from kiosk.showroom.run.memory_cleaner import MemoryCleaner
from kiosk.showroom.run.retention import Retention
from kiosk.showroom.run.staff_notices import (
    NOT_SHOWN,
    SAFE_MODE,
    problem_notice,
    staff_notice,
)
from kiosk.showroom.run.start_screens_file import StartScreensFile
from kiosk.showroom.run.start_watch import StartWatch
from kiosk.showroom.run.status_reporter import StatusReporter, initial_status
from kiosk.showroom.run.true_clock import TrueClock
from kiosk.showroom.scene import Scene, build_scene
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.showroom.viewmodels.videos import Videos
from kiosk.toolkit.runner import Runner, logs_kind

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow

    from kiosk.operation.settings import Settings, SettingsResult
    from kiosk.operation.start_record import StartRecord
    from kiosk.showroom.presenter import Presenter
    from kiosk.showroom.run.clock_watch import ClockWatch
    from kiosk.showroom.run.night import Night
    from kiosk.showroom.run.preloader import Preloader
    from kiosk.showroom.run.staff_door import StaffDoor
    from kiosk.showroom.run.usage_recorder import UsageRecorder
    from kiosk.showroom.run.worker_check import WorkerCheck
    from kiosk.signups.form import Provenance
    from kiosk.signups.store.local_store import LocalSignupStore

UNSEEN_MS = 10_000
"""How long to wait for a first frame; the screen may be off, and the rest must start anyway."""
MIGRATION_MS = 10_000
"""After the first frame: home and the content come first, and an update waits for it."""

log = logging.getLogger(__name__)


class RunOptions(NamedTuple):
    """Options of `kiosk run`; `window_size` is None for the full screen."""

    content: Path
    data: Path
    window_size: tuple[int, int] | None
    clock: Clock
    initial_read: InitialRead | None = None
    """Already started, if given."""
    preloader: Preloader | None = None
    """Reads the content meanwhile, if no start screens are saved."""
    record: StartRecord | None = None
    """How the starts before this one ended, unless that is of no interest."""

    @property
    def is_safe_mode(self) -> bool:
        """Whether the starts before this one have crashed too often."""
        return self.record is not None and self.record.needs_safe_mode

    def file_info(self) -> ContentFileInfo | None:
        """Information about the content file; None if its share does not respond."""
        return (self.initial_read or InitialRead(self.content, self.data, self.clock)).file_info()


class Kiosk(QObject):
    """Opens the showroom, from the saved start screens or else from the content file."""

    versionShown = Signal(str)
    """The number of the version that is now on screen; empty if it could not be stored."""

    def __init__(
        self,
        options: RunOptions,
        showroom: ShowroomViewModel,
        reading_runner: Runner,
        storing_runner: Runner,
    ) -> None:
        """Each runner has its own thread, so that content on a dead share blocks no signups."""
        super().__init__()
        self._options = options
        self._showroom = showroom
        self._runner = storing_runner
        self._signup_store: LocalSignupStore | None = None
        self._settings: Settings | None = None
        self._language = ""
        self._usage: UsageRecorder | None = None
        self._file_info = options.file_info()
        self._are_start_screens_shown = False
        last_status = read_status(options.data)
        self._is_first_start = not last_status.started and is_unused(options.data)
        file = options.content.absolute() if self._file_info is None else self._file_info.file
        saved_at = None if self._file_info is None else self._file_info.saved_at
        self._status_reporter = StatusReporter(
            options.data,
            initial_status(last_status, file, is_safe_mode=options.is_safe_mode),
            storing_runner,
            self,
        )
        self._clock = TrueClock(
            options.content, saved_at, last_status.anchors, self._status_reporter
        )
        self._start_screens_file = StartScreensFile(options.data, storing_runner)
        self._retention = Retention(options.data, storing_runner, self._clock.is_trusted, self)
        self._garbage_collector = GarbageCollector(showroom, self)
        self._swap = ContentSwap(showroom, self._make_presenter, self)
        self._swap.swapped.connect(self._on_swapped)
        self._reader = ContentReader(
            *(options.content, options.data, options.clock, self._clock.now),
            *(reading_runner, self._clock.is_trusted_beside_file, self),
        )
        self._reader.finished.connect(self._on_read)
        self._reader.failed.connect(self._on_read_failed)
        self._reader.unresponsive.connect(self._on_unresponsive)
        self._reader.responded.connect(self._on_responding)
        self._frame_timeout = QTimer(self, singleShot=True, interval=UNSEEN_MS)
        self._frame_timeout.timeout.connect(showroom.firstFramePresented)
        self._migration_timer = QTimer(self, singleShot=True, interval=MIGRATION_MS)
        self._migration_timer.timeout.connect(self._migrate_signups)
        self._clock_watch: ClockWatch | None = None
        self._staff_door: StaffDoor | None = None
        self._night: Night | None = None
        showroom.presented.connect(self._frame_timeout.stop)
        showroom.presented.connect(self._start_deferred)
        self._watch_start()

    def build(self) -> Scene:
        """Build the scene with what can be shown at once; typed text is erased from memory."""
        self.open_start_screens()
        scene = build_scene(self._showroom)
        self.open()
        videos = scene.engine.singletonInstance("Showroom.Models", "Videos")
        assert isinstance(videos, Videos)
        videos.failed.connect(lambda text: self._status_reporter.update(unplayed=text))
        self._showroom.presented.connect(partial(self._open_staff_door, scene.window))
        MemoryCleaner(scene.engine, self._showroom, self._runner, self._close_signups)
        return scene

    def _watch_start(self) -> None:
        record = self._options.record
        if record is None:
            return
        if record.needs_safe_mode:
            from kiosk.showroom.run.safe_mode import SafeMode

            SafeMode(self._showroom.session)
        else:
            watch = StartWatch(record, self._runner, self)
            self.versionShown.connect(watch.follow)

    def open_start_screens(self) -> None:
        """Show the saved start screens, if any, and read the content in the background."""
        self._frame_timeout.start()
        options, file_info = self._options, self._file_info
        if options.is_safe_mode:
            return
        if file_info is None:
            screens = start_screens.load_without_content(options.data, options.clock.now())
        else:
            screens = file_info.start_screens
            if screens is not None:
                self._start_screens_file.set_saved(file_info.digest, screens)
        if screens is not None:
            self._show_start_screens(screens)

    def open(self) -> None:
        """Without saved start screens, show the preloaded ones, or read the content now."""
        if self._are_start_screens_shown or (self._options.is_safe_mode and self._show_last_good()):
            return
        preloader = self._options.preloader
        screens = None if preloader is None else preloader.start_screens()
        if screens is not None:
            self._show_start_screens(screens)
            return
        log_to_file(self._options.data)
        self._showroom.presented.connect(self._reader.watch)  # which may happen while waiting below
        if self._file_info is None:
            self._on_unresponsive()
        else:
            self._await_content()
        if not self._is_showing():
            self._show_last_valid()

    def note_end(self, end: str) -> None:
        """Note how the kiosk ends, for its next start; from any thread."""
        self._status_reporter.note_end(end)

    def log_start(self) -> None:
        """Log which version has started, and how the run before it ended."""
        from kiosk.operation.run_record import describe_end

        status = self._status_reporter.status
        log.info("kiosk %s started with %s", __version__, self._options.content)
        if status.last_end:
            log.info("the run before it %s", describe_end(status.last_end, status.last_ended))

    def close(self) -> None:
        """Stop watching the content and answering `kiosk health`."""
        self._reader.close()
        self._status_reporter.close()

    @property
    def version(self) -> str:
        """The number of the version on screen; empty if there is none."""
        return self._status_reporter.status.version

    def worker_check(self) -> WorkerCheck:
        """Watches the thread that stores signups."""
        from kiosk.showroom.run.worker_check import WorkerCheck

        return WorkerCheck(self._runner, self._options.data)

    def _await_content(self) -> None:
        """Wait for the content, but not forever: nothing is on screen yet."""
        waiting = QEventLoop()
        self._reader.unresponsive.connect(waiting.quit)
        self._reader.responded.connect(waiting.quit)
        self._reader.read_first()
        waiting.exec()

    def _show_last_valid(self) -> None:
        try:
            self._on_read(self._reader.read_last_valid())
        except Exception as error:  # staff get a message instead of a blank screen
            self._on_read_failed(error)

    def _show_last_good(self) -> bool:
        """In safe mode: show the version that last ran well; returns whether there is any."""
        assert self._options.record is not None
        log_to_file(self._options.data)
        try:
            result = self._reader.read_stored(self._options.record.good_version)
        except Exception as error:
            log.error("no stored version can be shown", exc_info=error)
            return False
        if result.screenplay is None:
            return False
        log.error(
            "safe mode after several crashes: no videos, drawn in software, and the content"
            " file is not read for an hour; to leave it, restart the kiosk"
        )
        self._on_read(result)
        return True

    def _is_showing(self) -> bool:
        """Whether there is content or a message to staff on screen."""
        return self._swap.has_content or bool(self._showroom.brokenFile)

    def _show_start_screens(self, screens: start_screens.StartScreens) -> None:
        self._are_start_screens_shown = True
        self._showroom.show_start_screens(screens)
        # Python threads slow each other down, so home is built first.
        ready = self._showroom.presented if screens.home is None else self._showroom.built
        ready.connect(self._read_in_background)
        self._frame_timeout.timeout.connect(self._read_in_background)  # home needs a frame

    @Slot()
    def _read_in_background(self) -> None:
        if self._file_info is None:
            self._on_unresponsive()
        self._reader.read()

    @Slot()
    def _on_unresponsive(self) -> None:
        """The content file does not respond: show the last stored version until it does."""
        if self._status_reporter.set_silent_since(self._clock.now()):
            log.error("%s", not_responding(self._options.content))
        if self._are_start_screens_shown and not self._swap.has_content:
            self._runner.run(self._reader.read_last_valid, self._on_read, self._on_read_failed)

    @Slot()
    def _on_responding(self) -> None:
        if self._status_reporter.set_silent_since(None):
            log.info("%s responds again", self._options.content)

    @Slot(object)
    def _on_read(self, result: ReadResult) -> None:
        current = result.current
        if result.file is not None:
            self._status_reporter.update(content=str(result.file))
        elif self._is_showing():
            return  # the file has responded meanwhile
        for problem in current.problems:
            log.error("%s", problem.in_file(str(self._options.content)))
        if current.message and not current.is_silent:  # already logged
            log.error("%s", current.message)
        if result.screenplay is None:
            self._status_reporter.update(version="")
            self._showroom.show_problems(str(self._options.content), problem_notice(current))
        else:
            self._swap.take(result)

    @Slot(object, object)
    def _on_swapped(self, result: ReadResult, screens: start_screens.StartScreens) -> None:
        """New content is on screen: everything that depends on it follows."""
        current = result.current
        assert result.screenplay is not None
        assert self._signup_store is not None
        content = result.screenplay.loaded.content
        assert content is not None
        self._clock.follow(content)
        if self._settings is not None and self._settings.staff_notice:
            line = SAFE_MODE if self._options.is_safe_mode else staff_notice(current, content)
            self._showroom.tell_staff(line)
        self._retention.follow(self._signup_store, content)
        self._language = content.language
        self._follow_usage()
        self._follow_hours()
        self._garbage_collector.freeze_soon()
        version = "" if current.version is None else str(current.version.number)
        self._status_reporter.update(version=version, time_zone=content.time_zone or "")
        self.versionShown.emit(version)
        if result.file is not None:
            self._start_screens_file.save(current.digest, result.file.parent / "assets", screens)

    def _make_presenter(self, settings: SettingsResult) -> Presenter:
        from kiosk.showroom.presenter import Presenter
        from kiosk.signups.store.local_store import LocalSignupStore

        for problem in settings.problems:
            log.error("%s", problem)
        self._settings = settings.settings
        self._signup_store = LocalSignupStore(self._options.data, self._clock.now, self._on_refusal)
        return Presenter(
            *(self._showroom, self._options.clock, self._signup_store, self._runner),
            *(self._provenance, self),
            is_clock_trusted=self._clock.is_trusted,
        )

    def _provenance(self, content_version: str) -> Provenance:
        """Signups have the true time, whatever day is shown."""
        from kiosk.signups.form import Provenance

        name = self._settings.name if self._settings is not None else ""
        return Provenance(self._clock.now(), self._clock.is_trusted(), name, content_version)

    def _on_refusal(self, reason: str) -> None:
        """Report why the last signup could not be stored."""
        self._status_reporter.set_refusal(reason, self._clock.now())

    def _close_signups(self) -> None:
        if self._signup_store is not None:
            self._signup_store.release()

    @Slot()
    def _on_clock_jump(self) -> None:
        """The clock was set, or the machine was asleep."""
        self._showroom.session.count_pause()
        self._swap.follow_the_clock()
        if self._night is not None:
            self._night.look()

    @Slot(object)
    def _on_read_failed(self, error: Exception) -> None:
        """A bug: the showroom stays as it is, or staff get a message instead of a blank screen."""
        log.error("the content could not be shown", exc_info=error)
        if not self._showroom.ready:
            self._showroom.show_problems(str(self._options.content), (ProblemRow("", NOT_SHOWN),))

    @Slot()
    def _start_deferred(self) -> None:
        """Start what the first frame need not wait for."""
        from kiosk.showroom.run.clock_watch import ClockWatch
        from kiosk.showroom.run.machine_note import note_machine

        log_to_file(self._options.data)
        self._clock_watch = ClockWatch(self)
        self._clock_watch.jumped.connect(self._on_clock_jump)
        return_freed_memory()
        self._status_reporter.open()
        note_machine(self._options.data, self._runner)
        self._remove_stick_copies()
        self._migration_timer.start()
        self._count_usage()

    def _remove_stick_copies(self) -> None:
        """Free the disk of what a kiosk that ended has left."""
        self._runner.start(
            partial(remove_stick_copies, self._options.data),
            lambda error: log.error("copies from a stick could not be removed", exc_info=error),
        )

    @Slot()
    def _migrate_signups(self) -> None:
        """Whatever is on screen: by this an update knows that the new version can read them."""
        from kiosk.signups.store.local_store import migrate

        job = partial(migrate, self._options.data, self._clock.now)
        self._runner.start(job, logs_kind(log, "the signups could not be opened"))

    def _open_staff_door(self, window: QQuickWindow) -> None:
        from kiosk.showroom.run.staff_door import StaffDoor

        self._staff_door = StaffDoor(
            *(self._options.data, window, self._showroom, lambda: self._status_reporter.status),
            is_first_start=self._is_first_start,
            parent=self,
        )

    def _count_usage(self) -> None:
        """Count visits, unless another day is shown, which somebody tries out."""
        if self._options.clock != SYSTEM_CLOCK:
            return
        from kiosk.showroom.run.usage_recorder import UsageRecorder
        from kiosk.toolkit.runner import DaemonThread

        self._usage = UsageRecorder(
            *(self._options.data, self._showroom, self._clock),
            Runner(DaemonThread("usage"), self),
            lambda reason: self._status_reporter.update(uncounted=reason),
            self,
        )
        self._follow_usage()

    def _follow_hours(self) -> None:
        """Go dark by the screen's hours, in full screen, unless another day is shown."""
        hours = self._settings.screen_hours if self._settings is not None else None
        is_on_the_floor = self._options.window_size is None and self._options.clock == SYSTEM_CLOCK
        if hours is None or not is_on_the_floor:
            return
        if self._night is not None:
            self._night.look()  # the content may have another time zone
            return
        from kiosk.showroom.run.night import Night
        from kiosk.showroom.run.panel import switch_panel

        self._night = Night(
            *(hours, self._showroom, self._clock.now, self._clock.is_trusted, switch_panel, self)
        )

    def _follow_usage(self) -> None:
        settings = self._settings
        if self._usage is not None and settings is not None:
            is_on, months = settings.usage, settings.usage_months
            self._usage.follow(self._language, is_on=is_on, months=months)
