"""The newsletter signups: validated, queued on the local disk, exported. No Qt."""
