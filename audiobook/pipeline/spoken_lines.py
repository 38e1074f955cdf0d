"""What is spoken of every line, worked out once and kept.

To load the rules and to apply them to a novel takes half a second, the kept phrases a few milliseconds.
"""

import contextlib
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audiobook import __version__
from audiobook.errors import DeliveryError
from audiobook.model.book import ParagraphKind
from audiobook.model.cast import Pronunciation
from audiobook.model.codec import Codec
from audiobook.model.script import Line
from audiobook.runtime.cache import Cache, key_of

_REMEMBERED = 4_096  # lines: what the narrator says is worked out before it is known who says the rest

RECIPE = 3  # of `normalization`; increase it whenever a line may be spoken in other words or in other pieces

Phrases = tuple[str, ...]  # what an engine is given for one line, a text at a time; none where nothing is spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """The phrases of a chapter as they are kept."""

    lines: tuple[Phrases | None, ...]  # None: the line's text as it stands


_CHAPTERS = Codec(_Chapter, "audiobook-phrases", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A line that is spoken, and what beside it decides how it is said."""

    line: Line
    pronunciations: tuple[Pronunciation, ...]
    longest: int  # characters the engine takes at once


def phrases_of(wordings: Sequence[Wording], language: str, cache: Cache | None) -> list[Phrases]:
    """The phrases of each line of a chapter, from the cache where they were worked out before."""
    if cache is None or not wordings:
        return _worked_out(wordings, language)
    key = _key(wordings, language)
    kept = cache.load("phrases", key)
    chapter = None if kept is None else _CHAPTERS.loads_or_none(kept[1])
    if chapter is not None and len(chapter.lines) == len(wordings):
        return [(one.line.text,) if said is None else said for one, said in zip(wordings, chapter.lines, strict=True)]
    phrases = _worked_out(wordings, language)
    written = (None if said == (one.line.text,) else said for one, said in zip(wordings, phrases, strict=True))
    with contextlib.suppress(DeliveryError):  # they are worked out again, then
        cache.save("phrases", key, _CHAPTERS.dumps(_Chapter(lines=tuple(written))), {})
    return phrases


def _worked_out(wordings: Iterable[Wording], language: str) -> list[Phrases]:
    return [_said(one.line.text, one.line.block, one.pronunciations, one.longest, language) for one in wordings]


@functools.lru_cache(maxsize=_REMEMBERED)
def _said(
    text: str, block: ParagraphKind, pronunciations: tuple[Pronunciation, ...], longest: int, language: str
) -> Phrases:
    from audiobook.normalization import spoken_form  # noqa: PLC0415  # dear to import, and mostly kept
    from audiobook.normalization.chunking import split_utterances  # noqa: PLC0415  # likewise

    return split_utterances(spoken_form(text, block=block, pronunciations=pronunciations, language=language), longest)


def _key(wordings: Sequence[Wording], language: str) -> str:
    """Made of all that decides what is said; the ways to say it are few, so each is written once."""
    ways = list(dict.fromkeys((one.pronunciations, one.longest) for one in wordings))
    numbers = {way: number for number, way in enumerate(ways)}
    lines = [(one.line.text, one.line.block, numbers[one.pronunciations, one.longest]) for one in wordings]
    return key_of(RECIPE, __version__, language, ways, lines)
