"""Signups into files for a manager."""
