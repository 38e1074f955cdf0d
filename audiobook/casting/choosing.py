"""Assign a voice to every speaker, so that later builds of a longer book give the same voices.

The order in which speakers choose, and the order of voices that each speaker prefers, do not depend on chapters that
are added at the end. Naming a voice in the voices file does not change the other speakers' voices, unless a listener
would confuse the two voices.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audiobook.casting.config import CastingConfig, VoiceChoice
from audiobook.casting.passages import cast_passages
from audiobook.casting.pools import (
    Candidate,
    Pool,
    Timbre,
    Variant,
    Voices,
    apply_settings,
    timbre_of,
    variant_of,
    vary,
)
from audiobook.casting.speaker_groups import SpeakerGroup, SpeakerGroups, group_speakers
from audiobook.errors import AudiobookError, MissingToolError, UsageError
from audiobook.languages.codes import get_language_name, get_primary_language, is_spoken_by
from audiobook.model.cast import Cast, Part, Pronunciation, Voice, VoiceFacts
from audiobook.model.script import NARRATOR, Age, Gender, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrators:
    """The voices for narration and for lines with an unknown speaker, in this order."""

    told: tuple[Voice, Voice]
    own: tuple[
        Voice, Voice
    ]  # as if the file named none; other speakers avoid these too, so that naming a narrator changes nobody's voice


def choose_narrators(voices: Voices, teller: SpeakerGroup | None) -> Narrators:
    """Choose the narrators of a book. `teller` is the character who narrates it, if any. Raises MissingToolError."""
    asked, pools = voices.casting_config.narrator, voices.casting_config.pools
    engine = voices.casting_config.engine if asked.voice else asked.engine or voices.casting_config.engine
    gender = asked.gender or (teller.gender if teller else None)
    best = _rank_voices(voices, engine, gender, asked.age)[0]
    own = voices.voice(_to_choice(best))
    narrator = voices.voice(asked if asked.voice else asked.fill_from(_to_choice(best)))
    unknown_voice = _choose_unknown_voice(voices, own, gender or best.gender)
    unknown = (
        narrator if pools.unknown_is_narrator else voices.voice(pools.unknown[0]) if pools.unknown else unknown_voice
    )
    return Narrators(told=(narrator, unknown), own=(own, unknown_voice))


def _choose_unknown_voice(voices: Voices, narrator: Voice, gender: Gender | None) -> Voice:
    """Choose a voice for lines with an unknown speaker that differs clearly from the narrator's."""
    for facts in _rank_voices(voices, voices.casting_config.engine, gender, None):
        if timbre_of(voice := voices.voice(_to_choice(facts))) != timbre_of(narrator):
            return voice
    return vary(narrator, -8, 0.94)


def _rank_voices(voices: Voices, engine: str, gender: Gender | None, age: Age | None) -> list[VoiceFacts]:
    ranked = voices.ranked(engine, gender, age)
    if not ranked:
        raise no_voice_error(engine, voices)
    return ranked


def no_voice_error(engine: str, voices: Voices) -> AudiobookError:
    """The error for an engine that offers no voices, or none for the language of the book."""
    if not any(facts.engine == engine for facts in voices.available):
        return MissingToolError(
            f"the engine {engine} offers no voices on this machine", hint="`audiobook doctor` shows what is missing"
        )
    tag = get_primary_language(voices.language)
    return UsageError(
        f"the engine {engine} has no voice for {get_language_name(tag)}, the language of this book",
        hint=f"`audiobook voices --language {tag}` lists the voices for it: use their engine with --engine. "
        "If the book is in another language, name that with --language",
    )


def _to_choice(facts: VoiceFacts) -> VoiceChoice:
    return VoiceChoice(engine=facts.engine, voice=facts.name)


