"""Speak Roman numerals where they are numbers: after chapters, wars and kings, and alone in a heading.

Words that look like numerals (I, MIX, CD, LIV, DID) stay. Outside headings, and not after a word like "chapter", only
numerals made of I, V and X count; a single I, V or X counts only after a word that takes a number.
"""

import re

from audiobook.languages.en.spoken.numerals import (
    DIVISIONS,
    NEVER_NUMERALS,
    NOT_WITH_ONE_LETTER,
    NUMBER_WORDS,
    NUMBERED,
    RULERS,
    TITLES,
)
from audiobook.normalization.numbers import read_roman, say_cardinal, say_ordinal, say_year
from audiobook.normalization.patterns import any_of

_MOST_NAMESAKES = 5  # of one family: "Thurston Howell III", but not "Star Trek VI"
_NUMERAL = r"(?:[IVXLC]+|[ivxlc]+)"
_GATE = re.compile(r"[IVXLCDM][IVXLCDM]|[VXL](?!\w)|[A-Z][A-Za-z]{0,40}\.? I(?![\w'’]| (?!of |error)[a-z])|^I\W*$|WWI")
_SMALL_GATE = re.compile(r"(?:^|[ (–-])(?!(?:ill|ll|civil|il)\b)[ivxlc]{1,8}(?![A-Za-z'’])")
_WHOLE = re.compile(rf"\s*({_NUMERAL})\s*([.:)]?)\s*")
_OF_SOMETHING = re.compile(r"of (?:the |his |her )?[A-Z]|errors?\b")
_LEADING = re.compile(r"(?P<figures>[IVXLC]+)(?P<mark>[.:)]|\s*[—–-])\s+(?=\S)")
_AFTER_WORD = re.compile(
    rf"\b(?P<word>{any_of(NUMBERED)})(?P<dot>\.?\s+)(?P<figures>{_NUMERAL})\b"
    r"(?P<stop>\.(?=,))?(?!['’-](?!(?<=[IVX]{2}.)s\b)\w)(?P<title>\s+(?=(?-i:[A-Z])))?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"\b(?P<word>(?:{any_of(NUMBERED)})s?\.? )(?P<low>[IVXLC]+)[–-](?P<high>[IVX]{{1,5}}|[IVXLC]{{2,}})\b",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"\b(?P<word>(?i:{any_of(NUMBERED)})s )(?P<low>[IVXLC]+)(?P<between>,? (?:and|or|to|through) )"
    r"(?P<high>[VX]|[IVXLC]{2,})\b"
)
_SUFFIXED = re.compile(r"\b([IVXLC]{2,})(?:th|st|nd|rd)\b")
_BOWL = re.compile(r"(?<=Bowl )[IVXL]+\b")
_WAR = re.compile(r"\bWW(I{1,3})\b")
_SMALL = re.compile(r"(?<![\w'’-])(?:ii|iii)(?![\w'’-])|(?<=\()(?:iv|vi{1,3}|ix)(?=\))")
_AFTER_NAME = re.compile(
    rf"\b(?P<title>(?i:{any_of(TITLES)})\s+)?(?P<name>[A-Z][a-zA-Z]+|[A-Z]+)\s+"
    r"(?P<the>the )?(?P<figures>(?!LIV\b)(?:[IVX]+|[IVXL]{3,}))\b(?P<after>\.(?=\s+[a-z])|)(?!['’](?!s\b)\w)"
    r"(?P<first>(?<=[IVX]{2}) and I\b(?=\s*$| of [A-Z]))?",
)
_FIRST_NAME = re.compile(r"[A-Z][a-z]+ (?:[A-Z]\.? )?$")  # "Thurston Howell III" is a person, "Rule III" is not
_CENTURY = re.compile(r"\b([IVX]+)(?:th|st|nd|rd)?\b(?=\s+(?:[Cc]entury|[Cc]enturies))")
_AFTER_THE = re.compile(r"(?<=\b[Tt]he )([IVX]{2,})(?:th|st|nd|rd)?\b(?= [A-Z])")
_YEAR = re.compile(r"\bM[MDCLXVI]{3,}\b")
_ALONE = re.compile(r"\b(?:VI{2,3}|I{2,3}|XI{1,3}|XI?V|XVI{1,3}|XI?X|XX[IVX]{1,4})\b(?!['’]\w)")
_LONG = re.compile(r"\b[CLX][CLXVI]{3,}\b(?!['’]\w)")
_PAGES = re.compile(r"\b(pp?\. ?|[Pp]ages? )([ivxlc]+)(?:([–-])([ivxlc]+))?\b")


def say_romans(text: str, *, heading: bool) -> str:
    """ "Chapter IV" → "Chapter four", "Henry VIII" → "Henry the eighth", a heading "XII." → "Twelve."."""
    if not (_GATE.search(text) or _SMALL_GATE.search(text)):
        return text
    text = _heading(text) if heading else text
    alone = _WHOLE.fullmatch(text)
    if (
        alone
        and len(alone[1]) > 1
        and alone[1].upper() not in NEVER_NUMERALS
        and set(alone[1]) != {"x"}
        and read_roman(alone[1])
    ):
        return _value(alone[1]).capitalize() + alone[2]
    text = _AFTER_WORD.sub(lambda found: _numbered(found, heading=heading), _before_words(text))
    text = _SMALL.sub(_standing, _PAGES.sub(_pages, text))
    return _in_capitals(text) if _GATE.search(text) else text


