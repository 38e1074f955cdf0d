"""What speaks for a single mark being an apostrophe rather than a quotation mark, as costs of each reading."""

import re

from audiobook.scripting.lexicon import speech_verbs
from audiobook.scripting.marks import Mark


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that begin with an apostrophe: clipped words, dropped h's, endings set apart ("I 'm", "it 's").
_CLIPPED = _words(
    """
    tis twas twere twill twould twixt tween tisn twasn twouldn em im er un n s m ll re ve d t nt til till cause cos coz
    cuz bout round gainst mongst stead scuse spect spose pon neath nother nuff fraid kay sup tude zat
    e ad as is ave avin ow ere ot ome ouse orse orses and ands ead ard alf eart eard ell elp eaven im ope ours undred
    """
)
_WORD_BEHIND = re.compile(r"[^\W_]+")
# Words that end in one: dropped g's, consonants and vowels, and "o' clock".
_CUT = re.compile(
    r"(?:in|\b(?:o|an|th|wi|t|mo|ol|tha|fo|lil|de|yo|po|d|i|jus|mus|las|bes|don|ain|won|han|lan|fin|min|tho|thro|e|a|no"
    r"|ma|da|fa|gi|ha|ca|wa|aw|ta))$",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\s+([a-z]+)")
_PRONOUNS = _words("he she i they we it")
_WINDOW = 24  # characters; no word that matters here is longer


def costs(text: str, mark: Mark) -> tuple[int, int, int]:
    """What it costs to read a single mark as (opening, closing, apostrophe)."""
    if mark.shape == "open":
        return (*_opening(text, mark),)
    if mark.shape == "close":
        return _closing(text, mark)
    return 1, 1, 3


def _opening(text: str, mark: Mark) -> tuple[int, int, int]:
    word = _WORD_BEHIND.match(text, mark.end, mark.end + _WINDOW)
    if word is None:
        return 0, 4, 5
    if word.group().lower() in _CLIPPED or word.group()[0].isdigit():
        return 1, 5, 1
    return (1, 4, 3) if word.group()[0].islower() else (0, 4, 5)


def _closing(text: str, mark: Mark) -> tuple[int, int, int]:
    before = text[max(0, mark.start - _WINDOW) : mark.start]
    if not before[-1:].isalnum():
        return 4, 0, 6
    cut = _CUT.search(before) is not None
    if text[mark.end : mark.end + 1] in {",", ".", ";", ":", "?", "!"}:
        return (5, 1, 1) if cut else (5, 0, 2)
    if cut:
        return 5, 2, 1
    follows = _NEXT_WORD.match(text, mark.end, mark.end + _WINDOW)
    if before.endswith(("s", "S", "z", "x")) and follows and not _is_subject_or_verb(follows[1]):
        return 5, 2, 1
    return 5, 1, 3


def _is_subject_or_verb(word: str) -> bool:
    """Whether a word begins a speech tag, as far as one word can tell."""
    return word in _PRONOUNS or word in speech_verbs().strong
