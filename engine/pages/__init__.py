"""The pages of the documentation that are made from the rules, as text; nothing is read or written here."""
