"""Trim the silence around speech, so that pauses are exactly as long as the mix requires."""

import struct

from audiobook.model.cue import SAMPLE_BYTES, Sound

MARGIN = 0.010  # seconds kept before and after the speech
QUIET = b"\x00\xff"  # high bytes of samples between -256 and 255: below about -42 dBFS
_CHUNK = 0.25  # seconds searched at once
_FADE_AMPLITUDE = 64  # amplitude that still counts as a fade at the edges, -54 dBFS
_STEP = 0.005  # seconds
_MAX_FADE_STEPS = 30  # maximum number of steps in a fade


def trim_silence(sound: Sound) -> Sound:
    """Remove the silence at both ends. A sound that is completely silent is returned unchanged.

    The search for loud samples runs in C on the high bytes of the samples. Fainter samples are kept if they belong to
    a fade at the edge.
    """
    first = _find_first_loud(sound)
    if first is None:
        return sound
    last = _find_last_loud(sound)
    margin = round(MARGIN * sound.sample_rate)
    start = max(0, first - _count_faint_samples(sound, first, -1) - margin)
    end = min(sound.samples, last + _count_faint_samples(sound, last, 1) + margin)
    sentences = tuple((at, sample - start) for at, sample in sound.sentences if start < sample < end)
    return Sound(
        pcm=sound.pcm[start * SAMPLE_BYTES : end * SAMPLE_BYTES], sample_rate=sound.sample_rate, sentences=sentences
    )


def _find_first_loud(sound: Sound) -> int | None:
    """The position of the first loud sample; None if there is none."""
    chunk = max(1, round(_CHUNK * sound.sample_rate))
    for at in range(0, sound.samples, chunk):
        high = _high_bytes(sound, at, at + chunk)
        rest = high.lstrip(QUIET)
        if rest:
            return at + len(high) - len(rest)
    return None


def _find_last_loud(sound: Sound) -> int:
    """The position after the last loud sample."""
    chunk = max(1, round(_CHUNK * sound.sample_rate))
    for end in range(sound.samples, 0, -chunk):
        at = max(0, end - chunk)
        rest = _high_bytes(sound, at, end).rstrip(QUIET)
        if rest:
            return at + len(rest)
    return 0


def _high_bytes(sound: Sound, start: int, end: int) -> bytes:
    return sound.pcm[start * SAMPLE_BYTES + 1 : end * SAMPLE_BYTES : SAMPLE_BYTES]


def _count_faint_samples(sound: Sound, edge: int, direction: int) -> int:
    """The number of samples beyond a loud edge that are faint but not silent, in whole steps."""
    step = max(1, round(_STEP * sound.sample_rate))
    for steps in range(_MAX_FADE_STEPS):
        near, far = edge + direction * steps * step, edge + direction * (steps + 1) * step
        window = sound.pcm[max(0, min(near, far)) * SAMPLE_BYTES : max(near, far, 0) * SAMPLE_BYTES]
        samples = struct.unpack(f"<{len(window) // SAMPLE_BYTES}h", window)
        if not samples or max(*samples, -min(samples)) < _FADE_AMPLITUDE:
            return steps * step
    return _MAX_FADE_STEPS * step
