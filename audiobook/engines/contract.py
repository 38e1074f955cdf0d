"""The interface of an engine, common error checks, and texts that contain IPA.

An engine is a class that is created without arguments and meets the requirements below. The tests in
`tests/engines/test_contract.py` run over every engine in the table. An engine in another package is an entry point in
the group `audiobook.engines`, and can be run through the same tests.
"""

import difflib
import importlib.util
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from audiobook.errors import EngineError, MissingToolError, VoicesError
from audiobook.model.cast import IPA_CLOSES, IPA_OPENS, Voice, VoiceFacts
from audiobook.model.cue import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFacts:
    """Properties of an engine on this machine."""

    name: str  # its name in the table
    version: str  # of everything that affects all its sound: library, data, driver; part of every take's key
    sample_rate: int | None  # sample rate in Hz of all its sounds; None if it depends on the voice
    languages: tuple[str, ...]  # BCP 47, sorted
    longest_text: int  # characters in one call; longer texts are refused, never cut
    processes: int | None = None  # maximum number of processes that may speak at the same time; None: no limit
    takes_ipa: bool = False  # whether IPA between ⟦ and ⟧ in a text is spoken
    is_even: bool = True  # whether all texts are about equally loud; if not, the loudness of each line is corrected
    threads: int = 1  # cores that one `speak` uses; with two, half as many processes are started
    voice_versions: Mapping[str, str] = field(
        default_factory=dict
    )  # by name: the version of files that affect one voice only


class Engine(Protocol):
    """Speaks texts. There is one instance in a process, used by one thread at a time.

    An engine starts no pools, does not use the network, downloads nothing, prints nothing, and leaves no files behind.
    """

    def facts(self) -> EngineFacts:
        """The engine's properties. Must be cheap, and the same as long as the machine is not changed."""

    def voices(self) -> Sequence[VoiceFacts]:
        """All voices that `speak` accepts, with unique names, in the same order each time."""

    def speak(self, text: str, voice: Voice) -> Sound:
        """Speak the whole text. Earlier calls must not audibly affect the result, whatever their voice.

        Every sound is checked: its sample rate must be that of `facts`, its length must fit the text and the rate of
        the voice, and it must not be silence or noise; see `synthesis/validation.py`.

        `voice.volume` is ignored; it is applied when mixing. Raises EngineError if the text is blank, longer than
        `longest_text` or cannot be spoken, and VoicesError if there is no voice of that name.
        """


_MAX_SHOWN = 60  # characters of a text in an error message


def check_text(text: str, longest: int) -> None:
    """Raises EngineError if the text is blank or longer than `longest` characters."""
    if not text.strip():
        raise EngineError("a blank text cannot be spoken")
    if len(text) > longest:
        raise EngineError(
            f"a text of {len(text)} characters is longer than this engine's limit of {longest}: {text[:_MAX_SHOWN]!r}…"
        )


def unknown_voice_error(engine: str, name: str, known: Collection[str]) -> VoicesError:
    """The error for an unknown voice, with similar names."""
    near = difflib.get_close_matches(name, known, n=3)
    return VoicesError(
        f"the engine {engine!r} has no voice {name!r}",
        hint=f"did you mean {' or '.join(map(repr, near))}?" if near else f"see: audiobook voices --engine {engine}",
    )


def require_module(module: str, engine: str) -> None:
    """Raises MissingToolError if an optional module of an engine is not installed. Does not import the module."""
    if importlib.util.find_spec(module) is None:
        raise MissingToolError(
            f"the engine {engine!r} is not installed", hint=f"install it with: pip install 'fullcast[{engine}]'"
        )


_IPA = re.compile(f"{IPA_OPENS}([^{IPA_OPENS}{IPA_CLOSES}]*){IPA_CLOSES}")


def split_ipa(text: str) -> list[tuple[str, bool]]:
    """Split a text into parts, each with whether it is IPA; blank parts are left out."""
    parts = _IPA.split(text)
    return [(part, number % 2 == 1) for number, part in enumerate(parts) if part.strip()]
