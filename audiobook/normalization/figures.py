"""Speak the figures that no other rule has handled: ordinals, fractions, decimals, years and counts."""

import re

from audiobook.languages.en.spoken.numerals import COMPARISONS, FIXED, MAGNITUDES, ROUND, STREETS
from audiobook.normalization.numbers import (
    FRACTIONS,
    SIGNS,
    pluralize,
    say_cardinal,
    say_decimal,
    say_fraction,
    say_mixed_number,
    say_ordinal,
    say_year,
    spell_digits,
)
from audiobook.normalization.patterns import any_of

# A four-digit number after one of these is a year, whatever comes after it.
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|of|year|circa|early|late|mid|summer|winter|autumn|spring|"
    r"fall|and|to|January|February|March|April|May|June|July|August|September|October|November|December),?\s+$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s+(?:\w+(?<!s)\s+)?(?!(?:was|is|has|this|his|as|its|us|yes|always|perhaps|across|thus)\b)\w+s\b"
    r"|\s+(?:men|women|people|children|feet|of)\b"
)
# Things with a number that is spoken in two halves: "Flight 1234", "Room 1408".
_CALLED_BY = re.compile(r"\b(?:[Ff]light|[Rr]oom|[Rr]oute|[Hh]ighway|[Bb]us|[Tt]rain|[Ss]uite|[Bb]ox|[Ll]ocker)\s+$")
_ERA = re.compile(r"\s+(?:AD|BC|BCE|CE)\b")

_LONG = re.compile(r"\d{16,}")
_FIXED = re.compile(rf"(?<![\w/.,-])(?:{any_of(FIXED)})(?![\w/])")
_MIXED = re.compile(rf"(?<![\d.,/])(?:(?P<whole>\d{{1,9}})\s?)?(?P<sign>[{SIGNS}])")
_SLASHED = re.compile(
    r"(?<![\w.,/])(?:(?P<whole>\d{1,9})[ -])?(?P<top>\d{1,4})[/⁄](?P<bottom>\d{1,4})(?P<th>ths?|rds?|nds?)?(?![\w/])"
)
_ORDINAL = re.compile(
    r"(?<![\w.,])(?:(?P<n>\d[\d,]{0,20})(?i:st|nd|rd|th)|(?P<d>\d{1,9}[23])d|(?P<short>[23])d(?=\s+(?:[A-Z]|edition\b)|\s*$))\b"
)
_SEVERAL = re.compile(r"(?<![\d.,$£€])(\d{1,3}(?:,\d{3})*|\d{4})s\b")
_MAGNITUDE = re.compile(r"(?<=\d\.\d)(k|K|M|B|bn|tn)\b|(?<=\d\d)(M)\b|(?<=\d)(bn|tn)\b")
_FOLD = re.compile(r"(?<=\d\.\d)[x×](?!\w)")
_TIMES_AS = re.compile(
    r"(?<=\d) ?x(?= (?:faster|slower|more|less|bigger|larger|smaller|better|higher|longer|as|the)\b)"
)
_METER = re.compile(r"(?<![\d/])([2-9]|12)/([248]|16)(?= (?:time|beat|bar|signature|rhythm|measure)\b)")
_SPACED_FRACTION = re.compile(r"(?<![\d.,/])(\d{1,2}) / (\d{1,2})(?![\d/]|[.,]\d)")
_MARKED_OUT_OF = frozenset({5, 10, 20, 100})
_HALF_OF_IT = re.compile(r"\bone half (?=an? )")
_RATIO = re.compile(r"(?<![\d:])(\d{1,4}):(?=\d{1,4}(?![\d:]))")
_NUMBER_SIGN = re.compile(r"(?:#|№|\bNo\.?)\s?(?=\d)")
_TIMES = re.compile(r"(?<=\d)\s?[x×*]\s?(?=\d)")
_COMPARED = re.compile(r"(?:(?<=[\w)])\s)?(?P<sign>[<>≤≥])\s?(?=\.?\d)")
_OPERATOR = re.compile(r"(?<=\d)\s*-\s+(?=\d)")
_HOUSE = re.compile(
    rf"(?<![\w.,-])([1-9])(\d\d)(?:([A-Za-z])\b(?!')|(?= (?:[A-Z][\w.']* ){{1,3}}(?:{any_of(STREETS)})\b))"
)
_JOINED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_VERSION = re.compile(r"(?<![\w.])\d{1,4}(?:\.\d{1,4}){2,4}(?![\w]|\.\d)")
_DECIMAL = re.compile(r"(?<![\d.])(\d[\d,]{0,20})?\.(\d{1,15})(?!\d)")
_FOUR = re.compile(r"(?<![\d.,])(1[0-9]\d\d|20\d\d)(?![\d]|[.,]\d)")
_ZEROES = re.compile(r"(?<![\d.,])0\d+(?![\d]|[.,]\d)")
_LISTED = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d)|\d{4})")
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+")


