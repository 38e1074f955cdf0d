"""The finished files: written, unless they already stand where they are wanted."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from audiobook import writers
from audiobook.errors import DeliveryError
from audiobook.model.clip import Mark, Print
from audiobook.model.codec import Codec
from audiobook.model.request import Order
from audiobook.model.script import Script
from audiobook.pipeline.segment_encoder import PressedReel
from audiobook.pipeline.tags import target_of
from audiobook.runtime.cache import Shelf, key_of

RECIPE = 1  # count up whenever the same reels and tags give other files


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


def growing(script: Script, album: writers.Album, order: Order, shelf: Shelf) -> writers.Growing | None:
    """The one file that was ordered, to be written while its reels are made; None where several were."""
    if order.per_chapter:
        return None
    titles = [chapter.title for chapter in script.chapters]
    return writers.growing_book(titles, album, order.encoding, target_of(order), _loader(shelf))


def delivered(
    reels: Sequence[PressedReel],
    album: writers.Album,
    order: Order,
    shelf: Shelf,
    grown: writers.Growing | None = None,
) -> writers.Delivered:
    """All reels as the files that were ordered; what has grown of them is not written again.

    Files that an earlier build wrote from the same reels and tags, and that nobody has touched since, are left alone.
    Raises DeliveryError.
    """
    key = _edition_key(reels, album, order)
    standing = _standing(key, order, shelf)
    if standing is not None:
        return standing
    made = _written(reels, album, order, shelf, grown)
    noted = _Noted(files=made.files, stamps=tuple(map(_stamp, made.files)), marks=made.marks)
    with suppress(DeliveryError):  # the files stand where they are wanted; without the note, they are joined again
        shelf.save("editions", key, _EDITIONS.dumps(noted), {})
    return made


def turn_key(order: Order) -> str:
    """The name of what two builds must not make at once: the files that were ordered."""
    return key_of(str(target_of(order).resolve()))


def _written(
    reels: Sequence[PressedReel],
    album: writers.Album,
    order: Order,
    shelf: Shelf,
    grown: writers.Growing | None,
) -> writers.Delivered:
    chapters = [
        writers.PrintedChapter(number=number, title=title, prints=tuple(reel.printed for reel in group))
        for (number, title), group in groupby(reels, key=lambda reel: (reel.chapter, reel.title))
    ]
    ordered = (chapters, album, order.encoding, target_of(order), _loader(shelf))
    if order.per_chapter:
        return writers.deliver_chapters(*ordered)
    return writers.deliver_book(*ordered, growing=grown)


def _loader(shelf: Shelf) -> Callable[[Print], bytes]:
    return lambda printed: shelf.require("prints", printed.key)[1]


def _edition_key(reels: Sequence[PressedReel], album: writers.Album, order: Order) -> str:
    """What the files are made of and where they go."""
    made_of = [(reel.chapter, reel.title, reel.printed.key) for reel in reels]
    cover = None if album.cover is None else hashlib.blake2b(album.cover.data).hexdigest()
    return key_of(RECIPE, target_of(order).absolute(), order.per_chapter, repr(album), cover, made_of)


def _standing(key: str, order: Order, shelf: Shelf) -> writers.Delivered | None:
    """The earlier build's files, where they are as it left them."""
    found = shelf.load("editions", key)
    noted = None if found is None else _EDITIONS.loads_or_none(found[1])
    if noted is None or None in noted.stamps or tuple(map(_stamp, noted.files)) != noted.stamps:
        return None
    return writers.Delivered(files=noted.files, marks=noted.marks, rate=order.encoding.rate)


def _stamp(file: Path) -> _Stamp | None:
    """What changes when somebody changes a file; None where it is gone."""
    try:
        status = file.stat()
    except (OSError, ValueError):  # also a name that no file can have
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
