"""What is valid and will still look wrong, mislead or break a rule; docs/linting.md lists it."""
