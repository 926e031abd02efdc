"""A fullscreen touch kiosk for car-dealership showrooms."""

__version__ = "0.1.0"
