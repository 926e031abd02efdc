"""What is stored, as the signup that was handed in."""

from __future__ import annotations

from kiosk.signups.crypto.sealing import OpeningKey
from kiosk.signups.form import Signup, Stamp
from kiosk.signups.store.record import Record, moment_of, person_of


def signup_of(record: Record, key: OpeningKey | None) -> Signup:
    """The whole signup of a record.

    Raises:
        Unreadable: from the record.
    """
    trusted = None if record.clock_trusted is None else bool(record.clock_trusted)
    return Signup(
        record.id,
        person_of(record, key),
        record.consent,
        Stamp(moment_of(record), trusted, record.kiosk, record.content_version),
        tuple(filter(None, record.ticked.split(","))),
    )
