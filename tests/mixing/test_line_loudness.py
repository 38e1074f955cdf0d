"""Line loudness: lines of an uneven engine are brought nearer to the usual loudness of their voice."""

import pytest

from audiobook.mixing import measure_levels, render, segment_key
from audiobook.mixing.line_loudness import compute_correction, measure_loudness
from audiobook.model.clip import Clip, Segment
from audiobook.model.cue import Sound
from audiobook.model.script import Place
from tests.sounds import loudest, samples_of, silence, tone

PLACE = Place(chapter=1, paragraph=1, line=1)


@pytest.mark.parametrize("sample_rate", [16_000, 22_050, 24_000])
@pytest.mark.parametrize("hertz", [80.0, 300.0, 1_000.0, 5_000.0])
def test_the_loudness_is_the_one_ffmpeg_measures(hertz: float, sample_rate: int) -> None:
    spoken = (
        tone(1.3, hertz=hertz, sample_rate=sample_rate).pcm
        + silence(0.4, sample_rate)
        + tone(0.9, hertz=hertz, sample_rate=sample_rate).pcm
    )
    sound = Sound(pcm=spoken, sample_rate=sample_rate)
    assert measure_loudness(sound) == pytest.approx(measure_levels({"a": sound})["a"].loudness, abs=0.15)


def test_a_word_shorter_than_a_block_is_as_loud_as_a_long_one() -> None:
    assert measure_loudness(tone(0.2)) == pytest.approx(measure_loudness(tone(2.0)), abs=0.3)


def test_silent_and_empty_sounds_are_unchanged() -> None:
    assert compute_correction(Sound(pcm=silence(1.0), sample_rate=22_050), -24.0) == 0
    assert compute_correction(Sound(pcm=b"", sample_rate=22_050), -24.0) == 0


@pytest.mark.parametrize(("away", "given"), [(0.0, 0.0), (-2.0, 1.4), (2.0, -1.4), (-20.0, 4.0), (20.0, -4.0)])
def test_a_line_is_corrected_by_most_of_the_difference_within_a_limit(away: float, given: float) -> None:
    line = tone(2.0)
    assert compute_correction(line, measure_loudness(line) - away) == pytest.approx(given, abs=0.051)


def test_only_clips_with_a_usual_loudness_are_corrected() -> None:
    takes = {"loud": tone(1.0, level=0.3), "soft": tone(1.0, level=0.2)}
    usual = measure_loudness(takes["loud"])

    def heard(usual: float | None) -> list[int]:
        clips = tuple(Clip(place=PLACE, key=key, gain=0.0, pause=0, usual=usual) for key in takes)
        rendered = render(Segment(chapter=1, clips=clips), takes.__getitem__, 22_050)
        return [peak for pcm in rendered if (peak := loudest(samples_of(pcm)))]

    loud, soft = heard(None)
    assert heard(usual) == [loud, pytest.approx(soft * 10 ** (2.5 / 20), rel=0.01)]  # 0.7 of 3.5 dB
    assert heard(None) == [loud, soft]


def test_the_usual_loudness_is_part_of_a_segments_key() -> None:
    segments = [
        Segment(chapter=1, clips=(Clip(place=PLACE, key="a", gain=0.0, pause=0, usual=usual),))
        for usual in (None, -24.0, -23.0)
    ]
    assert len({segment_key(segment, 22_050) for segment in segments}) == 3
