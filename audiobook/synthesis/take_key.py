"""The cache key of a take, made of everything that affects its sound, and the metadata stored beside its samples."""

import re
from collections.abc import Mapping

from audiobook.model.codec import whole_numbers
from audiobook.model.cue import Cue, Sound
from audiobook.runtime.cache import key_of

RECIPE = 1  # version of the processing between engine and cache; raise it whenever the trimming changes


def cue_key(cue: Cue, engine_version: str) -> str:
    """The key of a cue's take.

    The place of the cue and the volume are not part of it: the volume is applied when mixing.
    """
    voice = cue.voice
    return key_of(RECIPE, voice.engine, engine_version, voice.name, voice.words_per_minute, voice.pitch, cue.text)


_FACTS = ("frames", "rate")
_SENTENCES = "sentences1"  # ends with a version; takes with another version count as having no sentences
_PAIRS = re.compile(r"(?:\d+ \d+,)*\d+ \d+")

Meta = Mapping[str, int | float | str]


def make_meta(sound: Sound) -> Meta:
    """The metadata of a sound: number of samples, sample rate, and the starts of sentences if known."""
    facts: dict[str, int | float | str] = {"frames": sound.samples, "rate": sound.sample_rate}
    if sound.sentences:
        facts[_SENTENCES] = ",".join(f"{at} {sample}" for at, sample in sound.sentences)
    return facts


def parse_meta(meta: Meta) -> tuple[int, int] | None:
    """The number of samples and the sample rate of a take; None if this is not the metadata of a take."""
    known = {name: value for name, value in meta.items() if not name.startswith("sentences")}
    facts = whole_numbers(known, _FACTS)
    return (facts[0], facts[1]) if facts is not None and facts[1] else None


def parse_sentences(meta: Meta) -> tuple[tuple[int, int], ...]:
    """(offset in the text, sample) of each sentence that the engine reported; empty if there are none."""
    text = meta.get(_SENTENCES)
    if not isinstance(text, str) or not _PAIRS.fullmatch(text):
        return ()
    pairs = (pair.split(" ") for pair in text.split(","))
    return tuple((int(at), int(sample)) for at, sample in pairs)
