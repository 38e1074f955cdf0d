"""What is installed, what is missing, and the line that fixes it."""

import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from audiobook import __version__, ffmpeg, speaking
from audiobook.cast import Voice
from audiobook.errors import AudiobookError, MissingToolError
from audiobook.production.castings import lacking
from audiobook.production.proofing import whisper
from audiobook.script import Place
from audiobook.shelf import Shelf
from audiobook.take import Cue

_PLACE = Place(chapter=1, paragraph=1, line=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a build needs."""

    what: str
    ok: bool
    found: str  # what is there, or what is wrong
    fix: str = ""  # the line that mends it


def examine() -> tuple[Finding, ...]:
    """Look at everything a build needs; every engine is made to speak a word."""
    return (
        Finding(
            what="audiobook", ok=True, found=f"{__version__} on Python {platform.python_version()}, {sys.platform}"
        ),
        *(_engine(name) for name in speaking.engine_names() if not lacking(name)),
        *(_absent(name, error) for name in speaking.engine_names() if (error := lacking(name))),
        _encoder(),
        _recogniser(),
        _shelf(),
    )


def _engine(name: str) -> Finding:
    what = f"engine {name}"
    try:
        facts, voices = speaking.engine_facts(name), speaking.voices_of(name)
        sound = speaking.speak_cue(Cue(place=_PLACE, text="Hello.", voice=Voice(engine=name, name=voices[0].name)))
    except AudiobookError as error:
        return Finding(
            what=what, ok=False, found=str(error), fix=error.hint or "pip install --force-reinstall fullcast"
        )
    return Finding(what=what, ok=True, found=f"{facts.version}; {len(voices)} voices; spoke {sound.seconds:.1f} s")


def _absent(name: str, error: MissingToolError) -> Finding:
    """An engine that a build needs only where it is asked for."""
    return Finding(what=f"engine {name}", ok=True, found=f"not here, nor needed: {error}", fix=error.hint or "")


def _encoder() -> Finding:
    try:
        program = ffmpeg.find()
    except AudiobookError as error:
        return Finding(what="encoder ffmpeg", ok=False, found=str(error), fix="pip install imageio-ffmpeg")
    return Finding(what="encoder ffmpeg", ok=True, found=str(program))


def _recogniser() -> Finding:
    """What only `audiobook check --listen` needs."""
    what = "recogniser whisper"
    try:
        whisper()
    except MissingToolError as error:
        return Finding(what=what, ok=True, found=f"not here, nor needed: {error}", fix=error.hint or "")
    return Finding(what=what, ok=True, found="here, with its weights")


def _shelf() -> Finding:
    root = Shelf().root
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
