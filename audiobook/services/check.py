"""A sound file, or a folder of them, held against what publishers ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import UsageError
from audiobook.quality import ChapterMeasure, Verdict, chapter_verdicts, file_verdicts, measured

_SOUNDS = frozenset({".mp3", ".wav", ".m4a", ".m4b", ".flac", ".ogg", ".opus", ".aac", ".aiff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterCheck:
    """A chapter, what was measured of it, and every rule."""

    measure: ChapterMeasure
    verdicts: tuple[Verdict, ...]

    @property
    def ok(self) -> bool:
        """Whether it keeps every rule."""
        return all(verdict.ok for verdict in self.verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A file, its format's rules, and its chapters."""

    path: Path
    verdicts: tuple[Verdict, ...]
    chapters: tuple[ChapterCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether the file and all its chapters keep every rule."""
        return all(verdict.ok for verdict in self.verdicts) and all(chapter.ok for chapter in self.chapters)


def checked(paths: Sequence[Path]) -> Iterator[Check]:
    """Each sound file, measured and judged; of a folder, those in it by name. Raises UsageError, DeliveryError."""
    for path in paths:
        yield from map(_checked, sound_files(path))


def sound_files(path: Path) -> list[Path]:
    """The file, or those in a folder, by name. Raises UsageError where there is none."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in _SOUNDS)
    if not found:
        raise UsageError("there is no sound file in this folder", where=str(path))
    return found


def _checked(path: Path) -> Check:
    measure = measured(path)
    return Check(
        path=path,
        verdicts=tuple(file_verdicts(measure.header)),
        chapters=tuple(
            ChapterCheck(measure=chapter, verdicts=tuple(chapter_verdicts(chapter))) for chapter in measure.chapters
        ),
    )
