"""Export files for a manager."""
