"""Covers as players can show them."""

import pytest

from audiobook import ffmpeg
from audiobook.book import Cover
from audiobook.delivering import covers


def picture(kind: str, size: str = "64x48") -> bytes:
    made, _ = ffmpeg.run(
        ["-f", "lavfi", "-i", f"testsrc=size={size}", "-frames:v", "1", "-c:v", kind, "-f", "image2pipe", "-"]
    )
    return made


def test_a_small_jpeg_or_png_is_kept_as_it_is() -> None:
    png = picture("png")
    assert covers.fitted(Cover(data=png, media_type="image/jpeg")) == Cover(data=png, media_type="image/png")


def test_other_pictures_become_jpegs() -> None:
    fitted = covers.fitted(Cover(data=picture("bmp"), media_type="image/bmp"))
    assert fitted is not None
    assert fitted.media_type == "image/jpeg"
    assert fitted.data.startswith(b"\xff\xd8\xff")


def test_a_huge_picture_is_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covers, "MOST_BYTES", 1000)
    fitted = covers.fitted(Cover(data=picture("png", "3000x2000"), media_type="image/png"))
    assert fitted is not None
    assert b"\x03\xa5\x05\x78" in fitted.data  # 933 by 1400, as a JPEG's frame header has them


@pytest.mark.parametrize("data", [b"", b"no picture", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", b"<svg/>"])
def test_what_nobody_can_read_is_left_out(data: bytes) -> None:
    assert covers.fitted(Cover(data=data, media_type="image/png")) is None


def test_no_cover_stays_no_cover() -> None:
    assert covers.fitted(None) is None
