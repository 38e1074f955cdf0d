"""Compute the spoken form of every line once, and cache it.

Loading the rules and applying them to a novel takes half a second; reading cached phrases takes a few milliseconds.
"""

import contextlib
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audiobook import __version__
from audiobook.errors import DeliveryError
from audiobook.model.book import ParagraphKind
from audiobook.model.cast import Pronunciation
from audiobook.model.codec import Codec
from audiobook.model.script import Line
from audiobook.runtime.cache import Cache, key_of

_REMEMBERED = 4_096  # lines; the narrator's are computed before the other speakers are known

RECIPE = 6  # version of `normalization`; increase when a line may get other words or other pieces

Phrases = tuple[str, ...]  # the texts that an engine gets for one line; empty if nothing is spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """The cached phrases of a chapter."""

    lines: tuple[Phrases | None, ...]  # None: the unchanged text of the line


_CHAPTERS = Codec(_Chapter, "audiobook-phrases", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A line, with everything else that its spoken form depends on."""

    line: Line
    pronunciations: tuple[Pronunciation, ...]
    longest: int  # most characters for one call of the engine
    language: str = ""  # if the line is spoken in another language than the book


def load_phrases(wordings: Sequence[Wording], language: str, cache: Cache | None) -> list[Phrases]:
    """The phrases of each line of a chapter, from the cache if they are there."""
    if cache is None or not wordings:
        return _compute_phrases(wordings, language)
    key = _key(wordings, language)
    kept = cache.load("phrases", key)
    chapter = None if kept is None else _CHAPTERS.loads_or_none(kept[1])
    if chapter is not None and len(chapter.lines) == len(wordings):
        return [(one.line.text,) if said is None else said for one, said in zip(wordings, chapter.lines, strict=True)]
    phrases = _compute_phrases(wordings, language)
    written = (None if said == (one.line.text,) else said for one, said in zip(wordings, phrases, strict=True))
    with contextlib.suppress(DeliveryError):  # then they are computed again next time
        cache.save("phrases", key, _CHAPTERS.dumps(_Chapter(lines=tuple(written))), {})
    return phrases


def _compute_phrases(wordings: Iterable[Wording], language: str) -> list[Phrases]:
    return [
        _split_line(one.line.text, one.line.block, one.pronunciations, one.longest, one.language or language)
        for one in wordings
    ]


# Signs that stand in words of which nothing is spoken; all other words need no look.
_MAY_DROP = re.compile(
    "[<\\[\u00b9\u00b2\u00b3\u0250-\u036f\u2070-\u209f\u2100-\u2bff\ue000-\uf8ff\U00010000-\U0010ffff]"
)


def find_dropped_words(text: str) -> tuple[str, ...]:
    """The words of a line that its spoken form leaves out."""
    if not _MAY_DROP.search(text):
        return ()
    from audiobook.normalization import notation  # noqa: PLC0415  # slow to import, and hardly ever needed

    return notation.find_dropped_words(text)


@functools.lru_cache(maxsize=_REMEMBERED)
def _split_line(
    text: str, block: ParagraphKind, pronunciations: tuple[Pronunciation, ...], longest: int, language: str
) -> Phrases:
    from audiobook.normalization import spoken_form  # noqa: PLC0415  # slow to import, and usually cached
    from audiobook.normalization.chunking import split_utterances  # noqa: PLC0415  # slow to import

    return split_utterances(spoken_form(text, block=block, pronunciations=pronunciations, language=language), longest)


def _key(wordings: Sequence[Wording], language: str) -> str:
    """The cache key of a chapter's phrases. Few pronunciation settings exist, so each is hashed only once."""
    ways = list(dict.fromkeys((one.pronunciations, one.longest) for one in wordings))
    numbers = {way: number for number, way in enumerate(ways)}
    lines = [(one.line.text, one.line.block, numbers[one.pronunciations, one.longest]) for one in wordings]
    foreign = [(at, one.language) for at, one in enumerate(wordings) if one.language]
    return key_of(RECIPE, __version__, language, ways, lines, *foreign)
