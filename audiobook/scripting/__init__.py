"""Turns a book into a script: who says what, and how it is said aloud."""
