"""Which speaker, engine or voice a name in a voices file means."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audiobook.casting.config import CastingConfig, SpeakerChoice
from audiobook.casting.validation import nearest, quoted
from audiobook.errors import VoicesError
from audiobook.model.cast import VoiceFacts
from audiobook.model.script import Character, Script


def fold(name: str) -> str:
    """A name without what nobody looks at: capitals, doubled spaces, the shape of an apostrophe."""
    return " ".join(name.replace("’", "'").split()).casefold()


def matched(characters: Iterable[Character], speakers: Iterable[SpeakerChoice]) -> Mapping[str, SpeakerChoice]:
    """The table that speaks of each character, by the character's name.

    A name or alias in the file means the character of that name; where there is none, the most talkative one (the
    first) whom the book also calls so. Where two tables mean one character the one with the character's own name
    counts, then the earlier.
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


def unused_speakers(script: Script, casting_config: CastingConfig) -> tuple[str, ...]:
    """The tables of the voices file that speak of nobody in this book, in the file's order."""
    used = {speaker.name for speaker in matched(script.characters, casting_config.speakers).values()}
    return tuple(speaker.name for speaker in casting_config.speakers if speaker.name not in used)


VoiceLister = Callable[[str], Sequence[VoiceFacts]]

VOICES_HINT = "`audiobook voices` lists the voices that can be used here"


@dataclass(slots=True)
class Names:
    """Which engines and voices there are. An engine is asked for its voices when one is first looked up, and once."""

    engines: Collection[str]
    voices: VoiceLister
    _listed: dict[str, dict[str, str]] = field(default_factory=dict)  # engine → folded name → name
    _facts: dict[str, Sequence[VoiceFacts]] = field(default_factory=dict)

    def engine(self, name: str) -> str:
        """The engine of that name. Raises VoicesError."""
        match = next((e for e in self.engines if e.casefold() == name.strip().casefold()), None)
        if match is None:
            raise VoicesError(f"there is no engine {quoted(name)}; {nearest(name, self.engines, 'engine')}")
        return match

    def voice(self, engine: str, name: str) -> str:
        """The voice as the engine spells it. Raises VoicesError."""
        known = self._known(engine)
        found = name if name in known.values() else known.get(name.strip().casefold())
        if found is None:
            advice = nearest(name, known.values(), "voice")
            raise VoicesError(f"{engine} has no voice {quoted(name)}; {advice}", hint=VOICES_HINT)
        return found

    def language(self, engine: str, tag: str) -> str:
        """The language tag, where some voice of the engine speaks it. Raises VoicesError."""
        self._known(engine)
        spoken = {facts.language for facts in self._facts[engine]}
        if primary(tag) not in {primary(language) for language in spoken}:
            raise VoicesError(f"no voice of {engine} speaks {quoted(tag)}; {nearest(tag, spoken, 'language')}")
        return tag

    def _known(self, engine: str) -> dict[str, str]:
        if engine not in self._listed:
            self._facts[engine] = self.voices(engine)
            self._listed[engine] = {facts.name.casefold(): facts.name for facts in self._facts[engine]}
        return self._listed[engine]


def primary(tag: str) -> str:
    """The language of a BCP 47 tag, without region and script: "en" of "en-GB"."""
    return tag.replace("_", "-").partition("-")[0].casefold()


def voice_named(name: str, facts: Sequence[VoiceFacts]) -> VoiceFacts:
    """The voice of that name among those of one engine. Raises VoicesError with the nearest right names."""
    engine = facts[0].engine if facts else "this machine"
    found = Names((engine,), lambda _: facts).voice(engine, name)
    return next(f for f in facts if f.name == found)
