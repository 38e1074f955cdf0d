"""The build of an audiobook, from a request to its files; `build.py` is the whole flow on one screen."""
