"""Where one sentence of a take ends and the next begins.

An engine may report where a sentence begins. Otherwise the take's own pauses show it.
Count up `segments.RECIPE` whenever this finds other places.
"""

from collections.abc import Iterator, Sequence

from audiobook.mixing.resampling import resampled_length
from audiobook.model.clip import SentenceBreak
from audiobook.model.cue import SAMPLE_BYTES, Sound

_NEAR = 3  # characters between a sentence of ours and the engine's
_QUIET = b"\x00\xff"  # the high bytes of samples between -256 and 255, -42 dB of full scale
_STEP = 0.1  # seconds that are looked at together
_BEFORE = 1.5  # seconds before a sentence in which the one before it ends
_STRIDE = 8  # of so many samples one is looked at
_SHORTEST = 0.1  # seconds of a pause between two sentences
_FAINT = 0.02  # of the loudest sample: what is fainter is a pause
_FLOOR = 256  # the amplitude below which all is a pause
_REACH = 0.4  # of a sentence's expected length: how far from its expected end a pause may be
_LEAST_REACH = 0.7  # seconds
_LONG = 0.8  # seconds; longer pauses are no better


def sentence_breaks(sound: Sound, starts: Sequence[int], length: int, sample_rate: int) -> tuple[SentenceBreak, ...]:
    """The breaks between the sentences of a take, in samples at `sample_rate`.

    `starts` are the offsets at which its sentences begin in a text of `length` characters.
    """
    if len(starts) < 2:
        return ()
    reported = [_reported(sound, start) for start in starts[1:]]
    if all(reported):
        found: Iterator[SentenceBreak] = (
            SentenceBreak(at=at, end=_quiet_since(sound, start or 0), start=start or 0, measured=True)
            for at, start in zip(starts[1:], reported, strict=True)
        )
    else:
        found = _by_pauses(sound, starts, length)
    if sound.sample_rate == sample_rate:
        return tuple(found)
    return tuple(
        SentenceBreak(
            at=one.at,
            end=resampled_length(one.end, sound.sample_rate, sample_rate),
            start=resampled_length(one.start, sound.sample_rate, sample_rate),
            measured=one.measured,
        )
        for one in found
    )


def _reported(sound: Sound, start: int) -> int | None:
    """The sample at which the engine says that the sentence at this offset begins."""
    near = [(abs(at - start), sample) for at, sample in sound.sentences if abs(at - start) <= _NEAR]
    return min(near)[1] if near else None


def _quiet_since(sound: Sound, sample: int) -> int:
    """The sample at which the silence before another sample begins."""
    step = max(1, round(_STEP * sound.sample_rate))
    for end in range(sample, max(0, sample - round(_BEFORE * sound.sample_rate)), -step):
        first = max(0, end - step)
        loud = sound.pcm[first * SAMPLE_BYTES + 1 : end * SAMPLE_BYTES : SAMPLE_BYTES].rstrip(_QUIET)
        if loud:
            return first + len(loud)
    return sample


def _by_pauses(sound: Sound, starts: Sequence[int], length: int) -> Iterator[SentenceBreak]:
    """For each break, the best pause near the place that the share of the characters gives."""
    pauses = _pauses(sound)
    at, since = starts[0], 0
    for start in starts[1:]:
        expected = since + (sound.samples - since) * (start - at) // max(1, length - at)
        reach = max(_REACH * (expected - since), _LEAST_REACH * sound.sample_rate)
        near = [pause for pause in pauses if pause[0] > since and abs(sum(pause) // 2 - expected) <= reach]
        longest = _LONG * sound.sample_rate
        pause = min(
            near, key=lambda one: abs(sum(one) // 2 - expected) - 3 * min(one[1] - one[0], longest), default=None
        )
        end, since = pause or (expected, expected)
        yield SentenceBreak(at=start, end=end, start=since, measured=pause is not None)
        at = start


def _pauses(sound: Sound) -> list[tuple[int, int]]:
    """Where the take is quiet for a tenth of a second or longer, in samples (start, end)."""
    import numpy as np  # noqa: PLC0415  # heavy, and not needed where every segment is kept

    samples = np.frombuffer(sound.pcm, dtype="<i2")[::_STRIDE]
    if not len(samples):
        return []
    loud = np.flatnonzero(samples > max(_FLOOR, _FAINT * int(samples.max())))  # of a wave, half is above zero
    before_pauses = np.flatnonzero(np.diff(loud) * _STRIDE >= _SHORTEST * sound.sample_rate)
    starts, ends = loud[before_pauses] + 1, loud[before_pauses + 1]
    return list(zip((starts * _STRIDE).tolist(), (ends * _STRIDE).tolist(), strict=True))
