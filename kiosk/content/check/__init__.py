"""Whether a content file is in order: validated, with every problem in plain words."""
