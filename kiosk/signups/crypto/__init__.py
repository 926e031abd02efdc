"""Sealed boxes, and the manager's key pair."""
