"""The rules under trial: what is wrong with them as a set, what a change does, what holds for everyone."""
