"""Front and back matter: what a narrator would not read aloud, by its title.

Kept, because narrators read them: prologue, epilogue, preface, foreword, introduction, afterword, epigraph, interlude,
author's note, appendix.
"""

import re

# (titles, reason); a title matches as a whole, after case, punctuation and a leading article are taken away.
_TABLE = (
    (r"(?:front |book )?cover(?: (?:page|image|art))?|jacket", "cover"),
    (r"(?:half )?title(?: ?page)?|half ?title|frontispiece", "title page"),
    (r"(?:table of )?contents(?: page)?|toc|brief contents|detailed contents|inhalt(?:sverzeichnis)?|sommaire|índice|indice"
     r"|table des matières", "table of contents"),
    (r"list of (?:illustrations|figures|plates|maps|tables|photographs)|illustrations|illustration credits|plates", "list of illustrations"),
    (r"copyright(?: page| notice| information)?|imprint|colophon|legal(?: notice)?|permissions|credits|impressum|uncopyright"
     r"|rights|publication (?:data|details)|edition notice", "copyright notice"),
    (r"dedication|dedicated to.*|widmung|dédicace", "dedication"),
    (r"acknowledge?ments?(?: and .*)?|thanks|danksagung|remerciements", "acknowledgements"),
    (r"(?:subject |general )?index(?: of .*)?", "index"),
    (r"(?:end ?|foot ?)?notes|notes (?:on|to) (?:the |chapters?|sources).*|chapter notes|rear ?notes", "notes"),
    (r"(?:select(?:ed)? )?bibliography|references|works cited|further reading|sources", "bibliography"),
    (r"glossary(?: of .*)?", "glossary"),
    (r"about (?:the )?(?:authors?|publishers?|translators?|illustrators?|editors?|this (?:book|edition|e-?book)|type)(?: .*)?"
     r"|(?:a )?note (?:on|about) the (?:type|author)|author biography|meet the author", "about the author and the publisher"),
    (r"(?:also|other (?:books|titles|works|novels)|more (?:books )?|books|novels|works|titles)(?: (?:available|in this series))?"
     r" (?:by|from|of) .*|also by|by the same author|other (?:books|titles|works)|praise(?: for .*)?|reviews|advertisements?"
     r"|newsletter(?: .*)?|(?:join|sign up).*newsletter.*|coming soon|back ?cover|(?:excerpt|extract|preview|sneak peek)(?: (?:from|of) .*)?"
     r"|reading group guide|discussion questions|questions for discussion", "advertisement"),
    (r"(?:the )?(?:full )?project gutenberg.*|start full license|pg (?:header|footer|license)", "Project Gutenberg licence"),
    (r"transcribers? notes?|transcribers? endnotes?|etext notes?", "transcriber's note"),
    (r"map|maps|family tree", "map"),
)  # fmt: skip
# Values of epub:type, role, landmarks and the EPUB 2 guide.
UNREAD_TYPES = {
    "cover": "cover", "titlepage": "title page", "title-page": "title page", "halftitlepage": "title page", "halftitle": "title page",
    "copyright-page": "copyright notice", "copyright": "copyright notice", "imprint": "copyright notice", "imprimatur": "copyright notice",
    "colophon": "copyright notice", "credits": "copyright notice", "other-credits": "copyright notice",
    "toc": "table of contents", "toc-brief": "table of contents", "landmarks": "table of contents",
    "loi": "list of illustrations", "lot": "list of illustrations", "lov": "list of illustrations", "loa": "list of illustrations",
    "page-list": "list of pages", "index": "index", "bibliography": "bibliography", "glossary": "glossary",
    "dedication": "dedication", "acknowledgments": "acknowledgements", "acknowledgements": "acknowledgements",
    "contributors": "about the author and the publisher", "errata": "errata", "seriespage": "advertisement",
    "footnote": "notes", "footnotes": "notes", "endnote": "notes", "endnotes": "notes", "rearnote": "notes", "rearnotes": "notes",
    "notes": "notes", "note": "notes", "advertisement": "advertisement", "ad": "advertisement",
}  # fmt: skip
_PATTERNS = tuple((re.compile(titles), reason) for titles, reason in _TABLE)
_NOT_WORDS = re.compile(r"[^\w\s-]|_")


def unread_by_title(title: str) -> str | None:
    """Why a section of this title is not read aloud; None where it is."""
    plain = " ".join(_NOT_WORDS.sub("", title).casefold().split()).removeprefix("the ")
    if not plain or len(plain) > 80:
        return None
    return next((reason for pattern, reason in _PATTERNS if pattern.fullmatch(plain)), None)
