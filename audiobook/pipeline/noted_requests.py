"""How a file was ordered, kept beside the finished work: what looks at a file later knows what it was made of."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from audiobook.errors import DeliveryError, UsageError, command_line
from audiobook.model.codec import Codec
from audiobook.model.request import BuildRequest, Encoding
from audiobook.pipeline.tags import target_of
from audiobook.quality.sound_stream import header
from audiobook.readers.formats import list_suffixes
from audiobook.runtime.cache import Cache, key_of

# How a file is made is noted; what concerns one run only is not.
_ORDERS = Codec(BuildRequest, "audiobook-order", 1, omit=frozenset({"ledger", "timeline", "listen", "jobs", "cache"}))
_BITRATE = Encoding().bitrate
_WANTED = ("book", "voices", "engine", "chapters")
_NUMBERED = re.compile(r"\d{2,} - ")  # a chapter's file
_SCRIPTS = (".script.txt", ".script.json")


def note_request(request: BuildRequest, files: Sequence[Path], cache: Cache) -> None:
    """Remember how these files were ordered."""
    noted = _ORDERS.dumps(_absolute(replace(request, output=target_of(request))))
    for file in files:
        with suppress(DeliveryError):  # the files stand where they are wanted; the note is a convenience
            cache.save("results", _key(file), noted, {})


def noted_request(file: Path, cache: Cache) -> BuildRequest | None:
    """The order that a file came from, where a build of this machine made it and its book is still there.

    A note that another version wrote, or that is damaged, counts as none.
    """
    found = cache.load("results", _key(file))
    request = None if found is None else _ORDERS.loads_or_none(found[1])
    return replace(request, cache=cache.root) if request is not None and _is_there(request.book) else None


def _absolute(request: BuildRequest) -> BuildRequest:
    """The order with every path absolute, so that it means the same in another folder."""
    tags = request.tags if request.tags.cover is None else replace(request.tags, cover=request.tags.cover.absolute())
    values = {field.name: getattr(request, field.name) for field in fields(request)}
    paths: dict[str, Any] = {name: value.absolute() for name, value in values.items() if isinstance(value, Path)}
    return replace(request, **paths, tags=tags)


def _is_there(book: Path) -> bool:
    try:
        return book.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person says about how a file was built; None: as it was noted, or as a build would have it."""

    book: Path | None = None
    voices: Path | None = None
    engine: str | None = None
    chapters: str | None = None


def request_for(file: Path, wanted: Wanted | None = None, cache: Path | None = None) -> BuildRequest:
    """How a file was ordered: as this machine's build noted it, else from the book beside it; with what is `wanted`.

    Raises UsageError where nothing says which book it was built from.
    """
    wanted = wanted or Wanted()
    said = {name: value for name in _WANTED if (value := getattr(wanted, name)) is not None}
    noted = noted_request(file, Cache(cache))
    if noted is not None and (wanted.book is None or wanted.book.resolve() == noted.book.resolve()):
        return replace(noted, **said)
    facts = header(file)
    whole = not _NUMBERED.match(file.name)
    return BuildRequest(
        **{"book": wanted.book or book_beside(file)} | said,
        output=file if whole else file.parent,
        per_chapter=not whole,
        encoding=Encoding(rate=facts.rate, channels=facts.channels or 1, bitrate=facts.bitrate or _BITRATE),
        cache=cache,
    )


def book_beside(file: Path) -> Path:
    """The book with a file's name, or its folder's, that lies beside it. Raises UsageError where there is none."""
    for named in (file.with_suffix(""), file.parent):
        for suffix in (*_SCRIPTS, *list_suffixes()):
            book = named.with_name(named.name + suffix) if named.name else named
            if book.is_file():
                return book
    raise UsageError(
        "nothing says which book this was built from",
        where=str(file),
        hint=f"name the book: {command_line('audiobook', 'check', '--transcribe', file, '--book', 'FILE')}",
    )


def _key(file: Path) -> str:
    return key_of("the order of", str(file.resolve()))
