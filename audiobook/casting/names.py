"""Find the speaker, engine or voice that a name in a voices file refers to."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audiobook.casting.config import CastingConfig, SpeakerChoice
from audiobook.casting.validation import quote, suggest
from audiobook.errors import VoicesError
from audiobook.languages.codes import is_spoken_by
from audiobook.model.cast import VoiceFacts
from audiobook.model.script import Character, Script


def fold(name: str) -> str:
    """Normalize a name for comparison: case, repeated spaces and the form of apostrophes are ignored."""
    return " ".join(name.replace("’", "'").split()).casefold()


def match_speakers(characters: Iterable[Character], speakers: Iterable[SpeakerChoice]) -> Mapping[str, SpeakerChoice]:
    """Find the table of the voices file for each character; the result has the characters' names as keys.

    A name or alias in the file is first compared with the characters' names, then with their aliases; of several
    characters with that alias, the first one, who has the most lines, is meant. If two tables fit one character, the
    table with the character's own name is used, else the earlier one.
    """
    characters = tuple(characters)
    by_name: dict[str, list[str]] = {}
    by_alias: dict[str, str] = {}
    for character in characters:
        by_name.setdefault(fold(character.name), []).append(character.name)
        for alias in character.aliases:
            by_alias.setdefault(fold(alias), character.name)
    found: dict[str, SpeakerChoice] = {}
    called: dict[str, SpeakerChoice] = {}
    for speaker in speakers:
        for name in dict.fromkeys(fold(n) for n in (speaker.name, *speaker.aliases)):
            for own in by_name.get(name, ()):
                found.setdefault(own, speaker)
            if name not in by_name and name in by_alias:
                called.setdefault(by_alias[name], speaker)
    return called | found


def find_unused_speakers(script: Script, casting_config: CastingConfig) -> tuple[str, ...]:
    """The tables of the voices file that fit no speaker of this script, in the file's order."""
    used = {speaker.name for speaker in match_speakers(script.characters, casting_config.speakers).values()}
    return tuple(speaker.name for speaker in casting_config.speakers if speaker.name not in used)


VoiceLister = Callable[[str], Sequence[VoiceFacts]]

VOICES_HINT = "`audiobook voices` lists the voices available on this machine"


@dataclass(slots=True)
class Names:
    """Looks up engines and voices by name. The voices of an engine are listed on first use, and only once."""

    engines: Collection[str]
    voices: VoiceLister
    _listed: dict[str, dict[str, str]] = field(default_factory=dict)  # engine → folded name → name
    _facts: dict[str, Sequence[VoiceFacts]] = field(default_factory=dict)

    def engine(self, name: str) -> str:
        """The engine's name in its official spelling. Raises VoicesError."""
        match = next((e for e in self.engines if e.casefold() == name.strip().casefold()), None)
        if match is None:
            raise VoicesError(f"{quote(name)} is not an engine; {suggest(name, self.engines, 'engine')}")
        return match

    def voice(self, engine: str, name: str) -> str:
        """The voice's name in the engine's spelling. Raises VoicesError."""
        known = self._load_voices(engine)
        found = name if name in known.values() else known.get(name.strip().casefold())
        if found is None:
            advice = suggest(name, known.values(), "voice")
            raise VoicesError(f"{engine} has no voice {quote(name)}; {advice}", hint=VOICES_HINT)
        return found

    def language(self, engine: str, tag: str) -> str:
        """The language tag, if any voice of the engine speaks the language. Raises VoicesError."""
        self._load_voices(engine)
        spoken = {facts.language for facts in self._facts[engine]}
        if not any(is_spoken_by(tag, language) for language in spoken):
            raise VoicesError(f"no voice of {engine} speaks {quote(tag)}; {suggest(tag, spoken, 'language')}")
        return tag

    def _load_voices(self, engine: str) -> dict[str, str]:
        if engine not in self._listed:
            self._facts[engine] = self.voices(engine)
            self._listed[engine] = {facts.name.casefold(): facts.name for facts in self._facts[engine]}
        return self._listed[engine]


def find_voice(name: str, facts: Sequence[VoiceFacts]) -> VoiceFacts:
    """Find a voice by name in the voices of one engine. Raises VoicesError with similar names."""
    engine = facts[0].engine if facts else "this machine"
    found = Names((engine,), lambda _: facts).voice(engine, name)
    return next(f for f in facts if f.name == found)
