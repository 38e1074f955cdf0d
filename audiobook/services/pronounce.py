"""The words of a book that an engine may well get wrong, and how the voices files have them said."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from audiobook import casting
from audiobook.errors import UsageError, command_line
from audiobook.model.cast import Pronunciation
from audiobook.model.request import BuildRequest
from audiobook.model.script import Line, Script
from audiobook.normalization import pronunciations
from audiobook.normalization import pronunciations as dictionary
from audiobook.project import Project
from audiobook.services.preview import Heard, clip_target, said_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A word that no dictionary has, as it is mostly written."""

    word: str
    times: int  # spoken
    line: Line  # where it is spoken first
    said: str | None  # how the voices files have it said; None: the engine guesses


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronouncing:
    """What a person asks about the pronunciation of a book."""

    words: tuple[Unsure, ...]  # the most spoken first
    unused: tuple[Pronunciation, ...]  # entries of the voices files that nothing in the book is spoken by
    checked: bool  # whether there is a dictionary of the book's language
    voices_file: Path  # the uppermost


def pronouncing_of(request: BuildRequest) -> Pronouncing:
    """The unsure words of the chapters asked for, and the entries that they never use.

    Raises BookError, VoicesError, UsageError.
    """
    project = Project(request)
    casting_config, script = project.casting_config, project.script
    language = script.facts.language
    entries = casting_config.pronunciations
    used = {entry for line in script.lines() for entry in pronunciations.used_in(line.text, entries)}
    return Pronouncing(
        words=tuple(_unsure(project.part, casting_config)),
        unused=tuple(entry for entry in entries if entry not in used),
        checked=dictionary.has_dictionary(language),
        voices_file=project.voices_file,
    )


def _unsure(script: Script, casting_config: casting.CastingConfig) -> list[Unsure]:
    counts: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for line in script.lines():
        for word in dictionary.words_of(line.text):
            counts[word] += 1
            first.setdefault(word, line)
    found: dict[str, list[str]] = {}  # every way of writing a word, by its letters
    for word in dictionary.unknown(counts, script.facts.language):
        found.setdefault(word.casefold(), []).append(word)
    rows = [_row(forms, counts, first, casting_config) for forms in found.values()]
    return sorted(rows, key=lambda row: (-row.times, row.word.casefold()))


def _row(
    forms: list[str], counts: Counter[str], first: dict[str, Line], casting_config: casting.CastingConfig
) -> Unsure:
    word = max(forms, key=lambda form: (counts[form], form))
    entries = pronunciations.used_in(word, casting_config.pronunciations)
    return Unsure(
        word=word,
        times=sum(counts[form] for form in forms),
        line=min((first[form] for form in forms), key=lambda line: line.place),
        said=next((entry.spoken for entry in entries), None),
    )


def tried(request: BuildRequest, word: str, spelling: str, output: Path | None) -> Heard:
    """A word of the book said as a spelling, in the sentence and the voice in which it is spoken first.

    Raises UsageError where the book does not have the word, and what an audition raises.
    """
    target = clip_target(output)
    project = Project(request)
    script, entries = project.script, project.casting_config.pronunciations
    entry = Pronunciation(written=word, spoken=spelling)
    line = next((line for line in script.lines() if pronunciations.used_in(line.text, (entry,))), None)
    if line is None:
        raise UsageError(
            f"the book does not have the word {word!r}",
            hint=f"list its words with: {command_line('audiobook', 'pronounce', request.book)}",
        )
    others = tuple(known for known in entries if known.written.casefold() != word.casefold())
    voice = project.cast_script(script, own_audio=False).voice_of(line.speaker)
    return said_as(line.text, voice, (entry, *others), script.facts.language, target)