def cast_script(script: Script, casting_config: CastingConfig, available: Sequence[VoiceFacts]) -> Cast:
    """Give every speaker of the script a voice. `available`: the voices of `casting_config.engines()`, in any order.

    Speakers named in the voices file get the voice given there. All others get a voice that suits them. Main characters
    get a voice of their own, and speakers who talk to each other get different voices, while there are enough voices.
    Raises MissingToolError if a required engine offers no voice, and UsageError if it has none for the book's language.
    """
    voices = Voices(available, casting_config, _find_language(script, casting_config, available))
    speaker_groups = group_speakers(script, casting_config)
    teller = next((group for group in speaker_groups.groups if script.narrator in group.names), None)
    narrators = choose_narrators(voices, teller)
    chosen = _VoiceAssignment(voices, speaker_groups, narrators).assign_all(teller)
    cast = Cast(
        narrator=narrators.told[0],
        unknown=narrators.told[1],
        parts=tuple(part for character in script.characters if (part := chosen.get(character.name))),
        pauses=casting_config.pauses,
        pronunciations=_use_script_names(casting_config.pronunciations, script),
        prosodies=casting_config.prosodies,
        own_audio=casting_config.own_audio,
    )
    return cast_passages(cast, script, available)


def _find_language(script: Script, casting_config: CastingConfig, available: Sequence[VoiceFacts]) -> str:
    """The language in which voices are chosen: the one that the voices file asks for, else that of the book.

    If no voice of the engine speaks it and the voices file names the narrator's voice: the language of that voice.
    """
    language = casting_config.language or script.facts.language
    own = [facts for facts in available if facts.engine == casting_config.engine]
    if any(is_spoken_by(language, facts.language) for facts in own):
        return language
    named = casting_config.narrator.voice
    return next((facts.language for facts in own if facts.name == named), language)


def _use_script_names(entries: Sequence[Pronunciation], script: Script) -> tuple[Pronunciation, ...]:
    """Replace the speakers' names in pronunciations by the names used in the script."""
    names = {NARRATOR: NARRATOR}
    for character in reversed(script.characters):
        names |= dict.fromkeys(map(str.casefold, (*character.aliases, character.name)), character.name)
    return tuple(
        replace(entry, speakers=tuple(names.get(who.casefold(), who) for who in entry.speakers)) for entry in entries
    )


