"""Why, why not, what if, and what a result turns on."""
