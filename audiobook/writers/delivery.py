"""Encoded chapters → the files a listener gets: one file with every chapter, or a file per chapter and a playlist."""

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
from audiobook.writers.covers import fitted
from audiobook.writers.file_names import numbered_name, safe_name
from audiobook.writers.formats import AUDIOBOOKS, writer_for
from audiobook.writers.growing import Growing
from audiobook.writers.output_files import check_file, check_folder, check_free_space, draft, draft_of_folder, worded
from audiobook.writers.playlist import Entry, files_of, write_playlist


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedChapter:
    """A chapter's encoded segments, in order. A chapter without any is left out of what is delivered."""

    number: int
    title: str
    encoded_segments: tuple[EncodedSegment, ...]

    @property
    def frames(self) -> int:
        """Samples that a decoder makes of all its encoded segments."""
        return sum(part.frames for part in self.encoded_segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What was written."""

    files: tuple[Path, ...]  # the sound files in order, a playlist last
    marks: tuple[Mark, ...]  # the chapters one behind the other
    rate: int  # Hz, of the marks' samples
    writer: Writer

    @property
    def lead(self) -> int:
        """Samples that a decoder puts out before the sound of each file; players skip them."""
        return self.writer.lead


def grow_book(titles: Sequence[str], album: Album, encoding: Encoding, target: Path, load: Load) -> Growing:
    """The file of `deliver_book`, written while its segments are encoded. `titles` are the chapters' in order."""

    def begin(file: BinaryIO) -> JoinedFile:
        marks = tuple(Mark(title=title, start=number, end=number + 1) for number, title in enumerate(titles))
        tags = FileTags(album=replace(album, cover=fitted(album.cover)), marks=marks)
        return writer_for(encoding.format).join(file, encoding, tags)

    return Growing(target, load, begin)


def deliver_book(
    chapters: Iterable[EncodedChapter],
    album: Album,
    encoding: Encoding,
    target: Path,
    load: Load,
    *,
    growing: Growing | None = None,
) -> Delivered:
    """Write one file with all chapters to `target`, check it with an independent reader, and move it into place.

    `load` gives the data of an encoded segment; one is in memory at a time. What `growing` has written already is not
    written again. Raises DeliveryError and what `load` raises; then the file that was at `target` is unchanged.
    """
    check_file(target)
    heard = _heard(chapters)
    marks = marks_of(heard, writer_for(encoding.format))
    tags = FileTags(album=replace(album, cover=fitted(album.cover)), marks=marks)
    segments = tuple(part for chapter in heard for part in chapter.encoded_segments)
    grown = growing.finish(tags, segments) if growing else None
    if grown is not None:
        with worded(target):
            _check(grown, tags, segments, encoding)
            move_into_place(grown, target)
    else:
        with draft(target) as path:
            _check_space(target.parent, segments, encoding)
            _write(path, tags, segments, encoding, load)
            _check(path, tags, segments, encoding)
            move_into_place(path, target)
    return Delivered(files=(target,), marks=marks, rate=encoding.rate, writer=writer_for(encoding.format))


def deliver_chapters(
    chapters: Iterable[EncodedChapter], album: Album, encoding: Encoding, target: Path, load: Load
) -> Delivered:
    """Write a numbered file per chapter, and a playlist, into the folder `target`.

    Each is checked as in `deliver_book`. Nothing is moved into the folder before all files are complete. Files of an
    earlier build there, known from its playlist, are removed if this build has no file of that name. Raises
    DeliveryError and what `load` raises.
    """
    check_folder(target)
    heard, album = _heard(chapters), replace(album, cover=fitted(album.cover))
    writer = writer_for(encoding.format)
    last = max(chapter.number for chapter in heard)
    names = [numbered_name(chapter.number, chapter.title, last, writer.suffix) for chapter in heard]
    playlist = f"{safe_name(album.title)}.m3u8"
    with draft_of_folder(target) as folder:
        folder.mkdir()
        _check_space(target, [part for chapter in heard for part in chapter.encoded_segments], encoding)
        for chapter, name in zip(heard, names, strict=True):
            piece = Piece(title=chapter.title, number=chapter.number, total=last)
            tags = FileTags(album=album, piece=piece)
            _write(folder / name, tags, chapter.encoded_segments, encoding, load)
            _check(folder / name, tags, chapter.encoded_segments, encoding)
        entries = [
            Entry(name=name, title=one_line(chapter.title), seconds=(chapter.frames - writer.lead) / encoding.rate)
            for chapter, name in zip(heard, names, strict=True)
        ]
        write_playlist(folder / playlist, one_line(album.title), entries)
        _move_in(folder, target, [*names, playlist])
    files = tuple(target / name for name in (*names, playlist))
    return Delivered(files=files, marks=marks_of(heard, writer), rate=encoding.rate, writer=writer)


def marks_of(chapters: Sequence[EncodedChapter], writer: Writer) -> tuple[Mark, ...]:
    """The chapters' marks in the joined sound, from 0 to its end.

    Every segment begins with the same lead, and players skip the first one. So a chapter is heard from as many samples
    as the chapters before it have, and the last one ends earlier by a lead.
    """
    ends = list(accumulate(chapter.frames for chapter in chapters))
    starts = [0, *ends[:-1]]
    ends[-1] -= writer.lead
    marks = tuple(
        Mark(title=chapter.title, start=start, end=end)
        for chapter, start, end in zip(chapters, starts, ends, strict=True)
    )
    check_marks(marks, ends[-1])
    return marks


def clip_bytes(encoded: Encoded, encoding: Encoding, title: str) -> bytes:
    """A whole small file of one segment, in memory, that says no more than a title."""
    file, tags = io.BytesIO(), FileTags(album=Album(title=title, genre=""))
    joined = writer_for(encoding.format).join(file, encoding, tags)
    joined.add(encoded.data, EncodedSegment(key="", frames=encoded.frames, crc=encoded.crc))
    joined.finish(tags)
    return file.getvalue()


def _heard(chapters: Iterable[EncodedChapter]) -> list[EncodedChapter]:
    heard = [chapter for chapter in chapters if chapter.encoded_segments]
    if not heard:
        raise ValueError("there is no sound to deliver")
    return heard


def _check_space(folder: Path, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError if the sound does not fit on the disk, as far as its size is known before it is written."""
    sound_bytes = writer_for(encoding.format).sound_bytes
    if sound_bytes is not None:
        check_free_space(folder / "file", sound_bytes(sum(part.frames for part in segments), encoding))


def _write(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding, load: Load) -> None:
    """Write one file."""
    with path.open("xb") as file:
        joined = writer_for(encoding.format).join(file, encoding, tags)
        for part in segments:
            joined.add(load(part), part)
        joined.finish(tags)


def _check(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Read one file back. Meanwhile it is flushed to its disk, which takes as long."""
    with flush_in_background(path):
        writer_for(encoding.format).verify(path, tags, segments, encoding)


def _move_in(folder: Path, target: Path, names: Sequence[str]) -> None:
    """Move finished files into their folder, the playlist last; what an earlier edition left is cleared away first.

    First, because where upper and lower case are one, an old name may be a new file's.
    """
    target.mkdir(exist_ok=True)
    for name in files_of(target, AUDIOBOOKS) - set(names):
        (target / name).unlink(missing_ok=True)
    for name in names:
        move_into_place(folder / name, target / name)
