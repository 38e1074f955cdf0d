"""Rewrite foreign, scientific and typographic notation for the other rules, and speak symbols.

`normalize_notation` runs before quotation marks and markup are removed, because marks for feet, inches and powers look
like them.
"""

import re
from collections.abc import Callable

from audiobook.languages.en.spoken.symbols import COMPASS, SLASHED, SYMBOLS
from audiobook.normalization.numbers import SIGNS, is_part
from audiobook.normalization.patterns import any_of
from audiobook.normalization.typography import TAG, strip_markup, strip_quotes, strip_tags

_GATE = re.compile(rf"[/<>{re.escape(''.join(SYMBOLS))}]")
_SYMBOL = re.compile(rf"\s*({any_of(SYMBOLS)})\s*")
_SILENT = re.compile(r"\s*[/<>]+\s*")

_SLASHED = re.compile(rf"(?<!\w)(?:{any_of(SLASHED)})(?!\w)", re.IGNORECASE)


def say_symbols(text: str) -> str:
    """ "salt & pepper" → "salt and pepper"; a slash between words becomes a space."""
    if not _GATE.search(text):
        return text
    text = _SYMBOL.sub(_named, text)
    if "/" in text:
        text = _SLASHED.sub(lambda found: SLASHED[found.group().lower()], text)
    return _SILENT.sub(" ", text)


def _named(mark: re.Match[str]) -> str:
    """Return the symbol's word; a space where no word is beside the symbol, as in a ruled line."""
    beside = mark.string[max(0, mark.start() - 1) : mark.start()] + mark.string[mark.end() : mark.end() + 1]
    return f" {SYMBOLS[mark[1]]} " if any(map(str.isalnum, beside + mark[1])) else " "


_ORDINAL_LETTERS = str.maketrans("ˢᵗⁿᵈʳʰ", "stndrh")
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
# Before these words the plural is spoken: "11 inches by 9", "7 inches long".
_MANY = r"(?:x|×|by|long|wide|tall|high|deep|thick|of|and|or|to|in|from|apart|across)\b"

_ORDINAL = re.compile(r"(?<=\d)[ˢᵗⁿᵈʳʰ]{2}")
_APART = re.compile(r"(?<=\d)(?:-(?=(?:st|nd|rd|th)\b(?!-))| (?=th\b))")
_FEMININE = re.compile(r"(?<=\d)ª")
_DEGREE = re.compile(r"(?<=\d)\s?º")
_POWER = re.compile(r"(?<![\d.,])(\d{1,2})((?:[⁺⁻][⁰¹²³⁴-⁹]+)|[⁰¹²³⁴-⁹]{2,}|[⁰¹⁴-⁹])")
_SQUARE, _CUBE = re.compile(r"(?<=[A-Za-z)])\^2(?!\d)"), re.compile(r"(?<=[A-Za-z)])\^3(?!\d)")
_NEGATIVE_POWER = re.compile(r"(?<=\w)\s?\^\s?[-−](?=\d)")
_SCIENTIFIC = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,9})?)[eE]([+-]?)(\d{1,3})(?!\w)")
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3})+(?=,\d{1,2}(?!\d))|(?:\.\d{3}){2,}(?![\d.]))")
_EUROS = re.compile(r"(?<![\d.,])(\d{1,3})\.(?=\d{3}\s?€)|(?<=€)(\d{1,3})\.(?=\d{3}(?![\d.,]))")
_INDIAN = re.compile(r"(?<![\d.,])\d{1,2}(?:,\d\d){1,4},\d{3}(?![\d,])")
_COMMA = re.compile(r"(?<![\d,.])(?<!pp\. )(?<!pages )(?<!verses )(\d{1,12}),(?=\d{1,2}(?![\d,]|\.\d))")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:[\u00a0\u2009\u202f]\d{3})+|(?: \d{3}){2,}|(?: 000)+)(?![\d.,]*\d|-)")
_MINUTES_OF_ARC = re.compile(
    r"(?<=\d)°\s?(?P<minutes>\d{1,2})['′’](?:\s?(?P<seconds>\d{1,2}(?:\.\d+)?)(?:[\"″”]|''))?\s?(?P<way>[NSEW]\b)?"
)
_INCHES = re.compile(
    rf"(?<![\w'′’./])(?P<n>(?:\d{{1,2}}[ -])?\d{{1,2}}/\d{{1,2}}|\d{{1,3}}(?:\.\d)?[{SIGNS}]?|[{SIGNS}])"
    r"(?P<mark>[\"″])(?P<next>\s+\w+)?"
)
_FAR = 2000  # characters in which an open quotation mark is looked for
_QUOTE = re.compile(rf"(?<![\d{SIGNS}])\"")
_FEET_AND_INCHES = re.compile(
    rf"(?<![\d.,'’])(?P<feet>\d{{1,2}})\s?['′’]\s?(?P<inches>\d{{1,2}}[{SIGNS}]?)\s?(?:[\"″”]|''|’’)(?!\d)"
)
_FEET = re.compile(
    r"(?<![\w'])(\d{1,3})['′’](?=\s?(?:tall|high|long|wide|deep|by|[x×])\b)|(?<=[x×] )(\d{1,3})['′’](?!\w)"
)
_FEET_ALONE = re.compile(r"\s*(\d{1,3})\s?['′’]\s*")


