"""What is written into a code works on any phone."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from kiosk.blocks.block import Position
from kiosk.blocks.codes import MapService, code_of, directions
from kiosk.blocks.fields import Address

ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
NURBURGRING = Position.model_validate({"latitude": "50.3356", "longitude": "-6.9475"})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("https://example.com/a%20b?c=d#e", "https://example.com/a%20b?c=d#e"),
        ("tel:+1 317 555 0137", "tel:+13175550137"),
        ("tel:+1-317-555-0137;ext=12", "tel:+1-317-555-0137;ext=12"),
        ("TEL:(317) 555 0137", "tel:(317)5550137"),
        ("mailto:info@example.com", "mailto:info@example.com"),
        (
            "mailto:info@example.com?subject=Probefahrt für zwei",
            "mailto:info@example.com?subject=Probefahrt%20f%C3%BCr%20zwei",
        ),
        (
            "mailto:info@example.com?subject=a%20b&body=100% electric",
            "mailto:info@example.com?subject=a%20b&body=100%25%20electric",
        ),
        (
            "geo:50.3356,-6.9475?z=12",
            "https://www.google.com/maps/dir/?api=1&destination=50.3356%2C-6.9475",
        ),
    ],
)
def test_an_address_is_written_as_its_standard_has_it(written: str, code: str) -> None:
    assert code_of(ADDRESS.validate_python(written)) == code


@pytest.mark.parametrize(
    "written", ["tel:call us", "tel:", "mailto:info", "geo:here", "mailto:a b"]
)
def test_an_address_that_leads_nowhere_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="leads nowhere on a phone; write it like"):
        ADDRESS.validate_python(written)


@pytest.mark.parametrize("service", get_args(MapService))
def test_the_way_is_a_web_address_unless_the_phone_is_to_decide(service: MapService) -> None:
    address = directions(NURBURGRING.latitude, NURBURGRING.longitude, service)
    assert address.startswith("geo:" if service == "phone" else "https://")
    assert "50.3356" in address
    assert "-6.9475" in address
