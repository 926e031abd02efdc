"""What the commands do beyond parsing: one module a subject. No Qt."""
