"""Speak measures, temperatures and percentages."""

import re

from audiobook.languages.en.spoken.measures import DOTTED_UNITS, GLUED_ONLY, IRREGULAR, LAST_ONLY, PER, UNITS
from audiobook.normalization.numbers import AMOUNT, is_part, say_amount, say_cardinal
from audiobook.normalization.patterns import any_of


def pluralize_unit(one: str) -> str:
    """ "mile per hour" → "miles per hour", "foot" → "feet"."""
    if one in IRREGULAR:
        return IRREGULAR[one]
    head, per, rest = one.partition(" per ")
    if head in IRREGULAR:
        return f"{IRREGULAR[head]}{per}{rest}"
    word, space, kind = head.partition(" ") if head.startswith("degree ") else (head, "", "")
    return f"{word}s{space}{kind}{per}{rest}"


_NUMBER = rf"(?<![\w.,/]){AMOUNT}"
_FEET = re.compile(
    r"(?<![\d.,'])(?P<feet>\d{1,2})\s?['′]\s?(?P<inches>\d{1,2})(?:\s?[\"″”]|'')?(?!\d)"
    r"|(?<![\d.,])(?P<only>\d{1,3})\s?′"
)
_SPLIT_SECONDS = re.compile(r"(?<=\d\.\d)s\b|(?<=\d\.\d\d)s\b")
_FEET_INCHES = re.compile(rf"({_NUMBER})\s?ft\.? (\d{{1,2}})\s?in\b(\.?)")
# "in" is a unit after a fraction or decimal, at the end of a clause or before a dimension ("wide").
_INCHES = re.compile(
    r"(\d\.\d{1,3}|\d/\d{1,2}|[½¼¾⅛⅜⅝⅞]) ?in"
    r"(?=[^\w.]*$|[,;:)]|\s[x×]|\s(?:wide|long|high|tall|thick|deep|across)\b)"
)
_PRESSURE = re.compile(r"(?<![\d/.,])(\d{2,3}) ?/ ?(\d{2,3})(?= ?mm ?Hg\b)")
_STONE = re.compile(r"(?<=\d) ?st\.?(?=,? \d{1,2} ?lb)")
_BESIDE = re.compile(
    r"(?<=[²³'′\"″%°½¼¾]) ?[x×] ?(?=\d)|(?<=[a-z.]) [x×] ?(?=\d)"
    r"|(?<=\d)(?: x |x)(?=\d)|(?<=\d) × (?=[\d.]+ ?(?:km|m|cm|mm|ft|in)\b)"
)
_UNIT = re.compile(
    rf"(?P<article>\b[Aa]n?\s)?(?P<n>{_NUMBER})(?P<gap>\s?|-)(?P<unit>{any_of(UNITS)})"
    rf"(?:\s?/\s?(?P<per>{any_of(PER)}))?(?P<dot>\.?)(?![\w/²³])"
)
_PER = re.compile(rf"(?<=[a-z\d])\s?/\s?(?P<per>{any_of(PER)})(?![\w/²³])")
_AFTER_PER = re.compile(rf"(?<=\bper )(?P<per>{any_of(set(UNITS) - {'in.', 'l', 'h', 'g', 'm'})})(?![\w/²³])")
_GATE = re.compile(r"[\d²³/½-¾⅐-⅞]")


def say_measures(text: str) -> str:
    """ "12 km/h" → "twelve kilometers per hour", "50%" → "fifty percent", "5'10"" → "five foot ten"."""
    if not _GATE.search(text):
        return text
    text = _PRESSURE.sub(lambda found: f"{say_cardinal(found[1])} over {found[2]}", _INCHES.sub(r"\1 in.", text))
    text = _FEET_INCHES.sub(r"\1 ft \2 in.\3", _FEET.sub(_feet, _STONE.sub(" stone", _SPLIT_SECONDS.sub(" sec", text))))
    text = text if "=" in text else _BESIDE.sub(" by ", text)
    text = _UNIT.sub(_measure, text)
    return _AFTER_PER.sub(lambda found: PER[found["per"]], _PER.sub(lambda found: f" per {PER[found['per']]}", text))


def _feet(found: re.Match[str]) -> str:
    if found["only"]:
        return f"{say_cardinal(found['only'])} feet"
    return f"{say_cardinal(found['feet'])} foot {say_cardinal(found['inches'])}"


def _measure(found: re.Match[str]) -> str:
    figures, unit, gap, dot, article = found["n"], found["unit"], found["gap"], found["dot"], found["article"] or ""
    rest = found.string[found.end() :]
    if (gap and unit in GLUED_ONLY) or (gap == " " and unit in LAST_ONLY and (dot or re.match(r"\s+[A-Z]", rest))):
        return found.group()
    if unit == "in." or (dot and unit in DOTTED_UNITS):
        dot = "." if not rest.strip() or rest.lstrip()[0].isupper() else ""
    one = _rate(UNITS[unit], found["per"])
    if is_part(figures) and not article:
        return f"{_of_one(say_amount(figures), one)}{dot}"
    single = gap == "-" or figures == "1" or is_part(figures) or (article and _counts_a_noun(rest))
    return f"{article}{say_amount(figures)} {one if single else pluralize_unit(one)}{dot}"


def _rate(one: str, per: str | None) -> str:
    return f"{one} per {PER[per]}" if per else one


def _of_one(part: str, one: str) -> str:
    """ "one half mile", "three quarters of an inch"."""
    if part.startswith("one ") or one in {"percent", "per mille"}:
        return f"{part} {one}"
    return f"{part} of {'an' if one[0] in 'aeiou' and not one.startswith('one') else 'a'} {one}"


def _counts_a_noun(rest: str) -> bool:
    """Whether an article's measure belongs to a noun: "a 10 km race"."""
    return bool(re.match(r" (?!of\b|and\b|or\b|to\b|in\b|per\b|from\b|at\b|by\b)[a-z]", rest))
