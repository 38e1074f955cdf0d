"""pydub's `AudioSegment`, as every rendered segment is one. The only module that imports pydub."""

import importlib
import os
import threading
import warnings
from typing import Any

from audiobook.model.cue import SAMPLE_BYTES

_loading = threading.Lock()
_loaded: list[Any] = []


def audio_segment(pcm: bytes, sample_rate: int) -> Any:
    """Mono 16-bit samples at `sample_rate` Hz as a pydub AudioSegment. The samples are not copied."""
    return load_pydub()(data=pcm, sample_width=SAMPLE_BYTES, frame_rate=sample_rate, channels=1)


def load_pydub() -> Any:
    """The class AudioSegment.

    pydub searches the PATH for ffmpeg when it is imported, and warns where there is none. audiobook never lets pydub
    start ffmpeg, so the warning is suppressed. That is done by one thread only: warning filters are shared by all.
    """
    with _loading:
        if not _loaded:
            os.environ.setdefault("PATH", os.defpath)  # pydub fails where there is none, as under some schedulers
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                _loaded.append(importlib.import_module("pydub").AudioSegment)
    return _loaded[0]
