"""One channel of samples as two equal ones, and back."""

import array


def both_channels(pcm: bytes) -> bytes:
    """Every 16-bit sample twice, left and right. Their bytes are only moved, so their order does not matter."""
    mono = array.array("h", pcm)
    stereo = array.array("h", bytes(2 * len(pcm)))
    stereo[0::2] = stereo[1::2] = mono
    return stereo.tobytes()


def first_channel(pcm: bytes) -> bytes:
    """The left channel of two."""
    return array.array("h", pcm)[0::2].tobytes()
