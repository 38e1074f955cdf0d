"""Words and tables of the spoken form of English; a module for each module of `normalization` that uses it."""
