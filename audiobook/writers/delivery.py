"""Printed chapters → the files a listener gets: one MP3 with every chapter, or one a chapter and a playlist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from audiobook.model.clip import EncodedSegment, Mark, check_marks
from audiobook.model.request import Encoding
from audiobook.runtime.files import flush_in_background, move_into_place
from audiobook.writers.album import Album, Piece, book_tag, chapter_tag, stretches_of
from audiobook.writers.covers import fitted
from audiobook.writers.file_names import numbered_name, safe_name
from audiobook.writers.mp3.frames import LEAD, Layout, layout
from audiobook.writers.mp3.growing import Growing, Load
from audiobook.writers.mp3.id3 import Stretch, one_line
from audiobook.writers.mp3.joining import Stream, header_bytes
from audiobook.writers.output_files import check_file, check_folder, draft, draft_of_folder, worded
from audiobook.writers.playlist import Entry, files_of, write_playlist
from audiobook.writers.verify import Meant, read_back


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedChapter:
    """A chapter's prints, in order. A chapter without any is left out of what is delivered."""

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

    files: tuple[Path, ...]  # the MP3s in order, a playlist last
    marks: tuple[Mark, ...]  # the chapters one behind the other
    rate: int  # Hz, of the marks' frames


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """One MP3 file to be written."""

    tag: bytes
    encoded_segments: tuple[EncodedSegment, ...]
    tags: dict[str, str]  # to be found again by the independent reader
    stretches: Sequence[Stretch] = ()

    @property
    def frames(self) -> int:
        """Decoded frames of all its encoded segments."""
        return sum(part.frames for part in self.encoded_segments)


def growing_book(titles: Sequence[str], album: Album, encoding: Encoding, target: Path, load: Load) -> Growing:
    """The MP3 of `deliver_book`, written while its segments are encoded; `titles` are the chapters' in order."""

    def tag_size() -> int:
        marks = [Mark(title=title, start=number, end=number + 1) for number, title in enumerate(titles)]
        return len(book_tag(replace(album, cover=fitted(album.cover)), marks, encoding.rate))

    return Growing(target, layout(encoding), load, tag_size)


def deliver_book(
    chapters: Iterable[EncodedChapter],
    album: Album,
    encoding: Encoding,
    target: Path,
    load: Load,
    *,
    growing: Growing | None = None,
) -> Delivered:
    """Write one MP3 with all chapters to `target`, check it with an independent reader, and move it into place.

    `load` gives an encoded segment's MP3 frames; one print is in memory at a time. What has grown of the file already
    is not written again. Raises DeliveryError and what `load` raises; then whatever stood at `target` still stands
    there.
    """
    check_file(target)
    heard, album = _heard(chapters), replace(album, cover=fitted(album.cover))
    form = layout(encoding)
    marks = marks_of(heard)
    content = _Content(
        tag=book_tag(album, marks, encoding.rate),
        encoded_segments=tuple(part for chapter in heard for part in chapter.encoded_segments),
        tags=_expected(album, album.title),
        stretches=stretches_of(marks, encoding.rate),
    )
    grown = growing.finished(content.tag, content.encoded_segments) if growing else None
    if grown is not None:
        with worded(target):
            _check(grown, content, form)
            move_into_place(grown, target)
    else:
        with draft(target) as path:
            _write(path, content, form, load)
            _check(path, content, form)
            move_into_place(path, target)
    return Delivered(files=(target,), marks=marks, rate=encoding.rate)


def deliver_chapters(
    chapters: Iterable[EncodedChapter], album: Album, encoding: Encoding, target: Path, load: Load
) -> Delivered:
    """Write one numbered MP3 a chapter, and a playlist, into the folder `target`; checked as `deliver_book` does.

    Nothing is moved into the folder before all files are whole. Files of an earlier edition there, known from its
    playlist, are removed where this one has no such file. Raises DeliveryError and what `load` raises.
    """
    check_folder(target)
    heard, album = _heard(chapters), replace(album, cover=fitted(album.cover))
    form = layout(encoding)
    last = max(chapter.number for chapter in heard)
    names = [numbered_name(chapter.number, chapter.title, last) for chapter in heard]
    playlist = f"{safe_name(album.title)}.m3u8"
    with draft_of_folder(target) as folder:
        folder.mkdir()
        for chapter, name in zip(heard, names, strict=True):
            piece = Piece(title=chapter.title, number=chapter.number, total=last)
            content = _Content(
                tag=chapter_tag(album, piece),
                encoded_segments=chapter.encoded_segments,
                tags=_expected(album, chapter.title),
            )
            _write(folder / name, content, form, load)
            _check(folder / name, content, form)
        entries = [
            Entry(name=name, title=one_line(chapter.title), seconds=(chapter.frames - LEAD) / encoding.rate)
            for chapter, name in zip(heard, names, strict=True)
        ]
        write_playlist(folder / playlist, one_line(album.title), entries)
        _move_in(folder, target, [*names, playlist])
    files = tuple(target / name for name in (*names, playlist))
    return Delivered(files=files, marks=marks_of(heard), rate=encoding.rate)


def marks_of(chapters: Sequence[EncodedChapter]) -> tuple[Mark, ...]:
    """The chapters' marks in the joined sound, from 0 to its end.

    Every print begins with the same lead, a decoder's delay, and players leave out the first one: so a chapter is
    heard from exactly as many frames as its predecessors have, and the last one ends a lead earlier.
    """
    ends = list(accumulate(chapter.frames for chapter in chapters))
    starts = [0, *ends[:-1]]
    ends[-1] -= LEAD
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


def _expected(album: Album, title: str) -> dict[str, str]:
    return {
        "title": title,
        "album": album.title,
        "artist": ", ".join(album.authors),
        "composer": ", ".join(album.narrators),
    }


def _write(path: Path, content: _Content, form: Layout, load: Load) -> None:
    """Write one MP3."""
    with path.open("xb") as file:
        file.write(content.tag)
        stream = Stream(file, form)
        for part in content.encoded_segments:
            stream.add(load(part), part.crc)
        stream.finish(content.frames // form.samples)


def _check(path: Path, content: _Content, form: Layout) -> None:
    """Read one MP3 back; meanwhile it is brought onto its disk, which takes as long."""
    rate = form.encoding.rate
    meant = Meant(
        seconds=(content.frames - LEAD) / rate,
        frames_seconds=content.frames / rate,
        frames_at=len(content.tag) + header_bytes(form),
        tags=content.tags,
        stretches=content.stretches,
    )
    with flush_in_background(path):
        read_back(path, meant)


def _move_in(folder: Path, target: Path, names: Sequence[str]) -> None:
    """Move finished files into their folder, the playlist last; what an earlier edition left is cleared away first.

    First, because where upper and lower case are one, an old name may be a new file's.
    """
    target.mkdir(exist_ok=True)
    for name in files_of(target) - set(names):
        (target / name).unlink(missing_ok=True)
    for name in names:
        move_into_place(folder / name, target / name)
