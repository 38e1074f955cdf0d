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
from audiobook.project import Project
from audiobook.quality import Baseline, Fault, Hearing, Recogniser
from audiobook.services.line_times import Spot, spots_of

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

    spot: Spot
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

    Raises UsageError where the file was not built from the book as it is now, and what reading and casting raise.
    """
    project = Project(request)
    whole = project.load_script(progress=progress)
    spots = spots_of(file, project)
    ear = Ear(open_recogniser(whole.facts.language), file, whole.facts.language)
    heard = _heard(ear, list(groups_of(spots)), progress)
    usual = _baselines(heard)
    return Verification(
        file=file,
        request=request,
        lines=len(spots),
        words=sum(len(one.said) for one in heard.values()),
        errors=sum(one.errors for one in heard.values()),
        usual=usual,
        doubted=tuple(_doubted(ear, heard, usual, progress)),
    )


def verify_again(
    verification: Verification, keys: Collection[str], open_recogniser: Opener, *, progress: Progress = SILENT
) -> tuple[Doubted, ...]:
    """Listen once more, to the lines of these takes only, in a file that was built again. Raises as `verify_file`."""
    project = Project(verification.request)
    whole = project.script
    spots = spots_of(verification.file, project)
    ear = Ear(open_recogniser(whole.facts.language), verification.file, whole.facts.language)
    groups = [group for group in groups_of(spots) if any(spot.key in keys for spot in group)]
    heard = {spot: one for spot, one in _heard(ear, groups, progress).items() if spot.key in keys}
    return tuple(_doubted(ear, heard, verification.usual, progress))


def _heard(ear: Ear, groups: Sequence[Sequence[Spot]], progress: Progress) -> dict[Spot, Hearing]:
    """Every line as it was heard among its neighbours."""
    progress.stage(LISTENING, sum(map(_seconds, groups)))
    found: dict[Spot, Hearing] = {}

    def again(half: Sequence[Spot]) -> Sequence[str]:
        return next(ear.words([_span(half)]))

    for group, words in zip(groups, ear.words(list(map(_span, groups))), strict=True):
        found.update(zip(group, lines_heard(ear, group, words, again), strict=True))
        progress.advance(LISTENING, _seconds(group), place=group[-1].cue.place)
    return found


def lines_heard(
    ear: Ear, group: Sequence[Spot], words: Sequence[str], again: Callable[[Sequence[Spot]], Sequence[str]]
) -> list[Hearing]:
    """What was heard of each of a few neighbours, of which `words` were heard.

    Now and then a recogniser says one phrase again and again, or nothing more, until its half minute is over. So it
    hears neighbours of which it got too little once more, in halves: `again` gives the words of some of them.
    """
    found = quality.by_line([ear.words_of(spot.cue.text) for spot in group], words)
    errors = sum(one.errors for one in found)
    if len(group) == 1 or errors <= _LOST * sum(len(one.said) for one in found):
        return found
    middle = len(group) // 2
    halves = [one for half in (group[:middle], group[middle:]) for one in lines_heard(ear, half, again(half), again)]
    return halves if sum(one.errors for one in halves) < errors else found


def _doubted(
    ear: Ear, among: Mapping[Spot, Hearing], usual: Mapping[str, Baseline], progress: Progress
) -> Iterator[Doubted]:
    """The lines that are not right by themselves either."""
    suspects = [spot for spot, one in among.items() if quality.is_suspect(one, usual[spot.cue.voice.engine])]
    progress.stage(AGAIN, len(suspects))
    for spot, words in zip(suspects, ear.words([_span([spot]) for spot in suspects]), strict=True):
        (alone,) = quality.by_line([among[spot].said], words)
        fault = quality.fault_of(among[spot], alone, usual[spot.cue.voice.engine])
        if fault is not None:
            yield Doubted(spot=spot, fault=fault)
        progress.advance(AGAIN, 1, place=spot.cue.place)


def _baselines(heard: Mapping[Spot, Hearing]) -> dict[str, Baseline]:
    by_engine: defaultdict[str, list[Hearing]] = defaultdict(list)
    for spot, one in heard.items():
        by_engine[spot.cue.voice.engine].append(one)
    return {engine: quality.baseline(own) for engine, own in by_engine.items()}


def groups_of(spots: Sequence[Spot]) -> Iterator[list[Spot]]:
    """Neighbours that a recogniser takes at once, never of two chapters."""
    group: list[Spot] = []
    for spot in spots:
        if group and (spot.end - group[0].start > _AT_ONCE or spot.chapter != group[0].chapter):
            yield group
            group = []
        group.append(spot)
    if group:
        yield group


def _span(group: Sequence[Spot]) -> tuple[float, float]:
    return max(0.0, group[0].start - _AROUND), group[-1].end + _AROUND


def _seconds(group: Sequence[Spot]) -> float:
    return group[-1].end - group[0].start
