"""Speak numbers digit by digit that are dialled or typed: telephones, codes, cards, computers."""

import re

from audiobook.languages.en.spoken.numerals import CODES, EIGHT_HUNDRED, EMERGENCIES, PROMPTS
from audiobook.normalization.numbers import spell_digits
from audiobook.normalization.patterns import any_of

_CALL = r"(?:[Cc]all(?:ed|ing)?|[Dd]ial(?:led|ling|ed)?|[Rr]ing|[Rr]ang|[Pp]hone|the|a)"
_TELEPHONE = re.compile(
    r"(?<![\w.,-])(?P<number>\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,5}|\+\d{8,14}"
    r"|(?:1[ .-]?)?(?:\(\d{3}\)[ .-]?|\d{3}[ .-])\d{3}[ .-]\d{4}|\d{3}-\d{4}"
    r"|\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}|0\d{3} \d{4}|(?<=[Pp]hone )\d{3} \d{4}|\(?00 ?\d{1,3}\)?(?: \d{2,4}){2,4}"
    r"|\d{3}-\d\d-\d{4}|\d{4}(?:[ -]\d{4}){3})"
    r"(?:,?\s?(?:ext\.?|extension|x)\s?(?P<extension>\d{1,5}))?(?![\w-]|[.,]\d)"
)
_WORDS = re.compile(
    r"(?<![\w.,-])(?:(?=1)|(?=\d{3}-(?:\d{3}-)?[A-Z]{3}))"  # 1-800, or a dash: "800 BC" is a year
    r"(1[ .-])?([89]\d\d(?:[ .-]\d{3})?)[ .-]([A-Z]{1,9}(?:[ .-](?:[A-Z]{1,9}|\d{1,4})){0,3})(?![\w-])"
)
_FOUR_LETTERS = re.compile(r"(?<![\w.,-])\d{3}-(?=[A-Z]{4}(?![\w-]))")
_EXCHANGE = re.compile(r"\b([A-Z]{2}[a-z]*|[A-Z][a-z]{4,}) ?(\d)-(\d{4})\b")
_PROMPT = re.compile(rf"(?<!\w)({any_of(PROMPTS)})(?:\.|:|(?<=ext))(?=:? ?[+(]?\d)")
_CODED = re.compile(rf"\b(?P<code>{any_of(CODES)})(?P<gap>:? #?)(?P<digits>\d[\d-]{{2,20}}\d)(?![\w:]|[.,/]\d)")
_EXTENSION = re.compile(r"(?<=[Ee]xtension )\d{2,5}(?!\w|[.,]\d)")
_STATE = re.compile(r"(?<=, [A-Z][A-Z] )\d{5}(?:-\d{4})?(?![\w])")
_EMERGENCY = re.compile(rf"\b({_CALL} )({any_of(EMERGENCIES)}|9-1-1)(?= call|[.!?,;]|\s*$|\s(?!\w+s\b)[a-z])")
_SPELLED_EMERGENCY = re.compile(r"(?<![\w.,-])9-1-1(?![\w-])")
_COMPUTER = re.compile(r"(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(:\d{1,5})?(?!\w|\.\d)")
_GATE = re.compile(r"\d[ .)-]{1,2}[\dA-Z]|\+\d|\d{4}|[A-Z]\d-\d|[Ee]xt|\b\d{3}\b")


def say_telephones(text: str) -> str:
    """ "555-0123" → "five five five, zero one two three"; "PIN 4071" → "PIN four zero seven one"."""
    if not _GATE.search(text):
        return text
    text = _COMPUTER.sub(_computer, text)
    text = _PROMPT.sub(lambda found: PROMPTS[found[1]], text)
    text = _CODED.sub(_coded, _TELEPHONE.sub(_telephone, _FOUR_LETTERS.sub(_exchanged, _WORDS.sub(_words, text))))
    text = _EXTENSION.sub(lambda found: spell_digits(found.group()), text)
    text = _EXCHANGE.sub(_exchange, _STATE.sub(lambda found: _groups(found.group()), text))
    text = _EMERGENCY.sub(lambda found: found[1] + spell_digits(found[2]), text)
    return _SPELLED_EMERGENCY.sub("nine one one", text)


def _groups(written: str) -> str:
    """Return each group of digits spelled; 800 is "eight hundred"."""
    groups = re.findall(r"\d+", written)
    free = groups[:1] == [EIGHT_HUNDRED] or groups[:2] == ["1", EIGHT_HUNDRED]
    return ", ".join("eight hundred" if group == EIGHT_HUNDRED and free else spell_digits(group) for group in groups)


def _telephone(found: re.Match[str]) -> str:
    written = found["number"]
    if len(re.findall(r"\d", written)) < 7:
        return found.group()
    extension = f", extension {spell_digits(found['extension'])}" if found["extension"] else ""
    return ("plus " if written.startswith("+") else "") + _groups(written) + extension


def _words(found: re.Match[str]) -> str:
    parts = re.split(r"[ .-]", found[3])
    said = " ".join(spell_digits(part) if part.isdigit() else _word(part) for part in parts)
    return f"{'one, ' if found[1] else ''}{_groups(found[2])}, {said}"


def _exchanged(found: re.Match[str]) -> str:
    return f"{spell_digits(found.group())}, "


def _word(letters: str) -> str:
    return " ".join(letters) if len(letters) < 3 else letters.capitalize()


def _exchange(found: re.Match[str]) -> str:
    letters = " ".join(found[1]) if found[1].isupper() else found[1]
    return f"{letters} {spell_digits(found[2])}, {spell_digits(found[3])}"


def _coded(found: re.Match[str]) -> str:
    return f"{found['code']}{found['gap'].replace('#', '')}{_groups(found['digits'])}"


def _computer(found: re.Match[str]) -> str:
    parts = found.groups()[:4]
    if any(int(part) > 255 for part in parts):
        return found.group()
    port = f" colon {spell_digits(found[5])}" if found[5] else ""
    return " dot ".join(map(spell_digits, parts)) + port
