"""Recognise what may be a heading, one line at a time. Whether it is one is decided by the whole book (see `outline`).

The words come from `languages`: those of all languages, because the reader of a text does not know its language.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from audiobook.languages import Language, load_languages
from audiobook.languages.contract import HeadingWords
from audiobook.readers import heading_forms, numerals

# Families of headings. Those of the upper levels hold chapters; those of the lower are held by them.
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
LOWER_FAMILIES = ("scene", "section", "dotted")
_AFTER_FIGURES = frozenset({*UPPER_FAMILIES, "chapter", "canto", "scene"})  # "II. Kapitel", but not "II. Night"
NAMED = "named"
NUMERALS = ("numeral-roman", "numeral-arabic", "numeral-word")
TITLED_NUMERALS = ("titled-roman", "titled-arabic", "titled-word")

_TITLED = re.compile(r"(?P<number>[IVXLCDM]+|\d{1,3}|[A-Z][\w-]+)(?P<stop>\s*[.:)]|\s*[-–—]+(?=\s)|)\s+(?P<rest>\S.*)")
_SEPARATOR = re.compile(r"[\s.:;,)\]\-–—]*")
_DECORATION = " \t_*=~-–—#·•+[]{}()<>|"
_NOTE_MARK = re.compile(
    r"(?<=[^\s\[({])\s*(?:\[(?:\d{1,3}|[A-Za-z*†‡])\]|\(\*?\d{1,3}\)|[*†‡]{1,3}|[¹²³⁴-⁹]+)(?=[.:]?\s*$)"
)
_SPACED = re.compile(r"(?:\w ){3,}\w\W*")  # T H E  E N D
_SENTENCE_END = re.compile(r"[.!?,;:…。！？、，；：،؛؟।॥۔][\"'”’)\]_*]*$|[\"”»」]$|[-–—]$")
_QUOTED = tuple('"“”«»„‘')
LONGEST_LINE = 110  # characters of a line that may be a heading
_MOST_TITLE_WORDS = 14
_LONGEST_TITLE = 120  # characters of a title in mixed case
_MOST_SUMMARY_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a line would mean as a heading."""

    family: str  # a family above, NAMED, one of NUMERALS, …
    number: int | None  # None where it has none, 0 where nobody can say ("the Last")
    label: str  # "CHAPTER I", "Prologue", "IV"
    title: str = ""  # what follows the label, on its line or beneath
    line: str = ""  # label and title as they stand on one line
    within: str = ""  # the label of a part named on the same line: "BOOK II" of "BOOK II, CHAPTER V"

    @property
    def wording(self) -> str:
        """Label and title as a list of chapters shows them."""
        return self.line or f"{self.label}: {self.title}" if self.title and self.label else self.label or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class _Patterns:
    """The heading words of several languages as patterns."""

    families: dict[str, str]  # keyword → family
    keyword_first: re.Pattern[str]  # "Chapter the First"
    number_first: re.Pattern[str]  # "First Chapter"
    named: re.Pattern[str]  # "Prologue"
    closing: re.Pattern[str]  # "The End"
    summary: re.Pattern[str]  # "In which …"


@cache
def _compile(languages: tuple[Language, ...]) -> _Patterns:
    words = [language.headings for language in languages]
    named = {word: family for part in words for word, family in part.keywords.items()}
    families = {numerals.fold(form): family for word, family in named.items() for form in (word, numerals.bare(word))}
    key = "|".join(sorted(families, key=len, reverse=True))
    article = rf"(?:(?:{_any(words, lambda part: part.articles)})\s+)?"
    name_article = rf"(?:(?:{_any(words, lambda part: (*part.articles, *part.name_articles))})\s+)?"
    marks, links = _any(words, lambda part: part.number_marks), _any(words, lambda part: part.name_links)
    number, number_word = numerals.pattern(), numerals.word_pattern()
    ordinal = rf"\d+(?:{'|'.join(numerals.suffixes())})"
    return _Patterns(
        families=families,
        keyword_first=re.compile(
            rf"{article}(?P<key>{key})(?![^\W\d_])\.?(?:\s*(?:{marks})?|\s*[-–—:]\s*)(?P<number>{number})(?![\w’'])"
            r"(?P<rest>.*)",
            re.IGNORECASE,
        ),
        number_first=re.compile(
            rf"{article}(?P<number>{number_word}|{ordinal}|(?:\d+|[ivxlc]+)(?:\.|(?=\s\S+$)))\s+(?P<key>{key})\b"
            r"(?P<rest>.*)",
            re.IGNORECASE,
        ),
        named=re.compile(
            rf"{name_article}(?P<name>{_any(words, lambda part: part.names)})"
            rf"(?P<rest>\s+(?:{links})\b.{{0,60}}|\s+(?:{number})\.?|\s*[-–—:.]+\s*.{{0,80}}|)",
            re.IGNORECASE,
        ),
        closing=re.compile(rf"\W*(?:{_any(words, lambda part: part.closings)})\W*", re.IGNORECASE),
        summary=re.compile(rf"(?:{_any(words, lambda part: part.summaries)})", re.IGNORECASE),
    )