def normalize_notation(text: str) -> str:
    """ "1.234,56" → "1234.56", "10⁶" → "10^6", "5ᵗʰ" → "5th", a ruler's `12"` → "12 inch"."""
    text = _DEGREE.sub("°", _FEMININE.sub("th", _ORDINAL.sub(_plain_letters, text)))
    text = _POWER.sub(_power, _APART.sub("", text))
    text = _NEGATIVE_POWER.sub(" to the power of minus ", _SCIENTIFIC.sub(_scientific, text))
    text = _SPACED.sub(lambda found: "".join(found.group().split()), _INDIAN.sub(_without(","), text))
    text = _EUROS.sub(lambda found: found[1] or found[2], text) if "€" in text else text
    text = _COMMA.sub(r"\1.", _DOTTED.sub(_without("."), text))
    text = _CUBE.sub("³", _SQUARE.sub("²", text.translate(_SUBSCRIPTS)))
    return _feet_and_inches(text)


def _without(mark: str) -> Callable[[re.Match[str]], str]:
    return lambda found: found.group().replace(mark, "")


def _plain_letters(found: re.Match[str]) -> str:
    return found.group().translate(_ORDINAL_LETTERS)


def _power(found: re.Match[str]) -> str:
    return f"{found[1]}^{found[2].translate(_POWERS)}".replace("^+", "^")


def _scientific(found: re.Match[str]) -> str:
    return f"{found[1]} times 10 to the power of {'minus ' if found[2] == '-' else ''}{found[3]}"


def _feet_and_inches(text: str) -> str:
    alone = _FEET_ALONE.fullmatch(text)
    if alone:
        return f"{alone[1]} {'foot' if alone[1] == '1' else 'feet'}"
    text = (
        _FEET.sub(_only_feet, _FEET_AND_INCHES.sub(_feet_inches, text))
        if "'" in text or "′" in text or "’" in text
        else text
    )
    text = _MINUTES_OF_ARC.sub(_minutes_of_arc, text) if "°" in text else text
    return _INCHES.sub(_inches, text) if '"' in text or "″" in text else text


def _minutes_of_arc(found: re.Match[str]) -> str:
    seconds = f" {found['seconds']} seconds" if found["seconds"] else ""
    return f"° {found['minutes']} minutes{seconds}{COMPASS.get(found['way'] or '', '')}"


def _only_feet(found: re.Match[str]) -> str:
    figures = found[1] or found[2]
    return f"{figures} {'foot' if figures == '1' else 'feet'}"


def _feet_inches(found: re.Match[str]) -> str:
    """ "5'10"" → "5 feet 10 inches"."""
    feet, inches = found["feet"], found["inches"]
    return f"{feet} {'foot' if feet == '1' else 'feet'} {inches} inch{'' if inches == '1' else 'es'}"


def _inches(found: re.Match[str]) -> str:
    """Speak a mark for inches. A straight quotation mark is one only where no quotation is open and a measure fits."""
    following = found["next"] or ""
    before, rest = found.string[max(0, found.start() - _FAR) : found.start()], found.string[found.end() :]
    if found["mark"] == '"':
        measured = following.strip() in {"long", "wide", "tall", "high", "deep", "thick"}
        alone = not before.strip() and not rest.strip()
        between = before.rstrip().endswith(("x", "×", "by"))
        if not measured and (len(_QUOTE.findall(before)) % 2 or not (alone or between or following.strip().islower())):
            return found.group()
    many = not following or re.match(_MANY, following.strip())
    return f"{found['n']} {'inches' if many and found['n'] != '1' and not is_part(found['n']) else 'inch'}{following}"


# ---- words of which nothing is spoken: tags of HTML, marks of notes, numbers in circles

_TOKEN = re.compile(r"\S+")
_WORD_LETTER = re.compile(r"[^\W_]")
_ALL_SPOKEN = re.compile(r"[A-Za-z0-9.,;:!?'\"“”‘’—–…-]+")  # of which everything is spoken


def find_dropped_words(text: str) -> tuple[str, ...]:
    """Return the words that the spoken form of a text leaves out, as they stand in the text."""
    tags = [found.span() for found in TAG.finditer(text)] if "<" in text else []
    return tuple(token[0] for token in _TOKEN.finditer(text) if _is_dropped(token, tags))


def _is_dropped(token: re.Match[str], tags: list[tuple[int, int]]) -> bool:
    if _ALL_SPOKEN.fullmatch(token[0]) and not tags:
        return False
    first = _WORD_LETTER.search(token[0])
    if first is None:
        return False
    at = token.start() + first.start()
    if any(start <= at < end for start, end in tags):
        end = next(end for start, end in tags if start <= at < end)
        return _WORD_LETTER.search(token.string, end, max(end, token.end())) is None
    return _WORD_LETTER.search(say_symbols(strip_quotes(strip_markup(strip_tags(token[0]))))) is None
