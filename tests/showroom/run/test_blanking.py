"""What an X server is asked so that it stays lit; no server for tests has power saving."""

from __future__ import annotations

import pytest

from kiosk.showroom.run import blanking


class Library:
    """Stands in for libX11 and libXext, and writes down what is called."""

    class Function:
        def __init__(self, name: str, calls: list[str], answer: int) -> None:
            self._name, self._calls, self._answer = name, calls, answer

        def __call__(self, *arguments: object) -> int:
            numbers = [str(argument) for argument in arguments if isinstance(argument, int)]
            self._calls.append(" ".join([self._name, *numbers]))
            return self._answer

    def __init__(self, calls: list[str], answers: dict[str, int]) -> None:
        self._calls, self._answers = calls, answers

    def __getattr__(self, name: str) -> Library.Function:
        return Library.Function(name, self._calls, self._answers.get(name, 1))


def calls_of(monkeypatch: pytest.MonkeyPatch, **answers: int) -> list[str]:
    calls: list[str] = []
    monkeypatch.setattr(blanking.ctypes, "CDLL", lambda _: Library(calls, answers))
    blanking.keep_lit()
    return calls


def test_where_the_server_saves_power_that_is_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert calls_of(monkeypatch) == [
        "XOpenDisplay",
        "XSetScreenSaver 0 0 0 0",
        "DPMSQueryExtension",
        "DPMSCapable",
        "DPMSSetTimeouts 0 0 0",
        "DPMSDisable",
        "XCloseDisplay",
    ]


@pytest.mark.parametrize("lacking", ["DPMSQueryExtension", "DPMSCapable"])
def test_where_it_does_not_nothing_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    calls = calls_of(monkeypatch, **{lacking: 0})
    assert "XSetScreenSaver 0 0 0 0" in calls
    assert not any(call.startswith(("DPMSSet", "DPMSDisable")) for call in calls)
    assert calls[-1] == "XCloseDisplay"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (False, ["DPMSEnable", "DPMSForceLevel 3"]),
        (True, ["DPMSEnable", "DPMSForceLevel 0", "DPMSDisable"]),
    ],
)
def test_the_panel_is_switched(
    monkeypatch: pytest.MonkeyPatch, on: bool, expected: list[str]
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(blanking.ctypes, "CDLL", lambda _: Library(calls, {}))

    assert blanking.switch_panel(on=on)
    asked = ["XOpenDisplay", "DPMSQueryExtension", "DPMSCapable"]
    assert calls == [*asked, *expected, "XCloseDisplay"]


def test_a_panel_that_cannot_be_switched_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(blanking.ctypes, "CDLL", lambda _: Library(calls, {"DPMSCapable": 0}))

    assert not blanking.switch_panel(on=False)
    assert calls[-1] == "XCloseDisplay"
    assert not any(call.startswith("DPMSForce") for call in calls)


def test_without_an_x_server_nothing_is_switched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    assert not blanking.switch_panel(on=False)
