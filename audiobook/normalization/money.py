"""Speak amounts of money, modern ones and those of Britain before 1971."""

import re

from audiobook.languages.en.spoken.money import CODES, COUNTRIES, CURRENCIES, MAGNITUDES, PENCE, PRICED
from audiobook.normalization.numbers import FIGURES, say_amount, say_cardinal
from audiobook.normalization.patterns import any_of

_NUMBER = rf"(?<![\d.,/]){FIGURES}"
_SIGN = any_of(CURRENCIES)
_SIZE = r"(?:hundred |thousand )?(?:hundred|thousand|million|billion|trillion)|bn|mn|tn|[kKmMbB]"
_MONEY = re.compile(
    rf"(?P<article>\b[Aa]\s)?(?<![A-Za-z])(?P<land>{any_of(COUNTRIES)})?(?P<sign>{_SIGN})\s?(?P<low>{FIGURES})"
    rf"(?:(?:\s?[–—-]\s?| to )(?:{_SIGN})?(?P<high>\d[\d,]{{0,20}}(?:\.\d{{1,2}})?)(?!\s?[%°\d:]))?"
    rf"(?:[\s-]?(?P<size>{_SIZE})(?!\w))?"
    r"(?P<hyphen>-(?=[a-z]))?"
)
_BEHIND = re.compile(rf"(?P<n>{_NUMBER})\s?(?:(?P<size>million|billion|bn|m)\s?)?(?P<sign>[€₽₺₫₴]|kr\b)")
_SIGNED = re.compile(rf"(?P<sign>{any_of(sign for sign in CURRENCIES if len(sign) == 1)})\s?[-−](?=\d)")
_STERLING = re.compile(
    r"(?:£(?P<l>\d[\d,]{0,12}),?\s)?(?<!\d)(?P<s>1?\d)s\.?,?(?:\s(?P<d>1?\d)d\b\.?)"
    r"|£(?P<l2>\d[\d,]{0,12}),?\s(?P<s2>1?\d)s\b\.?"
)
_SHILLINGS = re.compile(
    r"(?<![\d.,$£'])(?P<n>1?\d)(?P<coin>[sd])\.(?=\s+[a-z]|[,;]|\s*$)|(?<![\d.,$£'])(?P<only>1?\d)d\.(?=\s|$)"
)
# "1080p" is a screen resolution.
_PENNIES = re.compile(rf"(?P<n>(?!(?:240|360|480|720|1080|1440|2160|4320)p){_NUMBER})p\b(?!\.)")
_OLD_POUNDS = re.compile(rf"(?P<n>{_NUMBER})\s?l\.(?=\s+[a-z]|[,;])")
_CODE = re.compile(
    rf"(?:\b(?P<before>{any_of(CODES)})\s?(?P<n>{_NUMBER}))|(?P<m>{_NUMBER})\s?(?P<after>{any_of(CODES)})\b"
)
_CENTS = re.compile(r"[\d,]*\.\d\d")
_PRICED = re.compile(rf"\s(?:{any_of(PRICED)})s?\b")
_GATE = re.compile(rf"{_SIGN}|{any_of(CODES)}|\d(?:[spd]\b|\s?l\.)")


def say_money(text: str) -> str:
    """ "£3 10s." → "three pounds, ten shillings", "$1.5bn" → "one point five billion dollars"."""
    if not _GATE.search(text):
        return text
    text = _STERLING.sub(_sterling, _SIGNED.sub(r"minus \g<sign>", text))
    text = _BEHIND.sub(_behind, _MONEY.sub(_money, text))
    text = _SHILLINGS.sub(_shillings, text)
    text = _OLD_POUNDS.sub(lambda found: f"{say_amount(found['n'])} pounds", text)
    return _CODE.sub(_code, _PENNIES.sub(_pennies, text))


def _money(found: re.Match[str]) -> str:
    one, several, cent, cents = CURRENCIES[found["sign"]]
    low, high, size = found["low"].rstrip(","), found["high"], found["size"]
    land, article = COUNTRIES.get(found["land"] or "", ""), found["article"] or ""
    tail = "," if found["low"].endswith(",") and not size else ""
    single = bool(article or found["hyphen"] or _PRICED.match(found.string, found.end()))
    after = " " if found["hyphen"] else ""
    if size:
        said = f"{say_amount(low)}{f' to {say_amount(high)}' if high else ''} {MAGNITUDES.get(size, size)}"
        return f"{article}{said} {land}{one if single else several}{after}"
    figures = [low, high] if high else [low]
    if any(map(_CENTS.fullmatch, figures)):
        names = (land + one, land + several, cent, cents)
        return article + " to ".join(_with_cents(figure, names) for figure in figures) + tail
    single = single or figures == ["1"]
    return f"{article}{' to '.join(map(say_amount, figures))} {land}{one if single else several}{tail}{after}"


def _behind(found: re.Match[str]) -> str:
    """Speak money with its sign after the figure: "5.50 €"."""
    one, several, cent, cents = CURRENCIES[found["sign"]]
    if found["size"]:
        return f"{say_amount(found['n'])} {MAGNITUDES.get(found['size'], found['size'])} {several}"
    if _CENTS.fullmatch(found["n"]):
        return _with_cents(found["n"], (one, several, cent, cents))
    return f"{say_amount(found['n'])} {one if found['n'] == '1' else several}"


def _with_cents(figures: str, names: tuple[str, str, str, str]) -> str:
    whole, _, part = figures.partition(".")
    one, several, cent, cents = names
    pounds = f"{say_cardinal(whole)} {one if whole == '1' else several}" if whole.strip("0,") else ""
    pence = f"{say_cardinal(int(part))} {cent if part == '01' else cents}" if part.strip("0") else ""
    return " and ".join(filter(None, (pounds, pence))) or f"zero {several}"


def _sterling(found: re.Match[str]) -> str:
    pounds, shillings, pence = found["l"] or found["l2"], found["s"] or found["s2"], found["d"]
    said = [f"{say_cardinal(pounds)} pound{'' if pounds == '1' else 's'}"] if pounds else []
    said.append(f"{say_cardinal(shillings)} shilling{'' if shillings == '1' else 's'}")
    if pence and int(pence):
        return f"{', '.join(said)} and {_pence(int(pence))}"
    return ", ".join(said)


def _pence(count: int) -> str:
    return PENCE.get(count, f"{say_cardinal(count)} pence")


def _shillings(found: re.Match[str]) -> str:
    if found["only"] or found["coin"] == "d":
        rest = found.string[found.end() :].lstrip()
        return _pence(int(found["only"] or found["n"])) + ("" if rest and not rest[0].isupper() else ".")
    stop = "" if found.string[found.end() :].strip() else "."
    return f"{say_cardinal(found['n'])} shilling{'' if found['n'] == '1' else 's'}{stop}"


def _pennies(found: re.Match[str]) -> str:
    return f"{say_amount(found['n'])} {'penny' if found['n'] == '1' else 'pence'}"


def _code(found: re.Match[str]) -> str:
    figures, (one, several) = found["n"] or found["m"], CODES[found["before"] or found["after"]]
    if _CENTS.fullmatch(figures) and several == "euros":
        return _with_cents(figures, (one, several, "cent", "cents"))
    return f"{say_amount(figures)} {one if figures == '1' else several}"
