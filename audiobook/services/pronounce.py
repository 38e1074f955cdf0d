"""List the words of a book that an engine may mispronounce, with the entries of the voices files."""

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
from audiobook.services.preview import PreviewResult, clip_target, pronounce_as


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsureWord:
    """A word that is in no dictionary, in its most frequent spelling."""

    word: str
    times: int  # spoken
    line: Line  # its first place
    said: str | None  # the entry of the voices files; None: the engine guesses


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsureWords:
    """The words of a book whose pronunciation is unsure."""

    words: tuple[UnsureWord, ...]  # the most frequent first
    unused: tuple[Pronunciation, ...]  # entries of the voices files that match nothing in the book
    checked: bool  # whether there is a dictionary for the language of the book
    voices_file: Path  # the voices file with the highest priority


def list_unsure_words(request: BuildRequest) -> UnsureWords:
    """Find the unsure words of the requested chapters, and unused entries.

    Raises BookError, VoicesError, UsageError.
    """
    project = Project(request)
    casting_config, script = project.casting_config, project.script
    language = script.facts.language
    entries = casting_config.pronunciations
    used = {entry for line in script.lines() for entry in pronunciations.used_in(line.text, entries)}
    return UnsureWords(
        words=tuple(_unsure(project.part, casting_config)),
        unused=tuple(entry for entry in entries if entry not in used),
        checked=dictionary.has_dictionary(language),
        voices_file=project.voices_file,
    )


def _unsure(script: Script, casting_config: casting.CastingConfig) -> list[UnsureWord]:
    counts: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for line in script.lines():
        for word in dictionary.words_of(line.text):
            counts[word] += 1
            first.setdefault(word, line)
    found: dict[str, list[str]] = {}  # all spellings of a word, by its letters
    for word in dictionary.unknown(counts, script.facts.language):
        found.setdefault(word.casefold(), []).append(word)
    rows = [_row(forms, counts, first, casting_config) for forms in found.values()]
    return sorted(rows, key=lambda row: (-row.times, row.word.casefold()))


def _row(
    forms: list[str], counts: Counter[str], first: dict[str, Line], casting_config: casting.CastingConfig
) -> UnsureWord:
    word = max(forms, key=lambda form: (counts[form], form))
    entries = pronunciations.used_in(word, casting_config.pronunciations)
    return UnsureWord(
        word=word,
        times=sum(counts[form] for form in forms),
        line=min((first[form] for form in forms), key=lambda line: line.place),
        said=next((entry.spoken for entry in entries), None),
    )


def try_pronunciation(request: BuildRequest, word: str, spelling: str, output: Path | None) -> PreviewResult:
    """Speak the first sentence with a word of the book, in its voice, with another spelling of the word.

    Raises UsageError if the book does not have the word, and as `make_preview`.
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
    voice = project.cast_script(script, own_audio=False).voice_of(line.speaker, line.language)
    return pronounce_as(line.text, voice, (entry, *others), line.language or script.facts.language, target)
