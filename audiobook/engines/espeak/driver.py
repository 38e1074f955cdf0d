"""Make pyttsx3's espeak driver synchronous.

The driver of pyttsx3 2.9x starts espeak-ng in asynchronous mode, waits 10 ms for any text, and returns. A longer
utterance is then still being made: files come late, are cut off, or are never written (pyttsx3 #98, #149, #259, #408),
and a voice set just before may be cancelled. The synchronous mode of espeak-ng has none of these problems, and needs no
waiting. The driver needs two changes for it: it takes the mode from a constant of its binding, and it waits for the
event that ends an utterance, which espeak-ng sends only in asynchronous mode.

The samples are captured by a callback of our own. The driver itself copies all previous sound for every second of
sound, reports each word, and writes a WAV file, which together take a tenth of the time of synthesis.
"""

import ctypes
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from audiobook.errors import MissingToolError

_SENTENCE = 2  # the type of espeak-ng's event at the start of a sentence


class Capture:
    """Captures the sound of espeak-ng as signed 16-bit samples."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.record_sentences = False  # whether to record where the sentences of the next utterance begin
        self.sentences: list[tuple[int, int]] = []  # (offset in the text, sample) of each sentence

    def receive(self, samples: Any, count: int, events: Any) -> int:
        """The callback that espeak-ng calls with each block of sound."""
        if count > 0:
            self._parts.append(ctypes.string_at(samples, count * ctypes.sizeof(ctypes.c_short)))
        if self.record_sentences and events:
            self._record_sentences(events)
        return 0  # tells espeak-ng to continue

    def _record_sentences(self, events: Any) -> None:
        """Record the sentences among the events of a block. The last event has the type 0."""
        number = 0
        while kind := (event := events[number]).type:
            if kind == _SENTENCE:
                self.sentences.append((event.text_position - 1, event.sample))
            number += 1

    def take(self) -> bytes:
        """All captured sound; clears the buffer."""
        pcm = b"".join(self._parts)
        self._parts.clear()
        return pcm

    def begin(self) -> None:
        """Discard what is left of an utterance that failed."""
        self._parts.clear()
        self.sentences.clear()


CAPTURE = Capture()  # one for the process, like the library


def make_synchronous() -> None:
    """Change the driver for the rest of the process. Must run before pyttsx3 is started.

    The sound goes to `CAPTURE`, and the driver writes no files. Raises MissingToolError if the internals of this
    pyttsx3 version are not as expected.
    """
    from pyttsx3.drivers import _espeak, espeak  # noqa: PLC0415  # loads the library on import

    if getattr(_espeak, "_audiobook_speaks_at_once", False):
        return
    try:
        _espeak.AUDIO_OUTPUT_RETRIEVAL = _espeak.AUDIO_OUTPUT_SYNCHRONOUS
        _espeak.SetSynthCallback, _espeak.Synth = _wrap_binding(_espeak)
        espeak.time = SimpleNamespace(sleep=_do_not_wait)
        espeak.wave = SimpleNamespace(open=_NullFile)
    except AttributeError as error:
        raise MissingToolError(
            f"this version of pyttsx3 is not supported: {error}",
            hint='install another version: pip install "pyttsx3<3"',
        ) from error
    _espeak._audiobook_speaks_at_once = True  # noqa: SLF001  # our own mark


def _do_not_wait(seconds: float) -> None:
    """Replaces the 10 ms sleep after every utterance, which synchronous mode does not need."""


class _NullFile:
    """Replaces the WAV file, which would be empty and takes longer to write than everything else in the driver."""

    def __init__(self, *_how: object) -> None: ...

    def __enter__(self) -> "_NullFile":
        return self

    def __exit__(self, *_error: object) -> None: ...

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_: None


def _wrap_binding(binding: Any) -> tuple[Any, Any]:
    """The binding's two functions, changed so that we get the samples, and the driver only the end of an utterance."""
    set_callback, synth = binding.SetSynthCallback, binding.Synth
    end = (binding.EVENT * 1)(binding.EVENT(type=binding.EVENT_MSG_TERMINATED))
    drivers: list[Any] = []

    def set_callback_and_capture(callback: Any) -> None:
        drivers[:] = [callback]
        set_callback(CAPTURE.receive)

    def synthesize_to_end(*args: Any, **options: Any) -> Any:
        CAPTURE.begin()
        result = synth(*args, **options)
        for driver in drivers:
            driver(None, 0, end)
        return result

    return set_callback_and_capture, synthesize_to_end
