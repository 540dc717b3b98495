"""From an inference to the result: the urgency, the ranking, and what is still open."""
