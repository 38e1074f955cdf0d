"""Recognise front and back matter by its title or its declared type, and scene breaks as typists draw them.

The titles are those of all known languages (see `languages`). Some matter is kept, because narrators read it: prologue,
epilogue, preface, foreword, introduction, afterword, epigraph, interlude, author's note, appendix.
"""

import re
from functools import cache, lru_cache

from audiobook.languages import Language, load_languages

# Why a section is not read → values of epub:type, of role, of the landmarks and of the EPUB 2 guide.
_TYPES = {
    "cover": "cover",
    "title page": "titlepage title-page halftitlepage halftitle",
    "copyright notice": "copyright-page copyright imprint imprimatur colophon credits other-credits",
    "table of contents": "toc toc-brief landmarks",
    "list of illustrations": "loi lot lov loa",
    "list of pages": "page-list",
    "index": "index",
    "bibliography": "bibliography",
    "glossary": "glossary",
    "dedication": "dedication",
    "acknowledgements": "acknowledgments acknowledgements",
    "about the author and the publisher": "contributors",
    "errata": "errata",
    "advertisement": "advertisement ad seriespage",
    "notes": "footnote footnotes endnote endnotes rearnote rearnotes notes note",
}

UNREAD_TYPES = {kind: reason for reason, kinds in _TYPES.items() for kind in kinds.split()}
_NOT_WORDS = re.compile(r"[^\w\s-]|_")
_LONGEST_TITLE = 80


def find_unread_reason(title: str) -> str | None:
    """Return why a section of this title is not read aloud; None where it is read.

    Titles are compared as a whole, without case, punctuation and a leading "the".
    """
    return _find_reason(title, load_languages()) if len(title) <= 2 * _LONGEST_TITLE else None


@lru_cache(maxsize=16384)  # a play says the same names again and again
def _find_reason(title: str, languages: tuple[Language, ...]) -> str | None:
    plain = " ".join(_NOT_WORDS.sub("", title).casefold().split()).removeprefix("the ")
    if not plain or len(plain) > _LONGEST_TITLE:
        return None
    patterns = _title_patterns(languages)
    return next((reason for pattern, reason in patterns if pattern.fullmatch(plain)), None)


@cache
def _title_patterns(languages: tuple[Language, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    titles: dict[str, list[str]] = {}
    for language in languages:
        for reason, patterns in language.matter.items():
            titles.setdefault(reason, []).extend(patterns)
    return tuple((re.compile("|".join(patterns)), reason) for reason, patterns in titles.items())


_ORNAMENTS = r"*#~•⁂⁎⁑·◦●○■□◆◇★☆✦✧✻✽✿❀❦❧☙§=+^_⸺⸻\-–—―|/\\<>"
_BREAK = re.compile(
    rf"[\s{_ORNAMENTS}]+"
    r"|(?:\.\s*){3,}"  # a row of dots
    r"|[-~*.\s]*(?:[oO0][-~*.\s]*){3}|[-~*.\s]*(?:[xX][-~*.\s]*){3,}"  # oOo, -x-x-x-
)
_LONGEST = 120


def is_ornament(text: str) -> bool:
    """Whether a line that is not blank holds ornaments only: `* * *`, `#`, `⁂`, `• • •`, `oOo`, a row of dots."""
    return len(text) <= _LONGEST and _BREAK.fullmatch(text) is not None
