"""Cues → Takes: each cue spoken once, in worker processes, checked, trimmed and kept on the shelf."""

from audiobook.recording.checking import complaint
from audiobook.recording.keeping import WorkerLostError
from audiobook.recording.keys import cue_key
from audiobook.recording.pacing import pace_of
from audiobook.recording.recorder import Lost, Recorder, sound_of
from audiobook.recording.workers import Workers

__all__ = ["Lost", "Recorder", "WorkerLostError", "Workers", "complaint", "cue_key", "pace_of", "sound_of"]
