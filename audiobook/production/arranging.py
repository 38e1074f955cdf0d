"""From a script and its cast to reels: what is spoken, in whose voice, with which silences between."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from audiobook import mixing, recording, speaking
from audiobook.cast import Cast, Pauses, Pronunciation, Voice, resolved
from audiobook.mix import Clip, Reel
from audiobook.script import Line, Script, ScriptChapter, words_of_lines
from audiobook.scripting.spoken import spoken_form
from audiobook.scripting.utterances import utterances
from audiobook.take import Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class ReelPlan:
    """A reel and the cues it is made of."""

    reel: Reel
    title: str  # of its chapter
    cues: tuple[tuple[str, Cue], ...]  # (take key, cue), one for each clip of the reel
    letters: int  # characters spoken, the unit of progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A line with words of which nothing is spoken."""

    line: Line
    words: int


def letters(script: Script) -> int:
    """Roughly how many characters a script speaks: the total of a build's progress."""
    return sum(len(line.text) for line in script.lines())


@dataclass(frozen=True, slots=True)
class _Performance:
    """What every chapter is performed with."""

    language: str
    cast: Cast
    gains: Mapping[Voice, float]
    voice_of: Callable[[str | None], Voice]
    said_by: Callable[[str | None, str], tuple[Pronunciation, ...]]

    def gain_of(self, line: Line) -> float:
        """The dB for a line: its voice was measured as it speaks by itself, not as it whispers."""
        voice = self.voice_of(line.speaker)
        return mixing.turned(self.gains[voice], voice.volume, self.cast.acting_of(line).of(voice).volume)


def arranged(script: Script, cast: Cast, gains: Mapping[Voice, float], silent: list[Silent]) -> Iterator[ReelPlan]:
    """The reels of a script, chapter by chapter; lazily, so that a long book is never planned all at once.

    Lines with words of which nothing is spoken are added to `silent`.
    """

    @functools.cache
    def said_by(speaker: str | None, engine: str) -> tuple[Pronunciation, ...]:
        return resolved(cast.pronunciations, speaker, takes_ipa=speaking.engine_facts(engine).takes_ipa)

    performance = _Performance(script.facts.language, cast, gains, functools.cache(cast.voice_of), said_by)
    for chapter in script.chapters:
        cues, clips = _laid_out(chapter, performance, silent)
        at = 0
        for reel in _led(mixing.cut_reels(chapter.number, clips, [len(cue.text) for _, cue in cues]), cast.pauses):
            own = tuple(cues[at : at + len(reel.clips)])
            at += len(own)
            yield ReelPlan(reel=reel, title=chapter.title, cues=own, letters=sum(len(cue.text) for _, cue in own))


def _led(reels: Sequence[Reel], pauses: Pauses) -> Iterator[Reel]:
    """The reels of a chapter, with the silence before its first word."""
    for number, reel in enumerate(reels):
        yield reel if number else replace(reel, lead=pauses.opening)


def _laid_out(
    chapter: ScriptChapter, performance: _Performance, silent: list[Silent]
) -> tuple[list[tuple[str, Cue]], list[Clip]]:
    """The chapter's cues with their keys, and a clip for each."""
    words = words_of_lines(chapter.lines)
    spoken = [_cues_of(line, count, performance) for line, count in zip(chapter.lines, words, strict=True)]
    for line, count, pieces in zip(chapter.lines, words, spoken, strict=True):
        if count and not pieces:
            silent.append(Silent(line=line, words=count))
    pauses = mixing.pauses_of(chapter.lines, [bool(cues) for cues in spoken], performance.cast.pauses)
    heard = [(line, pieces) for line, pieces in zip(chapter.lines, spoken, strict=True) if pieces]
    acted = [performance.cast.acting_of(line).pause for line, _ in heard]
    cues: list[tuple[str, Cue]] = []
    clips: list[Clip] = []
    for (line, pieces), *silences in zip(heard, pauses, acted, [*acted[1:], 0], strict=True):
        gain = performance.gain_of(line)
        for number, cue in enumerate(pieces, 1):
            key = recording.cue_key(cue, speaking.engine_facts(cue.voice.engine).version)
            silence = max(silences) if number == len(pieces) else performance.cast.pauses.sentence
            cues.append((key, cue))
            clips.append(Clip(place=cue.place, key=key, gain=gain, pause=silence))
    return cues, clips


def _cues_of(line: Line, words: int, performance: _Performance) -> tuple[Cue, ...]:
    """What is spoken of one line: nothing, one utterance, or several where the engine takes only so much at once.

    Of a scene break nothing is, whatever it is drawn with ("oOo").
    """
    if line.block == "break":
        return ()
    voice = performance.cast.acting_of(line).of(performance.voice_of(line.speaker))
    said = performance.said_by(line.speaker, voice.engine)
    text = spoken_form(line.text, block=line.block, pronunciations=said, language=performance.language)
    if not text:
        return ()
    limit = speaking.engine_facts(voice.engine).longest_text
    pieces = utterances(text, limit)
    shares = _shared(words, [len(piece) for piece in pieces])
    return tuple(
        Cue(place=line.place, text=piece, voice=voice, words=share) for piece, share in zip(pieces, shares, strict=True)
    )


def _shared(words: int, lengths: Sequence[int]) -> list[int]:
    """So many words given to pieces of these lengths, each its share, all of them once."""
    ends = [at * words // (sum(lengths) or 1) for at in accumulate(lengths)]
    return [end - start for start, end in pairwise([0, *ends])]
