"""`kiosk run`: builds the parts, hands them to each other, and starts."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.content.file import ContentUnreadable, assets_of, read_bytes
from kiosk.content.problems import count_of
from kiosk.operation.clock import Clock, ClockJudge
from kiosk.operation.folders import FolderRefused, make_data_folder, one_at_a_time, sole_use
from kiosk.operation.memory import collector_paused, give_back_what_is_freed, leave_no_core_dumps
from kiosk.operation.status import write_status
from kiosk.showroom import environment, opening, scene
from kiosk.showroom.drawing import fall_back_to_software
from kiosk.showroom.full_screen import FullScreen
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.runner import Runner
from kiosk.showroom.viewmodels.session import SessionViewModel
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel

if TYPE_CHECKING:
    from kiosk.content.keeping import Keeper, Kept
    from kiosk.content.model import Content
    from kiosk.operation.settings import Settings
    from kiosk.showroom.clock_watch import ClockWatch
    from kiosk.showroom.presenter import Presenter
    from kiosk.showroom.views import Showing
    from kiosk.showroom.watching import ContentWatcher
    from kiosk.signups.desk import Desk
    from kiosk.signups.signup import Stamp

TIDY_MS = 6 * 3600 * 1000
"""How often signups are looked through for those that were kept long enough."""

UNSEEN_MS = 10_000
"""For the first frame; without one, as with a screen that is off, all but the drawing goes on."""

SETTLE_MS = 500
"""After the new content is drawn, so that no frame waits for the rubbish collector."""

HISTORY_NAME, HOLD_NAME = "history", "hold.json"
"""As in `kiosk.content.history`, which is slow to import."""

LOG_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What `run` was asked for; `window_size` is None for the whole screen."""

    content: Path
    data: Path
    window_size: tuple[int, int] | None
    clock: Clock


def run(options: RunOptions) -> int:
    """Show the kiosk until its window is closed; returns the exit status.

    Raises:
        FolderRefused: the data folder cannot be used, or the content path is a folder.
    """
    if os.path.isdir(options.content):  # noqa: PTH112 # never raises
        raise FolderRefused(f"{options.content} is a folder; name the content file inside it")
    os.umask(0o077)  # the log and the notes in the data folder are for the kiosk's own user alone
    make_data_folder(options.data)
    with sole_use(options.data):
        leave_no_core_dumps()
        _start_log()
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
    with ThreadPoolExecutor(max_workers=1) as executor:
        runner = Runner(executor)
        kiosk = Kiosk(options, showroom, runner)
        kiosk.open()
        window = scene.load_window(engine, showroom)
        activity = ActivityFilter(showroom.session, window)
        window.installEventFilter(activity)
        fall_back_to_software(window)
        _show(window, options.window_size, showroom)
        status = application.exec()
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
        from kiosk.showroom import blanking

        blanking.keep_lit()


@dataclass(frozen=True, slots=True)
class Looked:
    """What the content file came to, and what is to be shown; None where there is nothing."""

    kept: Kept
    showing: Showing | None