@dataclass(slots=True)
class _VoiceAssignment:
    """The assignment of voices while it is being made."""

    voices: Voices
    speaker_groups: SpeakerGroups
    narrators: Narrators
    taken: dict[str, Candidate] = field(default_factory=dict)  # by group key
    variants: dict[str, Variant] = field(
        default_factory=dict
    )  # by group key; includes groups whose voice is named in the file
    mains: dict[str, Variant] = field(default_factory=dict)  # by group key; main characters only
    uses: dict[Variant, int] = field(default_factory=dict)  # number of groups with that variant
    pools: dict[tuple[str, Gender | None, Age | None], Pool] = field(default_factory=dict)

    def assign_all(self, teller: SpeakerGroup | None) -> dict[str, Part]:
        """The part of every character, by name."""
        groups = [group for group in self.speaker_groups.groups if group is not teller]
        self._assign_without_file(groups)
        named = {
            group.key: variant_of(self.voices.voice(group.choice))
            for group in self.speaker_groups.groups
            if group.choice.voice
        }
        self._record_variants(named)
        for group in groups:
            if group.key not in named and self._is_confusable(group, named):
                self._assign(group, self._find_best(group, self.narrators.told))
        parts: dict[str, Part] = {}
        for group in self.speaker_groups.groups:
            parts |= self._make_parts(group, is_teller=group is teller)
        return parts

    def _assign_without_file(self, groups: Sequence[SpeakerGroup]) -> None:
        """Choose voices as if the file named none, so that naming one does not change the others.

        First, every group takes a voice in order of first appearance, which later chapters do not change. Then, groups
        whose voice conflicts with another choose again: main characters first, in the order in which they became main
        characters.
        """
        for group in sorted(groups, key=lambda group: (group.entrance, group.key)):
            self._assign(group, self._find_best(group, self.narrators.own))
        main_timbres: set[Timbre] = set()
        for group in groups:
            variant = self.taken[group.key].variant[:2]
            partners = self.speaker_groups.partners(group) if not group.main else ()
            if variant in main_timbres or any(
                key in self.taken and variant == self.taken[key].variant[:2] for key in partners
            ):
                self._assign(group, self._find_best(group, self.narrators.own))
            if group.main:
                main_timbres.add(self.taken[group.key].variant[:2])

    def _make_parts(self, group: SpeakerGroup, *, is_teller: bool) -> dict[str, Part]:
        reasons = [group.speaker.source] if group.speaker else []
        if group.choice.voice:
            voice = self.voices.voice(group.choice)
        elif is_teller:
            voice = self.narrators.told[0]
            reasons.append("tells the story")
        else:
            voice = self.taken[group.key].voice
            reasons.append(self.taken[group.key].reason)
        voice, reason = apply_settings(voice, group.choice), ", ".join(reasons)
        return {name: Part(speaker=name, voice=voice, reason=reason) for name in group.names}

    def _assign(self, group: SpeakerGroup, candidate: Candidate) -> None:
        self.taken[group.key] = candidate
        self._record_variants({group.key: candidate.variant})

    def _record_variants(self, variants: Mapping[str, Variant]) -> None:
        """Record the variants of these groups, replacing earlier ones."""
        for key, variant in variants.items():
            if key in self.variants:
                self.uses[self.variants[key]] -= 1
            self.uses[variant] = self.uses.get(variant, 0) + 1
        self.variants |= variants
        self.mains |= {key: variant for key, variant in variants.items() if key in self.speaker_groups.mains}

    def _is_confusable(self, group: SpeakerGroup, named: Mapping[str, Variant]) -> bool:
        """Whether a voice named in the file, for the narrator or another group, is too similar to this group's voice.

        A main character gives way only to the narrator and to other main characters: naming a voice for a minor
        character must not take it from a main character.
        """
        own = self.taken[group.key].variant[:2]
        if own == timbre_of(self.narrators.told[0]) != timbre_of(self.narrators.own[0]):
            return True
        others = self.speaker_groups.mains if group.main else self.speaker_groups.partners(group)
        return any(own == named[key][:2] for key in others if key in named)

    def _find_best(self, group: SpeakerGroup, told: tuple[Voice, Voice]) -> Candidate:
        """Find the voice with the lowest conflict cost; of equals, the present voice, then the most preferred."""
        conflict_cost = self._make_conflict_cost(group, told)
        best = self.taken.get(group.key)
        least = conflict_cost(best.variant) if best else (0, 0)
        for candidate in self._find_pool(group).candidates(group.key):
            cost = conflict_cost(candidate.variant)
            if best is None or cost < least:
                best, least = candidate, cost
            if not any(least):
                break
        if best is None:
            raise no_voice_error(self._find_engine(group), self.voices)
        return best

    def _make_conflict_cost(
        self, group: SpeakerGroup, told: tuple[Voice, Voice]
    ) -> Callable[[Variant], tuple[int, int]]:
        """A function that computes how much a variant conflicts with other groups; (0, 0) means no conflict.

        The costs, highest first: the same variant as a conversation partner, as a narrator, as a main character; then
        the same timbre as one of them. Ties are decided by how many other groups use the variant.
        """
        partners = {self.variants[key] for key in self.speaker_groups.partners(group) if key in self.variants}
        mains = {variant for key, variant in self.mains.items() if key != group.key}
        narrators = [variant_of(voice) for voice in told]
        exactly, roughly = Counter[Variant](), Counter[Timbre]()
        for variants, exact, rough in ((partners, 2000, 20), (set(narrators), 1000, 10), (mains, 100, 1)):
            exactly.update(dict.fromkeys(variants, exact))
            roughly.update(dict.fromkeys({variant[:2] for variant in variants}, rough))
        roughly[narrators[0][:2]] += 10
        own, uses = self.variants.get(group.key), self.uses

        def cost(voice: Variant) -> tuple[int, int]:
            return exactly.get(voice, 0) + roughly.get(voice[:2], 0), uses.get(voice, 0) - (voice == own)

        return cost

    def _find_pool(self, group: SpeakerGroup) -> Pool:
        key = (self._find_engine(group), group.gender, group.age)
        if key not in self.pools:
            self.pools[key] = self.voices.pool(*key)
        return self.pools[key]

    def _find_engine(self, group: SpeakerGroup) -> str:
        """The engine to choose a voice from. The engine of a named voice is not used for other voices."""
        asked = None if group.choice.voice else group.choice.engine
        return asked or self.voices.casting_config.engine
