"""pyttsx3's espeak driver, made to speak while it is asked instead of some time later.

The driver of pyttsx3 2.9x starts espeak-ng in its asynchronous mode, waits 10 ms whatever the text, and returns. An
utterance that takes longer is still being made (files come late, cut off or not at all: pyttsx3 #98, #149, #259, #408),
and a voice set just before it may be cancelled unheard. In espeak-ng's synchronous mode all of that is gone, and
nothing needs to be waited for. Two things are lacking there: the driver takes its mode from a constant of its binding,
and it wants the event that ends an utterance, which espeak-ng sends in the asynchronous mode only.
"""

from types import SimpleNamespace
from typing import Any

from audiobook.errors import MissingToolError


def make_synchronous() -> None:
    """Change the driver for the rest of the process's life; must run before pyttsx3 is started.

    Raises MissingToolError where pyttsx3's insides are not those of the versions this was written for.
    """
    from pyttsx3.drivers import _espeak, espeak  # noqa: PLC0415  # loads the library on import

    if getattr(_espeak, "_audiobook_speaks_at_once", False):
        return
    try:
        _espeak.AUDIO_OUTPUT_RETRIEVAL = _espeak.AUDIO_OUTPUT_SYNCHRONOUS
        _espeak.Synth = _ending(_espeak, _espeak.Synth)
        espeak.time = SimpleNamespace(sleep=_do_not_wait)
    except AttributeError as error:
        raise MissingToolError(
            f"this version of pyttsx3 is too different: {error}", hint='install another: pip install "pyttsx3<3"'
        ) from error
    _espeak._audiobook_speaks_at_once = True  # noqa: SLF001  # our own mark


def _do_not_wait(seconds: float) -> None:
    """In place of the 10 ms after every utterance: all is done by then."""


def _ending(binding: Any, synth: Any) -> Any:
    end = (binding.EVENT * 1)(binding.EVENT(type=binding.EVENT_MSG_TERMINATED))

    def synth_to_the_end(*args: Any, **options: Any) -> Any:
        result = synth(*args, **options)
        binding.SynthCallback(None, 0, end)
        return result

    return synth_to_the_end
