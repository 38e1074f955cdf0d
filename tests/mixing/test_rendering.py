"""Rendering: exact lengths, right levels, no clicks."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.mixing import render, render_segment, resampled_length
from audiobook.mixing.audio_segments import audio_segment
from audiobook.mixing.rendering import apply_gain
from audiobook.model.clip import Clip, Segment
from audiobook.model.cue import Sound
from audiobook.model.request import CEILING
from audiobook.model.script import Place
from tests.sounds import loudest, samples_of, tone

PLACE = Place(chapter=1, paragraph=1, line=1)


def segment(*clips: tuple[str, float, int]) -> Segment:
    return Segment(chapter=1, clips=tuple(Clip(place=PLACE, key=k, gain=g, pause=p) for k, g, p in clips))


def rendered(sounds: dict[str, Sound], *clips: tuple[str, float, int], sample_rate: int = 22050) -> bytes:
    return b"".join(render(segment(*clips), sounds.__getitem__, sample_rate))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.binary(max_size=400), st.integers(0, 3000)), max_size=8), st.sampled_from([22050, 44100]))
def test_a_segment_is_exactly_as_long_as_its_takes_and_silences(
    drawn: list[tuple[bytes, int]], sample_rate: int
) -> None:
    takes = {str(at): Sound(pcm=pcm[: len(pcm) // 2 * 2], sample_rate=sample_rate) for at, (pcm, _) in enumerate(drawn)}
    pcm = rendered(takes, *((str(at), 2.0, pause) for at, (_, pause) in enumerate(drawn)), sample_rate=sample_rate)
    silences = sum((pause * sample_rate + 500) // 1000 for _, pause in drawn)
    assert len(pcm) == 2 * (sum(take.samples for take in takes.values()) + silences)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 3_000), st.sampled_from([16_000, 22_050, 24_000, 44_100]), st.sampled_from([22_050, 44_100]))
def test_a_resampled_take_has_the_computed_length(frames: int, own: int, sample_rate: int) -> None:
    take = Sound(pcm=bytes(2 * frames), sample_rate=own)
    assert len(apply_gain(take, 0.0, sample_rate)) == 2 * resampled_length(frames, own, sample_rate)


def test_a_segment_begins_with_its_lead_in_silence() -> None:
    led = replace(segment(("a", 0.0, 0)), lead=100)
    pcm = samples_of(b"".join(render(led, {"a": tone(0.1)}.__getitem__, 22050)))
    assert loudest(pcm[:2205]) == 0
    assert len(pcm) == 2 * 2205


def test_a_pause_is_silent_and_follows_its_take() -> None:
    pcm = samples_of(rendered({"a": tone(0.1)}, ("a", 0.0, 500), ("a", 0.0, 0)))
    assert loudest(pcm[2205 : 2205 + 11025]) == 0
    assert loudest(pcm[:2205]) > 9000
    assert loudest(pcm[2205 + 11025 :]) > 9000


@pytest.mark.parametrize(("gain", "factor"), [(0.0, 1.0), (-6.0206, 0.5), (6.0206, 2.0)])
def test_a_gain_is_applied_in_decibels(gain: float, factor: float) -> None:
    before, after = tone(0.2), samples_of(apply_gain(tone(0.2), gain, 22050))
    assert loudest(after) == pytest.approx(loudest(samples_of(before.pcm)) * factor, rel=0.01)


LIMIT = 32768 * 10 ** (CEILING / 20) + 1


def test_no_take_exceeds_the_ceiling_at_any_gain() -> None:
    assert loudest(samples_of(apply_gain(tone(0.2, level=0.9), 24.0, 22050))) <= LIMIT
    assert loudest(samples_of(apply_gain(tone(0.2, level=1.0), 0.0, 22050))) <= LIMIT


@settings(deadline=None, max_examples=60)
@given(st.binary(min_size=2, max_size=600), st.floats(-10, 24))
def test_noise_does_not_exceed_the_ceiling(noise: bytes, gain: float) -> None:
    pcm = noise[: len(noise) // 2 * 2]
    after = apply_gain(Sound(pcm=pcm, sample_rate=16000), gain, 16000)
    assert len(after) == len(pcm)
    assert loudest(samples_of(after)) <= LIMIT


def test_only_a_few_milliseconds_around_a_peak_are_attenuated() -> None:
    samples = samples_of(tone(0.3, level=0.45).pcm)
    samples[3000] = 32000
    after = samples_of(apply_gain(Sound(pcm=samples.tobytes(), sample_rate=22050), 3.0, 22050))
    plain = samples_of(apply_gain(tone(0.3, level=0.45), 3.0, 22050))
    assert after[3000] == pytest.approx(LIMIT, rel=0.004)
    assert after[:2940] == plain[:2940]
    assert after[3060:] == plain[3060:]


def test_takes_begin_and_end_without_a_step() -> None:
    constant = Sound(pcm=b"\x00\x40" * 4410, sample_rate=22050)  # as loud at its ends as in its middle
    samples = samples_of(apply_gain(constant, -6.0, 22050))
    joined = [0, *samples, 0]
    steps = [abs(after - before) for before, after in itertools.pairwise(joined)]
    assert max(steps) < loudest(samples) / 50
    assert samples[2205] == loudest(samples)


@pytest.mark.parametrize("frames", [0, 1, 2, 3, 65, 131])
def test_a_take_shorter_than_its_fades_keeps_its_length(frames: int) -> None:
    assert len(apply_gain(Sound(pcm=b"\x10\x10" * frames, sample_rate=22050), 1.0, 22050)) == 2 * frames


def test_a_take_with_another_rate_keeps_its_duration_and_pitch() -> None:
    samples = samples_of(apply_gain(tone(0.5, hertz=440.0, sample_rate=16000), 0.0, 24000))
    assert len(samples) == pytest.approx(12000, abs=2)
    rising = sum(before < 0 <= after for before, after in itertools.pairwise(samples))
    assert rising / 0.5 == pytest.approx(440, abs=4)


def test_takes_are_loaded_one_at_a_time() -> None:
    asked: list[str] = []

    def load(key: str) -> Sound:
        asked.append(key)
        return tone(0.05)

    stream = render(segment(("a", 0.0, 10), ("b", 0.0, 10)), load, 22050)
    next(stream)
    assert asked == ["a"]
    assert len(list(stream)) == 3
    assert asked == ["a", "b"]


def test_a_rendered_segment_is_a_pydub_segment_of_the_same_samples() -> None:
    sounds = {"a": tone(0.1), "b": tone(0.2)}
    found = render_segment(segment(("a", 0.0, 10), ("b", -3.0, 20)), sounds.__getitem__, 22050)
    assert type(found).__module__ == "pydub.audio_segment"
    assert (found.frame_rate, found.channels, found.sample_width) == (22050, 1, 2)
    assert found.raw_data == rendered(sounds, ("a", 0.0, 10), ("b", -3.0, 20))
    assert len(found[:100]) == 100  # as pydub counts: milliseconds


def test_a_pydub_segment_is_made_without_a_copy() -> None:
    pcm = tone(0.1).pcm
    assert audio_segment(pcm, 22050).raw_data is pcm


def test_a_sound_is_faded_for_the_requested_time() -> None:
    flat = Sound(pcm=b"\x00\x20" * 22050, sample_rate=22050)
    samples = samples_of(apply_gain(flat, 0.0, 22050, fades=(100, 400)))
    assert samples[1102] == pytest.approx(0x2000 / 2, rel=0.01)
    assert samples[2205] == samples[13000] == 0x2000
    assert samples[-4410] == pytest.approx(0x2000 / 2, rel=0.01)
