"""What is left in figures: ordinals, fractions, ranges, decimals, years and plain counts."""

import re

from audiobook.scripting.spoken.numbers import cardinal, decimal, ordinal, plural, spelled, year
from audiobook.scripting.spoken.tables import any_of

FRACTIONS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
FIXED = {"24/7": "twenty-four seven", "9/11": "nine eleven", "50/50": "fifty-fifty", "007": "double oh seven"}
COMPARISONS = {"<": " is less than ", ">": " is greater than "}
# A four-digit number after one of these is a year, whatever follows.
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|of|year|circa|early|late|mid|summer|winter|autumn|spring|"
    r"fall|and|to|January|February|March|April|May|June|July|August|September|October|November|December),?\s+$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s+(?:\w+(?<!s)\s+)?(?!(?:was|is|has|this|his|as|its|us|yes|always|perhaps|across|thus)\b)\w+s\b"
    r"|\s+(?:men|women|people|children|feet|of)\b"
)
_ERA = re.compile(r"\s+(?:AD|BC|BCE|CE)\b")

_LONG = re.compile(r"\d{16,}")
_FIXED = re.compile(rf"(?<![\w/.,-])(?:{any_of(FIXED)})(?![\w/])")
_MIXED = re.compile(rf"(?<![\d.,/])(?:(?P<whole>\d{{1,9}})\s?)?(?P<sign>[{''.join(FRACTIONS)}])")
_SLASHED = re.compile(
    r"(?<![\w.,/])(?:(?P<whole>\d{1,9})[ -])?(?P<top>\d{1,4})[/⁄](?P<bottom>\d{1,4})(?P<th>ths?|rds?|nds?)?(?![\w/])"
)
_ORDINAL = re.compile(r"(?<![\w.,])(?:(\d[\d,]{0,20})(?:st|nd|rd|th)|(\d{1,9}[23])d)\b", re.IGNORECASE)
_RANGE = re.compile(
    r"(?<![\w.,/-])(?P<low>\d[\d,]{0,15}(?:\.\d{1,9})?[%°]?)\s?[–—-]\s?(?=\d[\d,]{0,15}(?:\.\d{1,9})?(?![\d/-]))"
)
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:[\u00a0\u2009\u202f]\d{3})+|(?: \d{3}){2,})(?![\d.,]*\d)")
_BY = re.compile(r"(?<=[a-z]) x (?=\d)")
_RATIO = re.compile(r"(?<![\d:])(\d{1,4}):(?=\d{1,4}(?![\d:]))")
_NUMBER_SIGN = re.compile(r"(?:#|№|\bNo\.?)\s?(?=\d)")
_MINUS = re.compile(r"(?<![\w)\].,–—-])[-−–](?=[$£€]?\d|\.\d)")
_TIMES = re.compile(r"(?<=\d)\s?[x×*]\s?(?=\d)")
_COMPARED = re.compile(r"(?<=[\w)])\s?([<>])\s?(?=\.?\d)")
_OPERATOR = re.compile(r"(?<=\d)\s*-\s+(?=\d)")
_HOUSE = re.compile(r"(?<![\w.,-])([1-9])(\d\d)([A-Za-z])\b(?!')")
_JOINED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_VERSION = re.compile(r"(?<![\w.])\d{1,4}(?:\.\d{1,4}){2,4}(?![\w]|\.\d)")
_ADDRESS_PARTS = 4  # of a computer on the internet
_EMERGENCY = re.compile(r"(?<=[lgn] )(?:911|999|112|411)(?![\w.,]*\d)")
_DECIMAL = re.compile(r"(?<![\d.])(\d[\d,]{0,20})?\.(\d{1,15})(?!\d)")
_FOUR = re.compile(r"(?<![\d.,])(1[0-9]\d\d|20\d\d)(?![\d]|[.,]\d)")
_ZEROES = re.compile(r"(?<![\d.,])0\d+(?![\d]|[.,]\d)")
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+")


