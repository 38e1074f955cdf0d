"""The silence around speech, cut to a hair's breadth: pauses are then exactly as long as the mix says."""

import struct

from audiobook.take import SAMPLE_BYTES, Sound

MARGIN = 0.010  # seconds kept before and after what is heard
_QUIET_BYTES = b"\x00\xff"  # the high bytes of samples between -256 and 255: -42 dB of full scale and below
_FAINT = 64  # the amplitude of the faintest sound kept, -54 dB
_STEP = 0.005  # seconds
_FARTHEST = 30  # steps that a faint beginning or end may last


def loud_frames(sound: Sound) -> int:
    """How many frames lie above -42 dB of full scale."""
    return len(sound.pcm[1::SAMPLE_BYTES].translate(None, _QUIET_BYTES))


def trimmed(sound: Sound) -> Sound:
    """The sound without the silence at its ends; all of it where it is silent throughout.

    The search for loud samples looks at the high byte of each and runs in C over the whole sound; only the faint
    edges are looked at one by one.
    """
    high = sound.pcm[1::SAMPLE_BYTES]
    from_loud = high.lstrip(_QUIET_BYTES)
    if not from_loud:
        return sound
    first = len(high) - len(from_loud)
    last = first + len(from_loud.rstrip(_QUIET_BYTES))
    margin = round(MARGIN * sound.rate)
    start = max(0, first - _faint_frames(sound, first, -1) - margin)
    end = min(sound.frames, last + _faint_frames(sound, last, 1) + margin)
    return Sound(pcm=sound.pcm[start * SAMPLE_BYTES : end * SAMPLE_BYTES], rate=sound.rate)


def _faint_frames(sound: Sound, edge: int, direction: int) -> int:
    """How many frames beyond a loud edge are faint but not silent, in whole steps."""
    step = max(1, round(_STEP * sound.rate))
    for steps in range(_FARTHEST):
        near, far = edge + direction * steps * step, edge + direction * (steps + 1) * step
        window = sound.pcm[max(0, min(near, far)) * SAMPLE_BYTES : max(near, far, 0) * SAMPLE_BYTES]
        samples = struct.unpack(f"<{len(window) // SAMPLE_BYTES}h", window)
        if not samples or max(*samples, -min(samples)) < _FAINT:
            return steps * step
    return _FARTHEST * step
