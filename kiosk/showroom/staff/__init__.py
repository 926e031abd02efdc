"""The staff area: what staff do at the kiosk by touch, behind a PIN.

Nothing of it is imported before somebody holds the corner, and nothing of it stays when it closes.
"""