def say_ranges(text: str) -> str:
    """ "3–4" → "3 to 4"; the figures themselves are left to what they measure."""
    text = _SPACED.sub(lambda found: "".join(found.group().split()), text)
    text = text if "=" in text else _RANGE.sub(r"\g<low> to ", text)
    return _BY.sub(" by ", _MINUS.sub("minus ", text))


def say_figures(text: str) -> str:
    """ "the 22nd of 12,345" → "the twenty-second of twelve thousand three hundred and forty-five"."""
    text = _LONG.sub(lambda found: spelled(found.group()), text)
    text = _FIXED.sub(lambda found: FIXED[found.group()], text)
    text = _SLASHED.sub(_slashed, _MIXED.sub(_mixed, text))
    text = _ORDINAL.sub(lambda found: ordinal(found[1] or found[2]), _NUMBER_SIGN.sub("number ", text))
    text = _COMPARED.sub(lambda found: COMPARISONS[found[1]], text)
    text = _OPERATOR.sub(" minus ", text)
    text = _RATIO.sub(r"\1 to ", _TIMES.sub(" times ", text))
    text = _EMERGENCY.sub(lambda found: spelled(found.group()), _HOUSE.sub(_house, text))
    text = _VERSION.sub(_version, _FOUR.sub(_four, text))
    text = _DECIMAL.sub(lambda found: decimal(f"{(found[1] or '').replace(',', '')}.{found[2]}"), text)
    text = _ZEROES.sub(lambda found: spelled(found.group()), _JOINED.sub(" ", text))
    return _COUNT.sub(lambda found: cardinal(found.group()), text)


def _mixed(found: re.Match[str]) -> str:
    top, bottom = FRACTIONS[found["sign"]]
    if not found["whole"] and re.match(r"\s+(?:an?|the|his|her|my|their|of)\b", found.string[found.end() :]):
        return {2: "half"}.get(bottom, _fraction(top, bottom))
    return _with_whole(found["whole"], top, bottom)


def _slashed(found: re.Match[str]) -> str:
    top, bottom = int(found["top"]), int(found["bottom"])
    if bottom < 2 or (not found["th"] and top >= bottom and not found["whole"] and bottom > 10):
        return f"{found['whole'] or ''} {cardinal(top)} over {cardinal(bottom)}".strip()
    return _with_whole(found["whole"], top, bottom)


def _with_whole(whole: str | None, top: int, bottom: int) -> str:
    if not whole:
        return _fraction(top, bottom)
    part = _fraction(top, bottom)
    return f"{cardinal(whole)} and {part.replace('one ', 'a ', 1) if top == 1 and bottom in {2, 4} else part}"


def _fraction(top: int, bottom: int) -> str:
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom)
    if top == 1:
        return f"one {name}"
    return f"{cardinal(top)} {'halves' if bottom == 2 else plural(name)}"


def _house(found: re.Match[str]) -> str:
    """ "221B" → "two twenty-one B"."""
    rest = int(found[2])
    tens = "hundred" if not rest else (f"oh {cardinal(rest)}" if rest < 10 else cardinal(rest))
    return f"{cardinal(found[1])} {tens} {found[3]}"


def _version(found: re.Match[str]) -> str:
    parts = found.group().split(".")
    return (" dot " if len(parts) == _ADDRESS_PARTS else " point ").join(map(cardinal, parts))


def _four(found: re.Match[str]) -> str:
    """A year, unless it plainly counts something ("1500 sheep" is left to its plural: "1500 ships")."""
    value = int(found[1])
    before, rest = found.string[max(0, found.start() - 12) : found.start()], found.string[found.end() :]
    if _ERA.match(rest) or _YEAR_BEFORE.search(before):
        return year(value)
    if value < 1010 or _COUNTED_AFTER.match(rest) or before.endswith("number "):
        return found.group()
    return year(value)