def say_figures(text: str) -> str:
    """ "the 22nd of 12,345" → "the twenty-second of twelve thousand three hundred and forty-five"."""
    text = _LONG.sub(lambda found: spell_digits(found.group()), text)
    text = _METER.sub(r"\1 \2", _FIXED.sub(lambda found: FIXED[found.group()], text))
    text = _FOLD.sub(" times", _TIMES_AS.sub(" times", _MAGNITUDE.sub(_magnitude, text)))
    text = _SLASHED.sub(_slashed, _MIXED.sub(_mixed, _SPACED_FRACTION.sub(r"\1/\2", text)))
    text = _ORDINAL.sub(_ordinal, _NUMBER_SIGN.sub("number ", _HALF_OF_IT.sub("half ", text)))
    text = _SEVERAL.sub(_several, text)
    text = _COMPARED.sub(_compared, text)
    text = _OPERATOR.sub(" minus ", text)
    text = _RATIO.sub(r"\1 to ", _TIMES.sub(" times ", text))
    text = _VERSION.sub(_version, _FOUR.sub(_four, _JOINED.sub(" ", _HOUSE.sub(_house, text))))
    text = _DECIMAL.sub(_decimal, text)
    text = _ZEROES.sub(lambda found: spell_digits(found.group()), text)
    text = _LISTED.sub(", ", text)
    return _COUNT.sub(lambda found: say_cardinal(found.group()), text)


def _mixed(found: re.Match[str]) -> str:
    top, bottom = FRACTIONS[found["sign"]]
    if not found["whole"] and re.match(r"\s+(?:an?|the|his|her|my|their|of)\b", found.string[found.end() :]):
        return {2: "half"}.get(bottom, say_fraction(top, bottom))
    return say_mixed_number(found["whole"], top, bottom)


def _slashed(found: re.Match[str]) -> str:
    top, bottom = int(found["top"]), int(found["bottom"])
    if top == bottom and bottom in _MARKED_OUT_OF and not found["whole"]:
        return f"{say_cardinal(top)} out of {say_cardinal(bottom)}"
    if bottom < 2 or (not found["th"] and top >= bottom and not found["whole"] and bottom > 10):
        return f"{found['whole'] or ''} {say_cardinal(top)} over {say_cardinal(bottom)}".strip()
    return say_mixed_number(found["whole"], top, bottom)


def _ordinal(found: re.Match[str]) -> str:
    return say_ordinal(found["n"] or found["d"] or found["short"])


def _several(found: re.Match[str]) -> str:
    """ "100s of" → "hundreds of", "the F-16s" → "the F-sixteens"."""
    return ROUND.get(found[1]) or pluralize(say_cardinal(found[1]))


def _magnitude(found: re.Match[str]) -> str:
    return f" {MAGNITUDES[found.group()]}"


def _compared(found: re.Match[str]) -> str:
    """ "x < 5" → "x is less than 5", "<5" → "less than 5"."""
    said = COMPARISONS[found["sign"]]
    alone = not re.search(r"[\w)]$", found.string[max(0, found.start() - 1) : found.start()])
    return f"{said} " if alone else f" is {said} "


def _decimal(found: re.Match[str]) -> str:
    """Speak a decimal, with a space between it and letters beside it."""
    said = say_decimal(f"{(found[1] or '').replace(',', '')}.{found[2]}")
    before = found.string[max(0, found.start() - 1) : found.start()]
    return f" {said}" if before.isalpha() else said


def _house(found: re.Match[str]) -> str:
    """ "221B" → "two twenty-one B"."""
    rest = int(found[2])
    tens = "hundred" if not rest else (f"oh {say_cardinal(rest)}" if rest < 10 else say_cardinal(rest))
    return " ".join(filter(None, (say_cardinal(found[1]), tens, found[3])))


def _version(found: re.Match[str]) -> str:
    parts = found.group().split(".")
    return " point ".join(map(say_cardinal, parts))


def _four(found: re.Match[str]) -> str:
    """Speak a year, unless the number counts something: "1500 ships"."""
    value = int(found[1])
    before, rest = found.string[max(0, found.start() - 12) : found.start()], found.string[found.end() :]
    if _ERA.match(rest) or _YEAR_BEFORE.search(before):
        return say_year(value)
    if _CALLED_BY.search(before):
        return say_year(value)
    if value < 1010 or _COUNTED_AFTER.match(rest) or before.endswith("number "):
        return found.group()
    return say_year(value)