class Kiosk(QObject):
    """Opens the showroom: from the remembered opening where it can, from the file where it must."""

    def __init__(self, options: RunOptions, showroom: ShowroomViewModel, runner: Runner) -> None:
        super().__init__()
        self._options = options
        self._showroom = showroom
        self._runner = runner
        self._presenter: Presenter | None = None
        self._desk: Desk | None = None
        self._retention_days: int | None = None
        self._judge: ClockJudge | None = None
        self._settings: Settings | None = None
        self._noted: tuple[str, opening.Front] | None = None
        self._keeper: Keeper | None = None
        self._watcher: ContentWatcher | None = None
        self._waiting: Looked | None = None
        self._started = Clock().now()
        self._calm = QTimer(self, singleShot=True, interval=0)
        self._calm.timeout.connect(self._swap_when_calm)
        for might_be_calm in (
            showroom.session.phaseChanged,
            showroom.navigation.changed,
            showroom.session.released,
        ):
            might_be_calm.connect(self._calm.start)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._read)
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
        showroom.session.ended.connect(forget_copies)

    def open(self) -> None:
        """Show the attract loop if it is remembered, and read the content behind it."""
        self._unseen.start()
        remembered = self._recall()
        if remembered is not None:
            self._showroom.show_front(remembered)
            # Two threads of Python slow each other, so whoever touches at once gets home first.
            home_first = remembered.lobby is not None
            ready = self._showroom.built if home_first else self._showroom.presented
            ready.connect(self._read)
            return
        _log_to_file(self._options.data)
        try:
            self._take(self._look())
        except Exception as error:  # whatever it is, staff get a page instead of a blank screen
            self._unreadable(error)

    def _recall(self) -> opening.Front | None:
        options = self._options
        try:
            digest = self._shown_digest(sha256(read_bytes(options.content)).hexdigest())
        except ContentUnreadable:
            digest = self._shown_digest("")
        assets = assets_of(options.content)
        remembered = opening.recall(options.data, digest, options.clock.now(), assets)
        if remembered is None or not all(map(_is_there, _files_of(remembered))):
            return None
        self._noted = digest, remembered
        return remembered

    def _shown_digest(self, digest: str) -> str:
        """What decides on the attract loop: the content file, or a version held instead of it."""
        hold = self._options.data / HISTORY_NAME / HOLD_NAME
        try:
            return f"{digest} {sha256(hold.read_bytes()).hexdigest()}"
        except OSError:
            return digest

    def _read(self) -> None:
        self._runner.run(self._look, self._take, self._unreadable)

    def _look(self) -> Looked | None:
        """What is to be shown, or None while nothing has changed."""
        from kiosk.content.keeping import Keeper
        from kiosk.showroom.views import showing
        from kiosk.signups.database import FILE_NAME

        options = self._options
        if self._judge is None:
            self._judge = ClockJudge([options.content, options.data / FILE_NAME])
        if self._keeper is None:
            self._keeper = Keeper(options.content, options.data, Clock().now)
        with collector_paused():
            kept = self._keeper.look()
            if kept is None:
                return None
            trusted, shown = self._clock_is_trusted(), kept.shown
            now = options.clock.now()
            derived = None if shown is None else showing(shown, now, is_clock_trusted=trusted)
            # It stays, and looking through ten thousand entries for rubbish takes 200 ms.
            gc.freeze()
            return Looked(kept, derived)

    def _take(self, looked: Looked | None) -> None:
        self._watch()
        if self._keeper is not None and self._keeper.again_in is not None:
            self._again.start(1 + int(1000 * self._keeper.again_in))
        if looked is None:
            return
        kept = looked.kept
        for problem in kept.problems:
            log.error("%s", problem.in_file(str(self._options.content)))
        if kept.message:
            log.error("%s", kept.message)
        if looked.showing is None:
            self._showroom.show_problems(str(self._options.content), _notice(kept))
            return
        self._waiting = looked
        self._swap_when_calm()

    def _watch(self) -> None:
        if self._watcher is None:
            from kiosk.showroom.watching import ContentWatcher

            history = self._options.data / HISTORY_NAME
            self._watcher = ContentWatcher(self._options.content, history, self)
            self._watcher.changed.connect(self._read)
        self._watcher.watch()

    def _swap_when_calm(self) -> None:
        """Show what waits: never under a finger, inside the form or while something is read."""
        looked, showroom = self._waiting, self._showroom
        if looked is None or (showroom.ready and not showroom.is_calm):
            return
        self._waiting = None
        kept, options = looked.kept, self._options
        assert looked.showing is not None
        assert looked.showing.loaded.content is not None
        opened = self._present(looked.showing)
        if self._settings is not None and self._settings.staff_notice:
            showroom.tell_staff("" if kept.is_in_order else _staff_line(kept))
        self._keep_to_retention(looked.showing.loaded.content)
        self._settling.start()
        self._write_status(kept)
        noted = self._shown_digest(kept.digest), opened
        if noted != self._noted:
            self._noted = noted
            opening.remember(options.data, noted[0], assets_of(options.content), opened)

    def _present(self, showing: Showing) -> opening.Front:
        if self._presenter is None:
            from kiosk.operation.settings import read_settings
            from kiosk.showroom.presenter import Presenter
            from kiosk.signups.desk import Desk

            read = read_settings(self._options.data)
            for problem in read.problems:
                log.error("%s", problem)
            self._settings = read.settings
            self._desk = Desk(self._options.data, Clock().now)
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
        from kiosk.signups.signup import Stamp

        name = self._settings.name if self._settings is not None else ""
        return Stamp(Clock().now(), self._clock_is_trusted(), name, content_version)

    def _clock_is_trusted(self) -> bool:
        return self._judge is not None and self._judge.is_trusted()

    def _keep_to_retention(self, content: Content) -> None:
        days = (place.privacy.retention_days for place in content.places if place.kind == "signup")
        self._retention_days = next(days, None)
        self._tidying.start()
        self._tidy()

    def _tidy(self) -> None:
        """Erase what was kept long enough; never by a clock that may be wrong."""
        desk, days = self._desk, self._retention_days
        if desk is not None and days is not None and self._clock_is_trusted():
            self._runner.run(lambda: self._erase_overdue(desk, days), self._tidy_on, _log_failure)

    def _tidy_on(self, is_more_overdue: bool) -> None:
        """Some at a time, so that a signup that arrives meanwhile is next."""
        if is_more_overdue:
            self._tidy()

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
        from kiosk.showroom.clock_watch import ClockWatch

        self._clock_watch = ClockWatch(self)
        self._clock_watch.jumped.connect(self._follow_clock)

    def _follow_clock(self) -> None:
        """The clock was set, or the machine has slept."""
        self._showroom.session.count_pause()
        if self._presenter is not None:
            self._presenter.follow_the_clock()

    def _unreadable(self, error: Exception) -> None:
        """A fault of ours; the showroom stays as it is, or staff get a page instead of nothing."""
        log.error("the content could not be shown", exc_info=error)
        if not self._showroom.ready:
            said = "The content could not be shown; the log says why. Tell whoever set this up."
            self._showroom.show_problems(str(self._options.content), (ProblemRow("", said),))
        self._watch()

    def _leave_word(self) -> None:
        _log_to_file(self._options.data)
        self._watch_clock()
        give_back_what_is_freed()
        self._write_status(None)

    def _write_status(self, kept: Kept | None) -> None:
        version = kept.version.number if kept is not None and kept.version is not None else None
        write_status(self._options.data, self._options.content, self._started, version)


