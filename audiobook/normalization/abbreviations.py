"""Expand abbreviations by their context: Dr. Grey on Grey Dr., St. Mary's on Mary St., No. 5 and "No."."""

import re

from audiobook.languages.en.spoken.abbreviations import (
    COUNTED,
    LATIN,
    LETTERED,
    OPENERS,
    SAINTS,
    TITLES,
    UNDOTTED_TITLES,
    WORDS,
)
from audiobook.languages.en.spoken.calendar import DAYS, MONTHS, SHORT_MONTHS
from audiobook.normalization.patterns import any_of

_SEAL = "\U000f0000-\U000ffffd"  # a respelled word (see `pronunciations`) counts as a name
_NAME = rf"(?=\s*(?:['\"“‘]?[A-Z{_SEAL}]))"
_TITLE = re.compile(rf"\b({any_of(TITLES)})(?:\.\s*|\s+)(?=['“‘]?[A-Z{_SEAL}])")
_MISTER = re.compile(r"\b(Mr|Mrs|Messrs|Mme|Mlle)\b\.?", re.IGNORECASE)
_MONSIEUR = re.compile(r"\bM\.? (?=(?:de|du|le|la|des|d'[A-Z])\b)")
_AND_SO_ON = re.compile(r"&c\b\.?")
_WORD = re.compile(rf"\b({any_of(WORDS)})\.(?P<next>\s*['\"”’)]*\s*\S?)")
_VERSUS = re.compile(r"(?<=[\w.)]) vs\.? (?=\w)|(?<=[A-Za-z]) v\. (?=\w)")
_EDITION = re.compile(r"(?:(?<=\d(?:st|nd|rd|th) )|(?<=\dd ))ed\b\.?")
_AND_CO = re.compile(r"(?<=& )Co\b\.?(?=\s+[a-z]|\s*,)")
_COUNTED = re.compile(
    rf"(?<![\w.])((?i:{any_of(COUNTED)}))\.\s*(?=[#£$]?\d|(?<![Nn]o\. )(?:one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\b)"
)
_LATIN = re.compile(r"\b(e\. ?g\.|i\. ?e\.|q\. ?v\.|n\. ?b\.|et al\.),?", re.IGNORECASE)
_DOCTOR = re.compile(rf"\bDr\b(?P<dot>\.?){_NAME}|(?<=[a-z] )Dr\b\.?(?P<end>)")
_SAINT = re.compile(rf"\bSt\b(?P<dot>\.?)(?P<name>\s+(?P<first>[A-Z{_SEAL}])(?P<rest>\w*))?")
_ON_STREET = re.compile(
    r"\b(?:of|on|in|at|to|from|down|along|up|off|into|across)\s+(?:the\s+)?(?:\w+\s+)?[A-Z0-9]\w*\s+$"
)
_NTH_BEFORE = re.compile(r"\d(?:st|nd|rd|th)\s+$")
_STREET_BEFORE = re.compile(r"(?:[A-Z]\w*(?:'s)?|\d(?:st|nd|rd|th))\s+$")
_DAY = re.compile(
    rf"\b({any_of(set(DAYS) - {'Sat', 'Sun'})})\.(?=,|\s+(?:\d|[A-Z]))|(?<=\b[Oo]n )({any_of(DAYS)})\.(?=\s+[a-z])"
)
_DOTTED = re.compile(r"(?<![\w.])[A-Z]\.(?:[A-Z]\.)+(?:['’]?s\b)?(?P<next>\s*['\"”’)]*\s*\S?)")
_OWNED = re.compile(r"(?<=[A-Z])\.(?='s\b)")
_INITIALS = re.compile(
    rf"(?<![\w.'])([A-Z])\. (?=(?:[A-Z]\. ?){{0,3}}(?:de |van |von )?[A-Z{_SEAL}][a-z'{_SEAL}]|[A-Z]\. ?[A-Z])"
)
_INITIAL_WITHIN = re.compile(r"(?<![\w.'])([A-Z])\.(?=,|\s+[a-z\d]| [A-Z]\.)")
_NUMBER_OF = re.compile(r"\b([Nn])os?\. (?=of\b)")
_MONTH_OF = re.compile(rf"(?<=\b(?:in|of) )({any_of(SHORT_MONTHS)})\.(?=\s+[a-z]|[,;])")
_PAGES = re.compile(r"\bpp (?=\d)")
_NEXT_WORD = re.compile(r"[A-Za-z']+")
_LETTERED = re.compile(rf"\b(?:{any_of(LETTERED)})\s+$|[A-Za-z]-$", re.IGNORECASE)
_DEGREE = re.compile(r"\bPh\.\s?D\.?|\b(?:B\.?Sc|M\.?Sc|D\.?Phil|Litt\.?D)\.")

