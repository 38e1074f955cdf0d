"""Build and check books with several versions of ffmpeg, and print what each of them measured.

    python tools/ffmpeg_versions.py /usr/bin/ffmpeg ~/ffmpeg-4.4/ffmpeg ~/ffmpeg-7.1/ffmpeg

Run it by hand before a release, and after a change to what is asked of ffmpeg. Each trial lists what was
measured with each ffmpeg, so that versions can be compared, or the error. The exit code is 1 after any error.
"""

import argparse
import array
import base64
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audiobook import BuildRequest, Encoding, Tags, build, mixing, quality, writers
from audiobook.engines import sounds
from audiobook.errors import AudiobookError
from audiobook.model.book import Cover
from audiobook.model.cue import Sound
from audiobook.model.request import Preset, find_preset
from audiobook.runtime import ffmpeg
from audiobook.services.doctor import try_ffmpeg
from audiobook.writers import covers
from audiobook.writers.mp3 import encoding

_SENTENCE = "The old clock on the wall struck nine, and nobody in the room was listening to it. "
_PROLOGUE = "# Prologue = 1; #2 “été”\n\nIt was a short night, and it did not last until morning.\n\n"
_WEBP = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")  # a picture of one pixel
_BOOK = f"{_PROLOGUE}# One\n\n{_SENTENCE * 5}\n\n# Two\n\n{_SENTENCE * 20}\n"


def _try_doctor(folder: Path) -> str:
    try_ffmpeg(folder)
    return "passed"


def _try_one_word(folder: Path) -> str:
    return _built(folder, "Hello.\n", Preset())


def _try_prologue(folder: Path) -> str:
    return _built(folder, _PROLOGUE, Preset())


def _try_acx_prologue(folder: Path) -> str:
    return _built(folder, _PROLOGUE, find_preset("acx"))


def _try_book(folder: Path) -> str:
    return _built(folder, _BOOK, Preset(encoding=Encoding(channels=2)))


def _try_acx_book(folder: Path) -> str:
    return _built(folder, _BOOK, find_preset("acx"))


def _try_flac_book(folder: Path) -> str:
    return _built(folder, _BOOK, Preset(encoding=Encoding(format="flac")))


def _try_wav_prologue(folder: Path) -> str:
    """One chapter: ffmpeg before 6 lists no chapters of a WAV."""
    return _built(folder, _PROLOGUE, Preset(encoding=Encoding(format="wav")))


def _built(folder: Path, text: str, preset: Preset) -> str:
    """Build a book, with a cover, in a folder that looks like a URL; measure each file as `audiobook check` does."""
    cache = folder / "Dune: Messiah"
    cache.mkdir()
    (cache / "tale.md").write_text(text, encoding="utf-8")
    (cache / "c: 1.jpg").write_bytes(_picture("mjpeg"))
    request = BuildRequest(
        book=cache / "tale.md",
        encoding=preset.encoding,
        mastering=preset.mastering,
        per_chapter=preset.per_chapter,
        tags=Tags(title="A = b; #c", cover=cache / "c: 1.jpg"),
    )
    result = build(request)
    measures = [quality.measure_file(file) for file in result.files if file.suffix != ".m3u8"]
    chapters = [chapter for measure in measures for chapter in measure.chapters]
    if len(chapters) != len(result.marks):
        raise AudiobookError(f"{len(chapters)} chapters were measured, {len(result.marks)} were built")
    facts = measures[0].header
    rms, loudness = (
        sum(column) / len(chapters) for column in zip(*((c.rms, c.loudness) for c in chapters), strict=True)
    )
    return f"{result.seconds:.2f} s {facts.codec} {facts.sample_rate} {rms:.2f} dB {loudness:.2f} LUFS"


def _try_fallback_encoder(_folder: Path) -> str:
    """Encode with ffmpeg instead of LAME in the process."""
    encoding.has_lame = lambda: False  # type: ignore[assignment]  # as where there is no wheel of LAME
    found = [
        writers.encode([_tone(2, rate)], Encoding(sample_rate=rate, channels=channels)).samples
        for rate, channels in ((22_050, 1), (44_100, 2))
    ]
    return f"{found} frames"


def _try_levels(_folder: Path) -> str:
    """The loudness that decides a voice's gain."""
    level = mixing.measure_levels({"tone": Sound(pcm=_tone(3, 22_050), sample_rate=22_050)})["tone"]
    return f"{level.loudness:.2f} LUFS {level.peak:.2f} dB"


