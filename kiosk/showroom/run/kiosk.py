"""The kiosk on the floor: its parts, and what they tell each other."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot

from kiosk.content.file import does_not_answer
from kiosk.operation.clock import Clock
from kiosk.operation.memory import give_back_what_is_freed
from kiosk.operation.status import read_status
from kiosk.showroom import opening
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.run.content_swap import ContentSwap
from kiosk.showroom.run.first_look import FirstLook, Sight
from kiosk.showroom.run.forgetting import Forgetter
from kiosk.showroom.run.front_note import FrontNote
from kiosk.showroom.run.log import log_to_file
from kiosk.showroom.run.reading import ContentReader, ReadResult
from kiosk.showroom.run.retention import Retention
from kiosk.showroom.run.settling import Settling
from kiosk.showroom.run.staff_lines import NOT_SHOWN, notice_of, staff_line
from kiosk.showroom.run.true_clock import TrueClock
from kiosk.showroom.run.vitals import Vitals, first_status
from kiosk.showroom.scene import Scene, build_scene
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from kiosk.operation.settings import Settings, SettingsRead
    from kiosk.showroom.presenter import Presenter
    from kiosk.showroom.run.clock_watch import ClockWatch
    from kiosk.showroom.run.forerunner import Forerunner
    from kiosk.signups.form import Stamp
    from kiosk.signups.store.desk import Desk

UNSEEN_MS = 10_000
"""For the first frame; without one, as with a screen that is off, all but the drawing goes on."""

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
        self._desk: Desk | None = None
        self._settings: Settings | None = None
        self._sight = options.sight()
        self._is_front_shown = False
        last_status = read_status(options.data)
        file = options.content.absolute() if self._sight is None else self._sight.file
        saved_at = None if self._sight is None else self._sight.saved_at
        self._vitals = Vitals(options.data, first_status(last_status, file), storing_runner, self)
        self._clock = TrueClock(options.content, saved_at, last_status.anchors, self._vitals)
        self._note = FrontNote(options.data, storing_runner)
        self._retention = Retention(options.data, storing_runner, self._clock.is_trusted, self)
        self._settling = Settling(showroom.session, self)
        self._swap = ContentSwap(showroom, self._make_presenter, self)
        self._swap.swapped.connect(self._follow)
        self._reader = ContentReader(
            *(options.content, options.data, options.clock, self._clock.now),
            *(reading_runner, self._clock.is_trusted_beside_file, self),
        )
        self._reader.finished.connect(self._take)
        self._reader.failed.connect(self._unreadable)
        self._reader.silent.connect(self._note_silence)
        self._reader.answered.connect(self._note_answer)
        self._frame_timeout = QTimer(self, singleShot=True, interval=UNSEEN_MS)
        self._frame_timeout.timeout.connect(showroom.firstFramePresented)
        self._clock_watch: ClockWatch | None = None
        showroom.presented.connect(self._frame_timeout.stop)
        showroom.presented.connect(self._start_deferred)

    def build(self) -> Scene:
        """The scene with what can be shown at once; nothing that is typed on it stays in memory."""
        self.open_remembered()
        scene = build_scene(self._showroom)
        self.open()
        Forgetter(scene.engine, self._showroom, self._runner, self._close_signups)
        return scene

    def open_remembered(self) -> None:
        """Show the attract loop if it is remembered, and read the content behind it."""
        self._frame_timeout.start()
        options, sight = self._options, self._sight
        if sight is None:
            front = opening.recall_kept(options.data, options.clock.now())
        else:
            front = sight.front
            if front is not None:
                self._note.know(sight.digest, front)
        if front is not None:
            self._show_front(front)

    def open(self) -> None:
        """Where nothing is remembered, show what the forerunner found, or read the content now."""
        if self._is_front_shown:
            return
        forerunner = self._options.forerunner
        front = None if forerunner is None else forerunner.front()
        if front is not None:
            self._show_front(front)
            return
        log_to_file(self._options.data)
        self._showroom.presented.connect(self._reader.watch)  # which may come while it is awaited
        if self._sight is None:
            self._note_silence()
        else:
            self._await_content()
        if not self._is_open():
            self._show_kept()

    def close(self) -> None:
        """Look at the content no more, and answer `health` no more."""
        self._reader.close()
        self._vitals.close()

    def _await_content(self) -> None:
        """Before the first frame nothing is held up; but not for ever."""
        waiting = QEventLoop()
        self._reader.silent.connect(waiting.quit)
        self._reader.answered.connect(waiting.quit)
        self._reader.read_first()
        waiting.exec()

    def _show_kept(self) -> None:
        try:
            self._take(self._reader.look_at_kept())
        except Exception as error:  # whatever it is, staff get a page instead of a blank screen
            self._unreadable(error)

    def _is_open(self) -> bool:
        """Whether there is a content or a word to staff."""
        return self._swap.has_content or bool(self._showroom.brokenFile)

    def _show_front(self, front: opening.Front) -> None:
        self._is_front_shown = True
        self._showroom.show_front(front)
        # Two threads of Python slow each other, so whoever touches at once gets home first.
        ready = self._showroom.presented if front.lobby is None else self._showroom.built
        ready.connect(self._read_behind)
        self._frame_timeout.timeout.connect(self._read_behind)  # no home is built without a frame

    @Slot()
    def _read_behind(self) -> None:
        if self._sight is None:
            self._note_silence()
        self._reader.read()

    @Slot()
    def _note_silence(self) -> None:
        """The content does not answer: the last one that was kept is shown until it does."""
        if self._vitals.note_silence(self._clock.now()):
            log.error("%s", does_not_answer(self._options.content))
        if self._is_front_shown and not self._swap.has_content:
            self._runner.run(self._reader.look_at_kept, self._take, self._unreadable)

    @Slot()
    def _note_answer(self) -> None:
        if self._vitals.note_answer():
            log.info("%s answers again", self._options.content)

    @Slot(object)
    def _take(self, result: ReadResult) -> None:
        kept = result.kept
        if result.file is not None:
            self._vitals.change(content=str(result.file))
        elif self._is_open():
            return  # the file has answered meanwhile
        for problem in kept.problems:
            log.error("%s", problem.in_file(str(self._options.content)))
        if kept.message and not kept.is_silent:  # which was logged already
            log.error("%s", kept.message)
        if result.screenplay is None:
            self._vitals.change(version="")
            self._showroom.show_problems(str(self._options.content), notice_of(kept))
        else:
            self._swap.take(result)

    @Slot(object, object)
    def _follow(self, result: ReadResult, front: opening.Front) -> None:
        """All that goes by the content goes by this one now."""
        kept = result.kept
        assert result.screenplay is not None
        assert self._desk is not None
        content = result.screenplay.loaded.content
        assert content is not None
        self._clock.follow(content)
        if self._settings is not None and self._settings.staff_notice:
            self._showroom.tell_staff(staff_line(kept, content))
        self._retention.follow(self._desk, content)
        self._settling.start()
        version = "" if kept.version is None else str(kept.version.number)
        self._vitals.change(version=version, time_zone=content.time_zone or "")
        if result.file is not None:
            self._note.keep(kept.digest, result.file.parent / "assets", front)

    def _make_presenter(self, settings: SettingsRead) -> Presenter:
        from kiosk.showroom.presenter import Presenter
        from kiosk.signups.store.desk import Desk

        for problem in settings.problems:
            log.error("%s", problem)
        self._settings = settings.settings
        self._desk = Desk(self._options.data, self._clock.now, self._note_refusal)
        return Presenter(
            *(self._showroom, self._options.clock, self._desk, self._runner),
            *(self._stamp, self),
            is_clock_trusted=self._clock.is_trusted,
        )

    def _stamp(self, content_version: str) -> Stamp:
        """A signup is dated truly, whatever day is shown."""
        from kiosk.signups.form import Stamp

        name = self._settings.name if self._settings is not None else ""
        return Stamp(self._clock.now(), self._clock.is_trusted(), name, content_version)

    def _note_refusal(self, reason: str) -> None:
        """What the desk reports of each signup."""
        self._vitals.note_refusal(reason, self._clock.now())

    def _close_signups(self) -> None:
        if self._desk is not None:
            self._desk.rest()

    @Slot()
    def _follow_clock(self) -> None:
        """The clock was set, or the machine has slept."""
        self._showroom.session.count_pause()
        self._swap.follow_the_clock()

    @Slot(object)
    def _unreadable(self, error: Exception) -> None:
        """A fault of ours; the showroom stays as it is, or staff get a page instead of nothing."""
        log.error("the content could not be shown", exc_info=error)
        if not self._showroom.ready:
            self._showroom.show_problems(str(self._options.content), (ProblemRow("", NOT_SHOWN),))

    @Slot()
    def _start_deferred(self) -> None:
        """What the first frame need not wait for."""
        from kiosk.showroom.run.clock_watch import ClockWatch

        log_to_file(self._options.data)
        self._clock_watch = ClockWatch(self)
        self._clock_watch.jumped.connect(self._follow_clock)
        give_back_what_is_freed()
        self._vitals.open()
