"""`kiosk run`: a process that shows the kiosk until its window is closed."""

from __future__ import annotations

import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.operation.destinations import is_drive_missing
from kiosk.operation.folders import FolderRefused, create_data_folder
from kiosk.operation.locks import kiosk_lock
from kiosk.operation.memory import disable_core_dumps
from kiosk.operation.run_record import CLOSED, SCREEN, describe_end
from kiosk.operation.start_record import StartRecord
from kiosk.showroom import scene
from kiosk.showroom.run.drawing import fall_back_to_software
from kiosk.showroom.run.kiosk import Kiosk, RunOptions
from kiosk.showroom.run.log import log_to_console
from kiosk.showroom.run.restart import RESTART, restart
from kiosk.showroom.run.window import show_window
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit import environment
from kiosk.toolkit.environment import SOFTWARE
from kiosk.toolkit.runner import DaemonThread, Runner

log = logging.getLogger(__name__)


def run(options: RunOptions) -> int:
    """Show the kiosk until its window is closed; returns the exit status.

    Raises:
        FolderRefused: the data folder cannot be used, or the content path is a folder.
    """
    file_info = options.file_info()
    if file_info is not None and file_info.is_folder:
        raise FolderRefused(f"{options.content} is a folder; pass the content file inside it")
    os.umask(0o077)  # the log and the notes in the data folder are for the kiosk's own user alone
    create_data_folder(options.data)
    with kiosk_lock(options.data):
        disable_core_dumps()
        log_to_console()
        if is_drive_missing(options.data):
            log.warning(
                "%s is on the kiosk's own disk, since no drive is mounted there", options.data
            )
        # A kill may come at any moment, so the usual end need not be gentler than that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        record = StartRecord(options.data)
        record.begin()
        status = _show(options._replace(record=record))
    if status == RESTART:
        restart()
    return status


def _show(options: RunOptions) -> int:
    record = options.record
    assert record is not None
    if record.needs_safe_mode:
        QQuickWindow.setSceneGraphBackend(SOFTWARE)
    scene.prepare_environment()
    if options.window_size is None:
        environment.leave_out_the_frame(os.environ)
    application = scene.make_application()
    showroom = ShowroomViewModel()
    with ThreadPoolExecutor(max_workers=1) as storing:
        kiosk = Kiosk(options, showroom, Runner(DaemonThread("content")), Runner(storing))
        showroom.presented.connect(partial(_log_start_and_end, kiosk, record))
        built = kiosk.build()
        fall_back_to_software(built.window, showroom, record)
        if "NOTIFY_SOCKET" in os.environ:
            is_safe_mode = record.needs_safe_mode
            _report_to_service_manager(kiosk, built.window, showroom, is_safe_mode=is_safe_mode)
        show_window(built.window, options.window_size, showroom)
        status = application.exec()
        _note_end(kiosk, record, CLOSED)
        kiosk.close()
        del built  # before the view models it binds to
    return status


def _log_start_and_end(kiosk: Kiosk, record: StartRecord) -> None:
    """After the first frame."""
    from kiosk.showroom.run.end_signals import end_on_signals

    end_on_signals(partial(_note_end, kiosk, record))
    if QGuiApplication.platformName() == "wayland":
        from kiosk.showroom.run.screen_loss import ScreenLoss

        logging.getLogger().addHandler(ScreenLoss(partial(_note_screen_loss, kiosk, record)))
    kiosk.log_start()


def _note_end(kiosk: Kiosk, record: StartRecord, end: str) -> None:
    log.info("the kiosk %s", describe_end(end, ""))
    record.succeed()
    kiosk.note_end(end)


def _note_screen_loss(kiosk: Kiosk, record: StartRecord) -> None:
    log.info("the kiosk %s", describe_end(SCREEN, ""))
    record.withdraw()
    kiosk.note_end(SCREEN)


def _report_to_service_manager(
    kiosk: Kiosk, window: QQuickWindow, showroom: ShowroomViewModel, *, is_safe_mode: bool
) -> None:
    """After the first frame, or without one if the screen is off."""

    def begin() -> None:
        from kiosk.operation.notify import ServiceManager
        from kiosk.showroom.run.service_reporter import ServiceReporter

        manager = ServiceManager.from_environment(os.environ)
        mode = "safe mode" if is_safe_mode else ""
        reporter = ServiceReporter(manager, window, kiosk.worker_check(), mode, kiosk)
        reporter.describe(kiosk.version)
        kiosk.versionShown.connect(reporter.describe)

    if showroom.isPresented:  # the content has kept everything waiting
        begin()
    else:
        showroom.presented.connect(begin)
