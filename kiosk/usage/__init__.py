"""Whether anyone uses the kiosk: anonymous counts, and a report of them for a manager."""
