"""The voices of espeak-ng: a language's voice, alone or with one of the variants, which change the speaker.

Each variant of the American voice was measured on the same 205 words of a story: the words that a speech recogniser
gets wrong (Whisper base; 17 to 38 of 100 for those in the table, 20 for the plain voice), the median pitch, the
brightness, and whether it clips. The table is in order of preference: intelligible, not clipped, and different from the
previous ones, with women and men in turn.
"""

import functools
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audiobook.model.cast import EFFECT, VoiceFacts
from audiobook.model.script import Age, Gender

ENGINE = "pyttsx3"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    gender: Gender
    description: str
    age: Age = "adult"


_RANKED = {
    "": _Variant(gender="male", description="plain, medium"),
    "f2": _Variant(gender="female", description="gentle, medium"),
    "m4": _Variant(gender="male", description="slow, low"),
    "f5": _Variant(gender="female", description="breathy, high"),
    "david": _Variant(gender="male", description="dark, very deep"),
    "belinda": _Variant(gender="female", description="crisp, high"),
    "m3": _Variant(gender="male", description="light, medium"),
    "f3": _Variant(gender="female", description="open, high"),
    "Hugo": _Variant(gender="male", description="soft, medium"),
    "f1": _Variant(gender="female", description="full, medium"),
    "m7": _Variant(gender="male", description="full, medium"),
    "steph": _Variant(gender="female", description="dark, medium"),
    "Reed": _Variant(gender="male", description="muffled, high"),
    "Annie": _Variant(gender="female", description="sharp, very high"),
    "pablo": _Variant(gender="male", description="bright, high"),
    "linda": _Variant(gender="female", description="harsh, high"),
    "Gene": _Variant(gender="male", description="loud, low"),
    "f4": _Variant(gender="female", description="clear, medium"),
    "m8": _Variant(gender="male", description="soft, deep"),
    "anika": _Variant(gender="female", description="dark, very high, quick"),
    "victor": _Variant(gender="male", description="sharp, low"),
    "m5": _Variant(gender="male", description="dry, medium"),
    "rob": _Variant(gender="male", description="lively, wide"),
    "m6": _Variant(gender="male", description="round, medium"),
    "Denis": _Variant(gender="male", description="even, medium"),
    "m1": _Variant(gender="male", description="firm, low"),
    "Nguyen": _Variant(gender="male", description="young, very high"),
    "marcelo": _Variant(gender="male", description="hollow, medium"),
    "Andrea": _Variant(gender="female", description="thin, very high, quick"),
    "Alex": _Variant(gender="male", description="flat, medium"),
    "shelby": _Variant(gender="female", description="bright, lively"),
    "miguel": _Variant(gender="male", description="dark, lively"),
    "m2": _Variant(gender="male", description="thin, medium"),
    "Alicia": _Variant(gender="female", age="child", description="a girl"),
    "zac": _Variant(gender="male", age="child", description="a small boy"),
    "grandma": _Variant(gender="female", age="old", description="a grandmother"),
    "grandpa": _Variant(gender="male", age="old", description="a grandfather"),
    "aunty": _Variant(gender="female", age="old", description="an aunt, rough"),
    "quincy": _Variant(gender="male", age="old", description="an old man, creaking"),
}
_ACCENTS = ("en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-us-nyc", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029")
_PLAIN_ACCENTS = {"fr-fr"}  # of the languages that have no voice without a region
_ACCENT_STEP = 100  # added to the rank: all good voices of one accent come before the next accent
_UNSPEAKABLE = {"gmq/fo", "trk/kaa", "art/xex"}  # listed by espeak-ng 1.52, but the dictionary they need is missing


def list_variants(data: Path) -> tuple[str, ...]:
    """The variants of this espeak-ng installation, in alphabetical order."""
    folder = data / "voices" / "!v"
    return tuple(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ()


def identifiers_by_language(voices: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The espeak-ng identifier of each language code, from its list of (identifier, language code) in lower case.

    Users type the code ("en-gb"); espeak-ng reliably finds the identifier ("gmw/en").
    """
    found: dict[str, str] = {}
    for identifier, code in voices:
        if identifier not in _UNSPEAKABLE:
            found.setdefault(code.lower(), identifier)
    return found


def voice_facts(languages: Iterable[str], variants: Iterable[str]) -> Iterator[VoiceFacts]:
    """All voices by language: English accents with all variants, other languages with the good variants only."""
    variants = tuple(variants)
    good = [name for name in _RANKED if not name or name in variants]
    odd = [name for name in variants if name not in _RANKED]
    for code in languages:
        accent = _accent(code)
        for rank, name in enumerate(good):
            yield _facts(code, name, accent * _ACCENT_STEP + rank)
        for rank, name in enumerate(odd if code in _ACCENTS else ()):
            yield _facts(code, name, EFFECT + accent * _ACCENT_STEP + rank)


def is_voice(name: str, languages: Container[str], variants: Container[str]) -> bool:
    """Whether `voice_facts` includes a voice of that name."""
    code, plus, variant = name.partition("+")
    if code not in languages:
        return False
    if not plus:
        return True
    return variant != "" and variant in variants and (variant in _RANKED or code in _ACCENTS)


def list_languages(languages: Iterable[str]) -> tuple[str, ...]:
    """The BCP 47 tags of these languages, sorted."""
    return tuple(sorted({_bcp47(code) for code in languages}))


def _accent(code: str) -> int:
    """The rank of an accent. English ones that are not in the table, such as the Shavian alphabet, come last."""
    if code in _ACCENTS:
        return _ACCENTS.index(code)
    if code.startswith("en-"):
        return len(_ACCENTS)
    return 0 if "-" not in code or code in _PLAIN_ACCENTS else 1  # the accents of a region come behind the plain one


def _facts(code: str, variant: str, rank: int) -> VoiceFacts:
    known = _RANKED.get(variant)
    return VoiceFacts(
        engine=ENGINE,
        name=f"{code}+{variant}" if variant else code,
        language=_bcp47(code),
        gender=known.gender if known else None,
        age=known.age if known else "adult",
        rank=rank,
        description=known.description if known else "an effect",
    )


@functools.cache
def _bcp47(code: str) -> str:
    """A language code as RFC 5646 writes it: "en-GB-x-rp", "cmn-Latn-pinyin"."""
    first, *rest = code.split("-")
    private = rest.index("x") if "x" in rest else len(rest)
    written = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest[:private]]
    return "-".join([first, *written, *rest[private:]])


def find_identifier(name: str, languages: Mapping[str, str]) -> str | None:
    """The identifier that espeak-ng needs for a voice's name; None if its language is not among `languages`."""
    code, plus, variant = name.partition("+")
    identifier = languages.get(code.lower())
    return None if identifier is None else f"{identifier}{plus}{variant}"
