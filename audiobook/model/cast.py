"""A cast: the voice of each speaker, pauses, pronunciations and prosody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from audiobook.model.old_names import accept_old_name
from audiobook.model.own_audio import OwnAudio
from audiobook.model.script import NARRATOR, Age, Gender, Line


@accept_old_name("rate", "words_per_minute")
@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice with its settings. Raises ValueError if a setting is out of range."""

    engine: str  # a row of the table of engines: "pyttsx3", "tone"
    name: str  # the voice's name in that engine: "en-us+f3"
    words_per_minute: int = 175  # words a minute, 40 to 500
    pitch: int = 50  # 0 to 99; 50 is the default of the voice
    volume: float = 1.0  # 0 to 2; 1 is the common loudness. Applied when mixing, so takes do not depend on it

    def __post_init__(self) -> None:
        if not 40 <= self.words_per_minute <= 500:
            raise ValueError("the rate must be between 40 and 500 words a minute")
        if not 0 <= self.pitch <= 99:
            raise ValueError("pitch must be between 0 and 99")
        if not 0 <= self.volume <= 2:
            raise ValueError("volume must be between 0 and 2")


EFFECT = 10_000  # voices of this rank or above (robots, whispers) are never chosen automatically


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFacts:
    """A voice that an engine offers on this machine, for casting and listings."""

    engine: str
    name: str  # the value of `Voice.name` and in voices.toml
    language: str  # BCP 47: "en-US"
    gender: Gender | None = None
    age: Age = "adult"
    rank: int = 0  # order of preference among suitable voices; lower is better
    description: str = ""  # a few words for the listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A speaker and the voice chosen for the speaker."""

    speaker: str  # the character's name in the script
    voice: Voice
    reason: str  # why this voice was chosen, for people: "voices.toml [speakers.Oona]", "pool: female"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Pauses in milliseconds. Where several apply, the longest is used."""

    sentence: int = 300  # between sentences of a long line that is spoken in several takes
    line: int = 120  # between two lines of one paragraph with the same speaker
    speaker: int = 250  # when the speaker changes
    paragraph: int = 450  # between paragraphs
    scene: int = 1200  # at a scene break
    heading: int = 900  # after a heading
    opening: int = 0  # before a chapter's first word
    chapter: int = 1800  # at the end of a chapter
    sound: int = 600  # after a sound that plays at the beginning of a chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Prosody:
    """Changes to a speaker's voice for lines of one kind."""

    speed: float = 1.0  # factor for the words per minute of the voice
    pitch: int = 0  # added to the pitch of the voice
    volume: float = 1.0  # factor for the volume of the voice
    pause: int = 0  # minimum silence before and after the line, in milliseconds

    def of(self, voice: Voice) -> Voice:
        """Apply these changes to a voice. Settings are limited to their allowed range."""
        return replace(
            voice,
            words_per_minute=max(40, min(500, round(voice.words_per_minute * self.speed))),
            pitch=max(0, min(99, voice.pitch + self.pitch)),
            volume=max(0.0, min(2.0, voice.volume * self.volume)),
        )


NEUTRAL = Prosody()
PROSODIES: Mapping[str, Prosody] = {  # by the kind of a line; the first that applies is used
    "whispered": Prosody(speed=0.94, volume=0.6),
    "shouted": Prosody(speed=1.04, pitch=5, volume=1.25),
    "thought": Prosody(speed=0.97, volume=0.85),
    "heading": NEUTRAL,
    "letter": NEUTRAL,
    "verse": NEUTRAL,
    "emphasis": NEUTRAL,
}
_EMPHASIS = re.compile(r"\W*?([*_]{1,2})(?=\S)(?:(?!\1).)+(?<=\S)\1\W*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronunciation:
    """A word or phrase of the book, and its spelling for the engine."""

    written: str
    spoken: str
    match_case: bool = False  # apply only if upper and lower case match
    ipa: str | None = None  # International Phonetic Alphabet, for engines that support it
    speakers: tuple[str, ...] = ()  # speakers to whom it applies; empty: all


IPA_OPENS, IPA_CLOSES = "⟦", "⟧"  # enclose IPA in a text for an engine


def resolve_pronunciations(
    entries: Sequence[Pronunciation], speaker: str | None, *, takes_ipa: bool
) -> tuple[Pronunciation, ...]:
    """The pronunciations that apply to a speaker; entries for this speaker only come first."""
    own = [entry for entry in entries if speaker is not None and speaker in entry.speakers]
    taken = {(entry.written.casefold(), entry.match_case) for entry in own}
    others = [e for e in entries if not e.speakers and (e.written.casefold(), e.match_case) not in taken]
    ways = (replace(e, spoken=f"{IPA_OPENS}{e.ipa}{IPA_CLOSES}") if takes_ipa and e.ipa else e for e in (*own, *others))
    return tuple(entry for entry in ways if entry.spoken != entry.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The voices of all speakers. `voice_of` never fails for a speaker of the script."""

    narrator: Voice
    unknown: Voice  # reads lines whose speaker is unknown
    parts: tuple[Part, ...] = ()
    pauses: Pauses = field(default_factory=Pauses)
    pronunciations: tuple[Pronunciation, ...] = ()
    prosodies: Mapping[str, Prosody] = field(default_factory=lambda: PROSODIES)
    own_audio: OwnAudio = field(default_factory=OwnAudio)
    # (speaker, language) of passages in another language than the book → the voice, which speaks that language
    passages: Mapping[tuple[str | None, str], Voice] = field(default_factory=dict)
    unvoiced: tuple[str, ...] = ()  # languages of passages that the speakers' usual voices speak, for want of others

    def voice_of(self, speaker: str | None, language: str = "") -> Voice:
        """The voice of a speaker; `unknown` for None and for speakers that are not in the cast.

        `language` is that of a passage in another language than the book.
        """
        if language and (speaker, language) in self.passages:
            return self.passages[speaker, language]
        if speaker == NARRATOR:
            return self.narrator
        return next((part.voice for part in self.parts if part.speaker == speaker), self.unknown)

    def find_prosody(self, line: Line) -> Prosody:
        """The prosody of a line, by its style, the kind of its paragraph, or emphasis of the whole line."""
        kinds = (line.style, line.block, "emphasis" if _EMPHASIS.fullmatch(line.text) else "")
        return next((self.prosodies[kind] for kind in kinds if kind in self.prosodies), NEUTRAL)

    def voices(self) -> tuple[Voice, ...]:
        """Every distinct voice of the cast, the narrator's first."""
        parts = (part.voice for part in self.parts)
        return tuple(dict.fromkeys((self.narrator, self.unknown, *parts, *self.passages.values())))
