"""`kiosk run`: the composition root, and all that a kiosk needs which nobody watches."""
