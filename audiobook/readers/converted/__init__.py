"""What formats share that are turned into HTML elements first: DOCX, OpenDocument, RTF, FictionBook.

    file ─reader of the format→ HTML elements, facts, cover ─book→ Book

The elements follow the rules of readers/html, as the documents of an EPUB do. Places count characters of the text of
these elements, because the files themselves have no character offsets that a person could look up.
"""
