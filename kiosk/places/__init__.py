"""The kinds of places, a folder each; see `kind.py`."""
