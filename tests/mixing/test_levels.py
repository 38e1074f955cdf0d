"""Levels: loudness is measured according to the standard, and voices are made equally loud."""

import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.mixing import Level, apply_gain, gain_for, measure_levels
from audiobook.model.cue import Sound
from audiobook.model.request import LOUDNESS
from audiobook.runtime import ffmpeg
from tests.sounds import silence, tone


def burst(level: float, sample_rate: int = 22050) -> Sound:
    """Half a second of tone, half a second of nothing, three times: something for the gate to leave out."""
    one = tone(0.5, hertz=700, level=level, sample_rate=sample_rate).pcm + silence(0.5, sample_rate)
    return Sound(pcm=one * 3, sample_rate=sample_rate)


def by_ffmpeg(sound: Sound) -> float:
    """The integrated loudness that ffmpeg itself sums up."""
    source = ["-f", "s16le", "-ar", str(sound.sample_rate), "-ac", "1", "-i", "pipe:0"]
    report = ffmpeg.pipe(
        [*source, "-af", "ebur128=metadata=1,ametadata=mode=print:file=-", "-f", "null", "-"], [sound.pcm]
    )
    return float(report.decode().rpartition("lavfi.r128.I=")[2].split()[0])


def test_a_sine_has_the_loudness_of_the_standard() -> None:
    # BS.1770: a full-scale sine of 997 Hz in one channel measures -3.01 LKFS.
    level = measure_levels({"sine": tone(2.0, hertz=997, level=1.0, sample_rate=48000)})["sine"]
    assert level.loudness == pytest.approx(-3.01, abs=0.05)
    assert level.peak == pytest.approx(0.0, abs=0.01)


def test_sounds_measured_together_have_the_same_levels_as_alone() -> None:
    sounds = {
        "loud": burst(0.5),
        "soft": burst(0.05),
        "other sample_rate": burst(0.2, 16000),
        "long": tone(3.21, level=0.1),
    }
    together = measure_levels(sounds)
    assert list(together) == list(sounds)
    for name, sound in sounds.items():
        assert together[name].loudness == pytest.approx(by_ffmpeg(sound), abs=0.3), name


def test_levelled_voices_differ_by_less_than_one_lu() -> None:
    sounds = {"loud": burst(0.4), "soft": burst(0.03), "high": tone(2.0, hertz=2500, level=0.1)}
    gains = {name: gain_for(level) for name, level in measure_levels(sounds).items()}
    after = measure_levels(
        {n: Sound(pcm=apply_gain(s, gains[n], s.sample_rate), sample_rate=s.sample_rate) for n, s in sounds.items()}
    )
    assert [level.loudness for level in after.values()] == [pytest.approx(LOUDNESS, abs=0.5)] * 3


def test_silent_and_short_sounds_have_a_level() -> None:
    levels = measure_levels(
        {"none": Sound(pcm=b"", sample_rate=22050), "silent": Sound(pcm=silence(1), sample_rate=22050)}
    )
    assert {gain_for(level) for level in levels.values()} == {0.0}
    assert measure_levels({"click": tone(0.05)})["click"].loudness > -40
    assert measure_levels({}) == {}


def test_a_volume_multiplies_the_amplitude() -> None:
    level = Level(loudness=-25.0, peak=-6.0)
    assert gain_for(level, 2.0) == pytest.approx(gain_for(level) + 6.0)
    assert gain_for(level, 0.5) == pytest.approx(gain_for(level) - 6.0)
    assert gain_for(level, 0.0) <= -60


@settings(deadline=None)
@given(st.floats(-120, 0), st.floats(0, 2))
def test_a_gain_is_finite_and_in_tenths(loudness: float, volume: float) -> None:
    gain = gain_for(Level(loudness=loudness, peak=-3.0), volume)
    assert math.isfinite(gain)
    assert gain == round(gain, 1)


def test_measuring_works_without_path_in_the_environment() -> None:
    program = "from audiobook.mixing.audio_segments import load_pydub; load_pydub()"
    subprocess.run([sys.executable, "-c", program], env={}, check=True)
