"""Worked cases and signposts: patients as data, what must come out, and which rules they show."""
