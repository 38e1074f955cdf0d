"""Excerpts cut from a sound file while it is decoded."""

import array
from pathlib import Path

from audiobook.quality import SAMPLE_RATE, cut_excerpts
from audiobook.runtime import ffmpeg


def ramp(path: Path, seconds: int) -> "array.array[int]":
    """A WAV whose samples tell where they are."""
    samples = array.array("h", (at // 16 % 30_000 for at in range(seconds * SAMPLE_RATE)))
    raw = path.with_suffix(".raw")
    raw.write_bytes(samples.tobytes())
    ffmpeg.run(["-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "1", "-i", raw, "-y", path])
    return samples


def test_overlapping_excerpts_have_exactly_their_samples(tmp_path: Path) -> None:
    samples = ramp(tmp_path / "ramp.wav", 12)
    spans = [(0.0, 2.5), (2.3, 2.4), (2.35, 7.0), (9.0, 30.0)]
    found = list(cut_excerpts(tmp_path / "ramp.wav", spans))
    assert [one.start for one in found] == [0.0, 2.3, 2.35, 9.0]
    for one, (start, end) in zip(found, spans, strict=True):
        assert one.pcm == samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)].tobytes()


def test_an_excerpt_after_the_end_is_empty(tmp_path: Path) -> None:
    ramp(tmp_path / "ramp.wav", 1)
    (one,) = cut_excerpts(tmp_path / "ramp.wav", [(5.0, 6.0)])
    assert one.pcm == b""
