"""The promises of the design, each decided over a whole rule base."""
