"""Long silences are skipped by the encoder and restored in the frames."""

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import DeliveryError
from audiobook.model.request import Encoding
from audiobook.writers.mp3 import encoding as encoders
from audiobook.writers.mp3.encoding import encode
from audiobook.writers.mp3.frames import LEAD, frame_offsets, is_silent, layout
from audiobook.writers.mp3.silences import SilenceSkipper
from tests.sounds import decoded, loudest, samples_of, silence, to_pcm, tone

FORM = layout(Encoding())
ENCODINGS = [
    Encoding(sample_rate=sample_rate, channels=channels, bitrate=bitrate)
    for sample_rate in (16000, 22050, 24000, 32000, 44100, 48000)
    for channels in (1, 2)
    for bitrate in (32, 64, 128, 160)
] + [Encoding(sample_rate=16000, channels=2, bitrate=8), Encoding(sample_rate=44100, channels=2, bitrate=320)]


def given_to_the_encoder(chunks: Iterable[bytes], encoding: Encoding = Encoding()) -> tuple[bytes, SilenceSkipper]:  # noqa: B008
    sound = SilenceSkipper(layout(encoding))
    return b"".join(sound.skip_silences(chunks)), sound


def cut_at(pcm: bytes, samples: Iterable[int]) -> Iterator[bytes]:
    bounds = sorted({0, len(pcm), *(2 * at for at in samples if 2 * at < len(pcm))})
    return (pcm[start:end] for start, end in pairwise(bounds))


# Stretches of sound and of silence, some of it as short as what an engine puts between two words.
takes = st.lists(st.tuples(st.integers(1, 6_000), st.integers(0, 9_000)), max_size=5).map(
    lambda spans: b"".join(Random(sound).randbytes(2 * sound - 1) + b"\1" + bytes(2 * pause) for sound, pause in spans)
)


@settings(deadline=None, max_examples=60)
@given(takes, st.lists(st.integers(1, 40_000), max_size=8))
def test_the_encoder_is_given_the_same_however_the_sound_is_cut_into_chunks(pcm: bytes, cuts: list[int]) -> None:
    whole, sound = given_to_the_encoder([pcm])
    parts, other = given_to_the_encoder(cut_at(pcm, cuts))
    assert (whole, sound.cuts, sound.quiet) == (parts, other.cuts, other.quiet)


@settings(deadline=None, max_examples=60)
@given(takes)
def test_only_zeros_are_skipped_and_only_in_whole_frames(pcm: bytes) -> None:
    audible, sound = given_to_the_encoder([pcm])
    assert len(audible) == max(2, len(pcm)) - 2 * FORM.samples * sound.missing
    at = done = 0
    for cut in sound.cuts:  # what is missing is put back where the first silent frame begins
        place = 2 * (cut.frame * FORM.samples - LEAD)
        assert pcm[at : at + place - done] == audible[done:place]
        at += place - done
        missing = 2 * cut.missing * FORM.samples
        assert not pcm[at : at + missing].strip(b"\0")
        at, done = at + missing, place
    assert pcm[at:] == audible[done:] or not pcm


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 3_000), st.integers(8_000, 60_000), st.integers(1, 3_000))
def test_of_a_silence_it_gets_no_more_than_two_tenths_of_a_second(before: int, pause: int, after: int) -> None:
    audible, _ = given_to_the_encoder([b"\1\1" * before, bytes(2 * pause), b"\1\1" * after])
    assert len(audible) // 2 - before - after < 0.2 * 22050


@settings(deadline=None, max_examples=25)
@given(takes.filter(bool), st.sampled_from(ENCODINGS))
def test_every_encoding_has_its_frames_put_back(pcm: bytes, encoding: Encoding) -> None:
    encoded = encode([pcm], encoding)
    form = layout(encoding)
    offsets = frame_offsets(encoded.data, form)
    assert (len(offsets) - 1) * form.samples == encoded.samples
    assert encoded.sound == len(pcm) // 2


@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
def test_silences_between_sounds_are_as_long_and_as_silent_as_ever(encoding: Encoding, tmp_path: Path) -> None:
    sample_rate = encoding.sample_rate
    pieces = [
        tone(0.3, sample_rate=sample_rate).pcm,
        silence(1.0, sample_rate),
        tone(0.2, sample_rate=sample_rate).pcm,
        silence(2.0, sample_rate),
    ]
    pieces += [tone(0.3, sample_rate=sample_rate).pcm, silence(0.5, sample_rate)]
    (tmp_path / "whole.mp3").write_bytes(encoders.encode_frames(pieces, encoding))
    encoded = encode(pieces, encoding)
    (tmp_path / "restored.mp3").write_bytes(encoded.data)
    whole, restore_silences = (decoded(tmp_path / name, sample_rate)[LEAD:] for name in ("whole.mp3", "restored.mp3"))
    starts = list(accumulate((len(piece) // 2 for piece in pieces), initial=0))
    for number, (start, end) in enumerate(pairwise(starts)):
        if number % 2:
            ringing = 2 * layout(encoding).samples  # of the sound before, and what the next is announced with
            assert loudest(restore_silences[start + ringing : end - ringing]) == 0 or number == len(pieces) - 1
        else:
            power = sum(sample**2 for sample in whole[start:end])
            differences = ((restore_silences[at] - whole[at]) ** 2 for at in range(start, end))
            assert sum(differences) < 0.01 * power, f"from sample {start}"


@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
def test_what_is_silent_is_seen_in_the_frames(encoding: Encoding) -> None:
    form = layout(encoding)
    raw = encoders.encode_frames(
        [silence(1.0, encoding.sample_rate), tone(1.0, sample_rate=encoding.sample_rate).pcm], encoding
    )
    seen = [is_silent(raw, at, form) for at in frame_offsets(raw, form)]
    half = len(seen) // 2
    assert all(seen[: half - 3])
    assert not any(seen[half + 3 : -3])
    assert not seen[-1], "there is no frame behind the last"


def test_a_segment_of_nothing_but_silence_is_as_long_as_it_is(tmp_path: Path) -> None:
    for frames in (3_000, 22_050, 100_001):
        encoded = encode([bytes(2 * frames)], Encoding())
        assert abs(encoded.samples - frames) <= FORM.samples / 2
        (tmp_path / "a.mp3").write_bytes(encoded.data)
        assert loudest(decoded(tmp_path / "a.mp3", 22050)) == 0


def test_an_encoder_that_makes_sound_of_silence_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def noisy(pcm: Iterable[bytes], encoding: Encoding) -> bytes:
        size = len(b"".join(pcm))
        return honest([to_pcm([Random(1).randrange(-3000, 3000) for _ in range(size // 2)])], encoding)

    honest = encoders.encode_frames
    monkeypatch.setattr(encoders, "encode_frames", noisy)
    with pytest.raises(DeliveryError, match="a silent frame contains sound"):
        encode([tone(0.5).pcm, silence(1.0), tone(0.5).pcm], Encoding())


def test_faint_sound_is_no_silence() -> None:
    faint = to_pcm([0, 1] * 20_000)
    audible, sound = given_to_the_encoder([faint])
    assert audible == faint
    assert not sound.cuts
    assert not samples_of(audible)[0]
