"""What a heading looks like, one line at a time. Whether it *is* one, the whole book decides (see outline)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from audiobook.readers import numerals

# What a keyword stands for. Families of the upper levels hold chapters; those of the lower are held by them.
KEYWORDS = {
    "volume": "volume", "vol": "volume", "tome": "volume", "band": "volume",
    "book": "book", "livre": "book", "libro": "book", "buch": "book",
    "part": "part", "pt": "part", "partie": "part", "parte": "part", "teil": "part", "deel": "part",
    "act": "act",
    "chapter": "chapter", "chap": "chapter", "chapitre": "chapter", "capítulo": "chapter", "capitulo": "chapter",
    "capitolo": "chapter", "kapitel": "chapter", "hoofdstuk": "chapter",
    "stave": "stave", "letter": "letter", "canto": "canto", "episode": "episode", "tale": "tale", "story": "story",
    "lecture": "lecture", "adventure": "adventure", "fit": "fit", "interlude": "interlude",
    "day": "day", "night": "night", "week": "week",
    "scene": "scene", "section": "section",
}  # fmt: skip
UPPER_FAMILIES = ("volume", "book", "part", "act")  # from the highest
CHAPTER_FAMILIES = (
    "chapter",
    "stave",
    "letter",
    "canto",
    "episode",
    "tale",
    "story",
    "lecture",
    "adventure",
    "fit",
    "day",
    "night",
    "week",
)
LOWER_FAMILIES = ("scene", "section")
NAMED = "named"
NUMERALS = ("numeral-roman", "numeral-arabic", "numeral-word")
TITLED_NUMERALS = ("titled-roman", "titled-arabic", "titled-word")

_KEY = "|".join(sorted(KEYWORDS, key=len, reverse=True))
_KEYWORD_FIRST = re.compile(
    rf"(?:the\s+)?(?P<key>{_KEY})\b\.?(?:\s+(?:the\s+|no\.?\s*|number\s+)?|\s*[-–—:]\s*)(?P<number>{numerals.PATTERN})(?![\w’'])(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(
    rf"(?:the\s+)?(?P<number>{numerals.WORD_PATTERN}|\d+(?:st|nd|rd|th))\s+(?P<key>{_KEY})\b(?P<rest>.*)", re.IGNORECASE
)
_NAMES = (
    r"prologue|epilogue|preface|foreword|introduction|introductory(?: note| chapter)?|afterword|interlude|"
    r"intermezzo|prelude|"
    r"postlude|coda|conclusion|postscript|finale|overture|l['’]envoi|envoi|proem|induction|appendix|acknowledge?ments?|"
    r"dedication|about the author|author['’]s (?:note|preface|introduction|foreword)|note (?:by|from) the author|"
    r"to the reader|glossary|bibliography|index|notes|footnotes|endnotes|"
    r"dramatis person(?:ae|æ)|(?:list of )?(?:the )?characters|"
    r"prolog|epilog|vorwort|nachwort|prólogo|epílogo|épilogue|préface|avant-propos"
)
_NAMED = re.compile(
    rf"(?:the\s+|an?\s+)?(?P<name>{_NAMES})(?P<rest>\s+(?:to|by|of|for)\b.{{0,60}}|\s+(?:{numerals.PATTERN})\.?|\s*[-–—:.]+\s*.{{0,80}}|)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?P<number>[IVXLCDM]+|\d{1,3}|[A-Z][\w-]+)(?P<stop>\s*[.:)]|\s*[-–—]+(?=\s)|)\s+(?P<rest>\S.*)")
_SEPARATOR = re.compile(r"[\s.:;,)\]\-–—]*")
_DECORATION = " \t_*=~-–—#·•[]{}<>|"
_SENTENCE_END = re.compile(r"[.!?,;:…][\"'”’)\]_*]*$|[\"”»]$|[-–—]$")
_QUOTED = tuple('"“”«»„‘')
_SUMMARY = re.compile(
    r"(?:In which|Of |How |Wherein|Containing|Concerning|Being |Showing|Treat|Which |Relates?|Describes)", re.IGNORECASE
)
_END_WORDS = re.compile(r"\W*(?:the end|finis|fin|end|the end of .*|end of .*|to be continued)\W*", re.IGNORECASE)
LONGEST_LINE = 110  # characters of a line that may be a heading
_MOST_TITLE_WORDS = 14
_MOST_SUMMARY_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a line would mean as a heading."""

    family: str  # a value of KEYWORDS, NAMED, one of NUMERALS, …
    number: int | None  # None where it has none, 0 where nobody can say ("the Last")
    label: str  # "CHAPTER I", "Prologue", "IV"
    title: str = ""  # what follows the label, on its line or beneath
    line: str = ""  # label and title as they stand on one line
    within: str = ""  # the label of a part named on the same line: "BOOK II" of "BOOK II, CHAPTER V"

    @property
    def wording(self) -> str:
        """Label and title as a list of chapters shows them."""
        return self.line or f"{self.label}: {self.title}" if self.title and self.label else self.label or self.title


@lru_cache(maxsize=16384)  # a line is asked about by several readers of the outline
def recognise(line: str) -> Heading | None:
    """What the line would be as a heading; None where it cannot be one."""
    if len(line) > LONGEST_LINE:
        return None
    bare = line.strip(_DECORATION)
    if not bare or _END_WORDS.fullmatch(bare):
        return None
    return _keyword(bare) or _named(bare) or _numeral(bare) or _titled_numeral(bare)


