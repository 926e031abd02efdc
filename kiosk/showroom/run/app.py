"""`kiosk run`: builds the parts, hands them to each other, and starts."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.content.file import does_not_answer
from kiosk.content.problems import count_of
from kiosk.operation.clock import SYSTEM_CLOCK, Clock
from kiosk.operation.clock_judge import ClockJudge, times_of
from kiosk.operation.destinations import lacks_its_drive
from kiosk.operation.folders import FolderRefused, make_data_folder, one_at_a_time, sole_use
from kiosk.operation.memory import give_back_what_is_freed, leave_no_core_dumps
from kiosk.operation.status import DOUBTED, TRUSTED, Status, hour_of, read_status, text_of
from kiosk.showroom import opening, scene
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.run.drawing import fall_back_to_software
from kiosk.showroom.run.first_look import FirstLook, Sight
from kiosk.showroom.run.forgetting import Forgetter
from kiosk.showroom.run.full_screen import FullScreen
from kiosk.showroom.run.reading import ContentReader, Looked
from kiosk.showroom.run.vitals import Vitals
from kiosk.showroom.viewmodels.session import SessionViewModel
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit import environment
from kiosk.toolkit.runner import DaemonThread, Runner

if TYPE_CHECKING:
    from kiosk.content.model import Content
    from kiosk.content.versions.keeping import Kept
    from kiosk.operation.settings import Settings
    from kiosk.showroom.presenter import Presenter
    from kiosk.showroom.run.clock_watch import ClockWatch
    from kiosk.showroom.run.forerunner import Forerunner
    from kiosk.showroom.screenplay import Screenplay
    from kiosk.signups.form import Stamp
    from kiosk.signups.store.desk import Desk

TIDY_MS = 6 * 3600 * 1000
"""How often signups are looked through for those that were kept long enough."""

UNSEEN_MS = 10_000
"""For the first frame; without one, as with a screen that is off, all but the drawing goes on."""

SETTLE_MS = 500
"""After the new content is drawn, so that no frame waits for the rubbish collector."""

LOG_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What `run` was asked for; `window_size` is None for the whole screen."""

    content: Path
    data: Path
    window_size: tuple[int, int] | None
    clock: Clock
    first_look: FirstLook | None = None
    """Begun already where it is given."""
    forerunner: Forerunner | None = None
    """Who reads the content meanwhile, where nothing of it is remembered."""

    def sight(self) -> Sight | None:
        """What there is of the content; None where its file share does not answer."""
        return (self.first_look or FirstLook(self.content, self.data, self.clock)).sight()


def run(options: RunOptions) -> int:
    """Show the kiosk until its window is closed; returns the exit status.

    Raises:
        FolderRefused: the data folder cannot be used, or the content path is a folder.
    """
    sight = options.sight()
    if sight is not None and sight.is_folder:
        raise FolderRefused(f"{options.content} is a folder; name the content file inside it")
    os.umask(0o077)  # the log and the notes in the data folder are for the kiosk's own user alone
    make_data_folder(options.data)
    with sole_use(options.data):
        leave_no_core_dumps()
        _start_log()
        if lacks_its_drive(options.data):
            log.warning(
                "%s is on the kiosk's own disk, for no drive is mounted there", options.data
            )
        # A kill may come at any moment, so the usual end need not be gentler than that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        return _run(options)


def _run(options: RunOptions) -> int:
    scene.prepare_environment()
    if options.window_size is None:
        environment.leave_out_the_frame(os.environ)
    application = scene.make_application()
    engine = scene.make_engine()
    showroom = ShowroomViewModel()
    with ThreadPoolExecutor(max_workers=1) as storing:
        kiosk = Kiosk(options, showroom, Runner(DaemonThread("content")), Runner(storing))
        kiosk.open_remembered()
        window = scene.load_window(engine, showroom)
        kiosk.open()
        kiosk.forget_with(engine)
        activity = ActivityFilter(showroom.session, window)
        window.installEventFilter(activity)
        fall_back_to_software(window)
        _show(window, options.window_size, showroom)
        status = application.exec()
        kiosk.close()
        del engine  # before the view models it binds to
    return status


