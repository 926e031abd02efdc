"""Distances between dealerships, places on a map."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from kiosk.content.model import CountryMap, Position

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG."""


def distance_km(a: Position, b: Position) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.longitude - a.longitude) / 2
    h = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def on_map(map_: CountryMap, position: Position) -> tuple[float, float] | None:
    """Where a position falls on the map, as fractions of its width and height; None if outside."""
    west, north = float(map_.west), float(map_.north)
    x = (float(position.longitude) - west) / (float(map_.east) - west)
    y = (north - float(position.latitude)) / (north - float(map_.south))
    return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None