def _files_of(front: opening.Front) -> Iterator[str]:
    """The URLs of the pictures and signs that a front shows."""
    yield from (row.source for row in front.opening.posters)
    if front.lobby is not None:
        home = front.lobby.home
        yield from (home.picture.source, home.glyph_font)
        yield from {door.glyph_font for door in front.lobby.doors}


def _is_there(source: str) -> bool:
    """Whether something remembered can still be drawn."""
    return not source or Path(QUrl(source).toLocalFile() or source).is_file()


def _notice(kept: Kept) -> tuple[ProblemRow, ...]:
    from kiosk.showroom.presenter import problem_rows

    return problem_rows(kept.problems) if kept.problems else (ProblemRow("", kept.message),)


def _staff_line(kept: Kept) -> str:
    if kept.missing:
        return f"The content file is held back: {kept.missing[0]}. Copy or save it once more."
    count = count_of(kept.problems)
    if count == 0:
        return "The content file cannot be read: run 'kiosk check'."
    return (
        f"The content file has {count:,} {'error' if count == 1 else 'errors'}: run 'kiosk check'."
    )


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


def forget_copies() -> None:
    """Clear what a visitor cut or copied, and what the keyboard has not handed over yet."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
    QGuiApplication.inputMethod().reset()


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
    from logging.handlers import RotatingFileHandler

    if any(isinstance(handler, RotatingFileHandler) for handler in logging.getLogger().handlers):
        return
    with suppress(OSError):  # then the console must do
        file = RotatingFileHandler(folder / "kiosk.log", maxBytes=1_000_000, backupCount=2)
        file.setFormatter(LOG_FORMAT)
        logging.getLogger().addHandler(file)


def _log_fault(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """A bug of ours: its kind and where it was, without its text, which may hold what was typed."""
    places = "".join(traceback.format_tb(trace))
    log.critical("%s\n%s", kind.__name__, places)
