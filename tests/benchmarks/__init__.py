"""Side by side in one run: the kiosk, Chromium in kiosk mode, an empty Qt Quick window.

`python -m tests.benchmarks`, or `make benchmark`. No part of the tests: those time nothing.
"""
