"""Takes → sound: pauses, levels, limiting, and the rendering of segments."""

from audiobook.mixing.effects import effect_versions
from audiobook.mixing.levels import (
    CALIBRATION_LINES,
    CALIBRATION_TEXT,
    Level,
    adjust_gain,
    gain_for,
    level_key,
    measure_levels,
)
from audiobook.mixing.line_loudness import measure_loudness
from audiobook.mixing.pauses import compute_pauses
from audiobook.mixing.rendering import apply_gain, get_ready, render, render_segment, silence_samples
from audiobook.mixing.resampling import resampled_length
from audiobook.mixing.samples import beep
from audiobook.mixing.segments import cut_segments, segment_key
from audiobook.mixing.sentence_breaks import sentence_breaks

__all__ = [
    "CALIBRATION_LINES",
    "CALIBRATION_TEXT",
    "Level",
    "adjust_gain",
    "apply_gain",
    "beep",
    "compute_pauses",
    "cut_segments",
    "effect_versions",
    "gain_for",
    "get_ready",
    "level_key",
    "measure_levels",
    "measure_loudness",
    "render",
    "render_segment",
    "resampled_length",
    "segment_key",
    "sentence_breaks",
    "silence_samples",
]