def _before_words(text: str) -> str:
    """Speak the numerals that need no word before them, or more than that word."""
    text = _PAIR.sub(_pair, _SPAN.sub(_span, _WAR.sub(r"World War \1", text)))
    text = _SUFFIXED.sub(_ordinal, text)
    return _BOWL.sub(_standing, text)


def _in_capitals(text: str) -> str:
    """Speak kings, centuries, years and other numerals in capitals that are beyond doubt."""
    text = _AFTER_NAME.sub(_named, _CENTURY.sub(_ordinal, _AFTER_THE.sub(_ordinal, text)))
    return _ALONE.sub(_standing, _LONG.sub(_standing, _YEAR.sub(_year, text)))


def _standing(found: re.Match[str]) -> str:
    return _value(found.group())


def _value(figures: str) -> str:
    """Return a Roman numeral as a cardinal; as written where it is no numeral."""
    value = read_roman(figures)
    return figures if value is None else say_cardinal(value)


def _heading(text: str) -> str:
    """Speak the numeral that is a whole heading, or begins one."""
    whole = _WHOLE.fullmatch(text)
    if whole:
        return _value(whole[1]).capitalize() + whole[2] if read_roman(whole[1]) else text
    leading = _LEADING.match(text.lstrip())
    if leading and read_roman(leading["figures"]):
        return f"{_value(leading['figures']).capitalize()}. {text.lstrip()[leading.end() :]}"
    return text


def _numbered(found: re.Match[str], *, heading: bool) -> str:
    figures, word = found["figures"], found["word"]
    value = read_roman(figures)
    if value is None or (figures in {"I", "i"} and not _one_is_meant(found, heading=heading)):
        return found.group()
    if figures.islower() and word.lower() not in DIVISIONS:
        return found.group()
    title = found["title"] or ""
    if title and heading and word.lower() in DIVISIONS:
        title = ". "
    if word.lower() in NUMBER_WORDS and "." in found["dot"]:
        said = NUMBER_WORDS[word.lower()]
        return f"{said.capitalize() if word[0].isupper() else said} {say_cardinal(value)}{title}"
    return f"{word}{found['dot']}{say_cardinal(value)}{title}"


def _one_is_meant(found: re.Match[str], *, heading: bool) -> bool:
    """Whether an I after "Part" or "War" is a number: not where a sentence goes on with it ("the part I played")."""
    if found["word"].lower() in NUMBER_WORDS:
        return False
    if found["figures"] == "i":
        return found["word"].lower() in {"chapter", "act", "scene", "canto"}
    if heading or found.string[max(0, found.start() - 6) : found.start()].lower() == "world ":
        return True
    rest = found.string[found.end() :].lstrip()
    goes_on = not rest or rest[0] in ".,;:)!?—–" or found["title"] is not None or _OF_SOMETHING.match(rest)
    return found["word"][0].isupper() and bool(goes_on)


def _named(found: re.Match[str]) -> str:
    name, figures = found["name"], found["figures"]
    value = read_roman(figures)
    if value is None or not figures.isupper() or not name[0].isupper():
        return found.group()
    ruler = name.lower() in RULERS or bool(found["title"])
    ruler = ruler or (name.lower() in NOT_WITH_ONE_LETTER and len(figures) > 1)
    if len(figures) == 1 and not (ruler and _single_is_meant(found)):
        return found.group()
    before = found.string[max(0, found.start() - 20) : found.start()]
    if ruler or (value <= _MOST_NAMESAKES and _FIRST_NAME.search(before)):
        return f"{found['title'] or ''}{name} the {say_ordinal(value)}{' and first' if found['first'] else ''}"
    return f"{name} {found['the'] or ''}{say_cardinal(value)}{found['first'] or ''}"


def _single_is_meant(found: re.Match[str]) -> bool:
    """Whether one letter after a ruler's name is a number: "Charles I of Spain", never "Charles I think"."""
    if found["figures"] != "I":
        return True
    rest = found.string[found.end() :]
    return bool(found["title"]) or bool(re.match(r"'s\b|[,.;:)]|\s*$|\s+of\s+[A-Z]", rest))


def _span(found: re.Match[str]) -> str:
    low, high = read_roman(found["low"]), read_roman(found["high"])
    if low is None or high is None or high <= low or not (found["low"] + found["high"]).isupper():
        return found.group()
    return f"{found['word']}{say_cardinal(low)} to {say_cardinal(high)}"


def _pair(found: re.Match[str]) -> str:
    """ "Books III and IV": the second has no word of its own."""
    low, high = read_roman(found["low"]), read_roman(found["high"])
    if low is None or high is None:
        return found.group()
    return f"{found['word']}{say_cardinal(low)}{found['between']}{say_cardinal(high)}"


def _ordinal(found: re.Match[str]) -> str:
    value = read_roman(found[1])
    return found.group() if value is None else say_ordinal(value)


def _year(found: re.Match[str]) -> str:
    value = read_roman(found.group())
    return found.group() if value is None else say_year(value)


def _pages(found: re.Match[str]) -> str:
    numbers = [figures for figures in (found[2], found[4]) if figures]
    if any(read_roman(figures) is None for figures in numbers):
        return found.group()
    return found[1] + " to ".join(map(_value, numbers))
