"""The straightforward loop over kokoro-onnx: one process, its default threads, line by line.

    python -m tools.benchmarks.loop LINES.json MODEL VOICES OUTPUT.npz

LINES holds a list of [text, voice, speed, language]; OUTPUT gets the samples of each line.
"""

import json
import sys
from pathlib import Path

import numpy as np
from kokoro_onnx import Kokoro


def main() -> None:
    lines, model, voices, output = sys.argv[1:]
    kokoro = Kokoro(model, voices)
    sounds = [
        kokoro.create(text, voice=voice, speed=speed, lang=language)[0]
        for text, voice, speed, language in json.loads(Path(lines).read_text(encoding="utf-8"))
    ]
    np.savez(output, *sounds)


if __name__ == "__main__":
    main()
