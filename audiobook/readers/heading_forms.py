"""Forms of headings with few words of a language: dotted numbers, signs, Chinese numbers, dates, letters A to Z."""

import re
from functools import cache
from typing import NamedTuple

from audiobook.languages import Language, load_languages
from audiobook.languages.tables import words
from audiobook.readers import numerals


class Form(NamedTuple):
    """A heading in one of these forms."""

    family: str
    number: int
    label: str
    title: str
    within: str = ""  # the numbers above it: "3" of "3.2"


_DOTTED = re.compile(r"(?P<above>\d{1,2}(?:\.\d{1,2}){0,2})\.(?P<number>\d{1,2})\.?(?:\s+(?P<title>\S.*))?")
_SIGN = re.compile(r"§+\s*(?P<number>\d{1,3}|[IVXLC]+)\b[.:]?\s*(?P<title>.*)")
_LONGEST_TITLE = 80  # characters
_SENTENCE_END = re.compile(r"[,;]$|[a-zß-ÿ]{3,}\.$")


def read_form(text: str) -> Form | None:
    """Return the heading that a line would be in one of these forms; None where it is in none."""
    if text[0].isdigit() or text[0] == "§":
        return _read_dotted(text) or _read_sign(text) or _read_counter(text, load_languages())
    if ord(text[0]) > 0x2E00:  # where the scripts of East Asia begin
        return _read_counter(text, load_languages())
    return None


def _read_dotted(text: str) -> Form | None:
    found = _DOTTED.fullmatch(text)
    if not found:
        return None
    title = found["title"] or ""
    if title and (len(title) > _LONGEST_TITLE or title[0].islower() or _SENTENCE_END.search(title)):
        return None
    label = f"{found['above']}.{found['number']}"
    return Form("dotted", int(found["number"]), label, title, found["above"])


def _read_sign(text: str) -> Form | None:
    found = _SIGN.fullmatch(text)
    value = numerals.number(found["number"]) if found else None
    if not found or not value or len(found["title"]) > _LONGEST_TITLE:
        return None
    return Form("section", value[0], text[: found.end("number")], found["title"])


@cache
def _compile_counters(languages: tuple[Language, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    counters = {char: family for language in languages for char, family in language.headings.counters.items()}
    pattern = re.compile(
        rf"(?P<ordinal>[第제]?)\s*(?P<number>[{numerals.CHINESE}]{{1,8}}|[\d０-９]{{1,4}})\s*"
        rf"(?P<key>[{''.join(counters)}])(?P<rest>.*)"
    )
    return pattern, counters


_PARTED = re.compile(r"[\s\u3000:：、.．,，—–-]+")


def _read_counter(text: str, languages: tuple[Language, ...]) -> Form | None:
    """第三章 雨の夜: a number with a counting character behind it."""
    pattern, counters = _compile_counters(languages)
    found = pattern.fullmatch(text)
    value = numerals.number(found["number"]) if found else None
    if not found or not value:
        return None
    rest = found["rest"]
    parted = _PARTED.match(rest)
    title = rest[parted.end() :] if parted else rest
    if (rest and not parted and not found["ordinal"]) or title.endswith(("。", "」", "！", "？", "，")):
        return None
    return Form(counters[found["key"]], value[0], text[: found.end("key")], title)


@cache
def _calendar(languages: tuple[Language, ...]) -> frozenset[str]:
    return frozenset(word for language in languages for word in language.headings.calendar)


_DATE_WORD = re.compile(r"[^\W\d_]+|\d+")
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th|er|º)?\b|\b1[5-9]\d\d\b", re.IGNORECASE)
_SMALL_DATE_WORDS = frozenset(words("st nd rd th the of le der den del de di and o clock er"))


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else: "Monday, 3 May", "1 January 1882.", "le 5 juillet"."""
    if len(text) > 48 or not _DAY.search(text):
        return False
    calendar = _calendar(load_languages())
    found = [word.casefold() for word in _DATE_WORD.findall(text)]
    named = sum(word in calendar for word in found)
    return named > 0 and all(word in calendar or word in _SMALL_DATE_WORDS or word.isdigit() for word in found)


def read_letter(text: str) -> int | None:
    """Return the place in the alphabet of a capital letter that stands alone, such as a dictionary's heading."""
    bare = text.strip(" .-–—*_=~")
    return ord(bare) - ord("A") + 1 if len(bare) == 1 and "A" <= bare <= "Z" else None
