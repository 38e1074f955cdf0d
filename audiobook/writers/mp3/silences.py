"""Skip long silences when encoding, and insert silent frames afterwards.

A thirteenth of the sound of a novel is digital silence, and LAME needs nearly as much time for it as for speech. So the
encoder gets only the part of each silence that separates the speech on both sides. Its silent frame is then repeated.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audiobook.model.cue import SAMPLE_BYTES
from audiobook.writers.mp3.frames import LEAD, Layout, is_silent

_BEYOND = 1_056  # samples beyond its own that influence a frame: the overlaps of both filter banks, 576 and 480
_EDGE = 1_024  # shorter runs of zeros at the ends of a chunk are not skipped; bytes
_STEP = 1_024  # bytes between two samples that are tested in the search for silences
_MARKS = bytes(3)  # this many tested bytes in a row must be zero
_ZEROS = (bytes(4_096), bytes(512), bytes(64))  # compared with the data in blocks, which is faster than counting zeros


@dataclass(frozen=True, slots=True)
class ShortenedSilence:
    """A place where a silence was shortened: before `frame`, `missing` silent frames are left out."""

    frame: int
    missing: int


@dataclass(slots=True)
class SilenceSkipper:
    """Shortens the silences of one sound for the encoder, and restores them in the encoded frames."""

    form: Layout
    samples: int = 0  # samples of the whole sound
    quiet: int = 0  # samples of silence at its end
    cuts: list[ShortenedSilence] = field(default_factory=list)
    _given: int = 0  # samples passed to the encoder
    _ending: int = 0  # zeros at the end of those
    _held: int = 0  # following zeros not passed to it yet

    _fewest: int = field(init=False)  # frames that cover the bit reservoir of the frame after them
    _least: int = field(init=False)  # bytes of the shortest silence from which so many frames can be skipped

    def __post_init__(self) -> None:
        self._fewest = -(-self.form.reach // (self.form.size - self.form.overhead))
        self._least = ((1 + self._fewest) * self.form.samples + _BEYOND) * SAMPLE_BYTES

    @property
    def missing(self) -> int:
        """The number of MP3 frames skipped so far."""
        return sum(cut.missing for cut in self.cuts)

    def skip_silences(self, pcm: Iterable[bytes]) -> Iterator[bytes]:
        """Shorten silences by whole MP3 frames. The result does not depend on how the samples are split into chunks."""
        for chunk in pcm:
            self.samples += len(chunk) // SAMPLE_BYTES
            done = 0
            for start, end in _find_silences(chunk, self._least):
                yield from self._keep_sound(chunk[done:start])
                self._held += (end - start) // SAMPLE_BYTES
                done = end
            yield from self._keep_sound(chunk[done:])
        self.quiet = self._ending + self._held
        yield from self._shorten_silence(0)
        if not self.samples:
            yield bytes(SAMPLE_BYTES)  # encoders give no frame for empty input, and every segment needs one

    def restore_silences(self, data: bytes, boundaries: Sequence[int]) -> bytes:
        """Insert the skipped frames between these boundaries. Raises ValueError if a frame at a cut is not silent.

        A decoder combines adjacent frames only, so further frames between two silent ones change nothing. The next
        frame may have up to `form.reach` bytes of its data in earlier frames (bit reservoir). Inserted frames have no
        data of their own, so they end with the same bytes as the frames before them.
        """
        pieces: list[bytes | memoryview] = []
        view, done, last = memoryview(data), 0, b""
        for cut in self.cuts:
            start, end = boundaries[cut.frame : cut.frame + 2]
            if not is_silent(data, start, self.form):
                raise ValueError("a silent frame contains sound")
            last = (last + self._frame_data(data, boundaries[done : cut.frame + 1]))[-self.form.reach :]
            pieces += [view[boundaries[done] : start], *self._repeat_frame(data[start:end], cut.missing, last)]
            done = cut.frame
        return b"".join((*pieces, view[boundaries[done] : boundaries[-1]]))

    def _frame_data(self, data: bytes, boundaries: Sequence[int]) -> bytes:
        """The bytes of the last of these frames between side information and next frame."""
        held = pairwise(boundaries[-1 - self._fewest :])
        return b"".join(data[start + self.form.overhead : end] for start, end in held)

    def _repeat_frame(self, frame: bytes, count: int, last: bytes) -> Iterator[bytes]:
        """`count` copies of a silent frame, with the bytes `last` at their end."""
        front, room = frame[: self.form.overhead], len(frame) - self.form.overhead
        held = last.rjust(count * room, b"\0")
        return (front + held[at : at + room] for at in range(0, len(held), room))

    def _keep_sound(self, piece: bytes) -> Iterator[bytes]:
        if not piece:
            return
        first = _end_of_zeros(piece, 0)
        if first == len(piece):
            self._held += first // SAMPLE_BYTES
            return
        yield from self._shorten_silence(first // SAMPLE_BYTES)
        yield piece
        self._given += len(piece) // SAMPLE_BYTES
        self._ending = (len(piece) - _start_of_zeros(piece, len(piece))) // SAMPLE_BYTES

    def _shorten_silence(self, first: int) -> Iterator[bytes]:
        """The samples of the current silence for the encoder. The next sound begins with `first` more zeros."""
        start, size = self._given - self._ending, self._ending + self._held + first
        frame = -(-(start + LEAD) // self.form.samples)  # the first that depends on zeros only
        needed = (frame + 1) * self.form.samples + _BEYOND - LEAD - start
        missing = (size - needed) // self.form.samples
        if missing < self._fewest:
            missing = 0
        else:
            self.cuts.append(ShortenedSilence(frame, missing))
        if zeros := self._held - missing * self.form.samples:
            yield bytes(zeros * SAMPLE_BYTES)
        self._given += zeros
        self._ending += zeros
        self._held = 0


def _find_silences(chunk: bytes, least: int) -> Iterator[tuple[int, int]]:
    """The (start, end) of runs of zeros, in bytes: of `least` or more, or of more than 1,024 at the ends of the chunk.

    Most of a chunk is sound, which is searched in steps of 23 ms.
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
    """The end of the run of zero samples that begins at `at`."""
    for zeros in _ZEROS:
        while chunk.startswith(zeros, at):
            at += len(zeros)
    window = chunk[at : at + len(zeros)]
    end = at + len(window) - len(window.lstrip(b"\0"))
    return end - end % SAMPLE_BYTES


def _start_of_zeros(chunk: bytes, at: int) -> int:
    """The start of the run of zero samples that ends at `at`."""
    for zeros in _ZEROS:
        while chunk.endswith(zeros, 0, at):
            at -= len(zeros)
    window = chunk[max(0, at - len(zeros)) : at]
    start = at - len(window) + len(window.rstrip(b"\0"))
    return start + start % SAMPLE_BYTES
