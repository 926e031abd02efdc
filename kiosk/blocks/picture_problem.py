"""What is wrong with a picture file."""

from __future__ import annotations


class PictureProblem(ValueError):
    """In words for staff."""
