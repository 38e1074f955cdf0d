"""Encoded chapters → the files a listener gets: one with every chapter, or one for each chapter and a playlist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from audiobook.model.clip import EncodedSegment, Mark, check_marks
from audiobook.model.request import Encoding
from audiobook.runtime.files import move_into_place
from audiobook.writers.album import Album, Piece
from audiobook.writers.contract import Content, Load
from audiobook.writers.covers import fitted
from audiobook.writers.file_names import numbered_name, safe_name
from audiobook.writers.formats import writer_for
from audiobook.writers.mp3.growing import Growing
from audiobook.writers.mp3.id3 import one_line
from audiobook.writers.mp3.writer import make_tag
from audiobook.writers.output_files import check_file, check_folder, draft, draft_of_folder, worded
from audiobook.writers.playlist import Entry, files_of, write_playlist


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedChapter:
    """A chapter's encoded segments, in order. A chapter without any is left out of what is delivered."""

    number: int
    title: str
    encoded_segments: tuple[EncodedSegment, ...]

    @property
    def frames(self) -> int:
        """Decoded frames of all its encoded segments."""
        return sum(part.frames for part in self.encoded_segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What was written."""

    files: tuple[Path, ...]  # the sound files in order, a playlist last
    marks: tuple[Mark, ...]  # the chapters one behind the other
    rate: int  # Hz, of the marks' frames
    lead: int = 0  # samples that a decoder puts out before the sound of each file


def grow_book(titles: Sequence[str], album: Album, encoding: Encoding, target: Path, load: Load) -> Growing | None:
    """The file of `deliver_book`, written while its segments are encoded; None if the format cannot grow.

    `titles` are the chapters' in order.
    """
    grow = writer_for(encoding.format).grow
    return None if grow is None else grow(titles, album, encoding, target, load)


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

    `load` gives an encoded segment's bytes; one is in memory at a time. What has grown of the file already
    is not written again. Raises DeliveryError and what `load` raises; then whatever stood at `target` still stands
    there.
    """
    check_file(target)
    writer = writer_for(encoding.format)
    heard, album = _heard(chapters), replace(album, cover=fitted(album.cover))
    marks = marks_of(heard, writer.lead)
    segments = tuple(part for chapter in heard for part in chapter.encoded_segments)
    content = Content(title=album.title, album=album, segments=segments, marks=marks)
    grown = growing.finished(make_tag(content, encoding), segments) if growing else None
    if grown is not None:
        with worded(target):
            writer.verify(grown, content, encoding)
            move_into_place(grown, target)
    else:
        with draft(target) as path:
            writer.write(path, content, encoding, load)
            writer.verify(path, content, encoding)
            move_into_place(path, target)
    return Delivered(files=(target,), marks=marks, rate=encoding.rate, lead=writer.lead)


def deliver_chapters(
    chapters: Iterable[EncodedChapter], album: Album, encoding: Encoding, target: Path, load: Load
) -> Delivered:
    """Write a numbered file for each chapter and a playlist into the folder `target`, checked as `deliver_book` does.

    Nothing is moved into the folder before all files are whole. Files of an earlier edition there, known from its
    playlist, are removed where this one has no such file. Raises DeliveryError and what `load` raises.
    """
    check_folder(target)
    heard, album = _heard(chapters), replace(album, cover=fitted(album.cover))
    writer = writer_for(encoding.format)
    last = max(chapter.number for chapter in heard)
    names = [numbered_name(chapter.number, chapter.title, last, writer.suffix) for chapter in heard]
    playlist = f"{safe_name(album.title)}.m3u8"
    with draft_of_folder(target) as folder:
        folder.mkdir()
        for chapter, name in zip(heard, names, strict=True):
            piece = Piece(title=chapter.title, number=chapter.number, total=last)
            content = Content(title=chapter.title, album=album, segments=chapter.encoded_segments, piece=piece)
            writer.write(folder / name, content, encoding, load)
            writer.verify(folder / name, content, encoding)
        entries = [
            Entry(name=name, title=one_line(chapter.title), seconds=(chapter.frames - writer.lead) / encoding.rate)
            for chapter, name in zip(heard, names, strict=True)
        ]
        write_playlist(folder / playlist, one_line(album.title), entries)
        _move_in(folder, target, [*names, playlist])
    files = tuple(target / name for name in (*names, playlist))
    return Delivered(files=files, marks=marks_of(heard, writer.lead), rate=encoding.rate, lead=writer.lead)


def marks_of(chapters: Sequence[EncodedChapter], lead: int) -> tuple[Mark, ...]:
    """The chapters' marks in the joined sound, from 0 to its end.

    Every segment begins with the format's lead (a decoder's delay), and players skip the first one: so a chapter is
    heard from exactly as many samples as its predecessors have, and the last one ends a lead earlier.
    """
    ends = list(accumulate(chapter.frames for chapter in chapters))
    starts = [0, *ends[:-1]]
    ends[-1] -= lead
    marks = tuple(
        Mark(title=chapter.title, start=start, end=end)
        for chapter, start, end in zip(chapters, starts, ends, strict=True)
    )
    check_marks(marks, ends[-1])
    return marks


def _heard(chapters: Iterable[EncodedChapter]) -> list[EncodedChapter]:
    heard = [chapter for chapter in chapters if chapter.encoded_segments]
    if not heard:
        raise ValueError("there is no sound to deliver")
    return heard


def _move_in(folder: Path, target: Path, names: Sequence[str]) -> None:
    """Move finished files into their folder, the playlist last; what an earlier edition left is cleared away first.

    First, because where upper and lower case are one, an old name may be a new file's.
    """
    target.mkdir(exist_ok=True)
    for name in files_of(target) - set(names):
        (target / name).unlink(missing_ok=True)
    for name in names:
        move_into_place(folder / name, target / name)
