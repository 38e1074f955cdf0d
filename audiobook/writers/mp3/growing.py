"""An MP3 that is written while its segments are still being encoded, so that little is left to do at the end."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, Self

from audiobook.errors import AudiobookError
from audiobook.model.clip import EncodedSegment
from audiobook.runtime import files
from audiobook.writers.mp3.frames import Layout
from audiobook.writers.mp3.joining import Stream

Load = Callable[[EncodedSegment], bytes]

_AT_ONCE = 8 << 20  # bytes after which the system is told to write them out: at the end it would take all at once


class Growing:
    """A draft beside its target that takes in prints, in their order; use it in a `with`, which clears it away.

    It can only help: where anything is in its way it gives up without a word, and the file is written when all its
    encoded segments are there.
    """

    def __init__(self, target: Path, form: Layout, load: Load, tag_size: Callable[[], int]) -> None:
        """`tag_size` is asked for the length of the tag, in bytes, when there is something to write."""
        self._target = target
        self._form = form
        self._load = load
        self._ask_tag_size = tag_size
        self._is_given_up = False
        self._draft: _Draft | None = None
        self._taken: list[EncodedSegment] = []
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        files.clear_drafts(self._target)  # a build that was killed had its file half grown
        return self

    def __exit__(self, *_error: object) -> None:
        self._give_up()

    def take(self, encoded: EncodedSegment) -> None:
        """Add the next print."""
        if self._is_given_up:
            return
        try:
            if self._draft is None:
                path = self._closing.enter_context(files.draft(self._target))
                file = self._closing.enter_context(path.open("xb"))
                self._draft = _Draft(path, file, self._ask_tag_size(), self._form)
            self._draft.add(self._load(encoded), encoded.crc)
            self._taken.append(encoded)
        except (OSError, ValueError, AudiobookError):
            self._give_up()

    def finished(self, tag: bytes, encoded_segments: Sequence[EncodedSegment]) -> Path | None:
        """The file with this tag and these prints; None where it was given up, or another was begun."""
        begun = self._draft
        if begun is None or begun.tag_size != len(tag) or self._taken != list(encoded_segments[: len(self._taken)]):
            self._give_up()
            return None
        for encoded in encoded_segments[len(self._taken) :]:
            self.take(encoded)
        try:
            begun.finish(tag, sum(encoded.frames for encoded in encoded_segments) // self._form.samples)
        except (OSError, ValueError):  # closed, where it was given up just now
            self._give_up()
        if not begun.path.exists():  # somebody took the folder away, which an open file does not notice
            self._give_up()
        return None if self._is_given_up else begun.path

    def _give_up(self) -> None:
        self._is_given_up = True
        self._draft = None
        with suppress(OSError):
            self._closing.close()


class _Draft:
    """The file as it is written."""

    def __init__(self, path: Path, file: BinaryIO, tag_size: int, form: Layout) -> None:
        self.path = path
        self.tag_size = tag_size
        self._file = file
        file.write(bytes(tag_size))
        self._stream = Stream(file, form)
        self._told = 0  # bytes that the system was told of

    def add(self, part: bytes, crc: int) -> None:
        self._stream.add(part, crc)
        if self._stream.size - self._told > _AT_ONCE:
            self._told = self._stream.size
            files.drop_page_cache(self._file)

    def finish(self, tag: bytes, frames: int) -> None:
        self._stream.finish(frames)
        self._file.seek(0)
        self._file.write(tag)
        self._file.close()
