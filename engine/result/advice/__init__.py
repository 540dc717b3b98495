"""What to do about a danger, whom to call, and what to say there."""
