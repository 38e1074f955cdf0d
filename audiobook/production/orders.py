"""How a file was ordered, kept beside the finished work: what looks at a file later knows what it was made of."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from audiobook.edition import Encoding, Mastering, Order, Tags
from audiobook.errors import DeliveryError, UsageError
from audiobook.measuring.streaming import header
from audiobook.production.tagging import target_of
from audiobook.reading.formats import FORMATS
from audiobook.shelf import Shelf, key_of

_PATHS = ("book", "output", "voices")
_KEPT = (*_PATHS, "engine", "chapters", "per_chapter", "allow_gaps", "encoding", "mastering", "tags")
_BITRATE = Encoding().bitrate
_WANTED = ("book", "voices", "engine", "chapters")
_NUMBERED = re.compile(r"\d{2,} - ")  # a chapter's file
_BOOKS = (".script.txt", ".script.json", *(suffix for form in FORMATS for suffix in form.suffixes if suffix))


def note_order(order: Order, files: Sequence[Path], shelf: Shelf) -> None:
    """Remember how these files were ordered."""
    absolute = {name: getattr(order, name) and getattr(order, name).absolute() for name in _PATHS}
    whole = replace(order, **absolute | {"output": target_of(order).absolute()})
    told = json.dumps({name: asdict(whole)[name] for name in _KEPT}, default=str).encode()
    for file in files:
        with suppress(DeliveryError):  # the files stand where they are wanted; the note is a convenience
            shelf.save("editions", _key(file), told, {})


def noted_order(file: Path, shelf: Shelf) -> Order | None:
    """The order that a file came from, where a build of this machine made it and its book is still there."""
    found = shelf.load("editions", _key(file))
    if found is None:
        return None
    told: dict[str, Any] = json.loads(found[1])
    paths = {name: None if told[name] is None else Path(told[name]) for name in _PATHS}
    cover = told["tags"].pop("cover")
    order = Order(
        **told
        | paths
        | {
            "encoding": Encoding(**told["encoding"]),
            "mastering": Mastering(**told["mastering"]),
            "tags": Tags(**told["tags"], cover=None if cover is None else Path(cover)),
        },
        cache=shelf.root,
    )
    return order if order.book.is_file() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person says about how a file was built; None: as it was noted, or as a build would have it."""

    book: Path | None = None
    voices: Path | None = None
    engine: str | None = None
    chapters: str | None = None


def order_for(file: Path, wanted: Wanted | None = None, cache: Path | None = None) -> Order:
    """How a file was ordered: as this machine's build noted it, else from the book beside it; with what is `wanted`.

    Raises UsageError where nothing says which book it was built from.
    """
    wanted = wanted or Wanted()
    said = {name: value for name in _WANTED if (value := getattr(wanted, name)) is not None}
    noted = noted_order(file, Shelf(cache))
    if noted is not None and (wanted.book is None or wanted.book.resolve() == noted.book.resolve()):
        return replace(noted, **said)
    facts = header(file)
    whole = not _NUMBERED.match(file.name)
    return Order(
        **{"book": wanted.book or book_beside(file)} | said,
        output=file if whole else file.parent,
        per_chapter=not whole,
        encoding=Encoding(rate=facts.rate, channels=facts.channels or 1, bitrate=facts.bitrate or _BITRATE),
        cache=cache,
    )


def book_beside(file: Path) -> Path:
    """The book with a file's name, or its folder's, that lies beside it. Raises UsageError where there is none."""
    for named in (file.with_suffix(""), file.parent):
        for suffix in _BOOKS:
            book = named.with_name(named.name + suffix) if named.name else named
            if book.is_file():
                return book
    raise UsageError("nothing says which book this was built from", where=str(file), hint="name it with --book BOOK")


def _key(file: Path) -> str:
    return key_of("the order of", str(file.resolve()))
