"""Answers and results that were saved, read again and checked."""
