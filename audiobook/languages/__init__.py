"""The languages whose words are known: a folder a language.

To add a language:

1. Make a folder `languages/xx/`, named by the language's BCP 47 tag. Its `__init__.py` holds `LANGUAGE`, a `Language`
   (see `contract.py`). Fill in the parts that you have; the others stay empty. `fr/` is an example.
2. Add a row to `LANGUAGES` below.
3. Add a golden case or a test of a short book in the language, as `tests/languages/` does for an invented one.
4. Count up the RECIPE of what the new words may change: `readers` for headings and matter, `attribution` for speech
   words, `pipeline/spoken_lines.py` for numbers and abbreviations.

Heading words, heading numbers, titles of matter and the words of tags of all languages are looked for in every book,
because a book often does not name its language. The speech verbs that name a speaker, spoken numbers and abbreviations
are those of the book's language. Rules made for English (its clauses, dates, money) are code in `attribution` and
`normalization` and take their words from `en/`; `attribution` applies them to every book, `normalization` to English.

contract     the parts that a language may have
tables       how tables of words are written down
"""

from functools import cache
from importlib import import_module

from audiobook.languages.contract import Language, SpeechWords

__all__ = ["LANGUAGES", "Language", "get_language", "load_languages", "merge_speech_words"]

# The tag of each known language → the module that holds its `LANGUAGE`. A test adds its own row.
LANGUAGES = {
    "en": "audiobook.languages.en",
    "fr": "audiobook.languages.fr",
    "es": "audiobook.languages.es",
    "de": "audiobook.languages.de",
    "it": "audiobook.languages.it",
    "pt": "audiobook.languages.pt",
    "nl": "audiobook.languages.nl",
    "ru": "audiobook.languages.ru",
    "pl": "audiobook.languages.pl",
    "sv": "audiobook.languages.sv",
    "da": "audiobook.languages.da",
    "no": "audiobook.languages.no",
    "fi": "audiobook.languages.fi",
    "hu": "audiobook.languages.hu",
    "cs": "audiobook.languages.cs",
    "la": "audiobook.languages.la",
    "el": "audiobook.languages.el",
    "zh": "audiobook.languages.zh",
    "ja": "audiobook.languages.ja",
    "ko": "audiobook.languages.ko",
    "he": "audiobook.languages.he",
    "ar": "audiobook.languages.ar",
    "hi": "audiobook.languages.hi",
    "fa": "audiobook.languages.fa",
    "uk": "audiobook.languages.uk",
    "bg": "audiobook.languages.bg",
    "ro": "audiobook.languages.ro",
    "tr": "audiobook.languages.tr",
    "vi": "audiobook.languages.vi",
}
_UNKNOWN = Language(tag="und")


def get_language(tag: str) -> Language:
    """Return the language of a BCP 47 tag ("en-GB"), or an empty language if it is not known.

    Every tag that begins with "en" is English, because books also say "eng" and "English".
    """
    lowered = tag.lower()
    primary = "en" if lowered.startswith("en") else lowered.replace("_", "-").partition("-")[0]
    module = LANGUAGES.get(primary)
    return _load(module) if module else _UNKNOWN


def load_languages() -> tuple[Language, ...]:
    """Return all known languages, English first. The tuple stays the same object while LANGUAGES does not change."""
    return _load_all(tuple(LANGUAGES.values()))


@cache
def merge_speech_words(languages: tuple[Language, ...]) -> SpeechWords:
    """Merge the speech words of several languages."""
    parts = [language.speech for language in languages]
    return SpeechWords(
        verbs=frozenset().union(*(part.verbs for part in parts)),
        weak_verbs=frozenset().union(*(part.weak_verbs for part in parts)),
        he=frozenset().union(*(part.he for part in parts)),
        she=frozenset().union(*(part.she for part in parts)),
        other_pronouns=frozenset().union(*(part.other_pronouns for part in parts)),
    )


@cache
def _load_all(modules: tuple[str, ...]) -> tuple[Language, ...]:
    return tuple(map(_load, modules))


@cache
def _load(module: str) -> Language:
    language = import_module(module).LANGUAGE
    if not isinstance(language, Language):
        raise TypeError(f"LANGUAGE of {module} must be a Language")
    return language
