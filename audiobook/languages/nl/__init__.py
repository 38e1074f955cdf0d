"""Dutch: heading words."""

from audiobook.languages.contract import HeadingWords, Language

LANGUAGE = Language(tag="nl", headings=HeadingWords(keywords={"deel": "part", "hoofdstuk": "chapter"}))
