"""What the pages are made of: homes and links, conditions in words, a rule in full."""
