"""Import the user's sounds and recordings for a build, and report files that are not used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from audiobook import casting, mixing, synthesis
from audiobook.casting import audio_files
from audiobook.errors import VoicesError
from audiobook.model.codec import Codec
from audiobook.model.own_audio import ImportedAudio, OwnAudio, Recording
from audiobook.model.script import Place, Script
from audiobook.runtime.cache import Cache
from audiobook.runtime.loudness import ABSOLUTE_GATE
from audiobook.synthesis.import_audio import AudioFileError, Import, import_audio

LONGEST_RECORDING = 600.0  # seconds, of one line
_MOST_FILES = 50_000  # limit for the folder of recordings
_MOST_COMPLAINTS = 20
_LARGEST_TEXT = 1 << 20  # bytes of the text file beside a recording
_ADDRESS = re.compile(r"(\d{1,9})-(\d{1,9})-(\d{1,9})")
_HINT = "any format that ffmpeg decodes will do, such as WAV, FLAC, MP3 or M4A"


@dataclass(frozen=True, slots=True)
class _Loudness:
    lufs: float


_LOUDNESSES = Codec(_Loudness, "audiobook-loudness", 1)


def import_own_audio(config: casting.CastingConfig, loudness: float, cache: Cache) -> casting.CastingConfig:
    """Decode the files of `[sounds]` and `[recordings]` into the configuration, for a loudness in LUFS.

    Cached files are not decoded again. Raises one VoicesError that lists all problems.
    """
    if not config.sounds and config.recordings is None:
        return config
    wrong: list[str] = []
    sounds = {place: _sound(choice, loudness, cache, wrong) for place, choice in config.sounds.items()}
    recordings, strange = _recordings(config.recordings, loudness, cache, wrong)
    if wrong:
        more = [f"… and {len(wrong) - _MOST_COMPLAINTS} more"] if len(wrong) > _MOST_COMPLAINTS else []
        raise VoicesError("\n".join((*wrong[:_MOST_COMPLAINTS], *more)), hint=_HINT)
    return replace(config, own_audio=OwnAudio(**sounds, recordings=recordings, unmatched_files=strange))


def describe_unused(script: Script, own_audio: OwnAudio) -> Iterator[str]:
    """A message for each recording that is not used in this book."""
    lines = {line.place: line for line in script.lines()} if own_audio.recordings else {}
    for place, recording in own_audio.recordings.items():
        line = lines.get(place)
        if line is None:
            yield f"the recording {recording.file} does not match a line: there is no {place}"
        elif line.block == "break":
            yield f"the recording {recording.file} does not match a line: {place} is a scene break"
        elif not recording.fits(line):
            shown = " ".join(line.text.split())[:60]
            yield f"the recording {recording.file} is not used: its text file differs from {place}: {shown!r}"
    for name in own_audio.unmatched_files:
        yield f"the recording {name} does not match a line: its name is not an address such as 2-14-1.wav"


def count_recorded_lines(script: Script, own_audio: OwnAudio) -> int:
    """The number of lines of a script that a recording replaces."""
    if not own_audio.recordings:
        return 0
    return sum(own_audio.find_recording(line) is not None for line in script.lines())


def _sound(choice: casting.SoundChoice, loudness: float, cache: Cache, wrong: list[str]) -> ImportedAudio | None:
    try:
        wanted = Import(longest=audio_files.LONGEST_SOUND, seconds=choice.seconds)
        return _import(choice.file, wanted, choice.volume, loudness, cache)
    except AudioFileError as error:
        advice = ", and `seconds = 20` plays only its beginning" if "longer" in str(error) else ""
        wrong.append(f"{choice.source}: {choice.file} {error}{advice}")
        return None


def _recordings(
    choice: casting.RecordingsChoice | None, loudness: float, cache: Cache, wrong: list[str]
) -> tuple[dict[Place, Recording], tuple[str, ...]]:
    """The recordings in a folder by line address, and the names of files that are not an address."""
    if choice is None:
        return {}, ()
    found: dict[Place, Recording] = {}
    strange: list[str] = []
    for path in _files(choice, wrong):
        place = _place(path)
        if place is None:
            strange.append(path.name)
        elif place in found:
            wrong.append(f"{choice.source}: {path.name} is the second recording of {place}, after {found[place].file}")
        else:
            try:
                found[place] = _recording(path, choice.volume, loudness, cache)
            except AudioFileError as error:
                wrong.append(f"{choice.source}: {path.name} {error}")
    return dict(sorted(found.items())), tuple(strange)


def _recording(path: Path, volume: float, loudness: float, cache: Cache) -> Recording:
    audio = _import(path, Import(longest=LONGEST_RECORDING, trim=True), volume, loudness, cache)
    return Recording(file=path.name, audio=audio, text=_text_beside(path))


def _files(choice: casting.RecordingsChoice, wrong: list[str]) -> list[Path]:
    """The files of the folder that may be recordings, sorted by name."""
    try:
        names = sorted(islice(choice.folder.iterdir(), _MOST_FILES + 1))
    except OSError as error:
        wrong.append(f"{choice.source}: {choice.folder} cannot be read: {error.strerror or error}")
        return []
    if len(names) > _MOST_FILES:
        wrong.append(f"{choice.source}: {choice.folder} has more than {_MOST_FILES:,} files")
        return []
    return [one for one in names if not (one.name.startswith(".") or one.suffix.casefold() == ".txt" or one.is_dir())]


def _place(path: Path) -> Place | None:
    match = _ADDRESS.fullmatch(path.stem)
    return None if match is None else Place(chapter=int(match[1]), paragraph=int(match[2]), line=int(match[3]))


def _text_beside(path: Path) -> str | None:
    """The text file with the name of a recording. Raises AudioFileError if it is not UTF-8."""
    text = path.with_suffix(".txt")
    if not text.is_file():
        return None
    try:
        with text.open("rb") as file:
            return file.read(_LARGEST_TEXT).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AudioFileError(f"has a text file beside it that cannot be read as UTF-8 text: {error}") from error


def _import(path: Path, wanted: Import, volume: float, loudness: float, cache: Cache) -> ImportedAudio:
    take = import_audio(path, wanted, cache)
    level = mixing.Level(loudness=_loudness(take.key, cache), peak=0.0)
    if level.loudness <= ABSOLUTE_GATE:
        raise AudioFileError("holds only silence")
    gain = mixing.gain_for(level, volume, loudness)
    return ImportedAudio(key=take.key, samples=take.samples, sample_rate=take.sample_rate, gain=gain)


def _loudness(key: str, cache: Cache) -> float:
    """The loudness of an imported take in LUFS, cached."""
    own = mixing.level_key(key)
    found = cache.load("levels", own)
    kept = None if found is None else _LOUDNESSES.loads_or_none(found[1])
    if kept is not None:
        return kept.lufs
    measured = mixing.measure_loudness(synthesis.load_sound(cache, key))
    cache.save("levels", own, _LOUDNESSES.dumps(_Loudness(round(measured, 2))), {})
    return measured
