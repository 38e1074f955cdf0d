"""A voice for everybody, chosen so that it stays.

Who chooses when, and which voices somebody prefers, hangs on nothing that changes when a chapter is added at the end;
a voice named in the voices file takes nobody else's voice away, except where two would be mistaken for each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from audiobook.cast import Cast, Part, Voice, VoiceFacts
from audiobook.casting.company import Company, Member, company_of
from audiobook.casting.direction import Direction, VoiceChoice
from audiobook.casting.pooling import Candidate, Pool, Voices, varied, with_settings
from audiobook.errors import MissingToolError
from audiobook.script import Age, Gender, Script

Timbre = tuple[str, str]  # what a listener knows a voice by, whatever its rate and pitch: engine and name


def cast_script(script: Script, direction: Direction, available: Sequence[VoiceFacts]) -> Cast:
    """A voice for every speaker of the script; `available` are the voices of `direction.engines()`, in any order.

    Whom the voices file names gets what it says. Everybody else gets a voice that fits, the main characters each
    their own, and those who talk to each other different ones, for as long as there are voices.
    Raises MissingToolError where an engine that is needed offers no voice.
    """
    voices = Voices(available, direction, direction.language or script.facts.language)
    company = company_of(script, direction)
    teller = next((m for m in company.members if script.narrator in m.names), None)
    narrators = _narrators(voices, teller)
    chosen = _Choice(voices, company, narrators).everybody(teller)
    return Cast(
        narrator=narrators.narrator,
        unknown=narrators.unknown,
        parts=tuple(part for character in script.characters if (part := chosen.get(character.name))),
        pauses=direction.pauses,
        pronunciations=direction.pronunciations,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Narrators:
    """The voices of the narration and of nobody knows whom."""

    narrator: Voice
    unknown: Voice
    own: Voice  # the narrator's, if no file named another
    reserved: frozenset[Timbre]  # both, if no file named others: naming one shall move nobody else


def _narrators(voices: Voices, teller: Member | None) -> _Narrators:
    asked, pools = voices.direction.narrator, voices.direction.pools
    engine = voices.direction.engine if asked.voice else asked.engine or voices.direction.engine
    gender = asked.gender or (teller.gender if teller else None)
    best = _offered(voices, engine, gender, asked.age)[0]
    own = voices.voice(_as_choice(best))
    narrator = voices.voice(asked if asked.voice else asked.over(_as_choice(best)))
    stranger = _stranger(voices, own, gender or best.gender)
    unknown = narrator if pools.unknown_is_narrator else voices.voice(pools.unknown[0]) if pools.unknown else stranger
    reserved = frozenset({timbre(own), timbre(stranger)})
    return _Narrators(narrator=narrator, unknown=unknown, own=own, reserved=reserved)


def _stranger(voices: Voices, narrator: Voice, gender: Gender | None) -> Voice:
    """A voice for lines of nobody knows whom: a second narrator, recognisably not the first."""
    for facts in _offered(voices, voices.direction.engine, gender, None):
        if timbre(voice := voices.voice(_as_choice(facts))) != timbre(narrator):
            return voice
    return varied(narrator, -8, 0.94)


def _offered(voices: Voices, engine: str, gender: Gender | None, age: Age | None) -> list[VoiceFacts]:
    ranked = voices.ranked(engine, gender, age)
    if not ranked:
        raise MissingToolError(
            f"the engine {engine} offers no voice here", hint="`audiobook doctor` says what it lacks"
        )
    return ranked


def _as_choice(facts: VoiceFacts) -> VoiceChoice:
    return VoiceChoice(engine=facts.engine, voice=facts.name)


def timbre(voice: Voice) -> Timbre:
    """What a listener knows the voice by."""
    return voice.engine, voice.name


@dataclass(slots=True)
class _Choice:
    """The choosing: who has which voice so far."""

    voices: Voices
    company: Company
    narrators: _Narrators
    taken: dict[str, Candidate] = field(default_factory=dict)  # by the member's key
    main_voices: set[Voice] = field(default_factory=set)
    uses: dict[Voice, int] = field(default_factory=dict)
    pools: dict[tuple[str, Gender | None, Age | None], Pool] = field(default_factory=dict)

    def everybody(self, teller: Member | None) -> dict[str, Part]:
        """The part of every character, by name."""
        members = [member for member in self.company.members if member is not teller]
        for member in members:  # as if the file named no voice, so that naming one leaves the others where they are
            self._take(member, self._best(member, self.narrators.own, {}))
        named = {m.key: self.voices.voice(m.choice) for m in self.company.members if m.choice.voice}
        for member in members:
            if member.key not in named and self._is_mistaken(member, named):
                self._take(member, self._best(member, self.narrators.narrator, named))
        parts: dict[str, Part] = {}
        for member in self.company.members:
            parts |= self._parts(member, is_teller=member is teller)
        return parts

    def _parts(self, member: Member, *, is_teller: bool) -> dict[str, Part]:
        choice = member.choice
        if choice.voice:
            found = Candidate(voice=self.voices.voice(choice), reason="")
        elif is_teller:
            found = Candidate(voice=self.narrators.narrator, reason="tells the story")
        else:
            found = self.taken[member.key]
        voice = with_settings(found.voice, choice)
        reason = ", ".join(filter(None, (member.speaker.source if member.speaker else "", found.reason)))
        return {name: Part(speaker=name, voice=voice, reason=reason) for name in member.names}

    def _take(self, member: Member, candidate: Candidate) -> None:
        voice = candidate.voice
        self.taken[member.key] = candidate
        self.uses[voice] = self.uses.get(voice, 0) + 1
        if member.main:
            self.main_voices.add(voice)

    def _is_mistaken(self, member: Member, named: Mapping[str, Voice]) -> bool:
        """Whether a voice that the file gives to another, or to the narrator, is too like this member's.

        A main character yields only to the narrator and to main characters: to give a walk-on a voice must not take
        a hero's away.
        """
        own = timbre(self.taken[member.key].voice)
        if own == timbre(self.narrators.narrator):
            return True
        others = self.company.mains if member.main else self.company.partners(member)
        return any(own == timbre(named[key]) for key in others if key in named)

    def _best(self, member: Member, narrator: Voice, named: Mapping[str, Voice]) -> Candidate:
        """The first voice in the member's own order that nobody has; where there is none, the one least in the way."""
        in_the_way = self._in_the_way(member, narrator, named)
        best: Candidate | None = None
        least: tuple[int, ...] = ()
        for candidate in self._pool(member).candidates(member.key):
            cost = in_the_way(candidate.voice)
            if best is None or cost < least:
                best, least = candidate, cost
            if not any(least):
                break
        if best is None:
            raise MissingToolError(f"the engine {member.choice.engine} offers no voice here")
        return best

    def _in_the_way(
        self, member: Member, narrator: Voice, named: Mapping[str, Voice]
    ) -> Callable[[Voice], tuple[int, ...]]:
        """How much a voice would be mistaken for somebody else's if this member had it; all zeros: for nobody's."""
        known = {key: candidate.voice for key, candidate in self.taken.items()} | dict(named)
        partners = {known[key] for key in self.company.partners(member) if key in known}
        partner_timbres = set(map(timbre, partners))
        mains = self.main_voices | {named[key] for key in self.company.mains & named.keys()}
        main_timbres = set(map(timbre, mains))

        def cost(voice: Voice) -> tuple[int, ...]:
            sound = timbre(voice)
            return (
                2 * (voice in partners) + (voice == narrator),
                int(voice in mains),
                2 * (sound in partner_timbres) + 2 * (sound == timbre(narrator)) + (sound in self.narrators.reserved),
                int(sound in main_timbres),
                self.uses.get(voice, 0),
            )

        return cost

    def _pool(self, member: Member) -> Pool:
        engine = (
            member.choice.engine if member.choice.engine and not member.choice.voice else self.voices.direction.engine
        )
        key = (engine, member.gender, member.age)
        if key not in self.pools:
            self.pools[key] = self.voices.pool(*key)
        return self.pools[key]
