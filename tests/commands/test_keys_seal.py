"""`kiosk keys seal`: what is not encrypted yet, and a key that the settings have lost."""

from __future__ import annotations

import pytest

from kiosk.signups.crypto.keys import PUBLIC_KEY_FILE, install_key, load_installed_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store.database import FILE_NAME
from tests.commands.conftest import NOW, Kiosk
from tests.commands.signup_files import signups_in

pytestmark = pytest.mark.usefixtures("moment")


# keys seal


def test_what_lies_open_is_sealed_to_the_installed_key(kiosk: Kiosk, key: PrivateKey) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    install_key(kiosk.data, key.public_key, NOW)

    first, second = kiosk("keys", "seal"), kiosk("keys", "seal")

    assert (first.status, first.out) == (0, "2 unencrypted signups are sealed now.\n")
    assert (second.status, second.out) == (0, "No unencrypted signups found.\n")
    assert b"a@example.com" not in (kiosk.data / FILE_NAME).read_bytes()


def test_a_key_the_settings_have_lost_is_brought_back(kiosk: Kiosk, key: PrivateKey) -> None:
    kiosk.fill("open@example.com")
    kiosk.fill("sealed@example.com", key=key.public_key)

    result = kiosk("keys", "seal")

    assert (result.status, result.out) == (
        0,
        f"The key {key.id} was restored to the settings.\n1 unencrypted signup is sealed now.\n",
    )
    assert load_installed_key(kiosk.data) == key.public_key


def test_a_damaged_public_half_is_not_sealed_to(kiosk: Kiosk) -> None:
    signups = kiosk.fill("a@example.com")
    (kiosk.data / PUBLIC_KEY_FILE).write_text("{")

    assert "is damaged; restore it from a copy" in kiosk("keys", "seal").sentence
    assert signups_in(kiosk.data) == signups
