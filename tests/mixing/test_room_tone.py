import math

import pytest

from audiobook.mixing import render, segment_key
from audiobook.mixing.room_tone import room_tone
from audiobook.model.clip import Clip, Segment
from audiobook.model.cue import Sound
from audiobook.model.script import Place
from tests.sounds import samples_of

RATE = 44_100
REEL = Segment(
    chapter=1, lead=700, clips=(Clip(place=Place(chapter=1, paragraph=1, line=1), key="take", gain=0.0, pause=2_500),)
)


def level(pcm: bytes) -> float:
    samples = samples_of(pcm)
    return 20 * math.log10(math.sqrt(sum(one * one for one in samples) / len(samples)) / 32768)


def rendered(room: float | None) -> list[bytes]:
    return list(render(REEL, lambda _: Sound(pcm=bytes(2 * RATE), sample_rate=RATE), RATE, room=room))


@pytest.mark.parametrize("wanted", [-75.0, -65.0])
def test_room_tone_has_the_requested_level_and_is_deterministic(wanted: float) -> None:
    tone = room_tone(10 * RATE, RATE, wanted)
    assert level(tone) == pytest.approx(wanted, abs=0.2)
    assert room_tone(10 * RATE, RATE, wanted) == tone
    assert len(tone) == 20 * RATE


def test_room_tone_fills_all_silences_and_makes_none_longer() -> None:
    silent, toned = rendered(None), rendered(-75.0)
    assert [len(part) for part in toned] == [len(part) for part in silent]
    assert [any(part) for part in silent] == [False, False, False]
    assert [any(part) for part in toned] == [True, False, True]


def test_the_room_tone_is_part_of_a_segments_key() -> None:
    assert len({segment_key(REEL, RATE, room=room) for room in (None, -75.0, -70.0)}) == 3