_DOTTED_WORDS = frozenset(
    (*TITLES, *WORDS, *COUNTED, *DAYS, *(word.capitalize() for word in COUNTED), "al", "Ph", "Dr", "Sc", *SHORT_MONTHS)
) | frozenset(map(str.upper, COUNTED))
_LAST_WORD = re.compile(r"[A-Za-z]+$")
_UNDOTTED_WORD = re.compile(rf"(?:Dr|{any_of(UNDOTTED_TITLES)})\b")
_LONGEST = max(map(len, _DOTTED_WORDS)) + 1


def expand_abbreviations(text: str) -> str:
    """ "Mr. Grey of No. 5, Mary St., etc." → "Mister Grey of number 5, Mary Street, et cetera"."""
    text = _MISTER.sub(lambda found: TITLES[found[1].capitalize()], text) if _MISTER.search(text) else text
    if "St" in text:
        text = _SAINT.sub(_saint, text)
    if " v. " in text or " vs" in text:
        text = _VERSUS.sub(" versus ", text)
    if "&c" in text:
        text = _AND_SO_ON.sub("et cetera", text)
    if not _has_abbreviation(text):
        return text
    text = _NUMBER_OF.sub(r"\1umber ", _PAGES.sub("pages ", text))
    text = _MONTH_OF.sub(lambda found: MONTHS[SHORT_MONTHS[found[1]]], text)
    text = _EDITION.sub("edition", text)
    text = _MONSIEUR.sub("Monsieur ", text)
    text = _LATIN.sub(_latin, _DEGREE.sub(lambda found: found.group().replace(".", "").replace(" ", ""), text))
    text = _COUNTED.sub(_counted, _TITLE.sub(_title, _DOCTOR.sub(_doctor, text)))
    text = _WORD.sub(_word, _AND_CO.sub("Company", _DAY.sub(lambda found: DAYS[found[1] or found[2]], text)))
    text = _INITIAL_WITHIN.sub(r"\1", text)
    return _INITIALS.sub(_initial, _OWNED.sub("", _DOTTED.sub(_dotted, text)))


def _has_abbreviation(text: str) -> bool:
    """Whether the text has a word of the tables before a full stop, or a title without one."""
    for sentence in text.split(".")[:-1]:
        word = _LAST_WORD.search(sentence[-_LONGEST:])
        if word and (len(word.group()) == 1 or word.group() in _DOTTED_WORDS):
            return True
    return "pp " in text or bool(_UNDOTTED_WORD.search(text))


def _title(found: re.Match[str]) -> str:
    if "." not in found.group() and found[1] not in UNDOTTED_TITLES:
        return found.group()
    return f"{TITLES[found[1]]} "


def _latin(found: re.Match[str]) -> str:
    key = found[1].lower().replace(". ", ".") if not found[1].lower().startswith("et") else "et al."
    said = LATIN[key]
    return f"{said}," if key != "et al." else said


def _counted(found: re.Match[str]) -> str:
    said = COUNTED[found[1].lower()]
    return (said.capitalize() if found[1][0].isupper() else said) + " "


def _word(found: re.Match[str]) -> str:
    return WORDS[found[1]] + _after_stop(found["next"])


def _after_stop(following: str) -> str:
    """Return what follows an abbreviation's full stop, with the stop kept where it also ends the sentence."""
    last = following[-1:]
    ends = not following.strip() or last.isupper() or last in "'\"”’)"
    return f".{following}" if ends and (following[:1].isspace() or not last.isalnum()) else following


def _doctor(found: re.Match[str]) -> str:
    if found["end"] is None:
        return "Doctor"
    return "Drive" if _STREET_BEFORE.search(found.string, max(0, found.start() - 40), found.start()) else "Doctor"


def _saint(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 40) : found.start()]
    name = found["name"]
    saint = f"{found['first']}{found['rest']}".lower() in SAINTS
    if name and not _NTH_BEFORE.search(before) and (saint or not (found["dot"] and _ON_STREET.search(before))):
        return f"Saint{name}"
    if not _STREET_BEFORE.search(before):
        return found.group()
    rest = found.string[found.end() :]
    stop = "." if found["dot"] and (name or not rest.strip(" '\"”’)")) else ""
    return f"Street{stop}{name or ''}"


def _dotted(found: re.Match[str]) -> str:
    """Return letters without their full stops. The last stop is kept where the next word begins a sentence."""
    following = found["next"]
    letters = found.group()[: len(found.group()) - len(following)].replace(".", "")
    word = _NEXT_WORD.match(found.string, found.end() - 1) if following.strip() else None
    goes_on = word and word.group()[0].isupper() and word.group().lower() not in OPENERS
    return letters + (following if goes_on else _after_stop(following))


def _initial(found: re.Match[str]) -> str:
    """Remove the full stop of an initial, unless the letter ends a sentence: "Plan B. Nobody knew"."""
    following = _NEXT_WORD.match(found.string, found.end())
    before = found.string[max(0, found.start() - 12) : found.start()]
    if (following and following.group().lower() in OPENERS) or _LETTERED.search(before):
        return found.group()
    return f"{found[1]} "
