"""From files to a checked rule base, and from a file or Python to checked answers."""