def _show(window: QQuickWindow, size: tuple[int, int] | None, showroom: ShowroomViewModel) -> None:
    if size is None:
        showroom.presented.connect(lambda: hide_pointer(window))
        showroom.presented.connect(keep_lit)
        FullScreen(window)
    else:
        window.resize(*size)
        window.show()


def hide_pointer(window: QQuickWindow) -> None:
    """After the first frame: with `Qt` come a hundred enumerations, 30 ms."""
    from PySide6.QtCore import Qt

    window.setCursor(Qt.CursorShape.BlankCursor)


def keep_lit() -> None:
    """After the first frame, too: what it needs of Python takes a while to import."""
    if QGuiApplication.platformName() == "xcb":
        from kiosk.showroom.run import blanking

        blanking.keep_lit()


class Kiosk(QObject):
    """Opens the showroom: from the remembered opening where it can, from the file where it must."""

    def __init__(
        self,
        options: RunOptions,
        showroom: ShowroomViewModel,
        reading_runner: Runner,
        storing_runner: Runner,
    ) -> None:
        """Each runner has a thread to itself: a content on a dead share stops no signup."""
        super().__init__()
        self._options = options
        self._showroom = showroom
        self._runner = storing_runner
        self._presenter: Presenter | None = None
        self._desk: Desk | None = None
        self._retention_days: int | None = None
        self._settings: Settings | None = None
        self._sight = options.sight()
        self._noted: tuple[str, opening.Front] | None = None
        self._waiting: Looked | None = None
        self._is_front_shown = False
        self._true_clock = SYSTEM_CLOCK
        before = read_status(options.data)
        written = self._sight.written if self._sight is not None else None
        self._judge = ClockJudge([written] if written else [], before.anchors)
        self._vitals = Vitals(options.data, self._first_status(before), storing_runner, self)
        self._reader = ContentReader(
            *(options.content, options.data, options.clock, self._now),
            *(reading_runner, self._clock_is_trusted_beside_files, self),
        )
        self._reader.looked.connect(self._take)
        self._reader.failed.connect(self._unreadable)
        self._reader.silent.connect(self._note_silence)
        self._reader.heard.connect(self._note_answer)
        self._calm = QTimer(self, singleShot=True, interval=0)
        self._calm.timeout.connect(self._swap_when_calm)
        for might_be_calm in (
            showroom.session.phaseChanged,
            showroom.navigation.changed,
            showroom.session.released,
        ):
            might_be_calm.connect(self._calm.start)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(settle)
        self._tidying = QTimer(self, interval=TIDY_MS)
        self._tidying.timeout.connect(self._tidy)
        self._tidying.timeout.connect(self._settle_wholly)
        self._unseen = QTimer(self, singleShot=True, interval=UNSEEN_MS)
        self._unseen.timeout.connect(showroom.firstFramePresented)
        self._clock_watch: ClockWatch | None = None
        showroom.presented.connect(self._unseen.stop)
        showroom.presented.connect(self._leave_word)

    def open_remembered(self) -> None:
        """Show the attract loop if it is remembered, and read the content behind it."""
        self._unseen.start()
        options, sight = self._options, self._sight
        if sight is None:
            front = opening.recall_kept(options.data, options.clock.now())
        else:
            front = sight.front
        if front is not None:
            if sight is not None:
                self._noted = opening.shown_digest(sight.digest, options.data), front
            self._show_front(front)

    def open(self) -> None:
        """Where nothing is remembered, show what the forerunner found, or read the content now."""
        if self._is_front_shown:
            return
        forerunner = self._options.forerunner
        found = None if forerunner is None else forerunner.front()
        if found is not None:
            self._show_front(found)
            return
        _log_to_file(self._options.data)
        if self._sight is None:
            self._note_silence()
        else:
            self._await_content()
        if not self._is_open():
            self._show_kept()
        self._showroom.presented.connect(self._reader.watch)

    def _await_content(self) -> None:
        """Before the first frame nothing is held up; but not for ever."""
        waiting = QEventLoop()
        self._reader.silent.connect(waiting.quit)
        self._reader.heard.connect(waiting.quit)
        self._reader.read_first()
        waiting.exec()

    def _show_kept(self) -> None:
        try:
            self._take(self._reader.look_at_kept())
        except Exception as error:  # whatever it is, staff get a page instead of a blank screen
            self._unreadable(error)

    def _is_open(self) -> bool:
        """Whether there is a content or a word to staff."""
        return self._presenter is not None or bool(self._showroom.brokenFile)

    def _show_front(self, front: opening.Front) -> None:
        self._is_front_shown = True
        self._showroom.show_front(front)
        # Two threads of Python slow each other, so whoever touches at once gets home first.
        ready = self._showroom.presented if front.lobby is None else self._showroom.built
        ready.connect(self._read_behind)
        self._unseen.timeout.connect(self._read_behind)  # no home is built without a frame

    @Slot()
    def _read_behind(self) -> None:
        if self._sight is None:
            self._note_silence()
        self._reader.read()

    @Slot()
    def _note_silence(self) -> None:
        """The content does not answer: the last one that was kept is shown until it does."""
        if not self._vitals.status.silent_since:
            self._vitals.change(silent_since=f"{self._now():%Y-%m-%d %H:%M}")
            log.error("%s", does_not_answer(self._options.content))
        if self._is_front_shown and self._presenter is None:
            self._runner.run(self._reader.look_at_kept, self._take, self._unreadable)

    @Slot()
    def _note_answer(self) -> None:
        if self._vitals.status.silent_since:
            self._vitals.change(silent_since="")
            log.info("%s answers again", self._options.content)

    def forget_with(self, engine: QQmlEngine) -> None:
        """Leave nothing of what is typed on an engine's screens in memory once they are left."""
        Forgetter(engine, self._showroom, self._runner, self._close_signups)

    def _close_signups(self) -> None:
        if self._desk is not None:
            self._desk.rest()

    def close(self) -> None:
        """Look at the content no more, and answer `health` no more."""
        self._reader.close()
        self._vitals.close()

    @Slot(object)
    def _take(self, looked: Looked) -> None:
        kept = looked.kept
        if looked.file is not None:
            self._vitals.change(content=str(looked.file))
        elif self._is_open() or self._waiting is not None:
            return  # the file has answered meanwhile
        for problem in kept.problems:
            log.error("%s", problem.in_file(str(self._options.content)))
        if kept.message and not kept.is_silent:  # which was logged already
            log.error("%s", kept.message)
        if looked.showing is None:
            self._vitals.change(version="")
            self._showroom.show_problems(str(self._options.content), _notice(kept))
            return
        self._waiting = looked
        self._swap_when_calm()

    @Slot()
    def _swap_when_calm(self) -> None:
        """Show what waits: never under a finger, inside the form or while something is read."""
        looked, showroom = self._waiting, self._showroom
        if looked is None or (showroom.ready and not showroom.is_calm):
            return
        self._waiting = None
        from kiosk.operation.showroom_clock import clock_of

        kept = looked.kept
        assert looked.showing is not None
        content = looked.showing.loaded.content
        assert content is not None
        self._true_clock = clock_of(content)
        opened = self._present(looked, looked.showing)
        if self._settings is not None and self._settings.staff_notice:
            showroom.tell_staff("" if kept.is_in_order else _staff_line(kept, content))
        self._keep_to_retention(content)
        self._settling.start()
        version = "" if kept.version is None else str(kept.version.number)
        self._vitals.change(version=version, time_zone=content.time_zone or "")
        if looked.file is not None:
            note = partial(self._remember, kept.digest, looked.file.parent / "assets", opened)
            self._runner.run(note, _nothing, _log_failure)

    def _remember(self, digest: str, assets: Path, opened: opening.Front) -> None:
        """Note the front for the next start; on the thread that stores."""
        noted = opening.shown_digest(digest, self._options.data), opened
        if noted != self._noted:
            self._noted = noted
            opening.remember(self._options.data, noted[0], assets, opened)

    def _present(self, looked: Looked, showing: Screenplay) -> opening.Front:
        if self._presenter is None:
            from kiosk.showroom.presenter import Presenter
            from kiosk.signups.store.desk import Desk

            for problem in looked.settings.problems:
                log.error("%s", problem)
            self._settings = looked.settings.settings
            self._desk = Desk(self._options.data, self._now, self._note_refusal)
            self._presenter = Presenter(
                *(self._showroom, self._options.clock, self._desk, self._runner),
                *(self._stamp, self),
                is_clock_trusted=self._clock_is_trusted,
            )
        if self._presenter.is_right(showing):
            return self._presenter.show(showing)
        opened = self._presenter.present(showing.loaded)  # it has waited too long for a calm moment
        assert opened is not None
        return opened

    def _stamp(self, content_version: str) -> Stamp:
        """A signup is dated truly, whatever day is shown."""
        from kiosk.signups.form import Stamp

        name = self._settings.name if self._settings is not None else ""
        return Stamp(self._now(), self._clock_is_trusted(), name, content_version)

    def _now(self) -> datetime:
        """The true time, by the showroom's zone."""
        return self._true_clock.now()

    def _clock_is_trusted(self) -> bool:
        is_trusted, anchors = self._judge.is_trusted(), self._judge.anchors
        self._vitals.change(
            clock=TRUSTED if is_trusted else DOUBTED,
            synchronised_at=hour_of(anchors.synchronised_at),
            trusted_at=hour_of(anchors.trusted_at),
        )
        return is_trusted

    def _clock_is_trusted_beside_files(self, *, is_silent: bool) -> bool:
        """The same, once it was looked at when the content was written; on the reading thread."""
        if not is_silent:
            self._judge.note_written(times_of([self._options.content]))
        return self._clock_is_trusted()

    def _note_refusal(self, reason: str) -> None:
        """What the desk reports of each signup."""
        since = f"{self._now():%Y-%m-%d %H:%M}" if reason else ""
        if bool(reason) != bool(self._vitals.status.refused):
            self._vitals.change(refused=reason, refused_at=since)

    def _first_status(self, before: Status) -> Status:
        file = self._sight.file if self._sight is not None else self._options.content.absolute()
        return replace(
            before,
            content=str(file),
            started=text_of(SYSTEM_CLOCK.now()),
            version="",
            refused="",
            refused_at="",
            silent_since="",
        )

    def _keep_to_retention(self, content: Content) -> None:
        from kiosk.places.signup.model import SignupForm

        forms = (place for place in content.places if isinstance(place, SignupForm))
        days = (form.privacy.retention_days for form in forms)
        self._retention_days = next(days, None)
        self._tidying.start()
        self._tidy()

    @Slot()
    def _tidy(self) -> None:
        """Erase what was kept long enough; never by a clock that may be wrong."""
        desk, days = self._desk, self._retention_days
        if desk is not None and days is not None and self._clock_is_trusted():
            self._runner.run(lambda: self._erase_overdue(desk, days), self._tidy_on, _log_failure)

    def _tidy_on(self, is_more_overdue: bool) -> None:
        """Some at a time, so that a signup that arrives meanwhile is next."""
        if is_more_overdue:
            self._tidy()

    @Slot()
    def _settle_wholly(self) -> None:
        """Look through all there is for rubbish, which nobody is there to wait for."""
        if self._showroom.session.phase == "attract":
            gc.unfreeze()
            settle()

    def _erase_overdue(self, desk: Desk, days: int) -> bool:
        try:
            with one_at_a_time(self._options.data):
                return desk.erase_overdue(days)
        except FolderRefused as error:  # an export, say; the next time will do
            log.info("%s", error)
            return False

    def _watch_clock(self) -> None:
        from kiosk.showroom.run.clock_watch import ClockWatch

        self._clock_watch = ClockWatch(self)
        self._clock_watch.jumped.connect(self._follow_clock)

    @Slot()
    def _follow_clock(self) -> None:
        """The clock was set, or the machine has slept."""
        self._showroom.session.count_pause()
        if self._presenter is not None:
            self._presenter.follow_the_clock()

    @Slot(object)
    def _unreadable(self, error: Exception) -> None:
        """A fault of ours; the showroom stays as it is, or staff get a page instead of nothing."""
        log.error("the content could not be shown", exc_info=error)
        if not self._showroom.ready:
            text = "The content could not be shown; the log says why. Tell whoever set this up."
            self._showroom.show_problems(str(self._options.content), (ProblemRow("", text),))

    @Slot()
    def _leave_word(self) -> None:
        _log_to_file(self._options.data)
        self._watch_clock()
        give_back_what_is_freed()
        self._vitals.open()


