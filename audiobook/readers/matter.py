"""Front and back matter, by its title or its declared type; and scene breaks as typists draw them.

Kept, because narrators read them: prologue, epilogue, preface, foreword, introduction, afterword, epigraph, interlude,
author's note, appendix.
"""

import re

# Why a section is not read → its titles, each matched as a whole, without case, punctuation and a leading "the".
_TITLES: dict[str, tuple[str, ...]] = {
    "cover": (r"(?:front |book )?cover(?: (?:page|image|art))?", "jacket"),
    "title page": (r"(?:half ?)?title(?: ?page)?", "frontispiece"),
    "table of contents": (
        r"(?:table of |brief |detailed )?contents(?: page)?",
        "toc|inhalt(?:sverzeichnis)?|sommaire|índice|indice|table des matières",
    ),
    "list of illustrations": (
        "list of (?:illustrations|figures|plates|maps|tables|photographs)",
        "illustrations|illustration credits|plates",
    ),
    "copyright notice": (
        "copyright(?: page| notice| information)?|uncopyright|rights|permissions",
        "imprint|colophon|impressum|legal(?: notice)?|credits",
        "publication (?:data|details)|edition notice",
    ),
    "dedication": ("dedication|dedicated to.*|widmung|dédicace",),
    "acknowledgements": ("acknowledge?ments?(?: and .*)?|thanks|danksagung|remerciements",),
    "index": (r"(?:subject |general )?index(?: of .*)?",),
    "notes": (
        r"(?:end ?|foot ?|rear ?|chapter )?notes",
        r"notes (?:on|to) (?:the |chapters?|sources).*",
    ),
    "bibliography": ("(?:select(?:ed)? )?bibliography|references|works cited|further reading|sources",),
    "glossary": (r"glossary(?: of .*)?",),
    "about the author and the publisher": (
        r"about (?:the )?(?:authors?|publishers?|translators?|illustrators?|editors?|type)(?: .*)?",
        r"about this (?:book|edition|e-?book)",
        "(?:a )?note (?:on|about) the (?:type|author)|author biography|meet the author",
    ),
    "advertisement": (
        r"(?:also|(?:other |more )?(?:books|titles|works|novels))(?: available| in this series)? (?:by|from) .*",
        "also by|by the same author|other (?:books|titles|works)|coming soon|back ?cover",
        r"praise(?: for .*)?|reviews|advertisements?|newsletter(?: .*)?|(?:join|sign up).*newsletter.*",
        r"(?:excerpt|extract|preview|sneak peek)(?: (?:from|of) .*)?",
        "reading group guide|discussion questions|questions for discussion",
    ),
    "Project Gutenberg licence": (r"(?:full )?project gutenberg.*|start full license|pg (?:header|footer|license)",),
    "transcriber's note": ("(?:transcribers?|etext) (?:end)?notes?",),
    "map": ("maps?|family tree",),
}

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
_PATTERNS = tuple((re.compile("|".join(titles)), reason) for reason, titles in _TITLES.items())
_NOT_WORDS = re.compile(r"[^\w\s-]|_")
_LONGEST_TITLE = 80


def unread_by_title(title: str) -> str | None:
    """Why a section of this title is not read aloud; None where it is."""
    plain = " ".join(_NOT_WORDS.sub("", title).casefold().split()).removeprefix("the ")
    if not plain or len(plain) > _LONGEST_TITLE:
        return None
    return next((reason for pattern, reason in _PATTERNS if pattern.fullmatch(plain)), None)


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
