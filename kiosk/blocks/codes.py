"""What a phone reads from a code: addresses as their standards write them, the way to a place."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal
from urllib.parse import quote

MapService = Literal["google", "apple", "openstreetmap", "phone"]
ROUTES: dict[MapService, str] = {
    # https://developers.google.com/maps/documentation/urls/get-started, "Directions"
    "google": "https://www.google.com/maps/dir/?api=1&destination={latitude}%2C{longitude}",
    # Apple URL Scheme Reference, "Map Links"
    "apple": "https://maps.apple.com/?daddr={latitude},{longitude}",
    # https://wiki.openstreetmap.org/wiki/Browsing, "Adding a marker"
    "openstreetmap": (
        "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
        "#map=16/{latitude}/{longitude}"
    ),
    # RFC 5870
    "phone": "geo:{latitude},{longitude}",
}
"""A web address works on every phone and opens the service's app where there is one. `geo:` is
asked of nobody but leads nowhere on an iPhone.
"""
GEO = re.compile(r"geo:(?P<latitude>-?[0-9.]+),(?P<longitude>-?[0-9.]+)", re.IGNORECASE)
KEPT_IN_MAIL = "%/:;=?&@!$'()*+,~"
"""What stays as it is in `mailto:` (RFC 6068, section 2); the rest is percent-encoded as UTF-8."""
BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def directions(latitude: Decimal, longitude: Decimal, service: MapService) -> str:
    """The address of the way to a position, in degrees."""
    return ROUTES[service].format(latitude=latitude, longitude=longitude)


def code_of(address: str) -> str:
    """What the code of a link carries.

    People write `tel:` with spaces and `mailto:` with letters that such an address cannot hold; a
    `geo:` becomes an address that every phone knows.
    """
    scheme, _, rest = address.partition(":")
    match scheme.lower():
        case "tel":
            return "tel:" + "".join(rest.split())
        case "mailto":
            return f"mailto:{quote(BARE_PERCENT.sub('%25', rest), safe=KEPT_IN_MAIL)}"
        case "geo" if (spot := GEO.match(address)) is not None:
            return ROUTES["google"].format(**spot.groupdict())
    return address