def _notice(kept: Kept) -> tuple[ProblemRow, ...]:
    from kiosk.showroom.presenter import problem_rows

    return problem_rows(kept.problems) if kept.problems else (ProblemRow("", kept.message),)


def _staff_line(kept: Kept, content: Content) -> str:
    """For whoever reads the screen; its figures are in the language of what is shown."""
    from kiosk.content.localized import localization_of

    if kept.is_silent:
        return "The content file does not answer: check the network or its file server."
    if kept.missing:
        return f"The content file is held back: {kept.missing[0]}. Copy or save it once more."
    count = count_of(kept.problems)
    if count == 0:
        return "The content file cannot be read: run 'kiosk check'."
    errors = f"{localization_of(content).number(count)} {'error' if count == 1 else 'errors'}"
    return f"The content file has {errors}: run 'kiosk check'."


class ActivityFilter(QObject):
    """Tells the session of every touch, key and scroll in the window."""

    COUNTS = frozenset(
        {
            QEvent.Type.TouchBegin,
            QEvent.Type.TouchUpdate,
            QEvent.Type.TouchEnd,
            QEvent.Type.TouchCancel,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.KeyPress,
            QEvent.Type.Wheel,
        }
    )

    PRESSES = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})
    RELEASES = frozenset(
        {QEvent.Type.TouchEnd, QEvent.Type.TouchCancel, QEvent.Type.MouseButtonRelease}
    )

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in self.COUNTS:
            self._session.touched()
            if kind in self.PRESSES:
                self._session.press()
            elif kind in self.RELEASES:
                self._session.release()
        return False


