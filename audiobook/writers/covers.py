"""Convert cover pictures to what players can show."""

import functools

from audiobook.errors import DeliveryError
from audiobook.model.book import Cover
from audiobook.runtime import ffmpeg

MOST_BYTES = 4 << 20  # players load the whole cover, and every file of a book has a copy
LONGEST_SIDE = 1400  # pixels; larger covers are scaled down when they are converted

_MOST_PIXELS = 50_000_000  # of 8 bytes each, in some formats
_DECODERS = "mjpeg,png,gif,webp,bmp"  # formats found in books; others may unpack a few bytes to 100 MB
_TIMEOUT = 30.0  # seconds
_MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@functools.lru_cache(maxsize=1)  # called when the file is begun and when it is finished
def fit_cover(cover: Cover | None) -> Cover | None:
    """Return a JPEG or PNG of up to `MOST_BYTES` unchanged, and convert anything else to a JPEG of at most 1400 pixels.

    None if there is no cover, or it cannot be decoded: a damaged picture must not stop a build.
    """
    if cover is None:
        return None
    media_type = next((kind for magic, kind in _MAGIC.items() if cover.data.startswith(magic)), None)
    if media_type and len(cover.data) <= MOST_BYTES:
        return Cover(data=cover.data, media_type=media_type)
    try:
        data = ffmpeg.retried(lambda: _shrink(cover.data))
    except DeliveryError:
        return None
    return Cover(data=data, media_type="image/jpeg") if data else None


def _shrink(data: bytes) -> bytes:
    side = LONGEST_SIDE
    scale = f"scale='min({side},iw)':'min({side},ih)':force_original_aspect_ratio=decrease"
    return ffmpeg.pipe(
        [
            # The picture is untrusted: it may be a playlist that names files, or unpack to gigabytes.
            *("-protocol_whitelist", "pipe", "-max_pixels", str(_MOST_PIXELS)),
            *("-codec_whitelist", _DECODERS, "-i", "pipe:0"),
            *("-map", "0:v:0", "-frames:v", "1", "-vf", scale, "-pix_fmt", "yuvj420p", "-q:v", "3"),
            *("-threads", "1", "-strict", "-1", "-f", "mjpeg", "pipe:1"),
        ],
        [data],
        timeout=_TIMEOUT,
    )
