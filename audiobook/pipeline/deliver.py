"""Write the finished files, unless an earlier build has already written the same ones."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from audiobook import writers
from audiobook.errors import DeliveryError, UsageError
from audiobook.model.clip import EncodedSegment, Mark
from audiobook.model.codec import Codec
from audiobook.model.request import BuildRequest
from audiobook.model.script import Script
from audiobook.pipeline.planning import letters
from audiobook.pipeline.segment_encoder import SegmentResult
from audiobook.pipeline.tags import output_path
from audiobook.runtime.cache import Cache, key_of

_MOST_LETTERS = 40  # characters per second; voices speak 12 to 20

RECIPE = 1  # increase when the same segments and tags give other files


_Stamp = tuple[int, int, int]  # size in bytes, time of the last change in ns, inode


@dataclass(frozen=True, slots=True, kw_only=True)
class _WrittenFiles:
    """The files that an earlier build wrote."""

    files: tuple[Path, ...]
    stamps: tuple[_Stamp | None, ...]  # of each file when it was finished
    marks: tuple[Mark, ...]

    def __post_init__(self) -> None:
        if not self.files or not self.marks:
            raise ValueError("a build has files and chapters")


_RESULTS = Codec(_WrittenFiles, "audiobook-edition", 1)


def start_growing_file(
    script: Script, album: writers.Album, request: BuildRequest, cache: Cache
) -> writers.GrowingFile | None:
    """Start the output file, which is written while its segments are made; None for a file per chapter.

    Raises UsageError if its format cannot list so many chapters.
    """
    if request.per_chapter:
        return None
    titles = [chapter.title for chapter in script.chapters]
    _check_chapters(len(titles), request)
    return writers.grow_book(titles, album, request.encoding, output_path(request), _loader(cache))


def check_room(script: Script, request: BuildRequest) -> None:
    """Raises DeliveryError if the disk is certainly too small for the sound, if its size is known beforehand.

    The estimate assumes more characters per second than any voice speaks, so it is a lower limit.
    """
    sound_bytes = writers.writer_for(request.encoding.format).sound_bytes
    if sound_bytes is None:
        return
    samples = letters(script) * request.encoding.sample_rate // _MOST_LETTERS
    target = output_path(request).absolute()
    writers.check_free_space(target, sound_bytes(samples, request.encoding))


def _check_chapters(count: int, request: BuildRequest) -> None:
    writer = writers.writer_for(request.encoding.format)
    if writer.most_chapters is not None and count > writer.most_chapters:
        raise UsageError(
            f"one {writer.name} file can list {writer.most_chapters:,} chapters, and there are {count:,}",
            hint="add --per-chapter, choose some with --chapters, or name a file of another format",
        )


def deliver_files(
    segments: Sequence[SegmentResult],
    album: writers.Album,
    request: BuildRequest,
    cache: Cache,
    grown: writers.GrowingFile | None = None,
) -> writers.DeliveredFiles:
    """Write all segments to the requested files. Those in the growing file are not written again.

    Files that an earlier build wrote from the same segments and tags are kept if they have not changed since. Raises
    DeliveryError.
    """
    key = _result_key(segments, album, request)
    existing = _find_existing(key, request, cache)
    if existing is not None:
        return existing
    made = _write_files(segments, album, request, cache, grown)
    noted = _WrittenFiles(files=made.files, stamps=tuple(map(_stamp, made.files)), marks=made.marks)
    with suppress(DeliveryError):  # the files are finished; without this record, the next build writes them again
        cache.save("results", key, _RESULTS.dumps(noted), {})
    return made


def lock_key(request: BuildRequest) -> str:
    """The lock of the output, so that two builds do not write it at once."""
    return key_of(str(output_path(request).resolve()))


def _write_files(
    segments: Sequence[SegmentResult],
    album: writers.Album,
    request: BuildRequest,
    cache: Cache,
    grown: writers.GrowingFile | None,
) -> writers.DeliveredFiles:
    chapters = [
        writers.EncodedChapter(number=number, title=title, encoded_segments=tuple(segment.encoded for segment in group))
        for (number, title), group in groupby(segments, key=lambda segment: (segment.chapter, segment.title))
    ]
    arguments = (chapters, album, request.encoding, output_path(request), _loader(cache))
    if request.per_chapter:
        return writers.deliver_chapters(*arguments)
    return writers.deliver_book(*arguments, growing=grown)


def _loader(cache: Cache) -> Callable[[EncodedSegment], bytes]:
    return lambda encoded: cache.get_or_raise("segments", encoded.key)[1]


def _result_key(segments: Sequence[SegmentResult], album: writers.Album, request: BuildRequest) -> str:
    """A hash of the segments, the tags and the output path."""
    made_of = [(segment.chapter, segment.title, segment.encoded.key) for segment in segments]
    cover = None if album.cover is None else hashlib.blake2b(album.cover.data).hexdigest()
    return key_of(RECIPE, output_path(request).absolute(), request.per_chapter, repr(album), cover, made_of)


def _find_existing(key: str, request: BuildRequest, cache: Cache) -> writers.DeliveredFiles | None:
    """The files of an earlier build, if they have not changed."""
    found = cache.load("results", key)
    noted = None if found is None else _RESULTS.loads_or_none(found[1])
    if noted is None or None in noted.stamps or tuple(map(_stamp, noted.files)) != noted.stamps:
        return None
    writer = writers.writer_for(request.encoding.format)
    return writers.DeliveredFiles(
        files=noted.files, marks=noted.marks, sample_rate=request.encoding.sample_rate, writer=writer
    )


def _stamp(file: Path) -> _Stamp | None:
    """Size, time and inode, by which changes of a file are found; None if it is gone."""
    try:
        status = file.stat()
    except (OSError, ValueError):  # ValueError: the name is invalid
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
