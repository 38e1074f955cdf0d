"""Check what is installed and what is missing, and name the command that installs it."""

import array
import math
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from audiobook import __version__, engines, mixing, quality, writers
from audiobook.errors import AudiobookError, DeliveryError, MissingToolError
from audiobook.model.cast import Voice
from audiobook.model.clip import EncodedSegment
from audiobook.model.cue import Cue, Sound
from audiobook.model.request import Encoding
from audiobook.model.script import Place
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache
from audiobook.services.casting import missing_part_of
from audiobook.services.verify import open_whisper

_TRIAL_SECONDS = 2
_TRIAL_TOLERANCE = 1.0  # dB between measured and true levels
_PLACE = Place(chapter=1, paragraph=1, line=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The state of one requirement of a build."""

    what: str
    ok: bool
    found: str  # what was found, or what is wrong
    fix: str = ""  # the command that fixes it


def examine() -> tuple[Finding, ...]:
    """Check all requirements of a build. Every engine speaks a word."""
    return (
        Finding(
            what="audiobook", ok=True, found=f"{__version__} on Python {platform.python_version()}, {sys.platform}"
        ),
        *(_engine(name) for name in engines.list_engines() if not missing_part_of(name)),
        *(_absent(name, error) for name in engines.list_engines() if (error := missing_part_of(name))),
        _encoder(),
        _recogniser(),
        _cache(),
    )


def _engine(name: str) -> Finding:
    what = f"engine {name}"
    try:
        facts, voices = engines.engine_facts(name), engines.list_voices(name)
        sound = engines.speak_cue(Cue(place=_PLACE, text="Hello.", voice=Voice(engine=name, name=voices[0].name)))
    except AudiobookError as error:
        return Finding(
            what=what, ok=False, found=str(error), fix=error.hint or "pip install --force-reinstall fullcast"
        )
    return Finding(what=what, ok=True, found=f"{facts.version}; {len(voices)} voices; spoke {sound.seconds:.1f} s")


def _absent(name: str, error: MissingToolError) -> Finding:
    """An optional engine that is not installed."""
    return Finding(what=f"engine {name}", ok=True, found=f"not here, nor needed: {error}", fix=error.hint or "")


def _encoder() -> Finding:
    what = "encoder ffmpeg"
    try:
        program = f"{ffmpeg.find()} (version {ffmpeg.version()})"
    except AudiobookError as error:
        fix = error.hint or "pip install imageio-ffmpeg"
        return Finding(what=what, ok=False, found=str(error), fix=fix)
    try:
        with tempfile.TemporaryDirectory() as folder:
            try_ffmpeg(Path(folder))
    except (AudiobookError, OSError) as error:
        fix = f"pip install --upgrade imageio-ffmpeg, or set {ffmpeg.VARIABLE} to another ffmpeg"
        return Finding(what=what, ok=False, found=f"{program}: {error}", fix=fix)
    return Finding(what=what, ok=True, found=f"{program}; wrote an MP3 of {_TRIAL_SECONDS} s and read it back")


def try_ffmpeg(folder: Path) -> None:
    """Write a short file with a chapter into `folder` as a build does, verify it, and measure its level.

    Raises DeliveryError if the ffmpeg in use gives a wrong result.
    """
    encoding = Encoding()
    turn = 2 * math.pi * 997 / encoding.sample_rate
    samples = array.array(
        "h", (round(8_000 * math.sin(turn * at)) for at in range(_TRIAL_SECONDS * encoding.sample_rate))
    )
    if sys.byteorder == "big":
        samples.byteswap()
    sound = Sound(pcm=samples.tobytes(), sample_rate=encoding.sample_rate)
    encoded = writers.encode([sound.pcm], encoding)
    segment = EncodedSegment(key="trial", samples=encoded.samples, crc=encoded.crc)
    chapter = writers.EncodedChapter(number=1, title="A trial = 1; #2", encoded_segments=(segment,))
    path, album = folder / "trial.mp3", writers.Album(title="A trial", authors=("audiobook",))
    writers.deliver_book([chapter], album, encoding, path, lambda _: encoded.data)
    (measured,) = quality.measure_file(path).chapters
    level = mixing.measure_levels({"trial": sound})["trial"]
    # BS.1770: the loudness of a sine near 1 kHz in LUFS is its RMS in dBFS.
    true = 20 * math.log10(8_000 / 32_768) - 10 * math.log10(2)
    for name, found in (("RMS", measured.rms), ("loudness", measured.loudness), ("voice level", level.loudness)):
        if abs(found - true) > _TRIAL_TOLERANCE:
            raise DeliveryError(f"this ffmpeg measures the {name} as {found:.1f} dB, which is {true:.1f} dB")


def _recogniser() -> Finding:
    """The recogniser, which only `audiobook check --transcribe` needs."""
    what = "recogniser whisper"
    try:
        open_whisper()
    except MissingToolError as error:
        return Finding(what=what, ok=True, found=f"not here, nor needed: {error}", fix=error.hint or "")
    return Finding(what=what, ok=True, found="here, with its weights")


def _cache() -> Finding:
    try:
        root = Cache().root
    except AudiobookError as error:
        return Finding(what="cache folder", ok=False, found=str(error), fix=error.hint or "")
    near = next(folder for folder in (root, *root.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=near):
            pass
    except OSError as error:
        fix = f"make {near} writable, or set AUDIOBOOK_CACHE to a folder that is"
        return Finding(what="cache folder", ok=False, found=f"{root}: {error.strerror}", fix=fix)
    return Finding(what="cache folder", ok=True, found=f"{root}{_room(near)}")


def _room(folder: Path) -> str:
    if not hasattr(os, "statvfs"):
        return ""
    disk = os.statvfs(folder)
    return f" ({disk.f_bavail * disk.f_frsize / 1e9:.1f} GB free)"
