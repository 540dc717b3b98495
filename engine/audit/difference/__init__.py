"""What a change of rules does: two rule bases before the same people."""
