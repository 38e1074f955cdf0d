"""Pieces of text and the contents of a book → sections: chapters, parts, and matter that is left out."""
