"""Keeping a kiosk running: its clock, its folders, its lock, its health. No Qt."""
