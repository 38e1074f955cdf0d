"""MP3 frames: what can be, and where they end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import UsageError
from audiobook.model.request import Encoding
from audiobook.writers.mp3.encoding import encode
from audiobook.writers.mp3.frames import frame_offsets, layout
from tests.sounds import tone
from tests.writers.encoding_helpers import burst


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        (Encoding(sample_rate=22000), "16000, 22050, 24000, 32000, 44100, 48000"),
        (Encoding(sample_rate=0), "16000"),
        (Encoding(bitrate=63), "56, 64, 80"),
        (Encoding(sample_rate=22050, bitrate=192), "144, 160"),
        (Encoding(sample_rate=44100, bitrate=24), "32, 40"),
        (Encoding(channels=6), "1 or 2"),
    ],
)
def test_what_mp3_cannot_be_is_refused_with_what_it_can_be(encoding: Encoding, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        layout(encoding)
    assert said in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("sample_rate", [16000, 22050, 24000, 32000, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("bitrate", [32, 128])
def test_every_allowed_encoding_gives_the_frames_it_promises(sample_rate: int, channels: int, bitrate: int) -> None:
    encoding = Encoding(sample_rate=sample_rate, channels=channels, bitrate=bitrate)
    encoded = encode([tone(0.3, sample_rate=sample_rate).pcm], encoding)
    form = layout(encoding)
    assert (len(frame_offsets(encoded.data, form)) - 1) * form.samples == encoded.samples


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_damaged_frames_are_noticed(data: st.DataObject) -> None:
    encoded = burst().data
    cut = data.draw(st.integers(1, len(encoded) - 1))
    form = layout(Encoding())
    if cut not in frame_offsets(encoded, form):
        with pytest.raises(ValueError, match="frame"):
            frame_offsets(encoded[:cut], form)
    with pytest.raises(ValueError, match="frame"):
        frame_offsets(encoded + b"\0" * 300, form)
    with pytest.raises(ValueError, match="frame"):
        frame_offsets(encoded, layout(Encoding(bitrate=48)))
