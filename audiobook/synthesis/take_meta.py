"""The facts that the cache keeps beside the samples of a take."""

import re
from collections.abc import Mapping

from audiobook.model.codec import whole_numbers
from audiobook.model.cue import Sound

_FACTS = ("frames", "rate")
_SENTENCES = "sentences1"  # the number is the version: a take with another one counts as one without sentences
_PAIRS = re.compile(r"(?:\d+ \d+,)*\d+ \d+")

Meta = Mapping[str, int | float | str]


def meta_of(sound: Sound) -> Meta:
    """What is kept of a sound: its length, its rate, and where its sentences begin, where the engine said that."""
    facts: dict[str, int | float | str] = {"frames": sound.frames, "rate": sound.rate}
    if sound.sentences:
        facts[_SENTENCES] = ",".join(f"{at} {sample}" for at, sample in sound.sentences)
    return facts


def facts_of(meta: Meta) -> tuple[int, int] | None:
    """The frames and the rate of a take; None where these are not the facts of a take."""
    known = {name: value for name, value in meta.items() if not name.startswith("sentences")}
    facts = whole_numbers(known, _FACTS)
    return (facts[0], facts[1]) if facts is not None and facts[1] else None


def sentences_of(meta: Meta) -> tuple[tuple[int, int], ...]:
    """(offset in the text, sample) of each sentence that the engine reported; none where there is no such fact."""
    text = meta.get(_SENTENCES)
    if not isinstance(text, str) or not _PAIRS.fullmatch(text):
        return ()
    pairs = (pair.split(" ") for pair in text.split(","))
    return tuple((int(at), int(sample)) for at, sample in pairs)
