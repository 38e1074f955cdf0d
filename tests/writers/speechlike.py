"""Sounds that encoders treat like speech: bursts of filtered noise and tone between silences."""

import numpy as np


def speechlike(seconds: float, *, seed: int, rate: int) -> bytes:
    """Mono 16-bit samples that begin and end in silence; the same seed gives the same samples."""
    random = np.random.default_rng(seed)
    count = round(seconds * rate)
    time = np.arange(count) / rate
    tone = np.sin(2 * np.pi * (110 + 40 * np.sin(2 * np.pi * 3 * time)) * time)
    noise = np.convolve(random.normal(size=count), np.ones(8) / 8, "same")
    envelope = np.clip(np.sin(2 * np.pi * 4 * time), 0, 1)
    ends = np.clip(np.minimum(time, seconds - time) * 20 - 1, 0, 1)
    samples: bytes = (8000 * (tone + 0.3 * noise) * envelope * ends).astype("<i2").tobytes()
    return samples
