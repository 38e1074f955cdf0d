"""Covers as players can show them."""

import functools

from audiobook.errors import DeliveryError
from audiobook.model.book import Cover
from audiobook.runtime import ffmpeg

MOST_BYTES = (
    4 << 20
)  # a cover is read by every player that opens the file, and is in every file of a per-chapter edition
LONGEST_SIDE = 1400  # pixels of one that has to be shrunk

_MOST_PIXELS = 50_000_000  # of 8 bytes each, in some formats
_DECODERS = "mjpeg,png,gif,webp,bmp"  # what books have; others make hundreds of megabytes of a few bytes
_PATIENCE = 30.0  # seconds
_MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@functools.lru_cache(maxsize=1)  # it is asked for where the file begins, and where it is finished
def fitted(cover: Cover | None) -> Cover | None:
    """The cover as it is, where it is a JPEG or PNG of a sane size; else as a JPEG of at most 1400 pixels a side.

    None where there is none, or nobody can read it: an audiobook is not worth less for a broken picture.
    """
    if cover is None:
        return None
    media_type = next((kind for magic, kind in _MAGIC.items() if cover.data.startswith(magic)), None)
    if media_type and len(cover.data) <= MOST_BYTES:
        return Cover(data=cover.data, media_type=media_type)
    try:
        data = ffmpeg.retried(lambda: _shrunk(cover.data))
    except DeliveryError:
        return None
    return Cover(data=data, media_type="image/jpeg") if data else None


def _shrunk(data: bytes) -> bytes:
    side = LONGEST_SIDE
    scale = f"scale='min({side},iw)':'min({side},ih)':force_original_aspect_ratio=decrease"
    return ffmpeg.pipe(
        [
            # The picture comes from a stranger: it may be a playlist that names files, or unpack to gigabytes.
            *("-protocol_whitelist", "pipe", "-max_pixels", str(_MOST_PIXELS)),
            *("-codec_whitelist", _DECODERS, "-i", "pipe:0"),
            *("-map", "0:v:0", "-frames:v", "1", "-vf", scale, "-pix_fmt", "yuvj420p", "-q:v", "3"),
            *("-threads", "1", "-strict", "-1", "-f", "mjpeg", "pipe:1"),
        ],
        [data],
        patience=_PATIENCE,
    )
