"""Choose the path of the output, its format and its tags."""

import stat
from dataclasses import replace
from pathlib import Path

from audiobook.errors import BookError, DeliveryError, UsageError
from audiobook.model.book import Cover
from audiobook.model.cast import Cast
from audiobook.model.request import BuildRequest, Encoding, Preset
from audiobook.model.script import Script
from audiobook.pipeline.scripts import find_cover
from audiobook.runtime import files
from audiobook.runtime.cache import Cache
from audiobook.writers.album import GENRE, Album
from audiobook.writers.formats import AUDIOBOOKS, WRITERS, named_file, writer_for

COMMENT = "Made with audiobook (fullcast)"
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_LARGEST_COVER = 16_000_000  # bytes


def output_path(request: BuildRequest) -> Path:
    """The path of the output: the requested one, else the name of the book in its folder.

    The suffix of a file chooses its format; a file without a suffix gets the default one. Raises UsageError if that
    format cannot be written or the target is the book itself, BookError if the book has no name, DeliveryError if the
    path cannot be resolved.
    """
    if not request.book.name:
        raise BookError("this is a folder, not a book", where=str(request.book), hint="name the book's file inside it")
    stem = request.book.stem.removesuffix(".script")
    folder = (
        f"{stem} audiobook" if request.reading.parts or files.is_folder(request.book) else stem
    )  # the drafts are in a folder `stem`
    default = request.book.with_name(folder if request.per_chapter else f"{stem}.{request.encoding.format}")
    target = request.output or default
    _check_is_not(request.book, target)
    if request.per_chapter:
        return target
    named = named_file(target, AUDIOBOOKS, request.encoding.format)
    _check_is_not(request.book, named)
    return named


def _check_is_not(book: Path, target: Path) -> None:
    """Raises UsageError if the target is the book; BookError or DeliveryError for circular links."""
    circle = "there are links here that lead in a circle"
    try:
        source = book.resolve()
    except (OSError, RuntimeError) as error:
        raise BookError(circle, where=str(book), hint="name the book's file itself") from error
    try:
        overwrites = target.resolve() == source
    except (OSError, RuntimeError) as error:
        raise DeliveryError(circle, where=str(target), hint="choose another place with --output") from error
    if overwrites:
        raise UsageError("the audiobook would overwrite the book", where=str(target), hint="name another --output")


def format_asked_for(
    output: Path | None, name: str | None, *, preset: str | None, bitrate: int | None, per_chapter: bool
) -> str | None:
    """The format that the options of a build name; None if they name none. Raises UsageError if they disagree."""
    suffix = None if output is None or per_chapter else output.suffix.lower().removeprefix(".")
    by_suffix = suffix if suffix in WRITERS else None
    chosen = by_suffix if name is None else name.lower()
    if chosen is not None:
        writer_for(chosen)  # raises if the format is unknown
    if by_suffix is not None and by_suffix != chosen:
        raise UsageError(f"--format {name} and the suffix of --output disagree", where=str(output), hint="name one")
    if chosen is not None and writer_for(chosen).is_lossless and bitrate is not None:
        raise UsageError(f"{chosen} has no bit rate", hint="leave --bitrate out, or choose a format such as mp3")
    if chosen not in {None, "mp3"} and preset is not None:
        raise UsageError(f"the preset {preset} makes mp3 files, not {chosen}", hint="leave --preset or the format out")
    return chosen


def default_bitrate(name: str | None, preset: Preset) -> int:
    """The bit rate in kbit/s where the user names none: that of a preset of this format, else that of the format."""
    if name is None or name == preset.encoding.format:
        return preset.encoding.bitrate
    return writer_for(name).default_bitrate


def choose_format(request: BuildRequest) -> BuildRequest:
    """The request with the format that the suffix of its output names. Raises UsageError, as `output_path`.

    For a file per chapter, the format of the request is used. A format without the usual sample rate gets its own
    default rate.
    """
    encoding = request.encoding
    name = encoding.format if request.per_chapter else output_path(request).suffix.lower().removeprefix(".")
    if name not in WRITERS:
        return request
    sample_rate = (
        writer_for(name).default_sample_rate if encoding.sample_rate == Encoding().sample_rate else encoding.sample_rate
    )
    return replace(request, encoding=replace(encoding, format=name, sample_rate=sample_rate))


def make_album(request: BuildRequest, script: Script, cast: Cast, cache: Cache) -> Album:
    """The tags: those of the request, else those of the book and the cast."""
    tags = request.tags
    authors = script.facts.authors if tags.author is None else (tags.author,)
    narrators = (cast.narrator.name,) if tags.narrator is None else (tags.narrator,)
    return Album(
        title=script.facts.title if tags.title is None else tags.title,
        authors=authors,
        narrators=narrators,
        genre=GENRE if tags.genre is None else tags.genre,
        language=tags.language or script.facts.language,
        comment=COMMENT if tags.comment is None else tags.comment,
        year=tags.year or "",
        cover=cover_given(request) or find_cover(request.book, script, cache, request.reading),
    )


def cover_given(request: BuildRequest) -> Cover | None:
    """The cover file that the request names. Raises UsageError if it is not a picture."""
    path = request.tags.cover
    if path is None:
        return None
    try:
        about = path.stat()
        is_picture = stat.S_ISREG(about.st_mode) and about.st_size <= _LARGEST_COVER  # pipes and devices may never end
        data = path.read_bytes() if is_picture or path.is_dir() else b""
    except OSError as error:
        raise UsageError(
            f"cannot be read: {error.strerror}", where=str(path), hint="--cover takes a picture"
        ) from error
    media_type = next((kind for magic, kind in _PICTURES.items() if data.startswith(magic)), None)
    if media_type is None:
        raise UsageError("is no JPEG or PNG of up to 16 MB", where=str(path), hint="--cover takes such a picture")
    return Cover(data=data, media_type=media_type)
