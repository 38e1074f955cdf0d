"""What an engine owes the house.

An engine is a class that is made without arguments, and that keeps these obligations. One test suite,
`tests/speaking/test_contract.py`, runs over every engine in the table; a third party's engine is one entry point in the
group `audiobook.engines` and can be put through the same suite.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from audiobook.cast import Voice, VoiceFacts
from audiobook.take import Sound


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
