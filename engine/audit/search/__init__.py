"""Answers that make conditions true, false or unknown as wanted, or the certainty that none do."""
