"""Trimming and checking of sounds."""

import math
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.cast import Voice
from audiobook.model.cue import Cue, Sound
from audiobook.model.script import Place
from audiobook.synthesis.trimming import MARGIN, trim_silence
from audiobook.synthesis.validation import check_sound, duration_bounds

RATE = 22_050
SENTENCE = "The harbour lay quiet under the snow."  # about 2.3 s


def sound(*parts: tuple[float, int], sample_rate: int = RATE) -> Sound:
    """Parts of (seconds, amplitude), each a square wave."""
    samples: list[int] = []
    for seconds, amplitude in parts:
        frames = round(seconds * sample_rate)
        samples += [amplitude if n // 20 % 2 else -amplitude for n in range(frames)]
    return Sound(pcm=struct.pack(f"<{len(samples)}h", *samples), sample_rate=sample_rate)


def speech(seconds: float, amplitude: int = 8_000) -> Sound:
    """Syllables: loud and quiet in turns."""
    return sound(*[(0.15, amplitude), (0.05, amplitude // 20)] * round(seconds / 0.2))


def cue(text: str = SENTENCE, words_per_minute: int = 175) -> Cue:
    voice = Voice(engine="tone", name="flute", words_per_minute=words_per_minute)
    return Cue(place=Place(chapter=1, paragraph=1, line=1), text=text, voice=voice)


def test_silence_around_speech_is_trimmed_to_the_margin() -> None:
    cut = trim_silence(sound((0.3, 0), (1.0, 8_000), (0.5, 0)))
    assert cut.seconds == pytest.approx(1.0 + 2 * MARGIN, abs=0.006)


def test_silence_within_speech_is_kept() -> None:
    cut = trim_silence(sound((0.1, 0), (0.5, 8_000), (0.8, 0), (0.5, 8_000), (0.1, 0)))
    assert cut.seconds == pytest.approx(1.8 + 2 * MARGIN, abs=0.006)


def test_a_faint_end_is_kept() -> None:
    cut = trim_silence(sound((0.5, 8_000), (0.06, 120), (0.5, 0)))
    assert cut.seconds == pytest.approx(0.56 + MARGIN, abs=0.006)


def test_hiss_counts_as_silence_and_a_single_loud_sample_does_not() -> None:
    assert trim_silence(sound((0.4, 20), (0.3, 9_000), (0.4, 20))).seconds < 0.35
    assert trim_silence(sound((0.5, 0), (1 / RATE, 3_000), (0.5, 0))).samples > 0


def test_a_sound_without_silence_and_a_silent_sound_are_unchanged() -> None:
    for left in (sound((0.5, 8_000)), sound((0.5, 0)), Sound(pcm=b"", sample_rate=RATE)):
        assert trim_silence(left) == left


@settings(max_examples=60, deadline=None)
@given(
    samples=st.lists(st.sampled_from([0, 0, 0, 30, -100, 255, -256, 256, -257, 32_767, -32_768]), max_size=400),
    sample_rate=st.sampled_from([50, 8_000]),
)
def test_trimming_keeps_one_part_with_all_loud_samples(samples: list[int], sample_rate: int) -> None:
    whole = Sound(pcm=struct.pack(f"<{len(samples)}h", *samples), sample_rate=sample_rate)
    cut = trim_silence(whole)
    assert cut.pcm in whole.pcm
    kept = struct.unpack(f"<{cut.samples}h", cut.pcm)
    assert [s for s in kept if abs(s) > 256] == [s for s in samples if abs(s) > 256]


@pytest.mark.parametrize("seconds", [1.6, 2.4, 4.0])
def test_a_normal_duration_is_accepted(seconds: float) -> None:
    assert check_sound(speech(seconds), cue()) is None


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Sound(pcm=b"", sample_rate=RATE), "silent"),
        (sound((2.3, 0)), "silent"),
        (sound((2.3, 200)), "silent"),
        (speech(0.6), "cut off"),
        (speech(30.0), "too long"),
        (sound((2.3, 8_000)), "noise"),  # a hum
        (Sound(pcm=random.Random(1).randbytes(RATE * 4), sample_rate=RATE), "noise"),
    ],
)
def test_a_sound_that_cannot_be_the_text_is_rejected(made: Sound, words: str) -> None:
    assert words in str(check_sound(made, cue()))


@pytest.mark.parametrize("loud", [300, 3_000, 30_000])
def test_noise_of_any_level_is_rejected(loud: int) -> None:
    noise = random.Random(loud)
    samples = [round(noise.uniform(-loud, loud)) for _ in range(RATE * 2)]
    made = Sound(pcm=struct.pack(f"<{len(samples)}h", *samples), sample_rate=RATE)
    assert check_sound(made, cue()) == "the sound is noise"


def test_samples_with_swapped_bytes_are_noise() -> None:
    waves = (math.sin(n * 0.0713) * math.sin(n * 0.00071) for n in range(RATE * 2))
    spoken = struct.pack(f"<{RATE * 2}h", *(round(9_000 * wave) for wave in waves))
    exchanged = bytearray(spoken)
    exchanged[0::2], exchanged[1::2] = spoken[1::2], spoken[0::2]
    assert check_sound(Sound(pcm=bytes(exchanged), sample_rate=RATE), cue()) == "the sound is noise"


def test_speech_with_sibilants_at_all_examined_places_is_accepted() -> None:
    noise, length = random.Random(1), RATE * 10
    samples = [round(9_000 * math.sin(n * 0.05) * math.sin(n * 0.00071)) for n in range(length)]
    for at in range(0, length - RATE // 20, length // 15):
        samples[at : at + RATE // 20] = [round(noise.uniform(-3_000, 3_000)) for _ in range(RATE // 20)]
    made = Sound(pcm=struct.pack(f"<{length}h", *samples), sample_rate=RATE)
    assert check_sound(made, cue("She sells sea shells on the sea shore, and " * 4)) is None


def test_a_psst_is_not_noise() -> None:
    hiss = random.Random(1).randbytes(RATE)[: RATE // 2 * 2]
    assert check_sound(Sound(pcm=hiss, sample_rate=RATE), cue("Psst!")) is None


def test_the_duration_is_checked_against_the_pace_of_the_voice() -> None:
    assert check_sound(speech(1.0), cue(words_per_minute=400)) is None
    assert "cut off" in str(check_sound(speech(1.0), cue(words_per_minute=120)))
    assert check_sound(speech(1.4), cue(), pace=0.8) is None
    assert "cut off" in str(check_sound(speech(1.4), cue(), pace=1.8))
    assert "too long" in str(check_sound(speech(4.8), cue(), pace=1.0))


def test_digits_foreign_letters_and_abbreviations_may_take_longer() -> None:
    assert check_sound(speech(9.0), cue("1,234,567,890")) is None
    assert check_sound(speech(3.0), cue("你好,我的朋友。")) is None
    assert check_sound(speech(7.0), cue("The R S V P of J R R Tolkien to the BBC"), pace=1.0) is None


@settings(deadline=None)
@given(
    text=st.text(min_size=1, max_size=80),
    words_per_minute=st.integers(40, 600),
    pace=st.one_of(st.none(), st.floats(0.5, 2)),
)
def test_the_expected_duration_is_always_within_the_bounds(
    text: str, words_per_minute: int, pace: float | None
) -> None:
    shortest, expected, longest = duration_bounds(text, words_per_minute, pace)
    assert shortest < expected + 0.01
    assert expected < longest


def test_a_text_without_words_may_be_silent() -> None:
    assert check_sound(sound((0.2, 0)), cue("… —")) is None
