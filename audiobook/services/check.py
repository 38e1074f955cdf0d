"""Compare sound files with the requirements of publishers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import UsageError
from audiobook.quality import ChapterMeasure, Verdict, check_chapter, check_file_format, measure_file

_SOUNDS = frozenset({".mp3", ".wav", ".m4a", ".m4b", ".flac", ".ogg", ".opus", ".aac", ".aiff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterCheck:
    """A chapter with its measurements and the result of every rule."""

    measure: ChapterMeasure
    verdicts: tuple[Verdict, ...]

    @property
    def ok(self) -> bool:
        """Whether all rules are met."""
        return all(verdict.ok for verdict in self.verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A file with the results of the rules for its format, and its chapters."""

    path: Path
    verdicts: tuple[Verdict, ...]
    chapters: tuple[ChapterCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether the file and all its chapters meet all rules."""
        return all(verdict.ok for verdict in self.verdicts) and all(chapter.ok for chapter in self.chapters)


def check_files(paths: Sequence[Path]) -> Iterator[Check]:
    """Measure and check each sound file, or those in a folder. Raises UsageError, DeliveryError."""
    for path in paths:
        yield from map(_check_file, sound_files(path))


def sound_files(path: Path) -> list[Path]:
    """The file, or the sound files in a folder, sorted by name. Raises UsageError if there is none."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in _SOUNDS)
    if not found:
        raise UsageError("there is no sound file in this folder", where=str(path))
    return found


def _check_file(path: Path) -> Check:
    measure = measure_file(path)
    return Check(
        path=path,
        verdicts=tuple(check_file_format(measure.header)),
        chapters=tuple(
            ChapterCheck(measure=chapter, verdicts=tuple(check_chapter(chapter))) for chapter in measure.chapters
        ),
    )
