"""A sound file cut into stretches while it is decoded."""

import array
from pathlib import Path

from audiobook.quality import RATE, stretches
from audiobook.runtime import ffmpeg


def ramp(path: Path, seconds: int) -> "array.array[int]":
    """A WAV whose samples tell where they are."""
    samples = array.array("h", (at // 16 % 30_000 for at in range(seconds * RATE)))
    raw = path.with_suffix(".raw")
    raw.write_bytes(samples.tobytes())
    ffmpeg.run(["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", raw, "-y", path])
    return samples


def test_each_stretch_has_just_its_samples_though_they_overlap(tmp_path: Path) -> None:
    samples = ramp(tmp_path / "ramp.wav", 12)
    spans = [(0.0, 2.5), (2.3, 2.4), (2.35, 7.0), (9.0, 30.0)]
    found = list(stretches(tmp_path / "ramp.wav", spans))
    assert [one.start for one in found] == [0.0, 2.3, 2.35, 9.0]
    for one, (start, end) in zip(found, spans, strict=True):
        assert one.pcm == samples[round(start * RATE) : round(end * RATE)].tobytes()


def test_what_lies_behind_the_end_is_silence_of_no_length(tmp_path: Path) -> None:
    ramp(tmp_path / "ramp.wav", 1)
    (one,) = stretches(tmp_path / "ramp.wav", [(5.0, 6.0)])
    assert one.pcm == b""
