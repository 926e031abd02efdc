"""What keeps the showroom from being drawn at all."""

from kiosk.refused import Refused


class CannotShow(Refused):
    """One sentence for whoever set the kiosk up."""


class OutputRefused(CannotShow):
    """What was drawn cannot be written; the message says why."""
