"""The options that several commands share, and the request that those of a build make."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from audiobook.model.reading import ReadingOptions
    from audiobook.model.request import BuildRequest

Book = Annotated[
    Path,
    typer.Argument(
        metavar="BOOK",
        readable=False,  # the reader reports an unreadable file
        help="A book, or a script that `audiobook script` wrote (.script.txt, .json).",
    ),
]
Books = Annotated[
    list[Path],
    typer.Argument(
        metavar="BOOK...",
        readable=False,  # the reader reports an unreadable file
        help="A book, or a script that `audiobook script` wrote (.script.txt, .json). Several files, or a folder of "
        "drafts, are one book.",
    ),
]
Notes = Annotated[
    str,
    typer.Option(
        "--notes",
        metavar="MODE",
        help="Footnotes and endnotes: skip, end (read at the end of their chapter) or inline (read after the paragraph "
        "that refers to them).",
    ),
]
Chapters = Annotated[
    str | None, typer.Option("--chapters", metavar="LIST", help="Only these chapters, by number: 2-5,8 (default: all).")
]
VoicesFile = Annotated[
    Path | None,
    typer.Option(
        "--voices",
        metavar="FILE",
        help="The voices file (default: BOOK.voices.toml or voices.toml beside the book, else the built-in one).",
    ),
]
Engine = Annotated[
    str | None,
    typer.Option("--engine", metavar="NAME", help="Use this engine for every speaker; it overrides the voices file."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only results, warnings and errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print more about the progress.")]

# Of `build` and `plan`: what shapes the finished files.
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="NAME.mp3, or with --per-chapter a folder (default: BOOK.mp3 beside the book).",
    ),
]
PerChapter = Annotated[
    bool, typer.Option("--per-chapter", help="Write a folder with one numbered file per chapter and a playlist.")
]
PresetName = Annotated[
    str | None,
    typer.Option(
        "--preset",
        metavar="NAME",
        help="Meet a publisher's requirements. acx: one file per chapter, 192 kbit/s, loudness, room tone.",
    ),
]
SoundFormat = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", help="mp3, m4b, opus, flac or wav; otherwise the suffix of --output says which."
    ),
]
BitRate = Annotated[
    int | None, typer.Option("--bitrate", metavar="KBIT/S", help="Bit rate of the sound (default: 64; 32 for Opus).")
]
SampleRate = Annotated[int | None, typer.Option("--sample-rate", metavar="HZ", help="Sample rate (default: 22050).")]
Stereo = Annotated[bool, typer.Option("--stereo/--mono", help="Write two equal channels, for players that need them.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title in the tags.")]
Author = Annotated[str | None, typer.Option("--author", metavar="TEXT", help="The author in the tags.")]
NarratorName = Annotated[
    str | None,
    typer.Option("--narrator", metavar="TEXT", help="The narrator in the tags."),
]
Genre = Annotated[
    str | None, typer.Option("--genre", metavar="TEXT", help="The genre in the tags (default: Audiobook).")
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="LANGUAGE",
        help="The language of the book: en, pt-BR, Japanese (default: found from its text and its metadata).",
    ),
]
Year = Annotated[str | None, typer.Option("--year", metavar="YEAR", help="The year in the tags.")]
Comment = Annotated[str | None, typer.Option("--comment", metavar="TEXT", help="The comment in the tags.")]
CoverFile = Annotated[Path | None, typer.Option("--cover", metavar="FILE", help="A JPEG or PNG to use as the cover.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, metavar="N", help="Run N jobs in parallel (default: one per core)."),
]


def open_books(books: list[Path], language: str | None, notes: str) -> "tuple[Path, ReadingOptions]":
    """What the arguments name, and how it is read: a file, a folder, or several files as one book.

    A book in several files is named after the folder of the first. Raises UsageError for an unknown language or mode.
    """
    if len(books) > 1:
        folder = books[0].parent
        return folder / (folder.resolve().name or "book"), make_reading(language, notes, tuple(books))
    book = books[0]
    if book.name in ("", "..") and book.is_dir():
        book = book.resolve()
    return book, make_reading(language, notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundOptions:
    """The options about the sound of the finished files; None: as the preset has it."""

    preset: str | None
    format: str | None
    bitrate: int | None
    sample_rate: int | None
    stereo: bool


def make_request(request: "BuildRequest", sound: SoundOptions) -> "BuildRequest":
    """The request with the preset and the options of the sound applied. Raises UsageError where they disagree."""
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.model.request import Preset, find_preset  # noqa: PLC0415

    preset = Preset() if sound.preset is None else find_preset(sound.preset)
    chosen = services.format_asked_for(
        request.output, sound.format, preset=sound.preset, bitrate=sound.bitrate, per_chapter=request.per_chapter
    )
    encoding = replace(
        preset.encoding,
        format=chosen or preset.encoding.format,
        bitrate=sound.bitrate or services.default_bitrate(chosen, preset),
        sample_rate=sound.sample_rate or preset.encoding.sample_rate,
        channels=2 if sound.stereo else 1,
    )
    return replace(
        request,
        per_chapter=request.per_chapter or preset.per_chapter,
        encoding=encoding,
        mastering=preset.mastering,
    )


def make_reading(language: str | None, notes: str = "skip", parts: tuple[Path, ...] = ()) -> "ReadingOptions":
    """How the book is read. Raises UsageError where there is no such language or mode of notes."""
    from audiobook import services  # noqa: PLC0415  # slow to import

    return services.make_reading_options(language, notes, parts)
