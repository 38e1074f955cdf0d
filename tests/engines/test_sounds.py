import io
import struct
import wave
from pathlib import Path

import pytest

from audiobook.engines.sounds import read_sound, read_wave
from audiobook.errors import EngineError
from audiobook.runtime import ffmpeg


def a_wave(*, channels: int = 1, width: int = 2, rate: int = 16_000, frames: int = 800) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(bytes(range(1, 201)) * (frames * channels * width // 200))
    return file.getvalue()


def test_a_mono_16_bit_wave_is_read_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "spoken.wav"
    path.write_bytes(a_wave())
    sound = read_sound(path)
    assert (sound.sample_rate, sound.samples) == (16_000, 800)


@pytest.mark.parametrize(("channels", "width"), [(2, 2), (1, 1), (1, 3), (2, 4)])
def test_other_wave_formats_are_converted(tmp_path: Path, channels: int, width: int) -> None:
    path = tmp_path / "spoken.wav"
    path.write_bytes(a_wave(channels=channels, width=width))
    sound = read_sound(path)
    assert sound.seconds == pytest.approx(0.05, abs=0.002)


def test_aiff_from_macos_is_converted(tmp_path: Path) -> None:
    (tmp_path / "spoken.wav").write_bytes(a_wave(frames=16_000))
    ffmpeg.run(["-i", tmp_path / "spoken.wav", tmp_path / "spoken.aiff"])
    assert read_sound(tmp_path / "spoken.aiff").seconds == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("cut", [0, 3, 20, 44, 100, 1_000])
def test_a_truncated_wave_is_not_accepted(cut: int) -> None:
    assert read_wave(io.BytesIO(a_wave()[:cut])) is None


@pytest.mark.parametrize("content", [None, b"", b"not a sound at all"])
def test_a_file_without_sound_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "spoken.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineError, match="the engine wrote"):
        read_sound(path)


def chunk(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return name + struct.pack("<L", len(body) if size is None else size) + body


@pytest.mark.parametrize(
    "inside",
    [
        chunk(b"fmt ", struct.pack("<HHLLHH", 1, 1, 16_000, 32_000, 2, 16)) + chunk(b"data", bytes(8), 0xFFFFFFF0),
        chunk(b"LIST", bytes(8), 0xFFFFFF00),
    ],
    ids=["four gigabytes of sound", "a list beyond the end"],
)
def test_false_sizes_in_a_header_are_rejected(inside: bytes) -> None:
    assert read_wave(io.BytesIO(chunk(b"RIFF", b"WAVE" + inside))) is None
