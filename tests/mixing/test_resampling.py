"""Resampling keeps what both sample rates can represent, and adds nothing."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook.mixing.resampling import _smooth, resample, resampled_length
from tests.sounds import samples_of, tone

RATES = [(24_000, 22_050), (22_050, 44_100), (16_000, 22_050), (48_000, 24_000), (22_050, 24_000)]


def level(pcm: bytes, *, hertz: float, sample_rate: int) -> float:
    """How loud one frequency is in the middle of a sound, in dB of full scale."""
    samples = samples_of(pcm)[sample_rate // 10 : -sample_rate // 10]
    turns = [2 * math.pi * hertz * at / sample_rate for at in range(len(samples))]
    real = sum(sample * math.cos(turn) for sample, turn in zip(samples, turns, strict=True))
    imaginary = sum(sample * math.sin(turn) for sample, turn in zip(samples, turns, strict=True))
    return 20 * math.log10(max(2 * math.hypot(real, imaginary) / len(samples) / 32768, 1e-9))


@pytest.mark.parametrize(("own", "sample_rate"), RATES)
@pytest.mark.parametrize("part", [0.05, 0.5, 0.95])
def test_frequencies_that_both_rates_can_represent_keep_their_level(own: int, sample_rate: int, part: float) -> None:
    hertz = part * min(own, sample_rate) / 2
    before = tone(0.5, hertz=hertz, sample_rate=own).pcm
    after = resample(before, own, sample_rate)
    assert level(after, hertz=hertz, sample_rate=sample_rate) == pytest.approx(
        level(before, hertz=hertz, sample_rate=own), abs=0.1
    )


def test_frequencies_that_the_new_rate_cannot_represent_leave_no_aliases() -> None:
    after = resample(tone(0.5, hertz=11_700.0, sample_rate=24_000).pcm, 24_000, 22_050)
    assert level(after, hertz=22_050 - 11_700, sample_rate=22_050) < -60
    assert max(samples_of(after)[2_205:-2_205]) < 100


def test_a_higher_rate_adds_no_images() -> None:
    after = resample(tone(0.5, hertz=9_000.0, sample_rate=22_050).pcm, 22_050, 44_100)
    assert level(after, hertz=22_050 - 9_000, sample_rate=44_100) < -70


@pytest.mark.parametrize(("own", "sample_rate"), RATES)
@pytest.mark.parametrize("frames", [1, 2, 3, 1_000, 48_001])
def test_the_length_is_the_computed_one(own: int, sample_rate: int, frames: int) -> None:
    assert len(resample(b"\x10\x10" * frames, own, sample_rate)) == 2 * resampled_length(frames, own, sample_rate)


def test_the_same_rate_and_silence_change_nothing() -> None:
    pcm = tone(0.1).pcm
    assert resample(pcm, 22_050, 22_050) is pcm
    assert resample(b"", 24_000, 22_050) == b""
    assert not any(resample(bytes(4_800), 24_000, 22_050))


def test_full_scale_does_not_wrap_around() -> None:
    square = (b"\xff\x7f" * 20 + b"\x00\x80" * 20) * 100  # without its highest overtones it overshoots
    samples = samples_of(resample(square, 24_000, 22_050))
    assert (max(samples), min(samples)) == (32_767, -32_768)
    assert sum((before < 0) != (after < 0) for before, after in pairwise(samples)) == 199, "once at each edge"


@given(st.integers(1, 100_000))
def test_fft_lengths_have_only_the_factors_two_three_and_five(least: int) -> None:
    found = _smooth(least)
    rest = found
    for prime in (2, 3, 5):
        while rest % prime == 0:
            rest //= prime
    assert rest == 1
    assert least <= found < 2 * least
