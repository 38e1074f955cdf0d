"""Money, measures, temperatures and percent."""

import re

from audiobook.scripting.spoken.numbers import cardinal, decimal
from audiobook.scripting.spoken.tables import any_of, words

CURRENCIES = {  # one, several, one hundredth, several hundredths
    "$": ("dollar", "dollars", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₽": ("rouble", "roubles", "kopeck", "kopecks"),
    "₩": ("won", "won", "jeon", "jeon"),
}
COUNTRIES = {"US": "US ", "A": "Australian ", "AU": "Australian ", "C": "Canadian ", "CA": "Canadian "} | {
    "NZ": "New Zealand ",
    "HK": "Hong Kong ",
}
CODES = {"USD": "US dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen", "CHF": "Swiss francs", "INR": "rupees"}
MAGNITUDES = {"k": "thousand", "K": "thousand", "m": "million", "M": "million", "bn": "billion", "B": "billion"}
PENCE = {1: "a penny", 2: "twopence", 3: "threepence", 4: "fourpence", 6: "sixpence", 9: "ninepence"}
UNITS = {  # written: (one, several)
    "km/h": ("kilometer an hour", "kilometers an hour"),
    "kph": ("kilometer an hour", "kilometers an hour"),
    "mph": ("mile an hour", "miles an hour"),
    "m/s": ("meter per second", "meters per second"),
    "km²": ("square kilometer", "square kilometers"),
    "m²": ("square meter", "square meters"),
    "cm²": ("square centimeter", "square centimeters"),
    "m³": ("cubic meter", "cubic meters"),
    "cm³": ("cubic centimeter", "cubic centimeters"),
    "ft²": ("square foot", "square feet"),
    "km2": ("square kilometer", "square kilometers"),
    "m2": ("square meter", "square meters"),
    "mi²": ("square mile", "square miles"),
    "sq km": ("square kilometer", "square kilometers"),
    "sq m": ("square meter", "square meters"),
    "cu ft": ("cubic foot", "cubic feet"),
    "tbsp": ("tablespoon", "tablespoons"),
    "tsp": ("teaspoon", "teaspoons"),
    "yrs": ("year", "years"),
    "yr": ("year", "years"),
    "psi": ("pound per square inch", "pounds per square inch"),
    "sq. ft": ("square foot", "square feet"),
    "sq ft": ("square foot", "square feet"),
    "sq. mi": ("square mile", "square miles"),
    "sq mi": ("square mile", "square miles"),
    "km": ("kilometer", "kilometers"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"),
    "nm": ("nanometer", "nanometers"),
    "m": ("meter", "meters"),
    "kg": ("kilogram", "kilograms"),
    "mg": ("milligram", "milligrams"),
    "g": ("gram", "grams"),
    "lbs": ("pound", "pounds"),
    "lb": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "yds": ("yard", "yards"),
    "yd": ("yard", "yards"),
    "ft": ("foot", "feet"),
    "ins": ("inch", "inches"),
    "in.": ("inch", "inches"),
    "mi": ("mile", "miles"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "cl": ("centiliter", "centiliters"),
    "l": ("liter", "liters"),
    "L": ("liter", "liters"),
    "gal": ("gallon", "gallons"),
    "cc": ("cubic centimeter", "cubic centimeters"),
    "ha": ("hectare", "hectares"),
    "h.p.": ("horsepower", "horsepower"),
    "hp": ("horsepower", "horsepower"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "hrs": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "h": ("hour", "hours"),
    "mins": ("minute", "minutes"),
    "min": ("minute", "minutes"),
    "secs": ("second", "seconds"),
    "sec": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "Hz": ("hertz", "hertz"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"),
    "W": ("watt", "watts"),
    "kV": ("kilovolt", "kilovolts"),
    "V": ("volt", "volts"),
    "dB": ("decibel", "decibels"),
    "KB": ("kilobyte", "kilobytes"),
    "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "kcal": ("kilocalorie", "kilocalories"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "℃": ("degree Celsius", "degrees Celsius"),
    "°": ("degree", "degrees"),
    "%": ("percent", "percent"),
    "‰": ("per mille", "per mille"),
    "¢": ("cent", "cents"),
}
_FIGURES = r"(?:\d[\d,]{0,20}(?:\.\d{1,12})?|\.\d{1,12})"
_NUMBER = rf"(?<![\d.,]){_FIGURES}"
_SIGN = f"[{''.join(CURRENCIES)}]"
_SIZE = r"(?:hundred |thousand )?(?:hundred|thousand|million|billion|trillion)|bn|[kKmMB]"
_MONEY = re.compile(
    rf"(?P<article>\b[Aa]\s)?(?<![A-Za-z])(?P<land>{any_of(COUNTRIES)})?(?P<sign>{_SIGN})\s?(?P<low>{_FIGURES})"
    rf"(?:(?:\s?[–—-]\s?| to ){_SIGN}?(?P<high>\d[\d,]{{0,20}}(?:\.\d\d)?))?(?:\s?(?P<size>{_SIZE})\b)?"
    r"(?P<hyphen>-(?=[a-z]))?"
)
_STERLING = re.compile(
    r"(?:£(?P<l>\d[\d,]{0,12}),?\s)?(?<!\d)(?P<s>1?\d)s\.?,?(?:\s(?P<d>1?\d)d\b\.?)"
    r"|£(?P<l2>\d[\d,]{0,12}),?\s(?P<s2>1?\d)s\b\.?"
)
_SHILLINGS = re.compile(
    r"(?<![\d.,$£'])(?P<n>1?\d)(?P<coin>[sd])\.(?=\s+[a-z]|[,;])|(?<![\d.,$£'])(?P<only>1?\d)d\.(?=\s|$)"
)
_PENNIES = re.compile(rf"(?P<n>{_NUMBER})p\b(?!\.)")
_OLD_POUNDS = re.compile(rf"(?P<n>{_NUMBER})\s?l\.(?=\s+[a-z]|[,;])")
_CODE = re.compile(
    rf"(?:\b(?P<before>{any_of(CODES)})\s?(?P<n>{_NUMBER}))|(?P<m>{_NUMBER})\s?(?P<after>{any_of(CODES)})\b"
)
_FEET = re.compile(
    r"(?<![\d.,'])(?P<feet>\d{1,2})\s?['′]\s?(?P<inches>\d{1,2})(?:\s?[\"″”]|'')?(?!\d)"
    r"|(?<![\d.,])(?P<only>\d{1,3})\s?′"
)
_FEET_INCHES = re.compile(rf"({_NUMBER})\s?ft\.? (\d{{1,2}})\s?in\b(\.?)")
_UNIT = re.compile(rf"(?P<n>{_NUMBER})(?P<gap>\s?|-)(?P<unit>{any_of(UNITS)})(?P<dot>\.?)(?![\w/²³])")
_DOTTED_UNITS = frozenset(words("lbs lb oz yds yd ft mi hrs hr mins min secs sec gal yrs yr tbsp tsp"))
_GLUED_ONLY = frozenset(words("h V W B l"))


def say_quantities(text: str) -> str:
    """ "£3 10s." → "three pounds, ten shillings", "12 km" → "twelve kilometers", "50%" → "fifty percent"."""
    text = _STERLING.sub(_sterling, text)
    text = _MONEY.sub(_money, text)
    text = _SHILLINGS.sub(_shillings, _FEET.sub(_feet, text))
    text = _OLD_POUNDS.sub(lambda found: f"{_amount(found['n'])} pounds", text)
    text = _FEET_INCHES.sub(r"\1 ft \2 in.\3", text)
    return _UNIT.sub(_measure, _CODE.sub(_code, _PENNIES.sub(_pennies, text)))


def _amount(figures: str) -> str:
    return decimal(figures.replace(",", "").rstrip("."))


def _money(found: re.Match[str]) -> str:
    one, several, cent, cents = CURRENCIES[found["sign"]]
    low, high, size = found["low"].rstrip(","), found["high"], found["size"]
    land = COUNTRIES.get(found["land"] or "", "")
    article = found["article"] or ""
    tail = "," if found["low"].endswith(",") and not size else ""
    if size:
        said = f"{_amount(low)}{f' to {_amount(high)}' if high else ''} {MAGNITUDES.get(size, size)}"
        return f"{article}{said} {land}{one if article else several}{' ' if found['hyphen'] else ''}"
    if high:
        return f"{article}{_amount(low)} to {_amount(high)} {land}{several}"
    whole, _, part = low.partition(".")
    if len(part) != 2:
        unit = one if article or found["hyphen"] or low == "1" else several
        return f"{article}{_amount(low)} {land}{unit}{tail}{' ' if found['hyphen'] else ''}"
    return article + _with_cents(whole, part, (land + one, land + several, cent, cents)) + tail


def _with_cents(whole: str, part: str, names: tuple[str, str, str, str]) -> str:
    one, several, cent, cents = names
    pounds = f"{cardinal(whole)} {one if whole == '1' else several}" if whole.strip("0,") else ""
    pence = f"{cardinal(int(part))} {cent if part == '01' else cents}" if int(part) else ""
    return " and ".join(filter(None, (pounds, pence))) or f"zero {several}"


def _sterling(found: re.Match[str]) -> str:
    pounds, shillings, pence = found["l"] or found["l2"], found["s"] or found["s2"], found["d"]
    said = [f"{cardinal(pounds)} pound{'' if pounds == '1' else 's'}"] if pounds else []
    said.append(f"{cardinal(shillings)} shilling{'' if shillings == '1' else 's'}")
    if pence and int(pence):
        return f"{', '.join(said)} and {_pence(int(pence))}"
    return ", ".join(said)


def _pence(count: int) -> str:
    return PENCE.get(count, f"{cardinal(count)} pence")


def _shillings(found: re.Match[str]) -> str:
    if found["only"] or found["coin"] == "d":
        rest = found.string[found.end() :].lstrip()
        return _pence(int(found["only"] or found["n"])) + ("" if rest and not rest[0].isupper() else ".")
    return f"{cardinal(found['n'])} shilling{'' if found['n'] == '1' else 's'}"


def _pennies(found: re.Match[str]) -> str:
    return f"{_amount(found['n'])} {'penny' if found['n'] == '1' else 'pence'}"


def _code(found: re.Match[str]) -> str:
    return f"{_amount(found['n'] or found['m'])} {CODES[found['before'] or found['after']]}"


def _feet(found: re.Match[str]) -> str:
    if found["only"]:
        return f"{cardinal(found['only'])} feet"
    return f"{cardinal(found['feet'])} foot {cardinal(found['inches'])}"


def _measure(found: re.Match[str]) -> str:
    figures, unit, gap, dot = found["n"], found["unit"], found["gap"], found["dot"]
    if unit in _GLUED_ONLY and gap:
        return found.group()
    if unit == "in." or (dot and unit in _DOTTED_UNITS):
        rest = found.string[found.end() :].lstrip()
        dot = "." if not rest or rest[0].isupper() else ""
    one, several = UNITS[unit]
    name = one if gap == "-" or figures == "1" else several
    return f"{_amount(figures)} {name}{dot}"
