"""Distances between dealerships."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from kiosk.blocks.block import Position

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG."""


def distance_km(a: Position, b: Position) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.longitude - a.longitude) / 2
    h = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))
