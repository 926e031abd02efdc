"""`kiosk preview`: the kiosk in a window of the office."""
