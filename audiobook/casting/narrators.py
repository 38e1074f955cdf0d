"""The voices of the narration, and of lines of which nobody can tell who says them."""

from dataclasses import dataclass

from audiobook.cast import Voice, VoiceFacts
from audiobook.casting.company import Member
from audiobook.casting.direction import VoiceChoice
from audiobook.casting.pooling import Voices, timbre, varied
from audiobook.errors import MissingToolError
from audiobook.script import Age, Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrators:
    """The voices of the narration and of nobody knows whom, in this order."""

    told: tuple[Voice, Voice]
    own: tuple[Voice, Voice]  # if no file named others; the characters leave these alone too, so that none moves then


def narrators_of(voices: Voices, teller: Member | None) -> Narrators:
    """The narrators of a book; `teller` is the character who tells it, where one does. Raises MissingToolError."""
    asked, pools = voices.direction.narrator, voices.direction.pools
    engine = voices.direction.engine if asked.voice else asked.engine or voices.direction.engine
    gender = asked.gender or (teller.gender if teller else None)
    best = _offered(voices, engine, gender, asked.age)[0]
    own = voices.voice(_as_choice(best))
    narrator = voices.voice(asked if asked.voice else asked.over(_as_choice(best)))
    stranger = _stranger(voices, own, gender or best.gender)
    unknown = narrator if pools.unknown_is_narrator else voices.voice(pools.unknown[0]) if pools.unknown else stranger
    return Narrators(told=(narrator, unknown), own=(own, stranger))


def _stranger(voices: Voices, narrator: Voice, gender: Gender | None) -> Voice:
    """A voice for lines of nobody knows whom: a second narrator, recognisably not the first."""
    for facts in _offered(voices, voices.direction.engine, gender, None):
        if timbre(voice := voices.voice(_as_choice(facts))) != timbre(narrator):
            return voice
    return varied(narrator, -8, 0.94)


def _offered(voices: Voices, engine: str, gender: Gender | None, age: Age | None) -> list[VoiceFacts]:
    ranked = voices.ranked(engine, gender, age)
    if not ranked:
        raise no_voice(engine)
    return ranked


def no_voice(engine: str) -> MissingToolError:
    """The error of an engine that is there but has no voices."""
    return MissingToolError(f"the engine {engine} offers no voice here", hint="`audiobook doctor` says what it lacks")


def _as_choice(facts: VoiceFacts) -> VoiceChoice:
    return VoiceChoice(engine=facts.engine, voice=facts.name)
