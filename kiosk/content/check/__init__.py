"""Validates a content file and reports every problem in plain words."""
