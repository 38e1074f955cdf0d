"""Convert mono samples to stereo, and back."""

import array


def both_channels(pcm: bytes) -> bytes:
    """Duplicate every 16-bit sample for left and right. Works for either byte order."""
    mono = array.array("h", pcm)
    stereo = array.array("h", bytes(2 * len(pcm)))
    stereo[0::2] = stereo[1::2] = mono
    return stereo.tobytes()


def first_channel(pcm: bytes) -> bytes:
    """The left channel of stereo samples."""
    return array.array("h", pcm)[0::2].tobytes()
