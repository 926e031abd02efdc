"""The form: what is typed, what is said about it, and when a visitor is thanked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.content.check.loading import load
from kiosk.content.words import Words
from kiosk.places.presenting import Context
from kiosk.places.services import Services
from kiosk.places.signup.presentation import notice
from kiosk.places.signup.viewmodel import SignupViewModel
from kiosk.signups.form import Consent, Person, Provenance, Signup
from kiosk.signups.store.database import QueueUnavailable
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from kiosk.toolkit.runner import Runner
from tests.conftest import Contents, HandDrained
from tests.signups.stored import signups_in

WORDS = Words()
ADDRESS = "visitor@example.com"


@dataclass
class Form:
    """A form, its desk with a real queue, and a background that runs when the test says so."""

    view_model: SignupViewModel
    folder: Path
    executor: HandDrained
    work_off: Callable[[], None]

    def fill_in(self, email: str = ADDRESS) -> None:
        self.view_model.email = email
        self.view_model.name = "Ann Wisdom"
        self.view_model.postalCode = "29301"
        self.view_model.consented = True

    def background(self) -> int:
        """Let the background do its work and deliver it."""
        count = self.executor.drain()
        self.work_off()
        return count

    def submit(self) -> None:
        self.view_model.submit()
        self.background()

    def send(self, email: str = ADDRESS) -> None:
        self.fill_in(email)
        self.submit()

    def stored(self) -> list[Signup]:
        if not (self.folder / "signups.sqlite3").exists():
            return []
        with Queue.open(self.folder) as queue:
            return signups_in(queue)

    def addresses(self) -> list[str]:
        return [signup.person.email for signup in self.stored()]

    def typed(self) -> tuple[str, str, str, bool]:
        form = self.view_model
        return form.email, form.name, form.postalCode, form.consented

    def errors(self) -> dict[str, str]:
        form = self.view_model
        output = {
            "email": form.emailError,
            "name": form.nameError,
            "postal_code": form.postalCodeError,
            "consent": form.consentError,
        }
        return {field: error for field, error in output.items() if error}


MakeForm = Callable[..., Form]


@pytest.fixture
def make_form(
    qapp: QGuiApplication,
    contents: Contents,
    tmp_path: Path,
    executor: HandDrained,
    work_off: Callable[[], None],
    moment: datetime,
) -> Iterator[MakeForm]:
    loaded = contents.load(contents.signup())
    owner = QObject()
    store = LocalSignupStore(tmp_path, lambda: moment)

    def make(
        store: LocalSignupStore | Unwilling = store,
        provenance: Callable[[], Provenance] = lambda: Provenance(
            moment, True, "Front window", loaded.digest
        ),
    ) -> Form:
        view_model = SignupViewModel(
            loaded.content.places[0],
            Context(WORDS, moment, loaded.assets),
            Services(store, Runner(executor, owner), provenance),
            owner,
        )
        return Form(view_model, tmp_path, executor, work_off)

    yield make
    store.close()


@pytest.fixture
def form(make_form: MakeForm) -> Form:
    form = make_form()
    assert form.background() == 1  # the desk is asked whether it is open
    return form


class Unwilling:
    """A desk whose disk refuses a number of times."""

    def __init__(self, refusals: int, store: LocalSignupStore | None = None) -> None:
        self.refusals = refusals
        self.tried: list[str] = []
        self._store = store

    def is_open(self) -> bool:
        return self._store is not None

    def save(self, signup: Signup) -> None:
        self.tried.append(signup.id)
        if len(self.tried) <= self.refusals:
            raise QueueUnavailable("the disk is full; free some space on it")
        self._store.save(signup)


def test_a_new_form_is_empty_and_nothing_is_ticked_beforehand(form: Form) -> None:
    assert form.typed() == ("", "", "", False)
    assert form.errors() == {}
    assert form.view_model.state == "typing"
    assert form.view_model.trouble == ""


def test_errors_are_said_beside_each_field(form: Form) -> None:
    form.view_model.email = "visitor@"
    form.view_model.postalCode = "?"
    form.view_model.submit()
    assert form.errors() == {
        "email": WORDS.email_invalid,
        "postal_code": WORDS.postal_code_invalid,
        "consent": WORDS.consent_missing,
    }
    assert form.background() == 0


def test_an_empty_form_asks_for_the_address_and_the_consent(form: Form) -> None:
    form.view_model.submit()
    assert form.errors() == {
        "email": WORDS.email_missing,
        "consent": WORDS.consent_missing,
    }


def test_a_name_that_is_too_long_is_said_beside_the_name(form: Form) -> None:
    form.fill_in()
    form.view_model.name = "a" * 301
    form.view_model.submit()
    assert form.errors() == {"name": WORDS.too_long}


def test_nothing_typed_is_lost_by_an_error(form: Form) -> None:
    form.fill_in(" visitor@ ")
    form.view_model.submit()
    assert form.errors()
    assert form.typed() == (" visitor@ ", "Ann Wisdom", "29301", True)


def test_nothing_is_said_before_the_form_is_sent(form: Form) -> None:
    form.view_model.email = "visitor@"
    assert form.errors() == {}


def test_a_mended_field_loses_its_error_and_the_others_keep_theirs(form: Form) -> None:
    form.view_model.submit()
    form.view_model.email = ADDRESS
    assert form.errors() == {"consent": WORDS.consent_missing}
    form.view_model.consented = True
    assert form.errors() == {}


def test_mending_one_field_puts_no_error_beside_another(form: Form) -> None:
    form.view_model.consented = True
    form.view_model.submit()
    assert form.errors().keys() == {"email"}
    form.view_model.postalCode = "?"
    assert form.errors().keys() == {"email"}


def test_the_sentence_follows_what_is_wrong(form: Form) -> None:
    form.view_model.submit()
    assert form.errors()["email"] == WORDS.email_missing
    form.view_model.email = "visitor"
    assert form.errors()["email"] == WORDS.email_invalid


def test_a_likely_slip_is_offered_and_taken_with_one_touch(form: Form) -> None:
    form.view_model.email = "visitor@gmial.com"
    assert form.view_model.suggestion == "Did you mean visitor@gmail.com?"
    form.view_model.acceptSuggestion()
    assert form.view_model.email == "visitor@gmail.com"
    assert form.view_model.suggestion == ""
    form.view_model.acceptSuggestion()
    assert form.view_model.email == "visitor@gmail.com"


def test_a_slip_may_be_meant(form: Form) -> None:
    form.send("visitor@gmial.com")
    assert form.addresses() == ["visitor@gmial.com"]


@pytest.mark.parametrize("email", ["müller@example.de", "иван@пример.рф", "😀@example.com"])
def test_an_address_that_may_get_no_mail_is_asked_about_before_it_is_taken(
    form: Form, email: str
) -> None:
    form.fill_in(email)
    for _ in range(2):  # a double tap is no answer
        form.view_model.submit()
    letters = email.partition("@")[0] if email[0] != "m" else "ü"
    assert form.errors() == {"email": WORDS.email_unusual.format(letters=letters)}
    assert form.background() == 0
    form.view_model.confirmEmail()
    form.background()
    assert form.view_model.state == "thanked"
    assert form.addresses() == [email]


def test_an_international_domain_is_taken_without_a_question(form: Form) -> None:
    form.send("ivan@пример.рф")
    assert form.addresses() == ["ivan@пример.рф"]


def test_the_answer_counts_for_this_address_alone(form: Form) -> None:
    form.fill_in("müller@example.de")
    form.view_model.confirmEmail()  # nothing was asked yet
    assert form.background() == 0
    form.view_model.submit()
    form.view_model.name = "Jo Müller"
    assert form.view_model.emailConfirmation == WORDS.email_is_right
    form.view_model.consented = False
    form.view_model.confirmEmail()
    assert form.errors() == {"consent": WORDS.consent_missing}
    form.view_model.consented = True
    form.view_model.email = "möller@example.de"
    form.view_model.submit()
    assert form.view_model.emailConfirmation
    form.view_model.email = "mueller@example.de"
    assert form.errors() == {}
    assert form.view_model.emailConfirmation == ""
    form.submit()
    assert form.addresses() == ["mueller@example.de"]


def test_a_form_that_is_left_asks_nothing(form: Form) -> None:
    form.fill_in("müller@example.de")
    form.view_model.submit()
    form.view_model.forget()
    assert form.errors() == {}
    assert form.view_model.emailConfirmation == ""


def test_a_visitor_is_thanked_only_once_the_commit_is_on_the_disk(form: Form) -> None:
    form.fill_in()
    form.view_model.submit()
    assert form.view_model.state == "saving"
    assert form.stored() == []
    assert form.background() == 1
    assert form.view_model.state == "thanked"
    assert len(form.stored()) == 1


def test_what_is_stored_is_what_was_typed_and_agreed_to(
    form: Form, contents: Contents, moment: datetime
) -> None:
    form.send(f" {ADDRESS} ")
    (signup,) = form.stored()
    loaded = load(contents.file)
    reported = notice(loaded.content.places[0], Context(WORDS, moment, loaded.assets))
    assert signup == Signup(
        id=signup.id,
        person=Person(email=ADDRESS, name="Ann Wisdom", postal_code="29301"),
        consent=Consent("2024-1", "en", "Yes, send me news.", reported),
        provenance=Provenance(moment, True, "Front window", loaded.digest),
        ticked=("newsletter",),
    )
    assert UUID(signup.id).version == 7


def test_the_proof_holds_every_sentence_beside_the_box(form: Form) -> None:
    form.send()
    (signup,) = form.stored()
    shown = form.view_model
    assert signup.consent.wording == shown.consent
    output = (
        shown.title,
        shown.promise,
        *shown.controller.split("\n"),
        shown.purpose,
        shown.withdraw,
    )
    assert [sentence for sentence in output if sentence not in signup.consent.notice] == []


def test_the_time_is_taken_when_the_form_is_sent(make_form: MakeForm, moment: datetime) -> None:
    asked: list[Provenance] = []

    def provenance() -> Provenance:
        asked.append(Provenance(moment, None, "", ""))
        return asked[-1]

    form = make_form(provenance=provenance)
    form.fill_in()
    assert asked == []
    form.view_model.submit()
    assert len(asked) == 1
    form.background()
    assert [signup.provenance for signup in form.stored()] == asked


def test_the_privacy_page_opens_and_nothing_else_does(form: Form) -> None:
    page = form.view_model.detail("privacy", 0)
    assert page is not None
    assert (page.layout, page.title) == ("words", "Your details")
    assert form.view_model.detail("privacy", 1) is None
    assert form.view_model.detail("chapters", 0) is None


@pytest.mark.parametrize("taps", [2, 5])
def test_any_number_of_taps_stores_one_signup(form: Form, taps: int) -> None:
    form.fill_in()
    for _ in range(taps):
        form.view_model.submit()
    assert form.background() == 1
    for _ in range(taps):
        form.submit()
    assert len(form.stored()) == 1


def test_the_form_is_empty_once_thanked(form: Form) -> None:
    form.send()
    assert form.typed() == ("", "", "", False)


def test_a_disk_that_refuses_keeps_what_was_typed_and_says_so(make_form: MakeForm) -> None:
    form = make_form(Unwilling(refusals=1, store=object()))
    form.background()
    form.send()
    assert form.view_model.state == "typing"
    assert form.view_model.trouble == WORDS.not_saved
    assert form.typed() == (ADDRESS, "Ann Wisdom", "29301", True)
    assert form.errors() == {}


def test_the_log_tells_that_a_signup_was_lost_and_not_whose(
    make_form: MakeForm, caplog: pytest.LogCaptureFixture
) -> None:
    form = make_form(Unwilling(refusals=1, store=object()))
    form.send()
    assert "a signup was not stored: QueueUnavailable" in caplog.text
    assert "visitor" not in caplog.text


def test_a_retry_is_the_same_signup_and_the_trouble_is_over(
    make_form: MakeForm, tmp_path: Path, moment: datetime
) -> None:
    store = LocalSignupStore(tmp_path, lambda: moment)
    unwilling = Unwilling(refusals=2, store=store)
    form = make_form(unwilling)
    form.background()
    form.fill_in()
    for _ in range(3):
        form.view_model.submit()
        assert form.view_model.trouble == ""
        form.background()
    assert form.view_model.state == "thanked"
    assert len(unwilling.tried) == 3
    assert [signup.id for signup in form.stored()] == [unwilling.tried[0]]
    assert len(set(unwilling.tried)) == 1
    store.close()


def test_a_correction_after_a_refusal_is_not_dropped_as_a_double_tap(
    make_form: MakeForm, tmp_path: Path, moment: datetime
) -> None:
    """The disk may have taken the first one all the same."""
    store = LocalSignupStore(tmp_path, lambda: moment)

    class TakesAndRefuses(Unwilling):
        def save(self, signup: Signup) -> None:
            store.save(signup)
            super().save(signup)

    unwilling = TakesAndRefuses(refusals=1, store=store)
    form = make_form(unwilling)
    form.background()
    form.send("wrong@example.com")
    form.view_model.email = "right@example.com"
    form.submit()

    assert form.view_model.state == "thanked"
    assert form.addresses() == ["wrong@example.com", "right@example.com"]
    store.close()


def test_a_real_read_only_folder_is_trouble_and_no_end(make_form: MakeForm, tmp_path: Path) -> None:
    form = make_form()
    form.background()
    form.fill_in()
    (tmp_path / "signups.sqlite3").unlink()
    (tmp_path / "signups.sqlite3").mkdir()  # not even root writes signups into a folder
    form.submit()
    assert form.view_model.trouble == WORDS.not_saved
    (tmp_path / "signups.sqlite3").rmdir()
    form.submit()
    assert form.view_model.state == "thanked"
    assert len(form.stored()) == 1


def test_a_signup_whose_form_is_left_while_saving_is_stored_all_the_same(form: Form) -> None:
    form.fill_in()
    form.view_model.submit()
    form.view_model.forget()
    assert form.typed() == ("", "", "", False)
    form.background()
    assert form.addresses() == [ADDRESS]
    assert form.view_model.state == "saving"  # nobody is there to be thanked


def test_nothing_is_shown_of_a_refusal_after_the_visitor_left(make_form: MakeForm) -> None:
    form = make_form(Unwilling(refusals=1, store=object()))
    form.background()
    form.fill_in()
    form.view_model.submit()
    form.view_model.forget()
    form.background()
    assert form.view_model.trouble == ""
    assert form.typed() == ("", "", "", False)


def test_a_form_that_is_dropped_while_saving_still_stores(
    form: Form, work_off: Callable[[], None]
) -> None:
    form.fill_in()
    form.view_model.submit()
    form.view_model.forget()
    form.view_model.deleteLater()
    work_off()
    form.background()
    assert len(form.stored()) == 1


def test_leaving_forgets_the_errors_too(form: Form, qtbot: QtBot) -> None:
    form.view_model.email = "secret@"
    form.view_model.submit()
    assert form.errors()
    with qtbot.waitSignals([form.view_model.typedChanged, form.view_model.faultsChanged]):
        form.view_model.forget()
    assert form.errors() == {}
    assert form.typed() == ("", "", "", False)


def test_the_thank_you_clears_itself(form: Form, qtbot: QtBot) -> None:
    thanks = form.view_model.findChild(QTimer, "thanks")
    form.fill_in()
    form.view_model.submit()
    assert not thanks.isActive()
    form.background()
    assert thanks.isActive()
    assert thanks.interval() == 15_000
    with qtbot.waitSignal(form.view_model.finished):
        thanks.timeout.emit()


def test_two_visitors_are_two_signups(make_form: MakeForm) -> None:
    for address in ("one@example.com", "two@example.com"):
        form = make_form()
        form.send(address)
        assert form.view_model.state == "thanked"
    assert form.addresses() == ["one@example.com", "two@example.com"]
    assert len({signup.id for signup in form.stored()}) == 2


def test_signup_rests_where_the_queue_cannot_be_opened(make_form: MakeForm) -> None:
    form = make_form(Unwilling(refusals=0))
    form.background()
    assert form.view_model.state == "resting"
    form.fill_in()
    form.view_model.submit()
    assert form.background() == 0


def test_signup_rests_where_opening_it_fails_in_a_way_nobody_thought_of(
    make_form: MakeForm, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Unwilling):
        def is_open(self) -> bool:
            raise RuntimeError(ADDRESS)

    form = make_form(Broken(refusals=0))
    form.background()
    assert form.view_model.state == "resting"
    assert "RuntimeError" in caplog.text
    assert ADDRESS not in caplog.text


# A disk that takes too long


def lose_patience(form: Form) -> None:
    patience = form.view_model.findChild(QTimer, "patience")
    assert patience.isActive()
    assert patience.interval() == 5_000
    patience.stop()
    patience.timeout.emit()


@pytest.fixture
def waiting(form: Form) -> Form:
    """A form that was sent to a disk which has not answered for five seconds."""
    form.background()  # the desk is open
    form.fill_in()
    form.view_model.submit()
    assert form.view_model.state == "saving"
    lose_patience(form)
    return form


def test_a_disk_that_takes_too_long_is_told_and_what_was_typed_stays(waiting: Form) -> None:
    assert waiting.view_model.state == "typing"
    assert waiting.view_model.trouble == WORDS.not_saved
    assert waiting.typed() == (ADDRESS, "Ann Wisdom", "29301", True)

    waiting.background()  # it comes round after all

    assert waiting.view_model.state == "thanked"
    assert waiting.view_model.trouble == ""
    assert waiting.addresses() == [ADDRESS]


def test_trying_again_while_the_disk_is_busy_waits_for_the_same_signup(waiting: Form) -> None:
    for _ in range(3):
        waiting.view_model.submit()
        lose_patience(waiting)
    waiting.view_model.submit()

    assert waiting.background() == 1
    assert waiting.view_model.state == "thanked"
    assert waiting.addresses() == [ADDRESS]


def test_who_was_told_that_nothing_is_kept_and_leaves_is_not_stored_later(waiting: Form) -> None:
    waiting.view_model.forget()

    waiting.background()

    assert waiting.stored() == []


def test_a_correction_takes_the_place_of_what_still_waits(waiting: Form) -> None:
    waiting.view_model.email = "ann@example.org"
    waiting.view_model.submit()

    waiting.background()

    assert waiting.view_model.state == "thanked"
    assert waiting.addresses() == ["ann@example.org"]
