"""pyttsx3's espeak driver, made to speak while it is asked instead of some time later.

The driver of pyttsx3 2.9x starts espeak-ng in its asynchronous mode, waits 10 ms whatever the text, and returns. An
utterance that takes longer is still being made (files come late, cut off or not at all: pyttsx3 #98, #149, #259, #408),
and a voice set just before it may be cancelled unheard. In espeak-ng's synchronous mode all of that is gone, and
nothing needs to be waited for. Two things are lacking there: the driver takes its mode from a constant of its binding,
and it wants the event that ends an utterance, which espeak-ng sends in the asynchronous mode only.

The samples are taken down on a tape of ours on the way: the driver adds every second of sound to a copy of all before
it, tells of each word, and lays the whole out as a WAV, a tenth of what the speaking itself takes.
"""

import ctypes
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from audiobook.errors import MissingToolError

_SENTENCE = 2  # the type of espeak-ng's event at the beginning of a sentence


class Tape:
    """What espeak-ng has said since it was last asked, as signed 16-bit samples."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.note_sentences = False  # whether the next utterance has several, whose places are wanted
        self.sentences: list[tuple[int, int]] = []  # (offset in the text, sample) where one begins

    def take_down(self, samples: Any, count: int, events: Any) -> int:
        """What espeak-ng calls with every stretch of sound."""
        if count > 0:
            self._parts.append(ctypes.string_at(samples, count * ctypes.sizeof(ctypes.c_short)))
        if self.note_sentences and events:
            self._note(events)
        return 0  # go on

    def _note(self, events: Any) -> None:
        """Note the sentences among the events of a stretch; the last event has the type 0."""
        number = 0
        while kind := (event := events[number]).type:
            if kind == _SENTENCE:
                self.sentences.append((event.text_position - 1, event.sample))
            number += 1

    def taken(self) -> bytes:
        """All of it; the tape is empty then."""
        pcm = b"".join(self._parts)
        self._parts.clear()
        return pcm

    def begin(self) -> None:
        """Forget what is left of an utterance that failed."""
        self._parts.clear()
        self.sentences.clear()


TAPE = Tape()  # the library is one to a process, and so is what it says


def make_synchronous() -> None:
    """Change the driver for the rest of the process's life; must run before pyttsx3 is started.

    What is said comes on the tape, and the driver writes no files. Raises MissingToolError where pyttsx3's insides
    are not those of the versions this was written for.
    """
    from pyttsx3.drivers import _espeak, espeak  # noqa: PLC0415  # loads the library on import

    if getattr(_espeak, "_audiobook_speaks_at_once", False):
        return
    try:
        _espeak.AUDIO_OUTPUT_RETRIEVAL = _espeak.AUDIO_OUTPUT_SYNCHRONOUS
        _espeak.SetSynthCallback, _espeak.Synth = _taped(_espeak)
        espeak.time = SimpleNamespace(sleep=_do_not_wait)
        espeak.wave = SimpleNamespace(open=_Nowhere)
    except AttributeError as error:
        raise MissingToolError(
            f"this version of pyttsx3 is too different: {error}", hint='install another: pip install "pyttsx3<3"'
        ) from error
    _espeak._audiobook_speaks_at_once = True  # noqa: SLF001  # our own mark


def _do_not_wait(seconds: float) -> None:
    """In place of the 10 ms after every utterance: all is done by then."""


class _Nowhere:
    """In place of the file, which would be empty: making one takes longer than all else the driver does."""

    def __init__(self, *_how: object) -> None: ...

    def __enter__(self) -> "_Nowhere":
        return self

    def __exit__(self, *_error: object) -> None: ...

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_: None


def _taped(binding: Any) -> tuple[Any, Any]:
    """The binding's two functions so that the tape gets the samples, and the driver the end of an utterance only."""
    set_callback, synth = binding.SetSynthCallback, binding.Synth
    end = (binding.EVENT * 1)(binding.EVENT(type=binding.EVENT_MSG_TERMINATED))
    drivers: list[Any] = []

    def set_callback_and_tape(callback: Any) -> None:
        drivers[:] = [callback]
        set_callback(TAPE.take_down)

    def synth_to_the_end(*args: Any, **options: Any) -> Any:
        TAPE.begin()
        result = synth(*args, **options)
        for driver in drivers:
            driver(None, 0, end)
        return result

    return set_callback_and_tape, synth_to_the_end
