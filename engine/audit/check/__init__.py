"""What is wrong with a rule base as a set, each finding with its place and remedy."""
