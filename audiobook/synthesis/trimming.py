"""The silence around speech, cut to a hair's breadth: pauses are then exactly as long as the mix says."""

import struct

from audiobook.model.cue import SAMPLE_BYTES, Sound

MARGIN = 0.010  # seconds kept before and after what is heard
QUIET = b"\x00\xff"  # the high bytes of samples between -256 and 255: -42 dB of full scale and below
_CHUNK = 0.25  # seconds searched at a time
_FAINT = 64  # the amplitude of the faintest sound kept at the edges, -54 dB
_STEP = 0.005  # seconds
_FARTHEST = 30  # steps that a faint beginning or end may last


def trimmed(sound: Sound) -> Sound:
    """The sound without the silence at its ends; all of it where it is silent throughout.

    The search for a loud sample looks at the samples' high bytes only and runs in C; where speech fades in or out below
    that, the faint edge is kept too.
    """
    first = _first_loud(sound)
    if first is None:
        return sound
    last = _last_loud(sound)
    margin = round(MARGIN * sound.rate)
    start = max(0, first - _faint_frames(sound, first, -1) - margin)
    end = min(sound.frames, last + _faint_frames(sound, last, 1) + margin)
    sentences = tuple((at, sample - start) for at, sample in sound.sentences if start < sample < end)
    return Sound(pcm=sound.pcm[start * SAMPLE_BYTES : end * SAMPLE_BYTES], rate=sound.rate, sentences=sentences)


def _first_loud(sound: Sound) -> int | None:
    """The frame of the first loud sample; None where there is none."""
    chunk = max(1, round(_CHUNK * sound.rate))
    for at in range(0, sound.frames, chunk):
        high = _high_bytes(sound, at, at + chunk)
        from_loud = high.lstrip(QUIET)
        if from_loud:
            return at + len(high) - len(from_loud)
    return None


def _last_loud(sound: Sound) -> int:
    """The frame after the last loud sample."""
    chunk = max(1, round(_CHUNK * sound.rate))
    for end in range(sound.frames, 0, -chunk):
        at = max(0, end - chunk)
        to_loud = _high_bytes(sound, at, end).rstrip(QUIET)
        if to_loud:
            return at + len(to_loud)
    return 0


def _high_bytes(sound: Sound, start: int, end: int) -> bytes:
    return sound.pcm[start * SAMPLE_BYTES + 1 : end * SAMPLE_BYTES : SAMPLE_BYTES]


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
