"""Effects of other packages, applied to each rendered segment: functions from a pydub AudioSegment to another one.

A package offers an effect as an entry point in the group `audiobook.effects`. Its name and the package's version are
part of the segment's key.
"""

import difflib
import functools
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from audiobook.errors import EngineError, UsageError
from audiobook.mixing.audio_segments import audio_segment
from audiobook.mixing.limiting import limit_peaks
from audiobook.mixing.samples import FULL_SCALE
from audiobook.model.cue import SAMPLE_BYTES

ENTRY_POINTS = "audiobook.effects"


def effect_versions(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each effect's name and the version of its package. Raises UsageError where an effect is not installed."""
    found = [_entry_point(name) for name in names]
    return tuple((one.name, one.dist.version if one.dist else "") for one in found)


def apply_effects(segment: Any, names: Sequence[str], ceiling: float) -> Any:
    """The AudioSegment after each effect in turn, with no sample above `ceiling` dBFS.

    Raises EngineError where an effect fails, or returns another length, rate or sample format.
    """
    for name in names:
        segment = _apply(name, segment)
    pcm = limit_peaks(segment.raw_data, int((FULL_SCALE - 1) * 10 ** (ceiling / 20)), segment.frame_rate)
    return audio_segment(pcm, segment.frame_rate)


def _apply(name: str, segment: Any) -> Any:
    try:
        changed = _function(name)(segment)
    except Exception as error:
        raise EngineError(f"the effect {name!r} failed: {type(error).__name__}: {error}") from error
    wanted = (segment.frame_rate, segment.channels, SAMPLE_BYTES, len(segment.raw_data))
    if not isinstance(changed, type(segment)):
        raise EngineError(f"the effect {name!r} returned a {type(changed).__name__} instead of an AudioSegment")
    if (changed.frame_rate, changed.channels, changed.sample_width, len(changed.raw_data)) != wanted:
        raise EngineError(f"the effect {name!r} changed the length, the sample rate or the format of a segment")
    return changed


@functools.cache
def _function(name: str) -> Any:
    return _entry_point(name).load()


def _entry_point(name: str) -> EntryPoint:
    found = entry_points(group=ENTRY_POINTS, name=name)
    if found:
        return next(iter(found))
    known = sorted(entry_points(group=ENTRY_POINTS).names)
    near = difflib.get_close_matches(name, known, n=1)
    listed = f"the effects are {', '.join(known)}" if known else "no installed package offers one"
    raise UsageError(f"there is no effect {name!r}; {listed}", hint=f"did you mean {near[0]!r}?" if near else None)