def settle() -> None:
    """What is there now stays, and a tap must not wait for looking through it."""
    if gc.isenabled():  # else content is being read, which is far too much to look through
        gc.collect()
        gc.freeze()


def _nothing(_: object) -> None:
    pass


def _log_failure(error: Exception) -> None:
    """Its kind alone: its text may hold what somebody typed."""
    log.error("signups could not be tidied: %s", type(error).__name__)


def _start_log() -> None:
    console = logging.StreamHandler(sys.stderr)
    console.setFormatter(LOG_FORMAT)
    logging.getLogger().addHandler(console)
    logging.getLogger().setLevel(logging.INFO)
    logging.raiseExceptions = False  # a log on a full disk is no reason for a traceback
    sys.excepthook = _log_fault


def _log_to_file(folder: Path) -> None:
    """Once a start; on the short path after the first frame, since importing this takes time."""
    from kiosk.showroom.run.log_file import LOG_NAME, LogFile

    if any(isinstance(handler, LogFile) for handler in logging.getLogger().handlers):
        return
    try:
        file = LogFile(folder)
    except OSError as error:  # then the console must do
        reason = error.strerror
        log.error("%s cannot be written (%s); remove it", folder / LOG_NAME, reason)
        return
    file.setFormatter(LOG_FORMAT)
    logging.getLogger().addHandler(file)


def _log_fault(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """A bug of ours: its kind and where it was, without its text, which may hold what was typed."""
    places = "".join(traceback.format_tb(trace))
    log.critical("%s\n%s", kind.__name__, places)
