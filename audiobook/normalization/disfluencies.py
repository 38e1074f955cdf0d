"""Make speech pronounceable that is spelled as it sounds: stutters, stretched words, sounds, and censored words."""

import re
from collections.abc import Iterator
from itertools import product

from audiobook.languages.en.spoken.disfluencies import (
    ALL_ONE_LETTER,
    CENSORED,
    DOUBLED,
    LETTER_WORDS,
    SOUND_HINTS,
    SOUNDS,
    STUTTERED,
)
from audiobook.normalization.numbers import read_roman

_CUT = re.compile(r"[—–*_]|--")
_CENSORED = re.compile(r"(?<![A-Za-z\d])([A-Za-z])(?:—|--|–|__|\*\*)[—-]*([a-z]{1,2})(?![A-Za-z\d])")
_HUNDREDS = re.compile(r"(?<!\w)(1[5-9])(?:——|—|--)(?![\d—-])")
_TENS = re.compile(r"(?<!\w)(1[5-9])([2-9])[-—–](?=[\s,.;:)]|$)")
_INITIAL_ONLY = re.compile(r"(?<=[a-z.] )([A-Z])(?:——+|----)")
_STUTTER = re.compile(r"(?<![\w-])((?:[TtSsCcWw]h|[A-Za-z])-)(?:\1){0,8}(?=\w)(?P<word>\w+)", re.IGNORECASE)
_CUT_SHORT = re.compile(r"-(?:(?<=(?<![\w-])[A-Za-z]-)|(?<=(?<![\w-])[TtSsCcWw]h-))")
_STRETCHED = re.compile(r"\b[A-Za-z]*?([A-Za-z])(?i:\1\1)[A-Za-z]*")
_THRICE = re.compile(r"([A-Za-z])(?i:\1\1)")
_RUN = re.compile(r"([A-Za-z])\1\1+", re.IGNORECASE)
_ROMAN_LETTERS = frozenset("IVXLCDM")
_MOST_RUNS = 4  # stretched letters of one word that are tried both single and double
_SOUND = re.compile(
    r"(?<!\d )\b(?:[Ss]+[Hh]+|SS*H+|[Bb][Rr]{2,}|[Gg][Rr]{2,}|[Hh]+[Mm]|[Mm]{2,}|[Pp][Ff]{2,}[Tt]?"
    r"|[Pp]shaw|[Tt]sk|[Zz]{2,})(?!\w|'\w)"
)
_LETTER_TWICE = re.compile(r"(.)\1+", re.IGNORECASE)
_THE = re.compile(r"\b([Tt])h' ?(?=[a-z])(?!atre|at\b|em\b|ere\b)")


def say_mutters(text: str) -> str:
    """ "b-but" → "buh-but", "nooooo" → "no", "d—n" → "damn", "Shhh!" → "Shush!" """
    if _CUT.search(text) or (text.find("-") >= 0 and _TENS.search(text)):
        text = _TENS.sub(lambda m: f"{m[1]}{m[2]}0-something", uncensor(text))
        text = _HUNDREDS.sub(lambda m: f"{m[1]}00 and something", _INITIAL_ONLY.sub(r"\1", text))
    if _CUT_SHORT.search(text):
        text = _STUTTER.sub(_stutter, text)
    if "h'" in text:
        text = _THE.sub(r"\1he ", text)
    small = f" {text.lower()}"
    if any(letters in small for letters in SOUND_HINTS) or small == " sh":
        text = _SOUND.sub(_sound, text)
    return _STRETCHED.sub(_shorten, text) if _THRICE.search(text) else text


def uncensor(text: str) -> str:
    """ "d—n" → "damn". Call it before markup is removed, because "d__n" looks like markup."""
    return _CENSORED.sub(_uncensor, text)


def _uncensor(found: re.Match[str]) -> str:
    said = CENSORED.get(f"{found[1]}—{found[2]}".lower(), found.group())
    return said[0].upper() + said[1:] if found[1].isupper() else said


def _stutter(found: re.Match[str]) -> str:
    letter, word = found[1][:-1], found["word"]
    if not word.lower().startswith(letter.lower()) or found.group().lower() in LETTER_WORDS:
        return found.group()
    times = (found.start("word") - found.start()) // len(found[1])
    if letter.lower() in "aeiou":
        return f"{letter}, " * times + word if word.lower() == letter.lower() else word
    syllable = STUTTERED.get(letter.lower())
    if syllable is None or len(word) == len(letter):
        return found.group()
    said = syllable.capitalize() if letter[0].isupper() else syllable
    return f"{said}-" * times + word


def _sound(found: re.Match[str]) -> str:
    sound = found.group()
    said = SOUNDS.get(_LETTER_TWICE.sub(r"\1\1", sound.lower()), sound)
    return said.capitalize() if sound[0].isupper() else said


def _shorten(found: re.Match[str]) -> str:
    word = found.group()
    if set(word) <= _ROMAN_LETTERS or (word.islower() and len(set(word)) > 1 and read_roman(word) is not None):
        return word
    if word.isupper() and len(word) == len("AAA"):
        return word
    if len(set(word.lower())) == 1:
        said = ALL_ONE_LETTER.get(word[0].lower(), word)
        return said.capitalize() if word[0].isupper() else said
    if not re.search(r"[aeiouy]", word, re.IGNORECASE):
        return _RUN.sub(r"\1\1", word)
    stretched = [run.group(1) for run in _RUN.finditer(word)][:_MOST_RUNS]
    for lengths in product((1, 2), repeat=len(stretched)):
        guess = _with_runs(word, iter(lengths))
        if guess.lower() in DOUBLED:
            return guess
    return _RUN.sub(r"\1", word)


def _with_runs(word: str, lengths: Iterator[int]) -> str:
    return _RUN.sub(lambda run: run[1] * next(lengths, 1), word)
