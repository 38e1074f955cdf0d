"""A voice for every speaker, chosen so that it stays the same in later builds.

Who chooses when, and which voices somebody prefers, hangs on nothing that changes when a chapter is added at the end;
a voice named in the voices file takes nobody else's voice away, except where two would be mistaken for each other.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audiobook.casting.config import CastingConfig, VoiceChoice
from audiobook.casting.pools import Candidate, Manner, Pool, Timbre, Voices, manner, timbre, varied, with_settings
from audiobook.casting.speaker_groups import SpeakerGroup, SpeakerGroups, group_speakers
from audiobook.errors import MissingToolError
from audiobook.model.cast import Cast, Part, Pronunciation, Voice, VoiceFacts
from audiobook.model.script import NARRATOR, Age, Gender, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrators:
    """The voices of the narration and of nobody knows whom, in this order."""

    told: tuple[Voice, Voice]
    own: tuple[Voice, Voice]  # if no file named others; the characters leave these alone too, so that none moves then


def narrators_of(voices: Voices, teller: SpeakerGroup | None) -> Narrators:
    """The narrators of a book; `teller` is the character who tells it, where one does. Raises MissingToolError."""
    asked, pools = voices.casting_config.narrator, voices.casting_config.pools
    engine = voices.casting_config.engine if asked.voice else asked.engine or voices.casting_config.engine
    gender = asked.gender or (teller.gender if teller else None)
    best = _offered(voices, engine, gender, asked.age)[0]
    own = voices.voice(_as_choice(best))
    narrator = voices.voice(asked if asked.voice else asked.over(_as_choice(best)))
    stranger = _stranger(voices, own, gender or best.gender)
    unknown = narrator if pools.unknown_is_narrator else voices.voice(pools.unknown[0]) if pools.unknown else stranger
    return Narrators(told=(narrator, unknown), own=(own, stranger))


def _stranger(voices: Voices, narrator: Voice, gender: Gender | None) -> Voice:
    """A voice for lines of nobody knows whom: a second narrator, recognisably not the first."""
    for facts in _offered(voices, voices.casting_config.engine, gender, None):
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


def cast_script(script: Script, casting_config: CastingConfig, available: Sequence[VoiceFacts]) -> Cast:
    """A voice for every speaker of the script; `available` are the voices of `casting_config.engines()`, in any order.

    Whom the voices file names gets what it says. Everybody else gets a voice that fits, the main characters each
    their own, and those who talk to each other different ones, for as long as there are voices.
    Raises MissingToolError where an engine that is needed offers no voice.
    """
    voices = Voices(available, casting_config, casting_config.language or script.facts.language)
    speaker_groups = group_speakers(script, casting_config)
    teller = next((m for m in speaker_groups.groups if script.narrator in m.names), None)
    narrators = narrators_of(voices, teller)
    chosen = _Choice(voices, speaker_groups, narrators).everybody(teller)
    return Cast(
        narrator=narrators.told[0],
        unknown=narrators.told[1],
        parts=tuple(part for character in script.characters if (part := chosen.get(character.name))),
        pauses=casting_config.pauses,
        pronunciations=_by_character(casting_config.pronunciations, script),
        prosodies=casting_config.prosodies,
        own_audio=casting_config.own_audio,
    )


def _by_character(entries: Sequence[Pronunciation], script: Script) -> tuple[Pronunciation, ...]:
    """The pronunciations with their speakers called what the script calls them."""
    names = {NARRATOR: NARRATOR}
    for character in reversed(script.characters):
        names |= dict.fromkeys(map(str.casefold, (*character.aliases, character.name)), character.name)
    return tuple(
        replace(entry, speakers=tuple(names.get(who.casefold(), who) for who in entry.speakers)) for entry in entries
    )


@dataclass(slots=True)
class _Choice:
    """The choosing: who has which voice so far."""

    voices: Voices
    speaker_groups: SpeakerGroups
    narrators: Narrators
    taken: dict[str, Candidate] = field(default_factory=dict)  # by the member's key
    manners: dict[str, Manner] = field(default_factory=dict)  # likewise, of those too who are named in the file
    mains: dict[str, Manner] = field(default_factory=dict)  # likewise, of the main characters
    uses: dict[Manner, int] = field(default_factory=dict)  # how many have it
    pools: dict[tuple[str, Gender | None, Age | None], Pool] = field(default_factory=dict)

    def everybody(self, teller: SpeakerGroup | None) -> dict[str, Part]:
        """The part of every character, by name."""
        groups = [group for group in self.speaker_groups.groups if group is not teller]
        self._seat(groups)
        named = {m.key: manner(self.voices.voice(m.choice)) for m in self.speaker_groups.groups if m.choice.voice}
        self._settle(named)
        for group in groups:
            if group.key not in named and self._is_mistaken(group, named):
                self._take(group, self._best(group, self.narrators.told))
        parts: dict[str, Part] = {}
        for group in self.speaker_groups.groups:
            parts |= self._parts(group, is_teller=group is teller)
        return parts

    def _seat(self, groups: Sequence[SpeakerGroup]) -> None:
        """Choose as if the file named no voice, so that naming one leaves the others where they are.

        Everybody takes a voice as they enter, which no later chapter changes. Then the main characters, in the order
        in which they became so, and the others put right what did not go well.
        """
        for group in sorted(groups, key=lambda m: (m.entrance, m.key)):
            self._take(group, self._best(group, self.narrators.own))
        heroes: set[Timbre] = set()
        for group in groups:
            sound = self.taken[group.key].manner[:2]
            met = self.speaker_groups.partners(group) if not group.main else ()
            if sound in heroes or any(key in self.taken and sound == self.taken[key].manner[:2] for key in met):
                self._take(group, self._best(group, self.narrators.own))
            if group.main:
                heroes.add(self.taken[group.key].manner[:2])

    def _parts(self, group: SpeakerGroup, *, is_teller: bool) -> dict[str, Part]:
        reasons = [group.speaker.source] if group.speaker else []
        if group.choice.voice:
            voice = self.voices.voice(group.choice)
        elif is_teller:
            voice = self.narrators.told[0]
            reasons.append("tells the story")
        else:
            voice = self.taken[group.key].voice
            reasons.append(self.taken[group.key].reason)
        voice, reason = with_settings(voice, group.choice), ", ".join(reasons)
        return {name: Part(speaker=name, voice=voice, reason=reason) for name in group.names}

    def _take(self, group: SpeakerGroup, candidate: Candidate) -> None:
        self.taken[group.key] = candidate
        self._settle({group.key: candidate.manner})

    def _settle(self, manners: Mapping[str, Manner]) -> None:
        """Note how these members sound, whatever they sounded like before."""
        for key, sound in manners.items():
            if key in self.manners:
                self.uses[self.manners[key]] -= 1
            self.uses[sound] = self.uses.get(sound, 0) + 1
        self.manners |= manners
        self.mains |= {key: sound for key, sound in manners.items() if key in self.speaker_groups.mains}

    def _is_mistaken(self, group: SpeakerGroup, named: Mapping[str, Manner]) -> bool:
        """Whether a voice that the file gives to the narrator or to somebody else is too like this member's.

        A main character yields only to the narrator and to main characters: to give a walk-on a voice must not take
        a hero's away.
        """
        own = self.taken[group.key].manner[:2]
        if own == timbre(self.narrators.told[0]) != timbre(self.narrators.own[0]):
            return True
        others = self.speaker_groups.mains if group.main else self.speaker_groups.partners(group)
        return any(own == named[key][:2] for key in others if key in named)

    def _best(self, group: SpeakerGroup, told: tuple[Voice, Voice]) -> Candidate:
        """The voice the member has if nothing is better, else the first in their own order that is least in the way."""
        in_the_way = self._in_the_way(group, told)
        best = self.taken.get(group.key)
        least = in_the_way(best.manner) if best else (0, 0)
        for candidate in self._pool(group).candidates(group.key):
            cost = in_the_way(candidate.manner)
            if best is None or cost < least:
                best, least = candidate, cost
            if not any(least):
                break
        if best is None:
            raise no_voice(self._engine(group))
        return best

    def _in_the_way(self, group: SpeakerGroup, told: tuple[Voice, Voice]) -> Callable[[Manner], tuple[int, int]]:
        """How much a voice would be mistaken for somebody else's if this member had it; (0, 0): for nobody's.

        To sound exactly like somebody one talks to is worst, then like a main character; to share a timbre with them
        comes next; how many walk-ons have the voice decides between equals.
        """
        partners = {self.manners[key] for key in self.speaker_groups.partners(group) if key in self.manners}
        mains = {sound for key, sound in self.mains.items() if key != group.key}
        narrators = [manner(voice) for voice in told]
        exactly, roughly = Counter[Manner](), Counter[Timbre]()
        for sounds, exact, rough in ((partners, 2000, 20), (set(narrators), 1000, 10), (mains, 100, 1)):
            exactly.update(dict.fromkeys(sounds, exact))
            roughly.update(dict.fromkeys({sound[:2] for sound in sounds}, rough))
        roughly[narrators[0][:2]] += 10
        own, uses = self.manners.get(group.key), self.uses

        def cost(voice: Manner) -> tuple[int, int]:
            return exactly.get(voice, 0) + roughly.get(voice[:2], 0), uses.get(voice, 0) - (voice == own)

        return cost

    def _pool(self, group: SpeakerGroup) -> Pool:
        key = (self._engine(group), group.gender, group.age)
        if key not in self.pools:
            self.pools[key] = self.voices.pool(*key)
        return self.pools[key]

    def _engine(self, group: SpeakerGroup) -> str:
        """The engine that a voice is looked for in: a voice's own engine says nothing about another voice."""
        asked = None if group.choice.voice else group.choice.engine
        return asked or self.voices.casting_config.engine
