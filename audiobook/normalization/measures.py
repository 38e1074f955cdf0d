"""Measures, temperatures and percent, with the table of units."""

import re

from audiobook.normalization.numbers import AMOUNT, amount, cardinal, is_part
from audiobook.normalization.patterns import any_of, pairs, words

# written: one. Several are the same with an s, unless IRREGULAR says otherwise.
_ONE = pairs(
    """
    km: kilometer | m: meter | dm: decimeter | cm: centimeter | mm: millimeter | μm: micrometer | µm: micrometer
    nm: nanometer | mi: mile | yd: yard | yds: yard | ft: foot | in.: inch | ins: inch
    kg: kilogram | kgs: kilogram | g: gram | mg: milligram | μg: microgram | µg: microgram | mcg: microgram
    ng: nanogram | lb: pound | lbs: pound | oz: ounce | cwt: hundredweight
    L: liter | l: liter | ml: milliliter | mL: milliliter | cl: centiliter | dl: deciliter | dL: deciliter
    gal: gallon | qt: quart | pt: pint | tbsp: tablespoon | tsp: teaspoon | fl oz: fluid ounce | fl. oz: fluid ounce
    cc: cubic centimeter | ha: hectare
    h: hour | hr: hour | hrs: hour | min: minute | mins: minute | sec: second | secs: second | ms: millisecond
    μs: microsecond | µs: microsecond | ns: nanosecond | yr: year | yrs: year | wk: week | wks: week | mos: month
    sq km: square kilometer | sq m: square meter | sq ft: square foot | sq. ft: square foot | sq mi: square mile
    sq. mi: square mile | sq. m: square meter | cu ft: cubic foot | cu. ft: cubic foot | cu m: cubic meter
    mi²: square mile | ft²: square foot | ft³: cubic foot | in²: square inch | yd²: square yard
    mph: mile per hour | kph: kilometer per hour | mpg: mile per gallon | rpm: revolution per minute
    psi: pound per square inch | fps: frame per second | bpm: beat per minute | dpi: dot per inch
    ppm: part per million | kn: knot
    Hz: hertz | kHz: kilohertz | MHz: megahertz | GHz: gigahertz | dB: decibel
    W: watt | kW: kilowatt | MW: megawatt | GW: gigawatt | kWh: kilowatt hour | MWh: megawatt hour
    V: volt | mV: millivolt | kV: kilovolt | mA: milliamp | mAh: milliamp hour
    Ω: ohm | Ω: ohm | kΩ: kilohm | MΩ: megohm
    N: newton | J: joule | kJ: kilojoule | MJ: megajoule | cal: calorie | kcal: kilocalorie | mol: mole
    mmHg: millimeter of mercury | mm Hg: millimeter of mercury
    Pa: pascal | hPa: hectopascal | kPa: kilopascal | MPa: megapascal | atm: atmosphere | hp: horsepower
    h.p.: horsepower
    KB: kilobyte | kB: kilobyte | MB: megabyte | GB: gigabyte | TB: terabyte | PB: petabyte
    kbps: kilobit per second | kb/s: kilobit per second | Mbps: megabit per second | mbps: megabit per second
    Mb/s: megabit per second | Gbps: gigabit per second | Gb/s: gigabit per second
    °C: degree Celsius | ° C: degree Celsius | ℃: degree Celsius | °F: degree Fahrenheit | ° F: degree Fahrenheit
    ℉: degree Fahrenheit | °: degree | °N: degree north | °S: degree south | °E: degree east | °W: degree west
    %: percent | pct: percent | ‰: per mille | ¢: cent
    """
)
_POWERS = {"²": "square", "2": "square", "³": "cubic", "3": "cubic"}
_LENGTHS = ("km", "m", "dm", "cm", "mm")
IRREGULAR = {  # one: several
    "millimeter of mercury": "millimeters of mercury",
    "foot": "feet",
    "square foot": "square feet",
    "cubic foot": "cubic feet",
    "inch": "inches",
    "square inch": "square inches",
    "revolution per minute": "revolutions per minute",
    **{name: name for name in ("percent", "per mille", "horsepower", "hundredweight")},
    **{name: name for name in ("hertz", "kilohertz", "megahertz", "gigahertz")},
}
UNITS = _ONE | {length + sign: f"{power} {_ONE[length]}" for length in _LENGTHS for sign, power in _POWERS.items()}
# Whole words that stand behind a slash: "$5/hour".
PER = (
    UNITS
    | {
        word: word
        for word in (
            *("second", "minute", "hour", "day", "week", "month", "year", "person", "night", "head", "pound", "ounce"),
            *("mile", "gallon", "kilo", "barrel", "ton", "item", "unit", "share", "yard", "foot", "gram", "kilogram"),
        )
    }
    | {"s": "second", "d": "day", "mo": "month", "s²": "second squared", "s2": "second squared", "dL": "deciliter"}
)


def several(one: str) -> str:
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
# "in" is a unit behind a part of one, where no word follows that it could lead to, and before how that is measured.
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
_DOTTED_UNITS = frozenset(
    words("lbs lb oz yds yd ft mi hrs hr mins min secs sec gal yrs yr tbsp tsp qt pt wk wks mos pct")
) | {"fl oz", "fl. oz", "sq ft", "sq. ft", "sq. mi", "cu. ft", "sq. m"}
_GLUED_ONLY = frozenset(words("h l"))
# With a space before them they may be a name or a house: "12 V", but not "In 1912 W. Grey" nor "5 N Street".
_LAST_ONLY = frozenset(words("V W N J"))


def say_measures(text: str) -> str:
    """ "12 km/h" → "twelve kilometers per hour", "50%" → "fifty percent", "5'10"" → "five foot ten"."""
    if not _GATE.search(text):
        return text
    text = _PRESSURE.sub(lambda found: f"{cardinal(found[1])} over {found[2]}", _INCHES.sub(r"\1 in.", text))
    text = _FEET_INCHES.sub(r"\1 ft \2 in.\3", _FEET.sub(_feet, _STONE.sub(" stone", _SPLIT_SECONDS.sub(" sec", text))))
    text = text if "=" in text else _BESIDE.sub(" by ", text)
    text = _UNIT.sub(_measure, text)
    return _AFTER_PER.sub(lambda found: PER[found["per"]], _PER.sub(lambda found: f" per {PER[found['per']]}", text))


def _feet(found: re.Match[str]) -> str:
    if found["only"]:
        return f"{cardinal(found['only'])} feet"
    return f"{cardinal(found['feet'])} foot {cardinal(found['inches'])}"


def _measure(found: re.Match[str]) -> str:
    figures, unit, gap, dot, article = found["n"], found["unit"], found["gap"], found["dot"], found["article"] or ""
    rest = found.string[found.end() :]
    if (gap and unit in _GLUED_ONLY) or (gap == " " and unit in _LAST_ONLY and (dot or re.match(r"\s+[A-Z]", rest))):
        return found.group()
    if unit == "in." or (dot and unit in _DOTTED_UNITS):
        dot = "." if not rest.strip() or rest.lstrip()[0].isupper() else ""
    one = _rate(UNITS[unit], found["per"])
    if is_part(figures) and not article:
        return f"{_of_one(amount(figures), one)}{dot}"
    single = gap == "-" or figures == "1" or is_part(figures) or (article and _counts_a_noun(rest))
    return f"{article}{amount(figures)} {one if single else several(one)}{dot}"


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
