"""What a voices file asks for, as typed values. None always means: left to the casting."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from audiobook.model.cast import PROSODIES, Pauses, Pronunciation, Prosody
from audiobook.model.own_audio import OwnAudio
from audiobook.model.script import Age, Gender

DEFAULT_ENGINE = "pyttsx3"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """What is said about one voice, by name or by what it should be like."""

    engine: str | None = None
    voice: str | None = None  # as the engine spells it
    rate: int | None = None  # words a minute, 40 to 500
    pitch: int | None = None  # 0 to 99
    volume: float | None = None  # 0 to 2
    gender: Gender | None = None  # corrects the book's guess, and guides the choice where no voice is named
    age: Age | None = None

    def over(self, other: "VoiceChoice") -> "VoiceChoice":
        """This choice, with what it leaves open taken from `other`.

        A voice belongs to its engine: naming either one here leaves the other's voice behind.
        """
        mine = {f.name: getattr(self, f.name) for f in fields(self)}
        theirs = {f.name: getattr(other, f.name) for f in fields(other)}
        if self.voice or (self.engine and self.engine != other.engine):
            theirs |= {"engine": None, "voice": None}
        return VoiceChoice(**{name: theirs[name] if value is None else value for name, value in mine.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerChoice:
    """A table `[speakers.NAME]`."""

    name: str
    aliases: tuple[str, ...] = ()  # other names for the same person; all of them speak with one voice
    choice: VoiceChoice = field(default_factory=VoiceChoice)
    source: str = ""  # where it stands: "emma.voices.toml [speakers.Emma]", for the reason shown in the cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """The voices for those whom no table names; None: every voice that fits, by the engine's order of preference."""

    female: tuple[VoiceChoice, ...] | None = None
    male: tuple[VoiceChoice, ...] | None = None
    child: tuple[VoiceChoice, ...] | None = None
    unknown: tuple[VoiceChoice, ...] | None = None  # no gender known; the first also reads lines of nobody knows whom
    unknown_is_narrator: bool = False  # the narrator reads the lines of nobody knows whom


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundChoice:
    """A setting of `[sounds]`: a file to play."""

    file: Path
    volume: float = 1.0  # 0 to 2; 1 is as loud as the voices
    seconds: float | None = None  # how much of it plays, from its beginning; None: all
    source: str = ""  # where it is set: "emma.voices.toml:12: [sounds] opening", for errors


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingsChoice:
    """The table `[recordings]`: a folder with recordings of lines."""

    folder: Path
    volume: float = 1.0  # 0 to 2; 1 is as loud as the voices
    source: str = ""  # likewise


SOUND_PLACES = ("opening", "chapter", "closing")


@dataclass(frozen=True, slots=True, kw_only=True)
class CastingConfig:
    """Everything the voices file and those beneath it say."""

    defaults: VoiceChoice = field(default_factory=lambda: VoiceChoice(engine=DEFAULT_ENGINE))
    written_engine: str = DEFAULT_ENGINE  # of voices that the files name without one, whoever speaks now
    language: str | None = None  # BCP 47: asks for voices of this language or accent, instead of the book's
    narrator: VoiceChoice = field(default_factory=VoiceChoice)
    speakers: tuple[SpeakerChoice, ...] = ()
    pools: Pools = field(default_factory=Pools)
    pauses: Pauses = field(default_factory=Pauses)
    pronunciations: tuple[Pronunciation, ...] = ()
    prosodies: Mapping[str, Prosody] = field(default_factory=lambda: PROSODIES)
    sounds: Mapping[str, SoundChoice] = field(default_factory=dict)  # by their places
    recordings: RecordingsChoice | None = None
    own_audio: OwnAudio = field(default_factory=OwnAudio)  # the same once the files have been imported

    @property
    def engine(self) -> str:
        """The engine of everybody who has no other."""
        return self.defaults.engine or DEFAULT_ENGINE

    def engines(self) -> tuple[str, ...]:
        """Every engine whose voices the casting chooses from or names, the default first."""
        pools = self.pools
        pooled = (c for pool in (pools.female, pools.male, pools.child, pools.unknown) for c in pool or ())
        choices = (self.narrator, *(s.choice for s in self.speakers), *pooled)
        return tuple(dict.fromkeys((self.engine, *(c.engine for c in choices if c.engine))))