def _try_aiff(folder: Path) -> str:
    """A sound file from an engine, in a format that only ffmpeg reads, brought to another rate."""
    raw = ("-f", "s16le", "-ar", "16000", "-ac", "1", "-i", "pipe:0", "-f", "aiff")
    ffmpeg.pipe([*raw, folder / "a: b.aiff"], [_tone(2, 16_000)])
    sound = sounds.read_sound(folder / "a: b.aiff")
    return f"{len(sound.pcm) // 2} samples"


def _try_cut(folder: Path) -> str:
    """The samples that `check --listen` hands to the recogniser."""
    raw = ("-f", "s16le", "-ar", "22050", "-ac", "1", "-i", "pipe:0", "-b:a", "64k")
    ffmpeg.pipe([*raw, folder / "a: b.mp3"], [_tone(4, 22_050)])
    (excerpt,) = quality.cut_excerpts(folder / "a: b.mp3", [(1.0, 2.5)])
    return f"{len(excerpt.pcm) // 2} samples"


def _try_covers(_folder: Path) -> str:
    """Pictures that have to be made into a JPEG."""
    pictures = {"bmp": _picture("bmp"), "gif": _picture("gif"), "webp": _WEBP}
    lost = [kind for kind, data in pictures.items() if covers.fit_cover(Cover(data=data, media_type="")) is None]
    if lost:
        raise AudiobookError(f"not read: {', '.join(lost)}")
    return ", ".join(pictures)


def _picture(kind: str) -> bytes:
    source = ("-f", "lavfi", "-i", "testsrc=size=64x48")
    return ffmpeg.run([*source, "-frames:v", "1", "-c:v", kind, "-strict", "-1", "-f", "image2pipe", "-"])[0]


TRIALS: Mapping[str, Callable[[Path], str]] = {
    "doctor's check": _try_doctor,
    "one word": _try_one_word,
    "prologue of 5 s": _try_prologue,
    "prologue, ACX": _try_acx_prologue,
    "book, stereo": _try_book,
    "book, ACX": _try_acx_book,
    "book, FLAC": _try_flac_book,
    "prologue, WAV": _try_wav_prologue,
    "voice level": _try_levels,
    "ffmpeg's encoder": _try_fallback_encoder,
    "AIFF": _try_aiff,
    "excerpt of MP3": _try_cut,
    "covers": _try_covers,
}


def _tone(seconds: int, rate: int) -> bytes:
    turn = 2 * math.pi * 997 / rate
    samples = array.array("h", (round(8_000 * math.sin(turn * at)) for at in range(seconds * rate)))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def _outcome(trial: Callable[[Path], str]) -> tuple[bool, str]:
    """Whether the trial passed, and what it measured or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return True, trial(Path(folder))
        except (AudiobookError, ArithmeticError, LookupError, OSError, ValueError) as error:
            return False, f"{type(error).__name__}: {error}"


def _outcomes_of(program: str) -> dict[str, tuple[bool, str]]:
    """Every trial with this ffmpeg, in a process and a cache folder of their own."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, ffmpeg.VARIABLE: str(Path(program).absolute()), "AUDIOBOOK_CACHE": cache}
        command = [sys.executable, __file__, "--json"]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False)
    try:
        return {name: (bool(ok), str(said)) for name, (ok, said) in json.loads(done.stdout).items()}
    except ValueError:
        return {"start": (False, f"the trials ended with exit code {done.returncode}")}


def _table(found: Mapping[str, Mapping[str, tuple[bool, str]]]) -> str:
    """The rows of each ffmpeg, trial by trial, so that a difference stands out."""
    lines = []
    for trial in dict.fromkeys(name for outcomes in found.values() for name in outcomes):
        lines.append(f"{trial}")
        for program, outcomes in found.items():
            ok, said = outcomes.get(trial, (False, "not tried"))
            lines.append(f"  {'ok    ' if ok else 'FAILED'}  {program:<24} {said}")
    return "\n".join(lines)


def main() -> int:
    """Run the trials. Gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ffmpegs", metavar="FFMPEG", nargs="*", help="paths of ffmpeg programs")
    parser.add_argument("--json", action="store_true", help="try the one that audiobook finds itself, print JSON")
    asked = parser.parse_args()
    if asked.json:
        print(json.dumps({"version": (True, ffmpeg.version())} | {name: _outcome(t) for name, t in TRIALS.items()}))
        return 0
    found = {Path(program).name: _outcomes_of(program) for program in asked.ffmpegs}
    print(_table(found))
    return int(not all(ok for outcomes in found.values() for ok, _ in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
