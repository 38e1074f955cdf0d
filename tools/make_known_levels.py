"""Measure the voices of our engines once for everybody, so that no first build begins with their calibration.

Every English voice that is cast by default is measured as a build does it, at its usual rate and pitch, and noted
inside the package under a key made of all that shapes its sound.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from audiobook import engines as speaking
from audiobook.model.cast import EFFECT, Voice
from audiobook.model.request import cores
from audiobook.pipeline import voice_levels
from audiobook.runtime.cache import Cache
from audiobook.runtime.files import write_whole
from audiobook.synthesis import Recorder

_ENGINES = ("pyttsx3", "piper", "kokoro")
_LANGUAGES = ("en-US", "en-GB")

Row = tuple[str, float, float, float]  # a voice's name, LUFS, dBFS, seconds of the calibration text


def main() -> None:
    """Measure the engines that the command line names; what is known of others stays."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_known_levels", description=__doc__)
    parser.add_argument("engines", nargs="*", default=_ENGINES, help=f"default: {' '.join(_ENGINES)}")
    args = parser.parse_args()
    output = Path(str(files("audiobook.pipeline").joinpath(voice_levels.KNOWN)))
    known: dict[str, Mapping[str, Row]] = json.loads(output.read_bytes())
    for name in args.engines:
        known[name] = rows_of(name)
        print(f"{name}: {len(known[name])} voices")
        write_whole(output, _as_text(known).encode())


def rows_of(engine: str) -> dict[str, Row]:
    """The level of each voice that is cast by default, by its key. Raises MissingToolError, EngineError."""
    voices = [
        Voice(engine=engine, name=facts.name)
        for facts in speaking.list_voices(engine)
        if facts.language in _LANGUAGES and facts.rank < EFFECT
    ]
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        with Recorder(cache, speaking.speak_cue, workers=speaking.max_processes([engine], cores())) as recorder:
            heard = voice_levels.measure_again(voices, recorder, cache)
    return {
        key: (voice.name, round(one.level.loudness, 2), round(one.level.peak, 2), round(one.seconds, 3))
        for key, (voice, one) in heard.items()
    }


def _as_text(known: Mapping[str, Mapping[str, Sequence[object]]]) -> str:
    """JSON with a line for each voice."""
    engines = []
    for name, rows in sorted(known.items()):
        lines = ",\n".join(f"    {json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items())
        engines.append(f"  {json.dumps(name)}: {{\n{lines}\n  }}")
    return "{\n" + ",\n".join(engines) + "\n}\n"


if __name__ == "__main__":
    main()
