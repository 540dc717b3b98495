"""From answers to the rules that fire; three engines that give the same."""
