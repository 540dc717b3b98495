"""The version of the program and of its rules."""

VERSION = "0.1.0"
