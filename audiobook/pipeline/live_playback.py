"""Play the book while it is built, in order, as soon as its takes are ready."""

import tempfile
import threading
import wave
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from audiobook import mixing, synthesis, writers
from audiobook.errors import AudiobookError
from audiobook.model.clip import Clip, Segment
from audiobook.model.cue import SAMPLE_BYTES, Sound
from audiobook.model.progress import Progress
from audiobook.model.request import BuildRequest, Encoding
from audiobook.pipeline.segment_encoder import GAP, SegmentResult
from audiobook.runtime.cache import Cache
from audiobook.runtime.playback import Loudspeaker

_AT_ONCE = 60  # most seconds of sound that the player gets at once
_FINISHED = "the book is finished; press Ctrl-C to stop playing"
_LOOK = 0.2  # seconds between checks for Ctrl-C, because Windows does not interrupt a waiting thread


@contextmanager
def open_listener(request: BuildRequest, cache: Cache, progress: Progress) -> Iterator["Listener | None"]:
    """A listener if the request wants one. At the end of the block it plays the rest, until Ctrl-C.

    Raises MissingToolError if this machine cannot play sound.
    """
    if not request.listen:
        yield None
        return
    own = Listener(cache, request.encoding, Loudspeaker())
    own.start()
    try:
        yield own
        progress.note(_FINISHED)
        own.finish()
    finally:
        own.stop()
    if own.failure is not None:
        progress.note(f"playing stopped early: {own.failure}")


class Listener(threading.Thread):
    """Plays the clips of a book in order, each as soon as its take is ready."""

    def __init__(self, cache: Cache, encoding: Encoding, loudspeaker: Loudspeaker) -> None:
        super().__init__(name="listener", daemon=True)
        self.failure: AudiobookError | None = None
        self._cache = cache
        self._encoding = encoding
        self._sample_rate = encoding.sample_rate
        self._loudspeaker = loudspeaker
        self._changed = threading.Condition()  # guards the following:
        self._row: deque[Clip | SegmentResult] = deque()
        self._ready: dict[str, str] = {}  # key of a take → the same key, or GAP
        self._heard = 0  # clips played
        self._known = 0  # clips already played that are not queued again
        self._ended = False

    def begin(self) -> None:
        """Start the queue again from the beginning of the book. Clips that were played are skipped."""
        with self._changed:
            self._row.clear()
            self._known = self._heard

    def follow(self, clips: Sequence[Clip], encoded: SegmentResult | None = None) -> None:
        """Queue the next clips, or their segment if it is already encoded."""
        with self._changed:
            known = min(self._known, len(clips))
            self._known -= known
            if known < len(clips):
                self._row.extend([encoded] if encoded else clips[known:])
            self._changed.notify()

    def ready(self, key: str, *, lost: bool = False) -> None:
        """Report that a take is in the cache, or is lost."""
        with self._changed:
            self._ready[key] = GAP if lost else key
            self._changed.notify()

    def finish(self) -> None:
        """End the queue and wait until everything is played, or until Ctrl-C."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        try:
            while self.is_alive():
                self.join(_LOOK)
        except KeyboardInterrupt:
            self.stop()

    def stop(self) -> None:
        """Stop playing at once."""
        self._loudspeaker.stop()
        with self._changed:
            self._row.clear()
            self._ended = True
            self._changed.notify()

    def run(self) -> None:
        """Play until the queue ends."""
        try:
            with tempfile.TemporaryDirectory(prefix="audiobook-") as folder:
                for pcm in self._ready_chunks():
                    wav = Path(folder) / "heard.wav"
                    self._write(wav, pcm)
                    self._loudspeaker.play(wav)
        except AudiobookError as error:
            self.failure = error
        except OSError as error:  # a full disk
            self.failure = AudiobookError(error.strerror or str(error))

    def _ready_chunks(self) -> Iterator[bytes]:
        """Samples that are ready, in order, up to a minute at a time."""
        while (item := self._next(wait=True)) is not None:
            pcm = bytearray()
            while item is not None:
                pcm += self._sound(item)
                item = self._next(wait=False) if len(pcm) < _AT_ONCE * self._sample_rate * SAMPLE_BYTES else None
            yield bytes(pcm)

    def _next(self, *, wait: bool) -> Clip | SegmentResult | None:
        with self._changed:
            while not self._is_next_ready():
                if not wait or (self._ended and not self._row):
                    return None
                self._changed.wait()
            item = self._row.popleft()
            self._heard += item.cues if isinstance(item, SegmentResult) else 1
            return item

    def _is_next_ready(self) -> bool:
        return bool(self._row) and (isinstance(self._row[0], SegmentResult) or self._row[0].key in self._ready)

    def _sound(self, item: Clip | SegmentResult) -> bytes:
        if isinstance(item, SegmentResult):
            return self._decode(item)
        return b"".join(mixing.render(Segment(chapter=0, clips=(item,)), self._take, self._sample_rate))

    def _take(self, key: str) -> Sound:
        lost = self._ready[key] == GAP
        return mixing.beep(self._sample_rate) if lost else synthesis.load_sound(self._cache, key)

    def _decode(self, segment: SegmentResult) -> bytes:
        _, data = self._cache.get_or_raise("segments", segment.encoded.key)
        return writers.writer_for(self._encoding.format).decode(data, self._encoding)

    def _write(self, path: Path, pcm: bytes) -> None:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(SAMPLE_BYTES)
            file.setframerate(self._sample_rate)
            file.writeframes(pcm)
