"""Takes → sound: how long to pause, how loud each voice is, where to cut, and the stitching itself."""

from audiobook.mixing.effects import effect_versions
from audiobook.mixing.levels import (
    CALIBRATION_LINES,
    CALIBRATION_TEXT,
    Level,
    gain_for,
    level_key,
    measure_levels,
    turned,
)
from audiobook.mixing.line_loudness import loudness_of
from audiobook.mixing.pauses import pauses_of
from audiobook.mixing.rendering import get_ready, leveled, render, render_segment, silence_frames
from audiobook.mixing.resampling import frames_at
from audiobook.mixing.samples import beep
from audiobook.mixing.segments import cut_segments, segment_key

__all__ = [
    "CALIBRATION_LINES",
    "CALIBRATION_TEXT",
    "Level",
    "beep",
    "cut_segments",
    "effect_versions",
    "frames_at",
    "gain_for",
    "get_ready",
    "level_key",
    "leveled",
    "loudness_of",
    "measure_levels",
    "pauses_of",
    "render",
    "render_segment",
    "segment_key",
    "silence_frames",
    "turned",
]
