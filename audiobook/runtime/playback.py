"""Playing a file aloud with what the system has."""

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
    """The system's player, one file at a time. Raises MissingToolError where there is none."""

    def __init__(self) -> None:
        self._command = () if sys.platform == "win32" else _player()
        self._lock = threading.Lock()  # over these:
        self._playing: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def play(self, wav: Path) -> None:
        """Play a WAV file, to its end or until `stop`. Raises DeliveryError where the player fails."""
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415  # exists on Windows alone

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
        except BaseException:  # told to end, we do not play on
            self.stop()
            raise
        if playing.returncode and not self._stopped:
            words = said.decode("utf-8", "replace").strip()
            raise DeliveryError(f"{self._command[0]} could not play: {words or playing.returncode}", hint=_HINT)

    def stop(self) -> None:
        """Be silent from now on. From any thread; on Windows what is being played is played to its end."""
        with self._lock:
            self._stopped = True
            if self._playing is not None:
                self._playing.kill()


def _player() -> tuple[str, ...]:
    found = next((player for player in PLAYERS if shutil.which(player[0])), None)
    if found is None:
        names = ", ".join(player[0] for player in PLAYERS)
        raise MissingToolError("nothing here can play a sound", hint=f"{_HINT}, or install one of {names}")
    return found


def play(wav: Path) -> None:
    """Play a WAV file to its end. Raises MissingToolError where nothing can, DeliveryError where the player fails."""
    Loudspeaker().play(wav)
