"""What an engine must do, what it refuses in the same words as the others, and texts with words given in IPA.

An engine is a class that is made without arguments, and that keeps these obligations. One test suite,
`tests/speaking/test_contract.py`, runs over every engine in the table; a third party's engine is one entry point in the
group `audiobook.engines` and can be put through the same suite.
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
    """What an engine is, on this machine."""

    name: str  # its row in the table
    version: str  # of everything that shapes all its sound: library, data, driver; part of every take's key
    rate: int | None  # Hz of every sound it makes; None where the voices differ
    languages: tuple[str, ...]  # BCP 47, sorted
    longest_text: int  # characters it speaks in one go; longer texts are refused, never cut
    processes: int | None = None  # how many may speak side by side; None: as many as there is room for
    takes_ipa: bool = False  # sounds between ⟦ and ⟧ in a text are spoken as they stand
    is_even: bool = True  # whether one text comes out about as loud as another; else its lines are evened out
    threads: int = 1  # cores that one `speak` keeps busy: with two, there is room for half as many processes
    voice_versions: Mapping[str, str] = field(default_factory=dict)  # by name: of the files that make one voice alone


class Engine(Protocol):
    """Speaks texts. One instance a process, used from one thread at a time.

    An engine opens no pools and no network, downloads nothing, prints nothing, and leaves no files behind.
    """

    def facts(self) -> EngineFacts:
        """What it is. Cheap, and the same for as long as the machine is not changed."""

    def voices(self) -> Sequence[VoiceFacts]:
        """Every voice that `speak` takes, names unlike each other, the same order every time."""

    def speak(self, text: str, voice: Voice) -> Sound:
        """The whole text, spoken; what was spoken before, in whatever voice, makes no difference that can be heard.

        Every sound is held to this: its sample rate to that of `facts`, its length to the text's at the voice's pace,
        and none may be silent or noise; see `recording/checking.py`.

        `voice.volume` is not its business. Raises EngineError where the text is blank, longer than `longest_text`, or
        could not be spoken, and VoicesError where it has no voice of that name.
        """


_SHOWN = 60  # characters of a text in an error


def check_text(text: str, longest: int) -> None:
    """Raises EngineError where the text is blank or longer than `longest` characters."""
    if not text.strip():
        raise EngineError("there is nothing to speak in a blank text")
    if len(text) > longest:
        raise EngineError(
            f"a text of {len(text)} characters is longer than the {longest} this engine speaks in one go: "
            f"{text[:_SHOWN]!r}…"
        )


def unknown_voice(engine: str, name: str, known: Collection[str]) -> VoicesError:
    """The error for a voice the engine does not have, with the nearest it has."""
    near = difflib.get_close_matches(name, known, n=3)
    return VoicesError(
        f"the engine {engine!r} has no voice {name!r}",
        hint=f"did you mean {' or '.join(map(repr, near))}?" if near else f"see: audiobook voices --engine {engine}",
    )


def require(module: str, engine: str) -> None:
    """Raises MissingToolError where the module is not installed that an engine of our extras needs. Imports nothing."""
    if importlib.util.find_spec(module) is None:
        raise MissingToolError(
            f"the engine {engine!r} is not installed", hint=f"install it with: pip install 'fullcast[{engine}]'"
        )


_SOUNDS = re.compile(f"{IPA_OPENS}([^{IPA_OPENS}{IPA_CLOSES}]*){IPA_CLOSES}")


def parts_of(text: str) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is sounds; parts without anything in them are left out."""
    pieces = _SOUNDS.split(text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece.strip()]
