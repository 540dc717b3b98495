"""Simulated people, and what each of several rule bases hears of their answers."""
