"""The commands, a family in each module; only here is click imported."""
