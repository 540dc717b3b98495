"""A reader for each section of a rule file."""
