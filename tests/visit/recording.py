"""Records a short video of a green ground: `python -m tests.visit.recording FILE`."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import (
    QMediaCaptureSession,
    QMediaFormat,
    QMediaRecorder,
    QVideoFrame,
    QVideoFrameInput,
)

GREEN = (0, 160, 0)
SIZE = 320, 180
FRAMES, FRAME_US = 25, 40_000
MOST_MS = 20_000


def record(file: str) -> None:
    application = QGuiApplication(["recording"])
    session, source, recorder = QMediaCaptureSession(), QVideoFrameInput(), QMediaRecorder()
    session.setVideoFrameInput(source)
    session.setRecorder(recorder)
    video = QMediaFormat(QMediaFormat.FileFormat.MPEG4)
    video.setVideoCodec(QMediaFormat.VideoCodec.MPEG4)
    recorder.setMediaFormat(video)
    recorder.setOutputLocation(QUrl.fromLocalFile(file))
    recorder.setAutoStop(True)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(GREEN[0] << 16 | GREEN[1] << 8 | GREEN[2])
    frames = [QVideoFrame(image) for _ in range(FRAMES)]
    for number, frame in enumerate(frames):
        frame.setStartTime(number * FRAME_US)
        frame.setEndTime((number + 1) * FRAME_US)
    waiting = [*frames, QVideoFrame()]  # the last ends it

    def send() -> None:
        while waiting and source.sendVideoFrame(waiting[0]):
            waiting.pop(0)

    def end(state: QMediaRecorder.RecorderState) -> None:
        if state == QMediaRecorder.RecorderState.StoppedState:
            application.quit()

    source.readyToSendVideoFrame.connect(send)
    recorder.recorderStateChanged.connect(end)
    QTimer.singleShot(MOST_MS, application.quit)
    recorder.record()
    application.exec()


if __name__ == "__main__":
    record(sys.argv[1])
