"""Plays sound files with a player of the operating system."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

from audiobook.errors import DeliveryError, MissingToolError

PLAYERS: tuple[tuple[str, ...], ...] = (
    ("afplay",),  # macOS
    ("pw-play",),  # PipeWire
    ("paplay",),  # PulseAudio
    ("aplay", "-q"),  # ALSA
    ("ffplay", "-autoexit", "-nodisp", "-loglevel", "error"),
    ("play", "-q"),  # SoX
)
_HINT = "write it to a file with --output FILE.wav"


class Loudspeaker:
    """The system's player; plays one file at a time. Raises MissingToolError if there is none."""

    def __init__(self) -> None:
        self._command = () if sys.platform == "win32" else _find_player()
        self._lock = threading.Lock()  # over these:
        self._playing: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def play(self, wav: Path) -> None:
        """Play a WAV file to its end or until `stop`. Raises DeliveryError if the player fails."""
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415  # exists on Windows only

            winsound.PlaySound(str(wav), winsound.SND_FILENAME)
            return
        with self._lock:
            if self._stopped:
                return
            self._playing = playing = subprocess.Popen(
                [*self._command, str(wav)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        try:
            _, said = playing.communicate()
        except BaseException:  # interrupted: stop the player too
            self.stop()
            raise
        if playing.returncode and not self._stopped:
            words = said.decode("utf-8", "replace").strip()
            raise DeliveryError(f"{self._command[0]} could not play: {words or playing.returncode}", hint=_HINT)

    def stop(self) -> None:
        """Stop playing, now and later. May be called from any thread; on Windows the current file plays to its end."""
        with self._lock:
            self._stopped = True
            if self._playing is not None:
                self._playing.kill()


def _find_player() -> tuple[str, ...]:
    found = next((player for player in PLAYERS if shutil.which(player[0])), None)
    if found is None:
        names = ", ".join(player[0] for player in PLAYERS)
        raise MissingToolError("nothing here can play a sound", hint=f"{_HINT}, or install one of {names}")
    return found


def play(wav: Path) -> None:
    """Play a WAV file to its end. Raises MissingToolError if there is no player, DeliveryError if it fails."""
    Loudspeaker().play(wav)
