"""The newsletter form: what is typed, what is wrong with it, whether it is on the disk."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Literal, Self, get_args

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.places.presenting import Context
from kiosk.places.rows import Detail
from kiosk.places.services import Services, SignupStore
from kiosk.places.signup.model import SignupForm
from kiosk.places.signup.presentation import controller_text, notice, privacy_detail
from kiosk.places.signup.words import SignupWords
from kiosk.places.viewmodel import PlaceViewModel, Sample, words_type
from kiosk.signups.form import (
    Consent,
    Field,
    FieldError,
    FormInput,
    Person,
    Signup,
    cleaned,
    new_id,
    smtputf8_letters,
    suggest_address,
    validate,
)
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

SignupTexts = words_type("SignupTexts", SignupWords)

State = Literal["typing", "saving", "thanked", "resting"]
Stage = Literal["untouched", "email", "name", "postal_code", "consent", "storing", "sent"]

FIELDS: tuple[Field, ...] = get_args(Field)

THANKS_SECONDS = 15
"""How long the thank-you stands before the screen clears itself."""

PATIENCE_SECONDS = 5
"""How long a visitor waits for the disk before being told that nothing is kept yet."""

log = logging.getLogger(__name__)


class Attempt:
    """A signup on its way to the disk; one that was given up before it began is never stored."""

    def __init__(self, signup: Signup) -> None:
        self._signup: Signup | None = signup
        self.is_given_up = False

    def store(self, signup_store: SignupStore) -> bool:
        """Store it; returns whether it was, which takes as long as the disk wants."""
        signup, self._signup = self._signup, None
        if self.is_given_up or signup is None:
            return False
        try:
            signup_store.save(signup)
        except Exception as error:
            del signup  # the traceback must not lead to what was typed
            raise error.with_traceback(None) from None
        return True


def _send_mistakes(form: SignupViewModel) -> None:
    form.email = "visitor@"
    form.postalCode = "?"
    form.submit()


def _mistype(form: SignupViewModel) -> None:
    form.email = "visitor@gmial.com"


def _send_unusual(form: SignupViewModel) -> None:
    form.email = "jürgen@example.com"
    form.consented = True
    form.submit()


def _send(form: SignupViewModel) -> None:
    form.email = "visitor@example.com"
    form.consented = True
    form.submit()


@QmlElement
@QmlUncreatable("opened by the navigation")
class SignupViewModel(PlaceViewModel):
    """One visitor's form; it is dropped, with everything typed, when the form is left."""

    leads_to: ClassVar[Sequence[str]] = ("models", "features", "schedule", "timeline")

    is_form: ClassVar[bool] = True

    typedChanged = Signal()
    faultsChanged = Signal()
    stateChanged = Signal()

    def __init__(
        self,
        place: SignupForm,
        context: Context,
        services: Services,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(place, context, parent)
        self._block = place
        self._texts = SignupTexts(context.words, self)
        self._words = context.words_of(SignupWords)
        self._services = services
        self._id = new_id()  # made once a form, so that a double tap stores once
        self._attempt: Attempt | None = None
        self._attempted: Person | None = None
        self._typed = FormInput()
        self._last_field: Field | None = None
        self._faults: dict[Field, FieldError] = {}
        self._is_email_questioned = False
        self._email_confirmed = False
        self._unsaved = False
        self._is_left = False
        self._state: State = "typing"
        self._thanks = QTimer(self, singleShot=True)
        self._thanks.setObjectName("thanks")
        self._thanks.setInterval(1000 * THANKS_SECONDS)
        self._thanks.timeout.connect(self.finished)
        self._patience = QTimer(self, singleShot=True)
        self._patience.setObjectName("patience")
        self._patience.setInterval(1000 * PATIENCE_SECONDS)
        self._patience.timeout.connect(self._lose_patience)
        services.runner.run(services.signup_store.is_open, self._opened, self._refused_to_open)

    @classmethod
    def samples(cls, place: Any) -> Sequence[Sample]:
        del place
        return (
            Sample("errors", _send_mistakes),
            Sample("keyboard", focus="email"),
            Sample("suggestion", _mistype, focus="email"),
            Sample("question", _send_unusual),
            Sample("thanked", _send),
        )

    @classmethod
    def create(cls, place: Any, context: Context, services: Services, parent: QObject) -> Self:
        return cls(place, context, services, parent)

    def forget(self) -> None:
        """Drop everything typed; a save that is under way still completes.

        One that the visitor was told has failed does not, where it can still be stopped.
        """
        if self._state != "saving":
            self._give_up()
        self._is_left = True
        self._attempted = None
        self._typed = FormInput()
        self._faults = {}
        self._is_email_questioned = False
        self.typedChanged.emit()
        self.faultsChanged.emit()

    def detail(self, section: str, index: int) -> Detail | None:
        if (section, index) != ("privacy", 0):
            return None
        return privacy_detail(self._block, self._context)

    @Slot()
    def submit(self) -> None:
        """Check the form and store it; any number of taps stores one signup."""
        if self._state != "typing":
            return
        typed = cleaned(self._typed)
        self._set_unsaved(False)
        self._set_faults(validate(typed))
        self._question_email(bool(smtputf8_letters(typed.email)) and not self._email_confirmed)
        if self._faults or self._is_email_questioned:
            return
        person = Person(typed.email, typed.name, typed.postal_code)
        if self._attempted not in {None, person}:  # else a correction would count as a double tap
            self._give_up()
            self._id = new_id()
        self._attempted = person
        self._set_state("saving")
        self._patience.start()
        if self._attempt is None:  # else the disk still has the same one
            provenance = self._services.provenance()
            self._submit_signup(Signup(self._id, person, self._consent(), provenance))

    @property
    def stage(self) -> Stage:
        """How far a visitor has come: the first field that was refused, or else the last one that
        they typed in. For counts, which must never hold what was typed.
        """
        if self._state == "thanked":
            return "sent"
        if self._state == "saving" or self._unsaved:
            return "storing"
        if self._is_email_questioned:
            return "email"
        refused = (field for field in FIELDS if field in self._faults)
        return next(refused, self._last_field or "untouched")

    def _submit_signup(self, signup: Signup) -> None:
        attempt, signup_store = Attempt(signup), self._services.signup_store
        self._attempt = attempt
        self._services.runner.run(
            lambda: attempt.store(signup_store),
            lambda is_stored: self._stored(attempt) if is_stored else None,
            lambda error: self._not_stored(attempt, error),
        )

    def _give_up(self) -> None:
        if self._attempt is not None:
            self._attempt.is_given_up = True
            self._attempt = None

    @Slot()
    def _lose_patience(self) -> None:
        if self._state == "saving":
            log.error("a signup was not stored within %d seconds", PATIENCE_SECONDS)
            self._set_unsaved(True)
            self._set_state("typing")

    @Slot()
    def acceptSuggestion(self) -> None:
        """Take the address offered for a likely slip."""
        if suggestion := self._suggested():
            self._set_email(suggestion)

    @Slot()
    def confirmEmail(self) -> None:
        """Answer the question about the address with yes, and send the form."""
        if self._is_email_questioned:
            self._email_confirmed = True
            self.submit()

    def _consent(self) -> Consent:
        consent = self._block.consent
        return Consent(
            version=consent.version,
            language=self._context.language,
            wording=consent.wording,
            notice=notice(self._block, self._context),
        )

    def _opened(self, is_open: bool) -> None:
        if not is_open and not self._is_left:
            self._set_state("resting")

    def _refused_to_open(self, error: Exception) -> None:
        log.error("the signups cannot be opened: %s", type(error).__name__)
        self._opened(False)

    def _stored(self, attempt: Attempt) -> None:
        if self._is_left or attempt is not self._attempt:
            return  # everything is forgotten already, and this object may be gone
        self._attempt = None
        self._patience.stop()
        self._attempted = None
        self._typed = FormInput()
        self.typedChanged.emit()
        self._set_unsaved(False)
        self._set_state("thanked")
        self._thanks.start()

    def _not_stored(self, attempt: Attempt, error: Exception) -> None:
        # The error's text may hold what was typed; its kind does not. The desk tells the reason.
        log.error("a signup was not stored: %s", type(error).__name__)
        if not self._is_left and attempt is self._attempt:
            self._attempt = None
            self._patience.stop()
            self._set_unsaved(True)
            self._set_state("typing")

    def _suggested(self) -> str:
        return suggest_address(self._typed.email) or ""

    def _type(self, field: Field, typed: FormInput) -> None:
        if typed == self._typed:
            return
        self._typed = typed
        self._last_field = field
        self.typedChanged.emit()
        if field == "email":
            self._email_confirmed = False
            self._question_email(False)
        if self._faults:  # a mended field loses its error at once
            still = validate(cleaned(self._typed))
            self._set_faults({field: f for field, f in still.items() if field in self._faults})

    def _set_faults(self, found: dict[Field, FieldError]) -> None:
        if found != self._faults:
            self._faults = found
            self.faultsChanged.emit()

    def _question_email(self, is_questioned: bool) -> None:
        if is_questioned != self._is_email_questioned:
            self._is_email_questioned = is_questioned
            self.faultsChanged.emit()

    def _set_unsaved(self, unsaved: bool) -> None:
        self._unsaved = unsaved
        self.stateChanged.emit()

    def _set_state(self, state: State) -> None:
        self._state = state
        self.stateChanged.emit()

    def _get_email(self) -> str:
        return self._typed.email

    def _set_email(self, email: str) -> None:
        self._type("email", replace(self._typed, email=email))

    def _get_name(self) -> str:
        return self._typed.name

    def _set_name(self, name: str) -> None:
        self._type("name", replace(self._typed, name=name))

    def _get_postal_code(self) -> str:
        return self._typed.postal_code

    def _set_postal_code(self, postal_code: str) -> None:
        self._type("postal_code", replace(self._typed, postal_code=postal_code))

    def _get_consented(self) -> bool:
        return self._typed.consented

    def _set_consented(self, consented: bool) -> None:
        self._type("consent", replace(self._typed, consented=consented))

    email = Property(str, _get_email, _set_email, notify=typedChanged)
    name = Property(str, _get_name, _set_name, notify=typedChanged)
    postalCode = Property(str, _get_postal_code, _set_postal_code, notify=typedChanged)
    consented = Property(bool, _get_consented, _set_consented, notify=typedChanged)

    @Property(SignupTexts, constant=True)
    def words(self) -> Texts:
        return self._texts

    @Property(str, notify=stateChanged)
    def state(self) -> str:
        return self._state

    @Property(str, notify=stateChanged)
    def trouble(self) -> str:
        """What to tell the visitor when the disk refused; empty otherwise."""
        return self._words.not_saved if self._unsaved else ""

    @Property(str, notify=typedChanged)
    def suggestion(self) -> str:
        """The question to ask where the address looks like a slip; empty otherwise."""
        suggested = self._suggested()
        return self._words.did_you_mean.format(address=suggested) if suggested else ""

    @Property(str, notify=faultsChanged)
    def emailError(self) -> str:
        words = self._words
        if self._is_email_in_question():
            letters = smtputf8_letters(cleaned(self._typed).email)
            return words.email_unusual.format(letters=letters)
        return self._error(
            "email", {"missing": words.email_missing, "invalid": words.email_invalid}
        )

    @Property(str, notify=faultsChanged)
    def emailConfirmation(self) -> str:
        """The answer to the question about the address; empty where nothing is asked."""
        return self._words.email_is_right if self._is_email_in_question() else ""

    def _is_email_in_question(self) -> bool:
        return self._is_email_questioned and "email" not in self._faults

    @Property(str, notify=faultsChanged)
    def nameError(self) -> str:
        return self._error("name", {})

    @Property(str, notify=faultsChanged)
    def postalCodeError(self) -> str:
        return self._error("postal_code", {"invalid": self._words.postal_code_invalid})

    @Property(str, notify=faultsChanged)
    def consentError(self) -> str:
        return self._error("consent", {"missing": self._words.consent_missing})

    def _error(self, field: Field, sentences: dict[FieldError, str]) -> str:
        fault = self._faults.get(field)
        return sentences.get(fault, self._words.too_long) if fault else ""

    @Property(str, constant=True)
    def promise(self) -> str:
        return self._block.promise

    @Property(str, constant=True)
    def consent(self) -> str:
        return self._block.consent.wording

    @Property(str, constant=True)
    def controller(self) -> str:
        """Who asks: a line with the name, a line with the postal address."""
        return controller_text(self._block.controller)

    @Property(bool, constant=True)
    def example(self) -> bool:
        """Whether the controller is an example."""
        return self._block.controller.example

    @Property(str, constant=True)
    def purpose(self) -> str:
        return self._block.purpose

    @Property(str, constant=True)
    def withdraw(self) -> str:
        return self._block.withdraw

    @Property(str, constant=True)
    def thanksTitle(self) -> str:
        return self._block.thanks_title

    @Property(str, constant=True)
    def thanks(self) -> str:
        return self._block.thanks


VIEW_MODEL = SignupViewModel