def _any(words: Iterable[HeadingWords], choose: Callable[[HeadingWords], tuple[str, ...]]) -> str:
    return "|".join(pattern for part in words for pattern in choose(part))


def _patterns() -> _Patterns:
    return _compile(load_languages())


def recognise(line: str) -> Heading | None:
    """Return what the line would be as a heading; None where it cannot be one."""
    return _recognise(line, load_languages()) if len(line) <= LONGEST_LINE else None


@lru_cache(maxsize=16384)  # several readers of the outline ask about the same line
def _recognise(line: str, languages: tuple[Language, ...]) -> Heading | None:
    bare, patterns = strip_note_mark(line).strip(_DECORATION), _compile(languages)
    if not bare or patterns.closing.fullmatch(bare):
        return None
    form = heading_forms.read_form(bare)
    if form:
        family, number, label, title, within = form
        return Heading(
            family=family, number=number, label=label, title=title, line=bare if title else "", within=within
        )
    found = _keyword(bare, patterns) or _named(bare, patterns) or _numeral(bare) or _titled_numeral(bare)
    return found or _keyword_behind_part(bare, patterns)


_BEHIND_PART = re.compile(r"(?P<part>[^\W\d_][^:.—]{2,40}?)\s*(?:[:.—]|--)+\s*(?P<rest>\S.*)")


def _keyword_behind_part(bare: str, patterns: _Patterns) -> Heading | None:
    """The heading behind the name of its part: "Inferno: Canto I"."""
    found = _BEHIND_PART.fullmatch(bare)
    if not found or len(found["part"].split()) > 5 or not mostly_capitalised(found["part"]):
        return None
    inner = _keyword(found["rest"].strip(_DECORATION), patterns)
    return replace(inner, within=found["part"]) if inner and not inner.title and inner.number else None


def strip_note_mark(line: str) -> str:
    """The line without the mark of a note at its end: "XXII." for "XXII[1]."."""
    return _NOTE_MARK.sub("", line) if line[-3:].strip(" .:")[-1:] in _NOTE_ENDS else line


_NOTE_ENDS = frozenset("])*†‡¹²³⁴⁵⁶⁷⁸⁹")


def _keyword(bare: str, patterns: _Patterns) -> Heading | None:
    found = patterns.keyword_first.fullmatch(bare)
    found, ordered = (found, False) if found else (patterns.number_first.fullmatch(bare), True)
    value = numerals.number(found["number"].rstrip(".")) if found else None
    if not found or value is None:
        return None
    family = patterns.families[numerals.fold(found["key"])]
    if ordered and (numerals.is_cardinal(found["number"]) or (value[1] != "word" and family not in _AFTER_FIGURES)):
        return None
    rest = found["rest"]
    title = rest[_end_of_separator(rest) :]
    separator = rest[: _end_of_separator(rest)].strip()
    parted = bool(separator)
    if (title and not parted and not _begins_title(title)) or _runs_on(title, parted):
        return None
    if title and not _begins_title(title) and (ordered or separator[0] in ",;"):
        return None
    label = bare[: len(bare) - len(rest)]
    inner = _keyword(title.strip(_DECORATION), patterns) if title and family in UPPER_FAMILIES else None
    if inner and inner.family != family:
        return replace(inner, within=label)
    return Heading(family=family, number=value[0], label=label, title=title, line=bare if title else "")


def _begins_title(title: str) -> bool:
    return not title[0].islower()


def _end_of_separator(rest: str) -> int:
    found = _SEPARATOR.match(rest)
    return found.end() if found else 0


