"""The finished files: written, unless they already stand where they are wanted."""

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
from audiobook.pipeline.tags import target_of
from audiobook.runtime.cache import Cache, key_of

_MOST_LETTERS = 40  # spoken in a second; voices speak 12 to 20

RECIPE = 1  # count up whenever the same segments and tags give other files


_Stamp = tuple[int, int, int]  # size in bytes, time of the last change in ns, inode


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """What an earlier build wrote."""

    files: tuple[Path, ...]
    stamps: tuple[_Stamp | None, ...]  # of each file when it was finished
    marks: tuple[Mark, ...]

    def __post_init__(self) -> None:
        if not self.files or not self.marks:
            raise ValueError("an edition has files and chapters")


_EDITIONS = Codec(_Noted, "audiobook-edition", 1)


def growing(script: Script, album: writers.Album, request: BuildRequest, cache: Cache) -> writers.GrowingFile | None:
    """The one file that was ordered, to be written while its segments are made; None where several were.

    Raises UsageError if its format cannot list so many chapters.
    """
    if request.per_chapter:
        return None
    titles = [chapter.title for chapter in script.chapters]
    _check_chapters(len(titles), request)
    return writers.grow_book(titles, album, request.encoding, target_of(request), _loader(cache))


def check_room(script: Script, request: BuildRequest) -> None:
    """Raises DeliveryError if the disk surely has no room for the sound, as far as its size is known beforehand.

    Whoever speaks is assumed to be faster than any voice, so that only a disk that is too small by far is refused.
    """
    sound_bytes = writers.writer_for(request.encoding.format).sound_bytes
    if sound_bytes is None:
        return
    samples = letters(script) * request.encoding.rate // _MOST_LETTERS
    target = target_of(request).absolute()
    writers.check_free_space(target, sound_bytes(samples, request.encoding))


def _check_chapters(count: int, request: BuildRequest) -> None:
    writer = writers.writer_for(request.encoding.format)
    if writer.most_chapters is not None and count > writer.most_chapters:
        raise UsageError(
            f"one {writer.name} file can list {writer.most_chapters:,} chapters, and there are {count:,}",
            hint="add --per-chapter, choose some with --chapters, or name a file of another format",
        )


def delivered(
    segments: Sequence[SegmentResult],
    album: writers.Album,
    request: BuildRequest,
    cache: Cache,
    grown: writers.GrowingFile | None = None,
) -> writers.DeliveredFiles:
    """All segments as the files that were ordered; what has grown of them is not written again.

    Files that an earlier build wrote from the same segments and tags, and that nobody has touched since, are left
    alone. Raises DeliveryError.
    """
    key = _result_key(segments, album, request)
    standing = _standing(key, request, cache)
    if standing is not None:
        return standing
    made = _written(segments, album, request, cache, grown)
    noted = _Noted(files=made.files, stamps=tuple(map(_stamp, made.files)), marks=made.marks)
    with suppress(DeliveryError):  # the files stand where they are wanted; without the note, they are joined again
        cache.save("results", key, _EDITIONS.dumps(noted), {})
    return made


def lock_key(request: BuildRequest) -> str:
    """The name of what two builds must not make at once: the files that were ordered."""
    return key_of(str(target_of(request).resolve()))


def _written(
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
    ordered = (chapters, album, request.encoding, target_of(request), _loader(cache))
    if request.per_chapter:
        return writers.deliver_chapters(*ordered)
    return writers.deliver_book(*ordered, growing=grown)


def _loader(cache: Cache) -> Callable[[EncodedSegment], bytes]:
    return lambda encoded: cache.get_or_raise("segments", encoded.key)[1]


def _result_key(segments: Sequence[SegmentResult], album: writers.Album, request: BuildRequest) -> str:
    """What the files are made of and where they go."""
    made_of = [(segment.chapter, segment.title, segment.encoded.key) for segment in segments]
    cover = None if album.cover is None else hashlib.blake2b(album.cover.data).hexdigest()
    return key_of(RECIPE, target_of(request).absolute(), request.per_chapter, repr(album), cover, made_of)


def _standing(key: str, request: BuildRequest, cache: Cache) -> writers.DeliveredFiles | None:
    """The earlier build's files, where they are as it left them."""
    found = cache.load("results", key)
    noted = None if found is None else _EDITIONS.loads_or_none(found[1])
    if noted is None or None in noted.stamps or tuple(map(_stamp, noted.files)) != noted.stamps:
        return None
    writer = writers.writer_for(request.encoding.format)
    return writers.DeliveredFiles(files=noted.files, marks=noted.marks, rate=request.encoding.rate, writer=writer)


def _stamp(file: Path) -> _Stamp | None:
    """What changes when somebody changes a file; None where it is gone."""
    try:
        status = file.stat()
    except (OSError, ValueError):  # also a name that no file can have
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
