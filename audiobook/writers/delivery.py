"""Write the files of a build: one file with every chapter, or one file per chapter and a playlist."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from audiobook.model.clip import EncodedSegment, Mark, check_marks
from audiobook.model.request import Encoding
from audiobook.runtime.files import flush_in_background, move_into_place
from audiobook.writers.album import Album, FileTags, Piece, one_line
from audiobook.writers.contract import Encoded, JoinedFile, Load, Writer
from audiobook.writers.covers import fit_cover
from audiobook.writers.file_names import numbered_name, safe_name
from audiobook.writers.formats import AUDIOBOOKS, writer_for
from audiobook.writers.growing import GrowingFile
from audiobook.writers.output_files import (
    check_file,
    check_folder,
    check_free_space,
    draft,
    draft_of_folder,
    translate_errors,
)
from audiobook.writers.playlist import Entry, listed_files, write_playlist


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedChapter:
    """A chapter's encoded segments, in order. A chapter without segments is not delivered."""

    number: int
    title: str
    encoded_segments: tuple[EncodedSegment, ...]

    @property
    def samples(self) -> int:
        """Samples that a decoder gives for all its encoded segments."""
        return sum(part.samples for part in self.encoded_segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredFiles:
    """The files that were written."""

    files: tuple[Path, ...]  # the sound files in order, a playlist last
    marks: tuple[Mark, ...]  # the chapters, in order
    sample_rate: int  # Hz, of the marks' samples
    writer: Writer

    @property
    def lead(self) -> int:
        """Samples that a decoder emits before the sound of each file; players skip them."""
        return self.writer.lead


def grow_book(titles: Sequence[str], album: Album, encoding: Encoding, target: Path, load: Load) -> GrowingFile:
    """Start the file of `deliver_book`, to be written while segments are encoded. `titles` are the chapter titles."""

    def begin(file: BinaryIO) -> JoinedFile:
        marks = tuple(Mark(title=title, start=number, end=number + 1) for number, title in enumerate(titles))
        tags = FileTags(album=replace(album, cover=fit_cover(album.cover)), marks=marks)
        return writer_for(encoding.format).join(file, encoding, tags)

    return GrowingFile(target, load, begin)


def deliver_book(
    chapters: Iterable[EncodedChapter],
    album: Album,
    encoding: Encoding,
    target: Path,
    load: Load,
    *,
    growing: GrowingFile | None = None,
) -> DeliveredFiles:
    """Write one file with all chapters, verify it with ffmpeg, and move it to `target`.

    `load` returns the data of an encoded segment; only one is in memory at a time. Segments that `growing` has already
    written are not written again. Raises DeliveryError and whatever `load` raises; the file at `target` is then
    unchanged.
    """
    check_file(target)
    audible = _chapters_with_sound(chapters)
    marks = place_marks(audible, writer_for(encoding.format))
    tags = FileTags(album=replace(album, cover=fit_cover(album.cover)), marks=marks)
    segments = tuple(part for chapter in audible for part in chapter.encoded_segments)
    grown = growing.finish(tags, segments) if growing else None
    if grown is not None:
        with translate_errors(target):
            _check(grown, tags, segments, encoding)
            move_into_place(grown, target)
    else:
        with draft(target) as path:
            _check_space(target.parent, segments, encoding)
            _write(path, tags, segments, encoding, load)
            _check(path, tags, segments, encoding)
            move_into_place(path, target)
    return DeliveredFiles(
        files=(target,), marks=marks, sample_rate=encoding.sample_rate, writer=writer_for(encoding.format)
    )


def deliver_chapters(
    chapters: Iterable[EncodedChapter], album: Album, encoding: Encoding, target: Path, load: Load
) -> DeliveredFiles:
    """Write a numbered file per chapter, and a playlist, into the folder `target`.

    Each file is verified as in `deliver_book`. Nothing is moved into the folder before all files are complete. Files
    that the playlist of an earlier build lists are removed if this build has no file of that name. Raises
    DeliveryError and whatever `load` raises.
    """
    check_folder(target)
    audible, album = _chapters_with_sound(chapters), replace(album, cover=fit_cover(album.cover))
    writer = writer_for(encoding.format)
    last = max(chapter.number for chapter in audible)
    names = [numbered_name(chapter.number, chapter.title, last, writer.suffix) for chapter in audible]
    playlist = f"{safe_name(album.title)}.m3u8"
    with draft_of_folder(target) as folder:
        folder.mkdir()
        _check_space(target, [part for chapter in audible for part in chapter.encoded_segments], encoding)
        for chapter, name in zip(audible, names, strict=True):
            piece = Piece(title=chapter.title, number=chapter.number, total=last)
            tags = FileTags(album=album, piece=piece)
            _write(folder / name, tags, chapter.encoded_segments, encoding, load)
            _check(folder / name, tags, chapter.encoded_segments, encoding)
        entries = [
            Entry(
                name=name, title=one_line(chapter.title), seconds=(chapter.samples - writer.lead) / encoding.sample_rate
            )
            for chapter, name in zip(audible, names, strict=True)
        ]
        write_playlist(folder / playlist, one_line(album.title), entries)
        _move_in(folder, target, [*names, playlist])
    files = tuple(target / name for name in (*names, playlist))
    return DeliveredFiles(
        files=files, marks=place_marks(audible, writer), sample_rate=encoding.sample_rate, writer=writer
    )


def place_marks(chapters: Sequence[EncodedChapter], writer: Writer) -> tuple[Mark, ...]:
    """The marks of the chapters in the joined sound, from 0 to its end.

    Every segment begins with the same lead, and players skip the first one. So each chapter starts at the sum of the
    samples before it, and the last chapter ends one lead earlier.
    """
    ends = list(accumulate(chapter.samples for chapter in chapters))
    starts = [0, *ends[:-1]]
    ends[-1] -= writer.lead
    marks = tuple(
        Mark(title=chapter.title, start=start, end=end)
        for chapter, start, end in zip(chapters, starts, ends, strict=True)
    )
    check_marks(marks, ends[-1])
    return marks


def clip_bytes(encoded: Encoded, encoding: Encoding, title: str) -> bytes:
    """A complete small file of one segment, in memory, with only a title as its tag."""
    file, tags = io.BytesIO(), FileTags(album=Album(title=title, genre=""))
    joined = writer_for(encoding.format).join(file, encoding, tags)
    joined.add(encoded.data, EncodedSegment(key="", samples=encoded.samples, crc=encoded.crc))
    joined.finish(tags)
    return file.getvalue()


def _chapters_with_sound(chapters: Iterable[EncodedChapter]) -> list[EncodedChapter]:
    audible = [chapter for chapter in chapters if chapter.encoded_segments]
    if not audible:
        raise ValueError("there is no sound to deliver")
    return audible


def _check_space(folder: Path, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError if the sound does not fit on the disk. Skipped if the size is not known beforehand."""
    sound_bytes = writer_for(encoding.format).sound_bytes
    if sound_bytes is not None:
        check_free_space(folder / "file", sound_bytes(sum(part.samples for part in segments), encoding))


def _write(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding, load: Load) -> None:
    """Write one file."""
    with path.open("x+b") as file:
        joined = writer_for(encoding.format).join(file, encoding, tags)
        for part in segments:
            joined.add(load(part), part)
        joined.finish(tags)


def _check(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Verify one file. It is flushed to disk at the same time, which takes as long."""
    with flush_in_background(path):
        writer_for(encoding.format).verify(path, tags, segments, encoding)


def _move_in(folder: Path, target: Path, names: Sequence[str]) -> None:
    """Remove the files of an earlier build, then move the finished files into their folder, the playlist last.

    Removal comes first: where the file system ignores case, an old file may have the name of a new one.
    """
    target.mkdir(exist_ok=True)
    for name in listed_files(target, AUDIOBOOKS) - set(names):
        (target / name).unlink(missing_ok=True)
    for name in names:
        move_into_place(folder / name, target / name)
