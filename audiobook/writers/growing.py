"""Write a file while its segments are still being encoded, so that little is left to do at the end."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, Self

from audiobook.errors import AudiobookError
from audiobook.model.clip import EncodedSegment
from audiobook.runtime import files
from audiobook.writers.album import FileTags
from audiobook.writers.contract import JoinedFile, Load

Begin = Callable[[BinaryIO], JoinedFile]  # begins a file

_FLUSH_BYTES = 8 << 20  # written to disk in portions of this size, because one flush at the end would take long


class GrowingFile:
    """A draft beside its target to which encoded segments are appended. Use it in a `with` block, which removes it.

    It only saves time: on any error it gives up silently, and `deliver_book` writes the file from the cache.
    """

    def __init__(self, target: Path, load: Load, begin: Begin) -> None:
        """`begin` is called with the first segment."""
        self._target = target
        self._load = load
        self._begin = begin
        self._is_given_up = False
        self._draft: _Draft | None = None
        self._taken: list[EncodedSegment] = []
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        files.clear_drafts(self._target)  # a killed build leaves its draft
        return self

    def __exit__(self, *_error: object) -> None:
        self._give_up()

    def take(self, encoded: EncodedSegment) -> None:
        """Add the next segment."""
        if self._is_given_up:
            return
        try:
            if self._draft is None:
                path = self._closing.enter_context(files.draft(self._target))
                file = self._closing.enter_context(path.open("x+b"))
                self._draft = _Draft(path, file, self._begin(file))
            self._draft.add(self._load(encoded), encoded)
            self._taken.append(encoded)
        except (OSError, ValueError, AudiobookError):
            self._give_up()

    def finish(self, tags: FileTags, encoded_segments: Sequence[EncodedSegment]) -> Path | None:
        """Complete the file. None if it gave up, was given other segments, or the tags do not fit."""
        begun = self._draft
        if begun is None or self._taken != list(encoded_segments[: len(self._taken)]):
            self._give_up()
            return None
        for encoded in encoded_segments[len(self._taken) :]:
            self.take(encoded)
        try:
            begun.finish(tags)
        except (OSError, ValueError):  # also a closed file, if it gave up just now
            self._give_up()
        if not begun.path.exists():  # the folder was removed; writing to an open file still succeeds then
            self._give_up()
        return None if self._is_given_up else begun.path

    def _give_up(self) -> None:
        self._is_given_up = True
        self._draft = None
        with suppress(OSError):
            self._closing.close()


class _Draft:
    """The unfinished file."""

    def __init__(self, path: Path, file: BinaryIO, joined: JoinedFile) -> None:
        self.path = path
        self._file = file
        self._joined = joined
        self._unflushed = 0  # bytes

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        self._joined.add(data, segment)
        self._unflushed += len(data)
        if self._unflushed > _FLUSH_BYTES:
            self._unflushed = 0
            files.drop_page_cache(self._file)

    def finish(self, tags: FileTags) -> None:
        self._joined.finish(tags)
        self._file.close()
