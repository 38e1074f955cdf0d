"""The settings of the voices files, as typed values. None means that the casting decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from audiobook.model.cast import PROSODIES, Pauses, Pronunciation, Prosody
from audiobook.model.own_audio import OwnAudio
from audiobook.model.script import Age, Gender

DEFAULT_ENGINE = "pyttsx3"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """The settings for one voice: its name, or the properties it should have."""

    engine: str | None = None
    voice: str | None = None  # as the engine spells it
    words_per_minute: int | None = None  # words a minute, 40 to 500
    pitch: int | None = None  # 0 to 99
    volume: float | None = None  # 0 to 2
    gender: Gender | None = None  # corrects the gender found in the book; guides the choice if no voice is named
    age: Age | None = None

    def fill_from(self, other: "VoiceChoice") -> "VoiceChoice":
        """This choice, with missing settings taken from `other`.

        A voice belongs to an engine. If this choice names a voice or another engine, the voice and engine of `other`
        are not used.
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
    aliases: tuple[str, ...] = ()  # other names of the same speaker; all of them share one voice
    choice: VoiceChoice = field(default_factory=VoiceChoice)
    source: str = ""  # the place of the table, "emma.voices.toml [speakers.Emma]", shown as the reason in the cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """The voices for speakers without a table. None: every suitable voice, in the engine's order of preference."""

    female: tuple[VoiceChoice, ...] | None = None
    male: tuple[VoiceChoice, ...] | None = None
    child: tuple[VoiceChoice, ...] | None = None
    unknown: tuple[VoiceChoice, ...] | None = (
        None  # for speakers of unknown gender; the first voice also reads lines with an unknown speaker
    )
    unknown_is_narrator: bool = False  # the narrator reads lines with an unknown speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundChoice:
    """A setting of `[sounds]`: a file to play."""

    file: Path
    volume: float = 1.0  # 0 to 2; 1 is as loud as the voices
    seconds: float | None = None  # how much of the file is played, from its start; None: all of it
    source: str = ""  # the place of the setting, "emma.voices.toml:12: [sounds] opening", for error messages


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingsChoice:
    """The table `[recordings]`: a folder with recordings of lines."""

    folder: Path
    volume: float = 1.0  # 0 to 2; 1 is as loud as the voices
    source: str = ""  # the place of the setting, for error messages


SOUND_PLACES = ("opening", "chapter", "closing")


@dataclass(frozen=True, slots=True, kw_only=True)
class CastingConfig:
    """All settings of a voices file and of the files it falls back to."""

    defaults: VoiceChoice = field(default_factory=lambda: VoiceChoice(engine=DEFAULT_ENGINE))
    written_engine: str = (
        DEFAULT_ENGINE  # the engine of voices that the files name without an engine; `--engine` does not change it
    )
    language: str | None = None  # BCP 47; prefer voices with this language or accent to those with the book's language
    narrator: VoiceChoice = field(default_factory=VoiceChoice)
    speakers: tuple[SpeakerChoice, ...] = ()
    pools: Pools = field(default_factory=Pools)
    pauses: Pauses = field(default_factory=Pauses)
    pronunciations: tuple[Pronunciation, ...] = ()
    prosodies: Mapping[str, Prosody] = field(default_factory=lambda: PROSODIES)
    sounds: Mapping[str, SoundChoice] = field(default_factory=dict)  # by place: opening, chapter, closing
    recordings: RecordingsChoice | None = None
    own_audio: OwnAudio = field(default_factory=OwnAudio)  # imported from `sounds` and `recordings`

    @property
    def engine(self) -> str:
        """The engine for speakers whose engine is not set."""
        return self.defaults.engine or DEFAULT_ENGINE

    def engines(self) -> tuple[str, ...]:
        """All engines that the casting needs voices from, the default first."""
        pools = self.pools
        pooled = (c for pool in (pools.female, pools.male, pools.child, pools.unknown) for c in pool or ())
        choices = (self.narrator, *(s.choice for s in self.speakers), *pooled)
        return tuple(dict.fromkeys((self.engine, *(c.engine for c in choices if c.engine))))
