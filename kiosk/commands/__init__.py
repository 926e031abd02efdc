"""A file for each command: its options, how they are parsed, what it does."""
