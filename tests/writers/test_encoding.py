"""Encoding: independent frames with the length and the sound of the input."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import DeliveryError, UsageError
from audiobook.model.request import Encoding
from audiobook.writers.mp3 import encoding as encoders
from audiobook.writers.mp3.encoding import encode, encoded_segment_key
from audiobook.writers.mp3.frames import LEAD, layout
from tests.sounds import decoded, first_audible, loudest, samples_of, silence, tone
from tests.writers.encoding_helpers import burst

ENCODINGS = [Encoding(), Encoding(sample_rate=44100, bitrate=128), Encoding(sample_rate=16000, bitrate=32, channels=2)]


@pytest.fixture(params=["LAME in the process", "LAME in ffmpeg"])
def encoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LAME's wheel is not installed, ffmpeg must do as well."""
    if request.param == "LAME in ffmpeg":
        monkeypatch.setattr(encoders, "has_lame", lambda: False)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 4000), st.integers(1700, 9000))
def test_a_segment_is_as_long_as_its_sound_to_half_a_frame(sound: int, pause: int) -> None:
    encoded = encode([b"\x00\x08" * sound, bytes(2 * pause)], Encoding())
    assert abs(encoded.samples - (sound + pause)) <= 288 or encoded.samples == 576


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
def test_sound_that_goes_on_to_the_end_is_not_cut(encoding: Encoding, tmp_path: Path) -> None:
    sound = tone(0.4, sample_rate=encoding.sample_rate)
    (tmp_path / "a.mp3").write_bytes(encode([sound.pcm], encoding).data)
    samples = decoded(tmp_path / "a.mp3", encoding.sample_rate)
    assert loudest(samples[LEAD + sound.samples - 200 : LEAD + sound.samples]) > 5000


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
def test_what_comes_out_is_what_went_in(encoding: Encoding, tmp_path: Path) -> None:
    sound = tone(0.4, sample_rate=encoding.sample_rate)
    (tmp_path / "a.mp3").write_bytes(encode([sound.pcm, silence(0.5, encoding.sample_rate)], encoding).data)
    samples, original = decoded(tmp_path / "a.mp3", encoding.sample_rate), samples_of(sound.pcm)
    middle = range(1000, len(original) - 1000)
    error = sum((samples[at + LEAD] - original[at]) ** 2 for at in middle)
    assert error < 0.01 * sum(original[at] ** 2 for at in middle)
    assert abs(first_audible(samples) - LEAD) < encoding.sample_rate * 0.005


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
def test_a_segment_sounds_the_same_behind_any_other(encoding: Encoding, tmp_path: Path) -> None:
    noise = encode([Random(1).randbytes(2 * encoding.sample_rate)], encoding)
    segment = encode(
        [
            silence(0.2, encoding.sample_rate),
            tone(0.4, sample_rate=encoding.sample_rate).pcm,
            silence(0.5, encoding.sample_rate),
        ],
        encoding,
    )
    (tmp_path / "alone.mp3").write_bytes(segment.data)
    (tmp_path / "behind.mp3").write_bytes(noise.data + segment.data)
    alone, behind = (decoded(tmp_path / f"{name}.mp3", encoding.sample_rate) for name in ("alone", "behind"))
    own, begun = behind[noise.samples :], 2 * layout(encoding).samples  # until then the noise dies away in the decoder
    assert max(abs(one - other) for one, other in zip(alone[begun:], own[begun:], strict=True)) <= 1


def test_the_same_sound_gives_the_same_bytes_however_it_is_handed_over() -> None:
    pcm = tone(0.5).pcm + silence(0.6)
    assert encode([pcm], Encoding()) == burst()
    assert encode([pcm[at : at + 1234] for at in range(0, len(pcm), 1234)], Encoding()) == burst()


def test_the_encoder_is_asked_seldom_however_small_the_pieces_are(monkeypatch: pytest.MonkeyPatch) -> None:
    lameenc: Any = pytest.importorskip("lameenc")
    pcm, asked = tone(14.0).pcm, list[int]()
    whole = encode([pcm], Encoding())

    class Counted:
        def __init__(self) -> None:
            self._lame = lame()

        def encode(self, samples: bytes) -> bytes:
            asked.append(len(samples))
            return bytes(self._lame.encode(samples))

        def __getattr__(self, name: str) -> Any:
            return getattr(self._lame, name)

    lame = lameenc.Encoder
    monkeypatch.setattr(lameenc, "Encoder", Counted)
    assert encode((pcm[at : at + 2_000] for at in range(0, len(pcm), 2_000)), Encoding()) == whole
    assert len(asked) == 3
    assert sum(asked) == len(pcm)


def test_no_sound_at_all_still_gives_frames() -> None:
    assert 0 < encode([], Encoding()).samples <= 1152


def test_an_error_while_rendering_comes_through_and_leaves_no_ffmpeg_behind() -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(1000)
        raise KeyError("the take is gone")

    with pytest.raises(KeyError, match="the take is gone"):
        encode(broken(), Encoding())


def test_an_impossible_encoding_is_refused_before_anything_is_read() -> None:
    with pytest.raises(UsageError):
        encode(iter(()), Encoding(bitrate=65))


def test_an_encoder_that_writes_something_else_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audiobook.runtime import ffmpeg

    liar = tmp_path / "ffmpeg"
    liar.write_text("#!/bin/sh\ncat >/dev/null\necho not an mp3\n")
    liar.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "find", lambda: liar)
    monkeypatch.setattr(encoders, "has_lame", lambda: False)
    with pytest.raises(DeliveryError, match="wrote invalid MP3 frames"):
        encode([bytes(1000)], Encoding())


def test_the_key_of_an_encoded_segment_changes_exactly_with_what_shapes_its_frames() -> None:
    encodings = [Encoding(), Encoding(bitrate=48), Encoding(sample_rate=24000), Encoding(channels=2)]
    keys = {encoded_segment_key("abc", encoding) for encoding in encodings} | {encoded_segment_key("abd", Encoding())}
    assert len(keys) == 5
    assert encoded_segment_key("abc", Encoding()) in keys
