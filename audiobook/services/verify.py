"""Transcribe a finished file and compare each line with its text."""

import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook import quality
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import BuildRequest, cores
from audiobook.normalization import spoken_form
from audiobook.quality import Baseline, Fault, Hearing, Recogniser
from audiobook.runtime.cache import Cache
from audiobook.services.utterances import Utterance, list_utterances, timeline_of_file

Opener = Callable[[str], Recogniser]  # opens a recogniser for a language (BCP 47)

LISTENING = "listening"
AGAIN = "again"  # the second pass, for suspect lines
_AT_ONCE = 28.0  # seconds of sound at once; the recogniser has a window of 30 s
_LOST = 0.25  # share of wrong words above which a group is transcribed again in halves
_AROUND = 0.1  # seconds added before and after a line; less than the shortest pause


def open_whisper(folder: Path | None = None) -> Opener:
    """An opener for Whisper, an optional dependency, with its own weights or those in a folder.

    Raises MissingToolError if it is not installed, UsageError if the folder has no weights.
    """
    from audiobook.quality.whisper import Whisper, check_whisper  # noqa: PLC0415  # slow to import, and optional

    check_whisper(folder)
    return functools.cache(lambda language: Whisper(language, folder=folder, threads=cores()))


@dataclass(frozen=True, slots=True, kw_only=True)
class MisreadLine:
    """A line that was not spoken as written."""

    utterance: Utterance
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result of the verification of a file."""

    file: Path
    request: BuildRequest  # from which the file was built
    lines: int  # utterances
    words: int  # expected words
    errors: int  # missing, wrong and extra words, including mistakes of the recogniser
    usual: Mapping[str, Baseline]  # usual mistakes of the recogniser, by engine
    doubted: tuple[MisreadLine, ...]

    @property
    def error_rate(self) -> float:
        """The word error rate of the file."""
        return self.errors / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class FileRecogniser:
    """A recogniser for one file in one language."""

    recogniser: Recogniser
    file: Path
    language: str

    def words(self, spans: Sequence[tuple[float, float]]) -> Iterator[list[str]]:
        """The words heard in each (start, end) span, in their spoken form."""
        for excerpt in quality.cut_excerpts(self.file, spans):
            yield self.split_words(self.recogniser.transcribe(excerpt))

    def split_words(self, text: str) -> list[str]:
        """The words of a text in its spoken form."""
        return quality.split_words(spoken_form(text, language=self.language))


def verify_file(
    file: Path, request: BuildRequest, open_recogniser: Opener, *, progress: Progress = SILENT
) -> Verification:
    """Transcribe a file that was built from `request`, and compare it with its timeline.

    Raises UsageError if there is no timeline, or if the file is not the one that was built.
    """
    timeline = timeline_of_file(file, Cache(request.cache))
    utterances = list_utterances(timeline)
    recogniser = FileRecogniser(open_recogniser(timeline.language), file, timeline.language)
    heard = _recognise_all(recogniser, list(group_utterances(utterances)), progress)
    usual = _baselines(heard)
    return Verification(
        file=file,
        request=request,
        lines=len(utterances),
        words=sum(len(one.said) for one in heard.values()),
        errors=sum(one.errors for one in heard.values()),
        usual=usual,
        doubted=tuple(_find_misread(recogniser, heard, usual, progress)),
    )


def verify_again(
    verification: Verification, keys: Collection[str], open_recogniser: Opener, *, progress: Progress = SILENT
) -> tuple[MisreadLine, ...]:
    """Verify only the lines of these takes, in a file that was built again. Raises as `verify_file`."""
    timeline = timeline_of_file(verification.file, Cache(verification.request.cache))
    recogniser = FileRecogniser(open_recogniser(timeline.language), verification.file, timeline.language)
    groups = [group for group in group_utterances(list_utterances(timeline)) if any(one.key in keys for one in group)]
    heard = {
        utterance: one
        for utterance, one in _recognise_all(recogniser, groups, progress).items()
        if utterance.key in keys
    }
    return tuple(_find_misread(recogniser, heard, verification.usual, progress))


def _recognise_all(
    recogniser: FileRecogniser, groups: Sequence[Sequence[Utterance]], progress: Progress
) -> dict[Utterance, Hearing]:
    """Transcribe all lines in groups."""
    progress.stage(LISTENING, sum(map(_seconds, groups)))
    found: dict[Utterance, Hearing] = {}

    def again(half: Sequence[Utterance]) -> Sequence[str]:
        return next(recogniser.words([_span(half)]))

    for group, words in zip(groups, recogniser.words(list(map(_span, groups))), strict=True):
        found.update(zip(group, recognise_lines(recogniser, group, words, again), strict=True))
        progress.advance(LISTENING, _seconds(group), place=group[-1].place)
    return found


def recognise_lines(
    recogniser: FileRecogniser,
    group: Sequence[Utterance],
    words: Sequence[str],
    again: Callable[[Sequence[Utterance]], Sequence[str]],
) -> list[Hearing]:
    """Assign the recognised `words` of a group to its lines.

    Sometimes a recogniser repeats one phrase, or stops, until its window of 30 s ends. So a group with too many errors
    is transcribed again in halves: `again` returns the words of a half.
    """
    found = quality.align_lines([recogniser.split_words(utterance.text) for utterance in group], words)
    errors = sum(one.errors for one in found)
    if len(group) == 1 or errors <= _LOST * sum(len(one.said) for one in found):
        return found
    middle = len(group) // 2
    halves = [
        one
        for half in (group[:middle], group[middle:])
        for one in recognise_lines(recogniser, half, again(half), again)
    ]
    return halves if sum(one.errors for one in halves) < errors else found


def _find_misread(
    recogniser: FileRecogniser, among: Mapping[Utterance, Hearing], usual: Mapping[str, Baseline], progress: Progress
) -> Iterator[MisreadLine]:
    """Transcribe each suspect line by itself; yields those that are still wrong."""
    suspects = [utterance for utterance, one in among.items() if quality.is_suspect(one, usual[utterance.engine])]
    progress.stage(AGAIN, len(suspects))
    for utterance, words in zip(
        suspects, recogniser.words([_span([utterance]) for utterance in suspects]), strict=True
    ):
        (alone,) = quality.align_lines([among[utterance].said], words)
        fault = quality.find_fault(among[utterance], alone, usual[utterance.engine])
        if fault is not None:
            yield MisreadLine(utterance=utterance, fault=fault)
        progress.advance(AGAIN, 1, place=utterance.place)


def _baselines(heard: Mapping[Utterance, Hearing]) -> dict[str, Baseline]:
    by_engine: defaultdict[str, list[Hearing]] = defaultdict(list)
    for utterance, one in heard.items():
        by_engine[utterance.engine].append(one)
    return {engine: quality.compute_baseline(own) for engine, own in by_engine.items()}


def group_utterances(utterances: Sequence[Utterance]) -> Iterator[list[Utterance]]:
    """Adjacent lines of one chapter that fit into the window of the recogniser."""
    group: list[Utterance] = []
    for utterance in utterances:
        if group and (utterance.end - group[0].start > _AT_ONCE or utterance.chapter != group[0].chapter):
            yield group
            group = []
        group.append(utterance)
    if group:
        yield group


def _span(group: Sequence[Utterance]) -> tuple[float, float]:
    return max(0.0, group[0].start - _AROUND), group[-1].end + _AROUND


def _seconds(group: Sequence[Utterance]) -> float:
    return group[-1].end - group[0].start
