"""Long silences kept from the encoder, and put back as frames: it would make the same silent frame again and again.

A thirteenth of a novel's sound is such silence, and LAME spends nearly as much on it as on speech. Of each silence it
is given what separates the speech before from that behind; the silent frame it makes of that stands for the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audiobook.model.cue import SAMPLE_BYTES
from audiobook.writers.mp3.frames import LEAD, Layout, is_silent

_BEYOND = 1_056  # samples that a frame is made of besides its own: the overlaps of both filter banks, 576 and 480
_EDGE = 1_024  # bytes of zeros at a chunk's ends that stay where they are
_STEP = 1_024  # bytes from one that is looked at to the next, when a silence is searched for
_MARKS = bytes(3)  # of those, in a row
_ZEROS = (bytes(4_096), bytes(512), bytes(64))  # compared as many at once, which is faster than to count them


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a silence was shortened: before that MP3 frame as many silent ones are missing."""

    frame: int
    missing: int


@dataclass(slots=True)
class Abridging:
    """One sound on its way to the encoder."""

    form: Layout
    frames: int = 0  # samples in all
    quiet: int = 0  # of them, those of the silence at the end
    cuts: list[Cut] = field(default_factory=list)
    _given: int = 0  # samples that the encoder has
    _ending: int = 0  # of them, zeros at the end
    _held: int = 0  # zeros behind them that it does not have yet

    _fewest: int = field(init=False)  # frames that hold as much as a frame behind them may refer back to
    _least: int = field(init=False)  # bytes of the shortest silence that may lack so many

    def __post_init__(self) -> None:
        self._fewest = -(-self.form.reach // (self.form.size - self.form.overhead))
        self._least = ((1 + self._fewest) * self.form.samples + _BEYOND) * SAMPLE_BYTES

    @property
    def missing(self) -> int:
        """MP3 frames that were kept from the encoder."""
        return sum(cut.missing for cut in self.cuts)

    def abridged(self, pcm: Iterable[bytes]) -> Iterator[bytes]:
        """The sound with its silences shortened by whole MP3 frames; the same samples however they are handed over."""
        for chunk in pcm:
            self.frames += len(chunk) // SAMPLE_BYTES
            done = 0
            for start, end in _silences(chunk, self._least):
                yield from self._heard(chunk[done:start])
                self._held += (end - start) // SAMPLE_BYTES
                done = end
            yield from self._heard(chunk[done:])
        self.quiet = self._ending + self._held
        yield from self._silence(0)
        if not self.frames:
            yield bytes(SAMPLE_BYTES)  # of nothing at all no encoder makes a frame, and every segment has one

    def restored(self, data: bytes, boundaries: Sequence[int]) -> bytes:
        """The MP3 frames between these boundaries, with those that are missing. Raises ValueError where none fit in.

        The decoder puts out nothing but the overlap of frames; between two silent ones it makes no difference how many
        more there are. A frame behind them may have some of its data in the frames before it, at most `form.reach`
        bytes back: the missing ones, which have none of their own, end with the same bytes as those they stand behind.
        """
        pieces: list[bytes | memoryview] = []
        view, done, last = memoryview(data), 0, b""
        for cut in self.cuts:
            start, end = boundaries[cut.frame : cut.frame + 2]
            if not is_silent(data, start, self.form):
                raise ValueError("silence has become sound")
            last = (last + self._held_by(data, boundaries[done : cut.frame + 1]))[-self.form.reach :]
            pieces += [view[boundaries[done] : start], *self._silent(data[start:end], cut.missing, last)]
            done = cut.frame
        return b"".join((*pieces, view[boundaries[done] : boundaries[-1]]))

    def _held_by(self, data: bytes, boundaries: Sequence[int]) -> bytes:
        """What the last of these frames hold between their side information and the next frame."""
        held = pairwise(boundaries[-1 - self._fewest :])
        return b"".join(data[start + self.form.overhead : end] for start, end in held)

    def _silent(self, frame: bytes, count: int, last: bytes) -> Iterator[bytes]:
        """So many frames like that silent one, which hold these bytes at their end."""
        front, room = frame[: self.form.overhead], len(frame) - self.form.overhead
        held = last.rjust(count * room, b"\0")
        return (front + held[at : at + room] for at in range(0, len(held), room))

    def _heard(self, piece: bytes) -> Iterator[bytes]:
        if not piece:
            return
        first = _end_of_zeros(piece, 0)
        if first == len(piece):
            self._held += first // SAMPLE_BYTES
            return
        yield from self._silence(first // SAMPLE_BYTES)
        yield piece
        self._given += len(piece) // SAMPLE_BYTES
        self._ending = (len(piece) - _start_of_zeros(piece, len(piece))) // SAMPLE_BYTES

    def _silence(self, first: int) -> Iterator[bytes]:
        """What the encoder is given of the silence at hand, of which `first` zeros more will come with the sound."""
        start, size = self._given - self._ending, self._ending + self._held + first
        frame = -(-(start + LEAD) // self.form.samples)  # the first that is made of nothing else
        needed = (frame + 1) * self.form.samples + _BEYOND - LEAD - start
        missing = (size - needed) // self.form.samples
        if missing < self._fewest:
            missing = 0
        else:
            self.cuts.append(Cut(frame, missing))
        if zeros := self._held - missing * self.form.samples:
            yield bytes(zeros * SAMPLE_BYTES)
        self._given += zeros
        self._ending += zeros
        self._held = 0


def _silences(chunk: bytes, least: int) -> Iterator[tuple[int, int]]:
    """Where the chunk is zero, in bytes (start, end): for so many or more, at its ends for more than 1,024.

    Most of a chunk is sound, and is skipped in steps of 23 ms.
    """
    size, end = len(chunk), _end_of_zeros(chunk, 0)
    if end > _EDGE:
        yield 0, end
    if end == size:
        return
    marks = chunk[::_STEP]
    at = marks.find(_MARKS, -(-end // _STEP))
    while at >= 0:
        start, end = _start_of_zeros(chunk, at * _STEP), _end_of_zeros(chunk, at * _STEP)
        if end - start >= least and end < size:
            yield start, end
        at = marks.find(_MARKS, max(at + 1, -(-end // _STEP)))
    start = _start_of_zeros(chunk, size)
    if size - start > _EDGE and start:
        yield start, size


def _end_of_zeros(chunk: bytes, at: int) -> int:
    """Where the zero samples that begin there end."""
    for zeros in _ZEROS:
        while chunk.startswith(zeros, at):
            at += len(zeros)
    window = chunk[at : at + len(zeros)]
    end = at + len(window) - len(window.lstrip(b"\0"))
    return end - end % SAMPLE_BYTES


def _start_of_zeros(chunk: bytes, at: int) -> int:
    """Where the zero samples that end there begin."""
    for zeros in _ZEROS:
        while chunk.endswith(zeros, 0, at):
            at -= len(zeros)
    window = chunk[max(0, at - len(zeros)) : at]
    start = at - len(window) + len(window.rstrip(b"\0"))
    return start + start % SAMPLE_BYTES
