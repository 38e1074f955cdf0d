"""Plan the segments of a script and its cast: cues, voices and pauses."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from audiobook import engines, mixing, synthesis
from audiobook.model.cast import Cast, Pronunciation, Prosody, Voice, resolve_pronunciations
from audiobook.model.clip import Clip, Segment
from audiobook.model.cue import Cue
from audiobook.model.own_audio import ImportedAudio, Recording
from audiobook.model.script import Line, Place, Script, ScriptChapter, words_of_lines
from audiobook.pipeline import voice_levels
from audiobook.pipeline.spoken_lines import Phrases, Wording, find_dropped_words, load_phrases
from audiobook.runtime.cache import Cache

_FADE_IN, _FADE_OUT = 300, 1500  # milliseconds; fade of the user's sounds
_FADED_PART = 4  # of a short sound, at most this share is faded at either end


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentPlan:
    """A segment and the cues it is made of."""

    segment: Segment
    title: str  # of its chapter
    cues: tuple[tuple[str, Cue], ...]  # (take key, cue), one for each clip of the segment
    letters: int  # characters spoken, the unit of progress

    @property
    def imported(self) -> frozenset[str]:
        """The keys of takes that no engine speaks: a person's sounds and recordings, which are in the cache."""
        return frozenset(clip.key for clip in self.segment.clips if clip.origin != "voice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A line without speakable text, or the words of one that are not spoken."""

    line: Line
    words: int
    text: str  # what is not spoken


def letters(script: Script) -> int:
    """Roughly how many characters a script speaks: the total of a build's progress."""
    return sum(len(line.text) for line in script.lines())


@dataclass(frozen=True, slots=True)
class _Performance:
    """The settings for all chapters."""

    language: str
    cast: Cast
    gains: Mapping[Voice, float]
    voice_of: Callable[[str | None, str], Voice]
    acted: Callable[[Prosody, Voice], Voice]
    said_by: Callable[[str | None, str], tuple[Pronunciation, ...]]
    find_usual_loudness: Callable[[Voice], float | None]
    cache: Cache | None

    def voiced(self, line: Line) -> Voice:
        """The voice of a line, with the prosody of the line applied."""
        return self.acted(self.cast.find_prosody(line), self.voice_of(line.speaker, line.language))

    def find_gain(self, line: Line) -> float:
        """The dB for a line: its voice was measured as it speaks by itself, not as it whispers."""
        voice = self.voice_of(line.speaker, line.language)
        return mixing.adjust_gain(self.gains[voice], voice.volume, self.voiced(line).volume)

    def usual(self, line: Line) -> float | None:
        """The loudness that a line is evened out to, before its gain; None where its engine is even by itself."""
        return self.find_usual_loudness(self.voice_of(line.speaker, line.language))

    def find_language(self, line: Line) -> str:
        """The language of a line that a voice of another language than the book's speaks; else empty."""
        return line.language if (line.speaker, line.language) in self.cast.passages else ""


def plan_segments(
    script: Script, cast: Cast, gains: Mapping[Voice, float], silent: list[Silent], cache: Cache | None = None
) -> Iterator[SegmentPlan]:
    """The segments of a script, chapter by chapter; lazily, so that a long book is never planned all at once.

    Lines with words of which nothing is spoken are added to `silent`. What is said of the lines is kept in the cache.
    """

    @functools.cache
    def said_by(speaker: str | None, engine: str) -> tuple[Pronunciation, ...]:
        return resolve_pronunciations(cast.pronunciations, speaker, takes_ipa=engines.engine_facts(engine).takes_ipa)

    @functools.cache
    def find_usual_loudness(voice: Voice) -> float | None:
        return voice_levels.usual(voice, cache)

    voice_of, acted = functools.cache(cast.voice_of), functools.cache(Prosody.of)
    performance = _Performance(script.facts.language, cast, gains, voice_of, acted, said_by, find_usual_loudness, cache)
    heard: ScriptChapter | None = None  # the last chapter of which something is spoken
    for chapter in script.chapters:
        cues, clips = _laid_out(chapter, performance, silent)
        sound = _first_sound(chapter, cast, is_first=heard is None) if clips else None
        if sound is not None:
            yield sound
        at = 0
        for number, segment in enumerate(
            mixing.cut_segments(chapter.number, clips, [len(cue.text) for _, cue in cues])
        ):
            own = tuple(cues[at : at + len(segment.clips)])
            at += len(own)
            yield SegmentPlan(
                segment=segment if number or sound else replace(segment, lead=cast.pauses.opening),
                title=chapter.title,
                cues=own,
                letters=sum(len(cue.text) for _, cue in own),
            )
        heard = chapter if clips else heard
    if heard is not None and cast.own_audio.closing is not None:
        yield _sound_plan(cast.own_audio.closing, heard, cast, pause=cast.pauses.chapter)


def plan_unlevelled(script: Script, cast: Cast, cache: Cache | None = None) -> Iterator[SegmentPlan]:
    """The same before any level is known, or where none matters: everything but the gains is as it will be."""
    return plan_segments(script, cast, dict.fromkeys(cast.voices(), 0.0), [], cache)


def cues_ahead(script: Script, cast: Cast, cache: Cache | None = None) -> Iterator[tuple[str, Cue]]:
    """What is spoken of a script, each cue with its key, before any level is known."""
    for plan in plan_unlevelled(script, cast, cache):
        imported = plan.imported
        yield from (pair for pair in plan.cues if pair[0] not in imported)


def _first_sound(chapter: ScriptChapter, cast: Cast, *, is_first: bool) -> SegmentPlan | None:
    """The sound before the first word of a chapter; in the book's first chapter, the opening takes its place."""
    own = cast.own_audio
    audio = own.opening if is_first and own.opening is not None else own.chapter
    return None if audio is None else _sound_plan(audio, chapter, cast, cast.pauses.sound, lead=cast.pauses.opening)


def _sound_plan(audio: ImportedAudio, chapter: ScriptChapter, cast: Cast, pause: int, *, lead: int = 0) -> SegmentPlan:
    """A person's sound as a segment of its own, so that another sound leaves all other segments as they are."""
    place = Place(chapter=chapter.number, paragraph=0, line=0)  # in no line
    fade_in, fade_out = _fades(audio)
    clip = Clip(
        place=place,
        key=audio.key,
        gain=audio.gain,
        pause=pause,
        origin="sound",
        fade_in=fade_in,
        fade_out=fade_out,
    )
    return SegmentPlan(
        segment=Segment(chapter=chapter.number, clips=(clip,), lead=lead),
        title=chapter.title,
        cues=((audio.key, Cue(place=place, text="", voice=cast.narrator)),),
        letters=0,
    )


def _fades(audio: ImportedAudio) -> tuple[int, int]:
    """How long a sound is faded in and out, in milliseconds."""
    longest = audio.samples * 1000 // audio.sample_rate // _FADED_PART
    return min(_FADE_IN, longest), min(_FADE_OUT, longest)


def _laid_out(
    chapter: ScriptChapter, performance: _Performance, silent: list[Silent]
) -> tuple[list[tuple[str, Cue]], list[Clip]]:
    """The chapter's cues with their keys, and a clip for each."""
    words = words_of_lines(chapter.lines)
    unspoken = _find_unspoken(chapter.lines, words)
    told = [count - len(unspoken.get(at, ())) for at, count in enumerate(words)]
    spoken = _spoken(chapter.lines, told, performance)
    recorded = _recorded(chapter.lines, words, performance, spoken)
    for line, count, pieces in zip(chapter.lines, words, spoken, strict=True):
        if count and not pieces:
            silent.append(Silent(line=line, words=count, text=line.text))
    for at, dropped in unspoken.items():
        if spoken[at] and chapter.lines[at].place not in recorded:
            silent.append(Silent(line=chapter.lines[at], words=len(dropped), text=" ".join(dropped)))
    pauses = mixing.compute_pauses(chapter.lines, [bool(cues) for cues in spoken], performance.cast.pauses)
    heard = [(line, pieces) for line, pieces in zip(chapter.lines, spoken, strict=True) if pieces]
    acted = [performance.cast.find_prosody(line).pause for line, _ in heard]
    following = [*acted[1:], 0][: len(acted)]  # none where nothing of the chapter is spoken
    cues: list[tuple[str, Cue]] = []
    clips: list[Clip] = []
    for (line, pieces), *silences in zip(heard, pauses, acted, following, strict=True):
        own = recorded.get(line.place)
        if own is not None:
            gain = mixing.adjust_gain(own.audio.gain, 1.0, performance.voiced(line).volume)
            cues.append((own.audio.key, pieces[0]))
            clips.append(Clip(place=line.place, key=own.audio.key, gain=gain, pause=max(silences), origin="recording"))
            continue
        gain, usual = performance.find_gain(line), performance.usual(line)
        for number, cue in enumerate(pieces, 1):
            key = synthesis.cue_key(cue, engines.sound_version(cue.voice))
            silence = max(silences) if number == len(pieces) else performance.cast.pauses.sentence
            cues.append((key, cue))
            clips.append(Clip(place=cue.place, key=key, gain=gain, pause=silence, usual=usual))
    return cues, clips


def _find_unspoken(lines: Sequence[Line], words: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The words that are dropped from lines of which something else is spoken, by the index of the line."""
    return {
        at: dropped[:count]
        for at, (line, count) in enumerate(zip(lines, words, strict=True))
        if line.block != "break" and (dropped := find_dropped_words(line.text)) and count
    }


def _recorded(
    lines: Sequence[Line], words: Sequence[int], performance: _Performance, spoken: list[tuple[Cue, ...]]
) -> dict[Place, Recording]:
    """The recordings that take the place of lines. In `spoken`, each such line becomes one cue of all its words."""
    own_audio = performance.cast.own_audio
    found: dict[Place, Recording] = {}
    for at, line in enumerate(lines if own_audio.recordings else ()):
        recording = own_audio.find_recording(line)
        if recording is not None:
            text = line.text.strip()
            spoken[at] = (Cue(place=line.place, text=text, voice=performance.voiced(line), words=words[at]),)
            found[line.place] = recording
    return found


def _spoken(lines: Sequence[Line], words: Sequence[int], performance: _Performance) -> list[tuple[Cue, ...]]:
    """The cues of every line: none, one, or several where the engine takes only so much at once.

    Of a scene break nothing is spoken, whatever it is drawn with ("oOo").
    """
    told = [line for line in lines if line.block != "break"]
    voices = [performance.voiced(line) for line in told]
    wordings = [
        Wording(
            line=line,
            pronunciations=performance.said_by(line.speaker, voice.engine),
            longest=engines.engine_facts(voice.engine).longest_text,
            language=performance.find_language(line),
        )
        for line, voice in zip(told, voices, strict=True)
    ]
    phrased = zip(voices, load_phrases(wordings, performance.language, performance.cache), strict=True)
    return [
        () if line.block == "break" else _make_cues(line, count, *next(phrased))
        for line, count in zip(lines, words, strict=True)
    ]


def _make_cues(line: Line, words: int, voice: Voice, phrases: Phrases) -> tuple[Cue, ...]:
    shares = _shared(words, [len(phrase) for phrase in phrases])
    return tuple(
        Cue(place=line.place, text=phrase, voice=voice, words=share)
        for phrase, share in zip(phrases, shares, strict=True)
    )


def _shared(words: int, lengths: Sequence[int]) -> list[int]:
    """Distribute a number of words over pieces in proportion to their lengths."""
    ends = [at * words // (sum(lengths) or 1) for at in accumulate(lengths)]
    return [end - start for start, end in pairwise([0, *ends])]
