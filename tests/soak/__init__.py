"""Months of visitors in minutes: random touches, drags and keys on the off-screen kiosk.

`python -m tests.soak --touches 200000 --seed 1`, or `make soak`. The tests run a short one.
"""
