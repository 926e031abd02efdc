"""Which touches count."""