def _keyword(bare: str) -> Heading | None:
    found = _KEYWORD_FIRST.fullmatch(bare) or _NUMBER_FIRST.fullmatch(bare)
    value = numerals.number(found["number"]) if found else None
    if not found or value is None:
        return None
    rest = found["rest"]
    title = rest[_end_of_separator(rest) :]
    parted = bool(rest[: _end_of_separator(rest)].strip())
    if (title and not parted and not (title[0].isupper() or title[0] in '"“‘(')) or _runs_on(title, parted):
        return None
    label = bare[: len(bare) - len(rest)]
    family = KEYWORDS[found["key"].casefold()]
    inner = _keyword(title.strip(_DECORATION)) if title and family in UPPER_FAMILIES else None
    if inner and inner.family != family:
        return replace(inner, within=label)
    return Heading(family=family, number=value[0], label=label, title=title, line=bare if title else "")


def _end_of_separator(rest: str) -> int:
    found = _SEPARATOR.match(rest)
    return found.end() if found else 0


def _runs_on(title: str, parted: bool) -> bool:
    """Whether what follows a label is a sentence that happens to begin so ("Chapter one I had read twice.")."""
    if is_capitals(title) or not title:
        return False
    return not parted and (bool(_SENTENCE_END.search(title)) or not mostly_capitalised(title))


def _named(bare: str) -> Heading | None:
    found = _NAMED.fullmatch(bare)
    if (
        not found
        or bare[0].islower()
        or (found["rest"] and _SENTENCE_END.search(found["rest"]) and len(found["rest"]) > 12)
    ):
        return None
    return Heading(family=NAMED, number=None, label=bare.rstrip(" .:"))


def _numeral(bare: str) -> Heading | None:
    text = bare.rstrip(" .:)")
    if len(text) > 18 or not text[:1].isalnum() or (text[0].isalpha() and not text[0].isupper()):
        return None
    value = numerals.number(text)
    if value is None or (value[1] == "roman" and not text.isupper()) or text.casefold() in {"last", "second"}:
        return None
    return Heading(family=f"numeral-{value[1]}", number=value[0], label=text)


def _titled_numeral(bare: str) -> Heading | None:
    found = _TITLED.fullmatch(bare)
    value = numerals.number(found["number"]) if found else None
    if not found or value is None or (value[1] == "roman" and not found["number"].isupper()):
        return None
    title = found["rest"]
    if not found["stop"].strip() and not is_capitals(title):
        return None
    if not looks_like_title(title, attached=True):
        return None
    return Heading(family=f"titled-{value[1]}", number=value[0], label=found["number"], title=title, line=bare)


def is_chapter_label(text: str) -> bool:
    """Whether a line is the heading of a chapter or a part by its own words, whatever stands around it."""
    heading = recognise(" ".join(text.split())) if len(text) <= LONGEST_LINE else None
    return heading is not None and heading.family in {*CHAPTER_FAMILIES, *UPPER_FAMILIES, NAMED}


def is_capitals(text: str) -> bool:
    """Whether every letter is a capital, and there are at least two."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 2


def mostly_capitalised(text: str) -> bool:
    """Whether the words that matter begin with capitals, as in a title."""
    words = [word.lstrip("\"'“‘(_*[") for word in text.split()]
    weighty = [word for word in words if len(word) > 3 or word == words[0]]
    return bool(weighty) and sum(not word[:1].islower() for word in weighty) >= 0.6 * len(weighty)


def looks_like_title(text: str, *, attached: bool) -> bool:
    """Whether a line under (or after) a label is its title rather than the first words of the story."""
    words = len(text.split())
    if not text or _END_WORDS.fullmatch(text):
        return False
    if is_capitals(text):
        return words <= _MOST_SUMMARY_WORDS and not (text.startswith(_QUOTED) and text.rstrip('"”’»').endswith("!"))
    if attached and words <= _MOST_SUMMARY_WORDS and _SUMMARY.match(text):
        return True
    begins = text[0].isupper() or text[0].isdigit() or text[0] in '_*("“‘'
    return begins and words <= _MOST_TITLE_WORDS and _is_phrase(text, words, attached=attached)


def _is_phrase(text: str, words: int, *, attached: bool) -> bool:
    """Whether a short line in mixed case is a title's phrase rather than a sentence."""
    capitalised = mostly_capitalised(text)
    if text.startswith(_QUOTED):
        return capitalised and not _SENTENCE_END.search(text.rstrip('"”’»'))
    if _SENTENCE_END.search(text):
        return capitalised and words <= 8 and text[-1] in ".?!" and (attached or words > 1)
    return capitalised or words <= 8


def is_bare_capitals(text: str) -> bool:
    """Whether a block by itself may be a title in capitals: no speech, no shout, no closing words."""
    text = text.strip(_DECORATION)
    if not is_capitals(text) or len(text.split()) > _MOST_TITLE_WORDS or len(text) < 3:
        return False
    quoted = any(mark in text for mark in _QUOTED)
    return not quoted and text[-1] not in "!,;:" and not _END_WORDS.fullmatch(text)


def is_bare_title(text: str) -> bool:
    """Whether a block by itself may be a title in mixed case."""
    text = text.strip(_DECORATION)
    if not text or len(text.split()) > 10 or not text[0].isupper():
        return False
    return mostly_capitalised(text) and not _SENTENCE_END.search(text) and not _END_WORDS.fullmatch(text)
