"""Sentences: where they are in a text, and where they begin in a take."""

import re
from dataclasses import dataclass

from audiobook.languages.en.sentence_ends import ABBREVIATIONS
from audiobook.model.cue import Sound

_END = re.compile(r"(\w*)([.!?…]+)[\"'”’»)\]]*\s+(?=[\"'“‘«(\[—–-]*[^\W_a-z])")
_FINAL = re.compile(r"[.!?…][\"'”’»)\]]*\s*\Z")
_HOP = 0.01  # seconds of sound that are looked at together
_QUIET = 330  # of 32768: -40 dB of full scale, below which speech pauses
_SHORTEST = 8  # hops of a pause between two sentences
_REACH = 0.25  # of the take: how far from its expected place a pause is looked for
_LEAST_REACH = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Break:
    """The start of a sentence within a take."""

    at: int  # samples from the start of the take
    measured: bool  # found as a pause; False: estimated from its share of the characters


def sentence_starts(text: str) -> list[int]:
    """The offset of each sentence's first character; 0 is always the first. A text without an end is one sentence."""
    starts = [0]
    for match in _END.finditer(text):
        word, marks = match[1], match[2]
        is_abbreviation = marks == "." and (word.casefold() in ABBREVIATIONS or (len(word) == 1 and word.isupper()))
        if not is_abbreviation and match.end() < len(text):
            starts.append(match.end())
    return starts


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence ends."""
    return _FINAL.search(text) is not None


def find_breaks(sound: Sound, text: str) -> tuple[Break, ...]:
    """Where the second and later sentences of a spoken text begin in its take.

    Each is the end of the longest pause near the place that its share of the characters suggests.
    """
    starts = sentence_starts(text)[1:]
    if not starts or not sound.pcm:
        return ()
    import numpy as np  # noqa: PLC0415  # loaded already where a segment is rendered

    hop = max(1, round(_HOP * sound.rate))
    samples = np.frombuffer(sound.pcm, dtype="<i2")
    hops = len(samples) // hop
    quiet = np.abs(samples[: hops * hop].reshape(hops, hop).astype(np.int32)).max(axis=1) < _QUIET
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    pauses = [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2) if end - begin >= _SHORTEST]
    reach = max(_REACH * hops, _LEAST_REACH / _HOP)
    found: list[Break] = []
    for start in starts:
        expected = start / len(text) * hops
        after = found[-1].at / hop if found else 0.0
        near = [p for p in pauses if after < p[1] < hops and abs((p[0] + p[1]) / 2 - expected) <= reach]
        if near:
            best = max(near, key=lambda p: (p[1] - p[0]) / (1 + abs((p[0] + p[1]) / 2 - expected) / reach))
            found.append(Break(best[1] * hop, measured=True))
        else:
            found.append(Break(max(round(expected * hop), round(after * hop)), measured=False))
    return tuple(found)
