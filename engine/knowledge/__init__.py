"""What a rule base says, as frozen values: conditions, questions, rules, causes, sources, acts."""
