"""A cast: which voice reads whom, and how the performance is directed."""

from dataclasses import dataclass, field

from audiobook.script import NARRATOR, Age, Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One way of speaking. Raises ValueError out of range."""

    engine: str  # a row of the table of engines: "pyttsx3", "tone"
    name: str  # the voice's name in that engine: "en-us+f3"
    rate: int = 175  # words a minute, 40 to 500
    pitch: int = 50  # 0 to 99, 50 being the voice's own
    volume: float = 1.0  # 0 to 2, 1 being as loud as every other voice; applied when mixing, so it shapes no take

    def __post_init__(self) -> None:
        if not 40 <= self.rate <= 500:
            raise ValueError("rate lies between 40 and 500 words a minute")
        if not 0 <= self.pitch <= 99:
            raise ValueError("pitch lies between 0 and 99")
        if not 0 <= self.volume <= 2:
            raise ValueError("volume lies between 0 and 2")


EFFECT = 10_000  # the rank from which on a voice is an effect, a robot or a whisper: only for who asks by name


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFacts:
    """A voice an engine offers on this machine, as casting and listings see it."""

    engine: str
    name: str  # what `Voice.name` and voices.toml say
    language: str  # BCP 47: "en-US"
    gender: Gender | None = None
    age: Age = "adult"
    rank: int = 0  # the order of preference among voices that fit; lower is pleasanter
    description: str = ""  # a few words for the listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A speaker and the voice chosen for them."""

    speaker: str  # the character's name in the script
    voice: Voice
    reason: str  # why this voice, for a human: "voices.toml [speakers.Oona]", "pool: female"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Silences by tier, in milliseconds; where several fall together the longest counts."""

    sentence: int = 300  # between two sentences of one line, where a long line is spoken in pieces
    line: int = 120  # between two lines of one paragraph with the same speaker
    speaker: int = 250  # where the speaker changes
    paragraph: int = 450  # between paragraphs
    scene: int = 1200  # at a scene break
    heading: int = 900  # after a heading
    opening: int = 0  # before a chapter's first word
    chapter: int = 1800  # at the end of a chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronunciation:
    """A word (or words) of the book, and how it is spelled for the engine."""

    written: str
    spoken: str
    match_case: bool = False  # only where the case is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A voice for everybody. `voice_of` never fails for a speaker of the script."""

    narrator: Voice
    unknown: Voice  # reads lines whose speaker nobody can say
    parts: tuple[Part, ...] = ()
    pauses: Pauses = field(default_factory=Pauses)
    pronunciations: tuple[Pronunciation, ...] = ()

    def voice_of(self, speaker: str | None) -> Voice:
        """The voice that reads `speaker`; the narrator's for NARRATOR, the unknown voice for None or a stranger."""
        if speaker == NARRATOR:
            return self.narrator
        return next((part.voice for part in self.parts if part.speaker == speaker), self.unknown)

    def voices(self) -> tuple[Voice, ...]:
        """Every different voice of the cast, the narrator's first."""
        return tuple(dict.fromkeys((self.narrator, self.unknown, *(part.voice for part in self.parts))))
