"""English words and tables that `normalization` uses for the spoken form."""
