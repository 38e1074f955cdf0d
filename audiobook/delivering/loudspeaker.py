"""Playing a file aloud with what the system has."""

import shutil
import subprocess
import sys
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


def play(wav: Path) -> None:
    """Play a WAV file to its end. Raises MissingToolError where nothing can, DeliveryError where the player fails."""
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415  # exists on Windows alone

        winsound.PlaySound(str(wav), winsound.SND_FILENAME)
        return
    found = next((player for player in PLAYERS if shutil.which(player[0])), None)
    if found is None:
        names = ", ".join(player[0] for player in PLAYERS)
        raise MissingToolError(
            "nothing here can play a sound",
            hint=f"write it to a file with --output FILE.wav, or install one of {names}",
        )
    done = subprocess.run([*found, str(wav)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise DeliveryError(
            f"{found[0]} could not play: {done.stderr.strip() or done.returncode}",
            hint="write it to a file with --output FILE.wav",
        )
