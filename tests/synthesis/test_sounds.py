"""Trimming and checking."""

import math
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.cast import Voice
from audiobook.model.cue import Cue, Sound
from audiobook.model.script import Place
from audiobook.synthesis.trimming import MARGIN, trimmed
from audiobook.synthesis.validation import bounds, complaint

RATE = 22_050
SENTENCE = "The harbour lay quiet under the snow."  # about 2.3 s


def sound(*parts: tuple[float, int], rate: int = RATE) -> Sound:
    """Parts of (seconds, amplitude), each a square wave."""
    samples: list[int] = []
    for seconds, amplitude in parts:
        frames = round(seconds * rate)
        samples += [amplitude if n // 20 % 2 else -amplitude for n in range(frames)]
    return Sound(pcm=struct.pack(f"<{len(samples)}h", *samples), rate=rate)


def speech(seconds: float, amplitude: int = 8_000) -> Sound:
    """Syllables: loud and quiet in turns."""
    return sound(*[(0.15, amplitude), (0.05, amplitude // 20)] * round(seconds / 0.2))


def cue(text: str = SENTENCE, rate: int = 175) -> Cue:
    voice = Voice(engine="tone", name="flute", rate=rate)
    return Cue(place=Place(chapter=1, paragraph=1, line=1), text=text, voice=voice)


def test_silence_around_speech_is_cut_to_the_margin() -> None:
    cut = trimmed(sound((0.3, 0), (1.0, 8_000), (0.5, 0)))
    assert cut.seconds == pytest.approx(1.0 + 2 * MARGIN, abs=0.006)


def test_silence_within_speech_stays() -> None:
    cut = trimmed(sound((0.1, 0), (0.5, 8_000), (0.8, 0), (0.5, 8_000), (0.1, 0)))
    assert cut.seconds == pytest.approx(1.8 + 2 * MARGIN, abs=0.006)


def test_a_faint_end_is_kept() -> None:
    cut = trimmed(sound((0.5, 8_000), (0.06, 120), (0.5, 0)))
    assert cut.seconds == pytest.approx(0.56 + MARGIN, abs=0.006)


def test_hiss_is_silence_and_a_loud_single_sample_is_not() -> None:
    assert trimmed(sound((0.4, 20), (0.3, 9_000), (0.4, 20))).seconds < 0.35
    assert trimmed(sound((0.5, 0), (1 / RATE, 3_000), (0.5, 0))).frames > 0


def test_a_sound_without_silence_and_a_silent_one_are_left_alone() -> None:
    for left in (sound((0.5, 8_000)), sound((0.5, 0)), Sound(pcm=b"", rate=RATE)):
        assert trimmed(left) == left


@settings(max_examples=60, deadline=None)
@given(
    samples=st.lists(st.sampled_from([0, 0, 0, 30, -100, 255, -256, 256, -257, 32_767, -32_768]), max_size=400),
    rate=st.sampled_from([50, 8_000]),
)
def test_trimming_cuts_a_stretch_and_loses_nothing_loud(samples: list[int], rate: int) -> None:
    whole = Sound(pcm=struct.pack(f"<{len(samples)}h", *samples), rate=rate)
    cut = trimmed(whole)
    assert cut.pcm in whole.pcm
    kept = struct.unpack(f"<{cut.frames}h", cut.pcm)
    assert [s for s in kept if abs(s) > 256] == [s for s in samples if abs(s) > 256]


@pytest.mark.parametrize("seconds", [1.6, 2.4, 4.0])
def test_a_usual_length_is_no_complaint(seconds: float) -> None:
    assert complaint(speech(seconds), cue()) is None


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Sound(pcm=b"", rate=RATE), "silent"),
        (sound((2.3, 0)), "silent"),
        (sound((2.3, 200)), "silent"),
        (speech(0.6), "cut off"),
        (speech(30.0), "too long"),
        (sound((2.3, 8_000)), "noise"),  # a hum
        (Sound(pcm=random.Random(1).randbytes(RATE * 4), rate=RATE), "noise"),
    ],
)
def test_what_cannot_be_the_text_is_a_complaint(made: Sound, words: str) -> None:
    assert words in str(complaint(made, cue()))


@pytest.mark.parametrize("loud", [300, 3_000, 30_000])
def test_noise_is_noise_however_loud(loud: int) -> None:
    noise = random.Random(loud)
    samples = [round(noise.uniform(-loud, loud)) for _ in range(RATE * 2)]
    made = Sound(pcm=struct.pack(f"<{len(samples)}h", *samples), rate=RATE)
    assert complaint(made, cue()) == "the sound is noise"


def test_samples_with_their_bytes_exchanged_are_noise() -> None:
    waves = (math.sin(n * 0.0713) * math.sin(n * 0.00071) for n in range(RATE * 2))
    spoken = struct.pack(f"<{RATE * 2}h", *(round(9_000 * wave) for wave in waves))
    exchanged = bytearray(spoken)
    exchanged[0::2], exchanged[1::2] = spoken[1::2], spoken[0::2]
    assert complaint(Sound(pcm=bytes(exchanged), rate=RATE), cue()) == "the sound is noise"


def test_sibilants_wherever_a_sound_is_looked_at_first_make_no_noise_of_it() -> None:
    noise, length = random.Random(1), RATE * 10
    samples = [round(9_000 * math.sin(n * 0.05) * math.sin(n * 0.00071)) for n in range(length)]
    for at in range(0, length - RATE // 20, length // 15):
        samples[at : at + RATE // 20] = [round(noise.uniform(-3_000, 3_000)) for _ in range(RATE // 20)]
    made = Sound(pcm=struct.pack(f"<{length}h", *samples), rate=RATE)
    assert complaint(made, cue("She sells sea shells on the sea shore, and " * 4)) is None


def test_a_psst_is_no_noise() -> None:
    hiss = random.Random(1).randbytes(RATE)[: RATE // 2 * 2]
    assert complaint(Sound(pcm=hiss, rate=RATE), cue("Psst!")) is None


def test_the_pace_of_the_voice_counts() -> None:
    assert complaint(speech(1.0), cue(rate=400)) is None
    assert "cut off" in str(complaint(speech(1.0), cue(rate=120)))
    assert complaint(speech(1.4), cue(), pace=0.8) is None
    assert "cut off" in str(complaint(speech(1.4), cue(), pace=1.8))
    assert "too long" in str(complaint(speech(4.8), cue(), pace=1.0))


def test_figures_foreign_letters_and_what_is_spelled_may_take_long() -> None:
    assert complaint(speech(9.0), cue("1,234,567,890")) is None
    assert complaint(speech(3.0), cue("你好,我的朋友。")) is None
    assert complaint(speech(7.0), cue("The R S V P of J R R Tolkien to the BBC"), pace=1.0) is None


@settings(deadline=None)
@given(text=st.text(min_size=1, max_size=80), rate=st.integers(40, 600), pace=st.one_of(st.none(), st.floats(0.5, 2)))
def test_whatever_the_text_the_bounds_lie_around_what_is_expected(text: str, rate: int, pace: float | None) -> None:
    shortest, expected, longest = bounds(text, rate, pace)
    assert shortest < expected + 0.01
    assert expected < longest


def test_a_text_with_nothing_to_say_may_be_silent() -> None:
    assert complaint(sound((0.2, 0)), cue("… —")) is None
