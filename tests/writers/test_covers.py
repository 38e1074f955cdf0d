"""Conversion of covers."""

import subprocess
import sys

import pytest

from audiobook.model.book import Cover
from audiobook.runtime import ffmpeg
from audiobook.writers import covers

JPEG_XL = bytes.fromhex("ff0aff0a7fff0aff")  # the beginning of a huge one


def picture(kind: str, size: str = "64x48") -> bytes:
    made, _ = ffmpeg.run(
        ["-f", "lavfi", "-i", f"testsrc=size={size}", "-frames:v", "1", "-c:v", kind, "-f", "image2pipe", "-"]
    )
    return made


def test_a_small_jpeg_or_png_is_kept_as_it_is() -> None:
    png = picture("png")
    assert covers.fit_cover(Cover(data=png, media_type="image/jpeg")) == Cover(data=png, media_type="image/png")


@pytest.mark.parametrize("kind", ["bmp", "gif", "libwebp"])
def test_other_pictures_become_jpegs(kind: str) -> None:
    fit_cover = covers.fit_cover(Cover(data=picture(kind), media_type=f"image/{kind}"))
    assert fit_cover is not None
    assert fit_cover.media_type == "image/jpeg"
    assert fit_cover.data.startswith(b"\xff\xd8\xff")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the memory of a child")
def test_a_few_bytes_do_not_unpack_to_hundreds_of_megabytes() -> None:
    program = (
        "import resource; from audiobook.writers import covers; from audiobook.model.book import Cover; "
        f"print(covers.fit_cover(Cover(data={JPEG_XL!r}, media_type='image/jxl')), "
        "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert said[0] == "None"
    assert int(said[1]) < 200_000 * (1024 if sys.platform == "darwin" else 1)  # kilobytes, there bytes


def test_a_huge_picture_is_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covers, "MOST_BYTES", 1000)
    fit_cover = covers.fit_cover(Cover(data=picture("png", "3000x2000"), media_type="image/png"))
    assert fit_cover is not None
    assert b"\x03\xa5\x05\x78" in fit_cover.data  # 933 by 1400, as a JPEG's frame header has them


@pytest.mark.parametrize("data", [b"", b"no picture", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", b"<svg/>"])
def test_an_unreadable_picture_is_left_out(data: bytes) -> None:
    assert covers.fit_cover(Cover(data=data, media_type="image/png")) is None


def test_no_cover_stays_no_cover() -> None:
    assert covers.fit_cover(None) is None
