"""Every speaker gets a suitable voice, and keeps it in later builds."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.casting import CastingConfig, Pools, SpeakerChoice, VoiceChoice, cast_script
from audiobook.errors import MissingToolError, UsageError
from audiobook.model.book import Facts
from audiobook.model.cast import Cast, Voice, VoiceFacts
from audiobook.model.script import NARRATOR, Character, Script
from tests.casting.fakes import FEW, MANY, script_from
from tests.casting.strategies import scripts

PLAIN = CastingConfig()
GENDER = {facts.name: facts.gender for facts in (*FEW, *MANY)}
quick = settings(deadline=None, max_examples=40)


def voices(cast: Cast) -> dict[str, Voice]:
    return {part.speaker: part.voice for part in cast.parts}


def talking_pairs(script: Script) -> Iterator[tuple[str, str]]:
    """Speakers whose lines are adjacent in a chapter."""
    for chapter in script.chapters:
        said = [line.speaker for line in chapter.lines if line.kind == "dialogue" and line.speaker]
        yield from ((one, other) for one, other in pairwise(said) if one != other)


def novel(seed: int, chapters: int, people: int = 24) -> Script:
    """A book whose characters enter one after the other; a few have many lines, most have few."""
    chance = random.Random(seed)
    names = [f"P{n}" for n in range(people)]
    genders = {name: chance.choice(["female", "male"]) for name in names}
    weights = [1 / (1 + n) for n in range(people)]
    chance.shuffle(weights)
    sketch = [f"{name} ({genders[name]})" for name in names] + ["--"]
    for number in range(1, chapters + 1):
        there = max(3, people * number // chapters)
        for _ in range(5):
            circle = chance.choices(names[:there], weights[:there], k=chance.randint(2, 4))
            sketch += [f"{chance.choice(circle)}: Well." for _ in range(8)] + ["***"]
        sketch += ["# Next"]
    return script_from("\n".join(sketch))


@quick
@given(scripts(), st.sampled_from([FEW, MANY]))
def test_every_speaker_of_any_script_has_a_voice(script: Script, available: tuple[VoiceFacts, ...]) -> None:
    cast = cast_script(script, PLAIN, available)
    assert {part.speaker for part in cast.parts} == {character.name for character in script.characters}
    offered = {facts.name for facts in available}
    assert all(voice.name in offered for voice in cast.voices())


@quick
@given(scripts(), st.randoms(use_true_random=False))
def test_the_order_of_the_listed_voices_has_no_effect(script: Script, chance: random.Random) -> None:
    shuffled = list(FEW)
    chance.shuffle(shuffled)
    assert cast_script(script, PLAIN, shuffled) == cast_script(script, PLAIN, FEW)


@quick
@given(scripts(most=8))
def test_conversation_partners_get_different_voices_while_there_are_enough(script: Script) -> None:
    script = replace(script, facts=replace(script.facts, language="en"))
    cast = cast_script(script, PLAIN, MANY)
    folded = {" ".join(c.name.replace("’", "'").split()).casefold() for c in script.characters}
    if len(folded) == len(script.characters):
        assert all(cast.voice_of(one) != cast.voice_of(other) for one, other in talking_pairs(script))


@quick
@given(scripts(most=8))
def test_a_voice_of_the_wrong_gender_is_used_only_if_there_is_no_other(script: Script) -> None:
    script = replace(script, narrator=None, facts=replace(script.facts, language="en"))
    folded = {c.name.casefold().strip() for c in script.characters}
    cast = cast_script(script, PLAIN, MANY)
    for character in script.characters if len(folded) == len(script.characters) else ():
        if character.gender and character.age != "child":
            assert GENDER[cast.voice_of(character.name).name] == character.gender


@pytest.mark.parametrize("people", [12, 40, 80])
def test_speakers_keep_their_voices_when_chapters_are_added(people: int) -> None:
    compared = 0
    for seed in range(4):
        whole = novel(seed, 12, people)
        before: dict[str, Voice] = {}
        for chapters in range(4, 13, 2):
            part = replace(whole, chapters=whole.chapters[:chapters])
            now = voices(cast_script(part, PLAIN, MANY))
            assert {name: now[name] for name in before} == before
            before = {name: now[name] for name in spoken(part)}
            compared += len(before)
    assert compared > 120


def test_main_characters_mostly_keep_their_voices_even_with_too_few_voices() -> None:
    few = MANY[:7] + MANY[16:23]
    kept = every = 0
    for seed in range(4):
        whole = novel(seed, 12, 40)
        parts = [replace(whole, chapters=whole.chapters[:chapters]) for chapters in range(4, 13)]
        casts = [voices(cast_script(part, PLAIN, few)) for part in parts]
        for part, before, after in zip(parts, casts, casts[1:], strict=False):
            mains = [name for name, lines in spoken(part).items() if lines >= 12]
            every += len(mains)
            kept += sum(before[name] == after[name] for name in mains)
    assert every > 100
    assert kept / every > 0.9


def spoken(script: Script) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in script.lines():
        if line.speaker and line.speaker != NARRATOR:
            counts[line.speaker] = counts.get(line.speaker, 0) + 1
    return counts


def test_each_main_character_has_a_voice_of_its_own() -> None:
    script = novel(1, 12)
    cast = cast_script(script, PLAIN, MANY)
    mains = [name for name, lines in spoken(script).items() if lines >= 12]
    assert len(mains) > 8
    assert len({cast.voice_of(name).name for name in mains} | {cast.narrator.name}) == len(mains) + 1


def test_naming_one_voice_changes_no_other_voice() -> None:
    script = novel(2, 12)
    before = voices(cast_script(script, PLAIN, MANY))
    free = next(facts.name for facts in reversed(MANY) if facts.name not in {v.name for v in before.values()})
    for name in before:
        choice = SpeakerChoice(name=name, choice=VoiceChoice(engine="pyttsx3", voice=free))
        after = voices(cast_script(script, CastingConfig(speakers=(choice,)), MANY))
        assert after[name].name == free
        assert {n for n in before if after[n] != before[n]} == {name}


def test_naming_a_main_characters_voice_for_a_minor_one_does_not_take_it_away() -> None:
    script = novel(3, 12)
    before = voices(cast_script(script, PLAIN, MANY))
    counts = spoken(script)
    by_lines = sorted(before, key=lambda name: counts.get(name, 0))
    walk_on = next(name for name in by_lines if 0 < counts.get(name, 0) < 12)
    hero = by_lines[-1]
    choice = SpeakerChoice(name=walk_on, choice=VoiceChoice(engine="pyttsx3", voice=before[hero].name))
    assert voices(cast_script(script, CastingConfig(speakers=(choice,)), MANY))[hero] == before[hero]


def test_a_main_character_gives_up_a_voice_named_for_another_one() -> None:
    script = novel(4, 12)
    before = voices(cast_script(script, PLAIN, MANY))
    counts = spoken(script)
    *_, second, first = sorted(before, key=lambda name: counts.get(name, 0))
    choice = SpeakerChoice(name=first, choice=VoiceChoice(engine="pyttsx3", voice=before[second].name))
    after = voices(cast_script(script, CastingConfig(speakers=(choice,)), MANY))
    assert after[first].name == before[second].name
    assert after[second].name != before[second].name
    assert {name for name in before if before[name] != after[name]} == {first, second}


def test_naming_the_narrators_voice_changes_only_the_speaker_who_had_it() -> None:
    script = novel(5, 12)
    before = voices(cast_script(script, PLAIN, MANY))
    for name, voice in before.items():
        narrator = VoiceChoice(engine="pyttsx3", voice=voice.name)
        cast = cast_script(script, CastingConfig(narrator=narrator), MANY)
        assert cast.narrator.name == voice.name
        moved = {n for n, v in voices(cast).items() if v != before[n]}
        assert name in moved
        assert moved == {n for n, v in before.items() if v.name == voice.name}


def test_an_engine_without_voices_is_a_missing_tool() -> None:
    with pytest.raises(MissingToolError, match="pyttsx3 offers no voices on this machine"):
        cast_script(script_from("Emma\n--\nEmma: Hm."), PLAIN, [])


def test_voices_of_a_small_pool_are_varied_then_shared() -> None:
    people = "\n".join(f"P{n} (male)" for n in range(12))
    talk = "\n".join(f"P{n}: Hm." for n in range(12))
    pools = Pools(male=(VoiceChoice(engine="pyttsx3", voice="Ben"), VoiceChoice(engine="pyttsx3", voice="Dan")))
    script = script_from(f"{people}\n--\n{talk}")
    cast = cast_script(script, CastingConfig(pools=pools), FEW)
    assert {voice.name for voice in voices(cast).values()} == {"Ben", "Dan"}
    assert len(set(voices(cast).values())) == 10
    assert all(cast.voice_of(one) != cast.voice_of(other) for one, other in talking_pairs(script))


def test_two_hundred_speakers_with_thirty_thousand_lines_are_cast_fast() -> None:
    one = novel(7, 60, people=200)
    lines = tuple(line for _ in range(13) for line in one.chapters[-1].lines)
    script = replace(one, chapters=tuple(replace(c, lines=c.lines + lines[: 500 - len(c.lines)]) for c in one.chapters))
    assert sum(1 for _ in script.lines()) >= 30_000
    began = time.process_time()
    cast_script(script, PLAIN, MANY)
    assert time.process_time() - began < 1.0  # 0.1 s here; a slow machine may take ten times as long


def test_an_unknown_speaker_has_the_unknown_voice() -> None:
    cast = cast_script(script_from("Emma (female)\n--\nEmma: Hm."), PLAIN, FEW)
    assert cast.voice_of(None) == cast.unknown
    assert cast.unknown.name not in {cast.narrator.name, cast.voice_of("Emma").name}


def test_characters_whose_names_differ_only_in_case_are_one_speaker() -> None:
    script = script_from("The Voice (male)\nthe voice\nEmma (female)\n--\nThe Voice: Hm.\nthe voice: Hm.")
    cast = cast_script(script, PLAIN, FEW)
    assert cast.voice_of("The Voice") == cast.voice_of("the voice") != cast.voice_of("Emma")
    assert isinstance(script.characters[0], Character)


@pytest.mark.parametrize("language", ["eo", "de-AT", "tlh"])
def test_a_book_in_a_language_that_no_voice_speaks_is_refused_with_a_way_out(language: str) -> None:
    script = replace(script_from("Petro (male)\n--\nPetro: Saluton."), facts=Facts(title="x", language=language))
    with pytest.raises(UsageError, match=r"has no voice for (?:Esperanto|German|tlh)") as raised:
        cast_script(script, PLAIN, MANY)
    assert raised.value.hint is not None
    assert "--engine" in raised.value.hint


def test_a_narrator_who_is_named_brings_the_voices_of_their_language() -> None:
    script = replace(script_from("Petro (male)\n--\nPetro: Saluton."), facts=Facts(title="x", language="eo"))
    named = replace(PLAIN, narrator=VoiceChoice(engine="pyttsx3", voice=MANY[0].name))
    assert cast_script(script, named, MANY).narrator.name == MANY[0].name
