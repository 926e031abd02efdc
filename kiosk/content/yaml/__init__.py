"""The text of a content file: read with the place of every value, and what is wrong with it."""
