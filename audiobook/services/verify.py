"""A finished file listened to, line by line: what was to be said held against what is heard."""

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
from audiobook.services.utterances import Utterance, timeline_of_file, utterances_of

Opener = Callable[[str], Recogniser]  # for a language (BCP 47)

LISTENING = "listening"
AGAIN = "again"  # the second listen, to what sounded wrong
_AT_ONCE = 28.0  # seconds of sound for the recogniser, which takes half a minute
_LOST = 0.25  # of a stretch's words: where more are wrong, it is heard again
_AROUND = 0.1  # seconds before and after a line: less than the shortest pause


def whisper(folder: Path | None = None) -> Opener:
    """Opens the recogniser that comes as an extra, with its own weights or those in a folder.

    Raises MissingToolError where it is not installed, UsageError where there are no weights in the folder.
    """
    from audiobook.quality.whisper import Whisper, check_whisper  # noqa: PLC0415  # heavy, and an extra

    check_whisper(folder)
    return functools.cache(lambda language: Whisper(language, folder=folder, threads=cores()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A line that was not said as it stands."""

    utterance: Utterance
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was heard in a file."""

    file: Path
    request: BuildRequest  # that it came from
    lines: int  # utterances
    words: int  # to be heard
    errors: int  # words that were missing, wrong or too many, the recogniser's own slips included
    usual: Mapping[str, Baseline]  # what it usually mishears, by engine
    doubted: tuple[Doubted, ...]

    @property
    def error_rate(self) -> float:
        """The word error rate of the file."""
        return self.errors / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Ear:
    """A recogniser that hears one file of one language."""

    recogniser: Recogniser
    file: Path
    language: str

    def words(self, spans: Sequence[tuple[float, float]]) -> Iterator[list[str]]:
        """The words of each stretch, as a narrator would say them."""
        for stretch in quality.stretches(self.file, spans):
            yield self.words_of(self.recogniser.hear(stretch))

    def words_of(self, text: str) -> list[str]:
        """A text's words, figures written out."""
        return quality.words_of(spoken_form(text, language=self.language))


def verify_file(
    file: Path, request: BuildRequest, open_recogniser: Opener, *, progress: Progress = SILENT
) -> Verification:
    """Listen to a file that `request` built; `open_recogniser` gives one for a language.

    What was to be said, and when, is read from the timeline that the build wrote. Raises UsageError where there is
    none, or where the file is not the one that was built.
    """
    timeline = timeline_of_file(file, Cache(request.cache))
    utterances = utterances_of(timeline)
    ear = Ear(open_recogniser(timeline.language), file, timeline.language)
    heard = _heard(ear, list(groups_of(utterances)), progress)
    usual = _baselines(heard)
    return Verification(
        file=file,
        request=request,
        lines=len(utterances),
        words=sum(len(one.said) for one in heard.values()),
        errors=sum(one.errors for one in heard.values()),
        usual=usual,
        doubted=tuple(_doubted(ear, heard, usual, progress)),
    )


def verify_again(
    verification: Verification, keys: Collection[str], open_recogniser: Opener, *, progress: Progress = SILENT
) -> tuple[Doubted, ...]:
    """Listen once more, to the lines of these takes only, in a file that was built again. Raises as `verify_file`."""
    timeline = timeline_of_file(verification.file, Cache(verification.request.cache))
    ear = Ear(open_recogniser(timeline.language), verification.file, timeline.language)
    groups = [group for group in groups_of(utterances_of(timeline)) if any(one.key in keys for one in group)]
    heard = {utterance: one for utterance, one in _heard(ear, groups, progress).items() if utterance.key in keys}
    return tuple(_doubted(ear, heard, verification.usual, progress))


def _heard(ear: Ear, groups: Sequence[Sequence[Utterance]], progress: Progress) -> dict[Utterance, Hearing]:
    """Every line as it was heard among its neighbours."""
    progress.stage(LISTENING, sum(map(_seconds, groups)))
    found: dict[Utterance, Hearing] = {}

    def again(half: Sequence[Utterance]) -> Sequence[str]:
        return next(ear.words([_span(half)]))

    for group, words in zip(groups, ear.words(list(map(_span, groups))), strict=True):
        found.update(zip(group, lines_heard(ear, group, words, again), strict=True))
        progress.advance(LISTENING, _seconds(group), place=group[-1].place)
    return found


def lines_heard(
    ear: Ear, group: Sequence[Utterance], words: Sequence[str], again: Callable[[Sequence[Utterance]], Sequence[str]]
) -> list[Hearing]:
    """What was heard of each of a few neighbours, of which `words` were heard.

    Now and then a recogniser says one phrase again and again, or nothing more, until its half minute is over. So it
    hears neighbours of which it got too little once more, in halves: `again` gives the words of some of them.
    """
    found = quality.by_line([ear.words_of(utterance.text) for utterance in group], words)
    errors = sum(one.errors for one in found)
    if len(group) == 1 or errors <= _LOST * sum(len(one.said) for one in found):
        return found
    middle = len(group) // 2
    halves = [one for half in (group[:middle], group[middle:]) for one in lines_heard(ear, half, again(half), again)]
    return halves if sum(one.errors for one in halves) < errors else found


def _doubted(
    ear: Ear, among: Mapping[Utterance, Hearing], usual: Mapping[str, Baseline], progress: Progress
) -> Iterator[Doubted]:
    """The lines that are not right by themselves either."""
    suspects = [utterance for utterance, one in among.items() if quality.is_suspect(one, usual[utterance.engine])]
    progress.stage(AGAIN, len(suspects))
    for utterance, words in zip(suspects, ear.words([_span([utterance]) for utterance in suspects]), strict=True):
        (alone,) = quality.by_line([among[utterance].said], words)
        fault = quality.fault_of(among[utterance], alone, usual[utterance.engine])
        if fault is not None:
            yield Doubted(utterance=utterance, fault=fault)
        progress.advance(AGAIN, 1, place=utterance.place)


def _baselines(heard: Mapping[Utterance, Hearing]) -> dict[str, Baseline]:
    by_engine: defaultdict[str, list[Hearing]] = defaultdict(list)
    for utterance, one in heard.items():
        by_engine[utterance.engine].append(one)
    return {engine: quality.baseline(own) for engine, own in by_engine.items()}


def groups_of(utterances: Sequence[Utterance]) -> Iterator[list[Utterance]]:
    """Neighbours that a recogniser takes at once, never of two chapters."""
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
