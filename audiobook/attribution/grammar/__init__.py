"""Words of the narration: names, nouns, clauses, and the tags beside quotations."""
