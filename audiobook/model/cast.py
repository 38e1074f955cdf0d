"""A cast: which voice reads whom, and how the performance is directed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from audiobook.model.own_audio import OwnAudio
from audiobook.model.script import NARRATOR, Age, Gender, Line


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
    sound: int = 600  # after a sound that plays at the beginning of a chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Prosody:
    """How a line of a certain kind is spoken, beside how its speaker speaks."""

    rate: float = 1.0  # times the voice's own
    pitch: int = 0  # added to the voice's own
    volume: float = 1.0  # times the voice's own
    pause: int = 0  # milliseconds of silence before and after it, at least

    def of(self, voice: Voice) -> Voice:
        """The voice as it speaks such a line, within what a voice allows."""
        return replace(
            voice,
            rate=max(40, min(500, round(voice.rate * self.rate))),
            pitch=max(0, min(99, voice.pitch + self.pitch)),
            volume=max(0.0, min(2.0, voice.volume * self.volume)),
        )


NEUTRAL = Prosody()
PROSODIES: Mapping[str, Prosody] = {  # by what a line is, the first that fits
    "whispered": Prosody(rate=0.94, volume=0.6),
    "shouted": Prosody(rate=1.04, pitch=5, volume=1.25),
    "thought": Prosody(rate=0.97, volume=0.85),
    "heading": NEUTRAL,
    "letter": NEUTRAL,
    "verse": NEUTRAL,
    "emphasis": NEUTRAL,
}
_EMPHASIS = re.compile(r"\W*?([*_]{1,2})(?=\S)(?:(?!\1).)+(?<=\S)\1\W*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronunciation:
    """A word (or words) of the book, and how it is spelled for the engine."""

    written: str
    spoken: str
    match_case: bool = False  # only where the case is the same
    ipa: str | None = None  # its sounds in the International Phonetic Alphabet, for engines that take them
    speakers: tuple[str, ...] = ()  # who says it so; empty: everybody


IPA_OPENS, IPA_CLOSES = "⟦", "⟧"  # around sounds in a text for an engine that takes them


def resolved(entries: Sequence[Pronunciation], speaker: str | None, *, takes_ipa: bool) -> tuple[Pronunciation, ...]:
    """The pronunciations that count for a speaker, as their engine takes them; those for one alone before the rest."""
    own = [entry for entry in entries if speaker is not None and speaker in entry.speakers]
    taken = {(entry.written.casefold(), entry.match_case) for entry in own}
    others = [e for e in entries if not e.speakers and (e.written.casefold(), e.match_case) not in taken]
    ways = (replace(e, spoken=f"{IPA_OPENS}{e.ipa}{IPA_CLOSES}") if takes_ipa and e.ipa else e for e in (*own, *others))
    return tuple(entry for entry in ways if entry.spoken != entry.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A voice for everybody. `voice_of` never fails for a speaker of the script."""

    narrator: Voice
    unknown: Voice  # reads lines whose speaker nobody can say
    parts: tuple[Part, ...] = ()
    pauses: Pauses = field(default_factory=Pauses)
    pronunciations: tuple[Pronunciation, ...] = ()
    prosodies: Mapping[str, Prosody] = field(default_factory=lambda: PROSODIES)
    own_audio: OwnAudio = field(default_factory=OwnAudio)

    def voice_of(self, speaker: str | None) -> Voice:
        """The voice that reads `speaker`; the narrator's for NARRATOR, the unknown voice for None or a stranger."""
        if speaker == NARRATOR:
            return self.narrator
        return next((part.voice for part in self.parts if part.speaker == speaker), self.unknown)

    def prosody_of(self, line: Line) -> Prosody:
        """How a line is spoken, by its manner, its paragraph's kind, or being set in emphasis as a whole."""
        kinds = (line.style, line.block, "emphasis" if _EMPHASIS.fullmatch(line.text) else "")
        return next((self.prosodies[kind] for kind in kinds if kind in self.prosodies), NEUTRAL)

    def voices(self) -> tuple[Voice, ...]:
        """Every different voice of the cast, the narrator's first."""
        return tuple(dict.fromkeys((self.narrator, self.unknown, *(part.voice for part in self.parts))))
