"""What several reports advise."""

RECOVER_ADVICE = (
    "run 'kiosk recover', which keeps the file, starts a new one and recovers what can be read"
)
