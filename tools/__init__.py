"""Programs for developers: they make or measure something. None of them is installed."""
