"""What the counts say, for a manager: sentences, pictures, files."""
