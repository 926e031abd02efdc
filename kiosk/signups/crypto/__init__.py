"""Boxes that anybody can close, and the manager's key that opens them."""