def _runs_on(title: str, parted: bool) -> bool:
    """Whether what follows a label is a sentence that happens to begin so ("Chapter one I had read twice.")."""
    if is_capitals(title) or not title:
        return False
    return not parted and (bool(_SENTENCE_END.search(title)) or not mostly_capitalised(title))


def _named(bare: str, patterns: _Patterns) -> Heading | None:
    found = patterns.named.fullmatch(bare)
    if (
        not found
        or bare[0].islower()
        or (found["rest"] and _SENTENCE_END.search(found["rest"]) and len(found["rest"]) > 12)
    ):
        return None
    return Heading(family=NAMED, number=None, label=bare.rstrip(" .:"))


def _numeral(bare: str) -> Heading | None:
    text = bare.rstrip(" .:)")
    if len(text) > 18 or not text[:1].isalnum() or text[0].islower():
        return None
    value = numerals.number(text)
    if value is None or (value[1] == "roman" and not text.isupper()) or text.casefold() in numerals.never_alone():
        return None
    return Heading(family=f"numeral-{value[1]}", number=value[0], label=text)


def _titled_numeral(bare: str) -> Heading | None:
    found = _TITLED.fullmatch(bare)
    value = numerals.number(found["number"]) if found else None
    if not found or value is None or (value[1] == "roman" and not found["number"].isupper()):
        return None
    title = found["rest"]
    if not found["stop"].strip() and (value[1] == "word" or not is_capitals(title)):
        return None
    if found["number"] == "I" and found["stop"][:1] in "-–—" and not is_capitals(title):
        return None  # somebody stammers: "I-- I don't know"
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
    words, patterns = len(text.split()), _patterns()
    if not text or patterns.closing.fullmatch(text):
        return False
    if is_capitals(text):
        return words <= _MOST_SUMMARY_WORDS and not (text.startswith(_QUOTED) and text.rstrip('"”’»').endswith("!"))
    if attached and words <= _MOST_SUMMARY_WORDS and patterns.summary.match(text):
        return True
    begins = not text[0].islower() and (text[0].isalnum() or text[0] in '_*("“‘¿¡«')
    return (
        begins
        and len(text) <= _LONGEST_TITLE
        and words <= _MOST_TITLE_WORDS
        and _is_phrase(text, words, attached=attached)
    )


def _is_phrase(text: str, words: int, *, attached: bool) -> bool:
    """Whether a short line in mixed case is a title's phrase rather than a sentence."""
    capitalised = mostly_capitalised(text)
    if text.startswith(_QUOTED):
        return capitalised and not _SENTENCE_END.search(text.rstrip('"”’»'))
    if _SENTENCE_END.search(text):
        if text.lower() == text.upper():  # a script without capitals, in which nothing tells a title from a sentence
            return False
        return capitalised and words <= 8 and text[-1] in ".?!" and (attached or words > 1)
    return capitalised or words <= 8


def is_summary(text: str) -> bool:
    """Whether a text begins as the summary of a chapter does: "In which …", "Comment …"."""
    return _patterns().summary.match(text) is not None


def is_closing(text: str) -> bool:
    """Whether a line closes a book or a part of it: "THE END"."""
    bare = " ".join(text.split()).strip(_DECORATION)
    bare = bare.replace(" ", "") if _SPACED.fullmatch(bare) else bare
    bare = "the end" if bare.casefold() == "theend" else bare
    return bool(bare) and len(bare) <= LONGEST_LINE and _patterns().closing.fullmatch(bare) is not None


def is_bare_capitals(text: str) -> bool:
    """Whether a block by itself may be a title in capitals: no speech, no shout, no closing words."""
    text = text.strip(_DECORATION)
    if not is_capitals(text) or len(text.split()) > _MOST_TITLE_WORDS or len(text) < 3:
        return False
    quoted = any(mark in text for mark in _QUOTED)
    return not quoted and text[-1] not in "!,;:" and not _patterns().closing.fullmatch(text)


def is_bare_title(text: str) -> bool:
    """Whether a block by itself may be a title in mixed case."""
    text = text.strip(_DECORATION)
    if not text or len(text.split()) > 10 or not _begins_title(text) or not any(map(str.isalpha, text)):
        return False
    if text.startswith(_QUOTED):
        return False
    return mostly_capitalised(text) and not _SENTENCE_END.search(text) and not _patterns().closing.fullmatch(text)
