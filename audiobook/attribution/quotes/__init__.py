"""Finds quotations: the conventions of a book, its quotation marks, and which quotations are speech."""
