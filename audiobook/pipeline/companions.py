"""Write the files that go with a finished audiobook, from its timeline."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from audiobook import writers
from audiobook.errors import UsageError
from audiobook.model.request import BuildRequest
from audiobook.pipeline.tags import output_path
from audiobook.pipeline.timeline.store import iter_chapters, timeline_facts
from audiobook.runtime.cache import Cache
from audiobook.runtime.files import move_into_place
from audiobook.writers.companions.contract import TimedSound
from audiobook.writers.companions.table import COMPANIONS, parse_companions
from audiobook.writers.file_names import safe_name
from audiobook.writers.output_files import draft

__all__ = ["check_companions", "parse_companions", "write_companions"]


def check_companions(request: BuildRequest, *others: Path) -> None:
    """Raises UsageError or DeliveryError if a companion cannot be written, or would overwrite one of the files."""
    if request.per_chapter:
        return  # they lie in a folder of the audiobook
    taken = {other.resolve() for other in others}
    for name in request.also:
        path = _beside(output_path(request), COMPANIONS[name].suffix)
        if path.resolve() in taken:
            raise UsageError(f"the {name} file would overwrite it", where=str(path), hint="name another --output")
        writers.check_file(path)


def write_companions(request: BuildRequest, title: str, sound_files: Sequence[Path], cache: Cache) -> tuple[Path, ...]:
    """Write the companions that the request names; returns their paths. Raises DeliveryError."""
    written = []
    for name in request.also:
        kind = COMPANIONS[name]
        if kind.write_all is not None:
            target = output_path(request)
            name_of_all = f"{safe_name(title)}{kind.suffix}"
            path = target / name_of_all if request.per_chapter else _beside(target, kind.suffix)
            written.append(_write(path, kind.write_all([_timed(file, title, cache) for file in sound_files])))
        if kind.write is not None:
            written += [_write(_beside(f, kind.suffix), kind.write(_timed(f, title, cache))) for f in sound_files]
    return tuple(written)


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.stem + suffix)


def _timed(file: Path, title: str, cache: Cache) -> TimedSound:
    sample_rate, language = timeline_facts(file, cache)
    return TimedSound(
        file=file, title=title, language=language, sample_rate=sample_rate, chapters=iter_chapters(file, cache)
    )


def _write(path: Path, parts: Iterable[str]) -> Path:
    with draft(path) as temporary:
        with temporary.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.writelines(parts)
        move_into_place(temporary, path)
    return path
