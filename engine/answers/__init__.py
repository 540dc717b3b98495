"""What a person answered, the facts that it makes, and the ways to change it."""
