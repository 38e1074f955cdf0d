"""Reads the narration: names, noun phrases, clauses, and the speech tags beside quotations."""
