"""Choose the voices for passages in another language than the book."""

from collections.abc import Sequence
from dataclasses import replace

from audiobook.casting.pools import find_voices_in_language, misfit
from audiobook.languages.codes import get_primary_language, is_spoken_by
from audiobook.languages.ja import readings
from audiobook.model.cast import EFFECT, Cast, Voice, VoiceFacts
from audiobook.model.script import Script


def cast_passages(cast: Cast, script: Script, available: Sequence[VoiceFacts]) -> Cast:
    """The cast with a voice for each speaker of a passage in another language, if the speaker's engine has one.

    The voice has the gender of the speaker's usual voice if there is such a voice, and the same rate and pitch.
    """
    own = get_primary_language(script.facts.language)
    stated = dict.fromkeys((line.speaker, line.language) for line in script.lines() if line.language)
    foreign = [(speaker, tag) for speaker, tag in stated if get_primary_language(tag) != own]
    found = {(speaker, tag): _find_voice(cast.voice_of(speaker), tag, available) for speaker, tag in foreign}
    passages = {key: voice for key, voice in found.items() if voice is not None}
    unvoiced = dict.fromkeys(get_primary_language(tag) for (_, tag), voice in found.items() if voice is None)
    return replace(cast, passages=passages, unvoiced=tuple(unvoiced)) if found else cast


def _find_voice(usual: Voice, language: str, available: Sequence[VoiceFacts]) -> Voice | None:
    """The usual voice if it speaks the language, else the most suitable voice of its engine; None if it has none."""
    if get_primary_language(language) == "ja" and not readings.has_readings():
        return None  # a book in another language is not refused for want of them
    own = [facts for facts in available if facts.engine == usual.engine]
    known = next((facts for facts in own if facts.name == usual.name), None)
    if known is not None and is_spoken_by(language, known.language):
        return usual
    gender, age = (known.gender, known.age) if known is not None else (None, None)
    fitting = [facts for facts in find_voices_in_language(own, language) if facts.rank < EFFECT]
    best = min(fitting, key=lambda facts: misfit(facts, gender, age), default=None)
    return None if best is None else replace(usual, name=best.name)
