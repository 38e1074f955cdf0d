"""Kokoro's faster graph gives exactly the same numbers as the model."""

from pathlib import Path
from typing import Any

import pytest

from audiobook.engines.kokoro import graph as kokoro_model
from audiobook.engines.kokoro.graph import choose_fastest, write_faster_graph

onnx = pytest.importorskip("onnx", reason="kokoro is an extra")
onnxruntime = pytest.importorskip("onnxruntime", reason="kokoro is an extra")

CHANNELS, LENGTH = 8, 50


def written(path: Path, *, opset: int = 20, operator: str = "ConvInteger") -> Path:
    """A model of one convolution, quantised as Kokoro's are, or of nothing that can be made quicker."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    drawn = np.random.default_rng(1)
    weights = drawn.integers(0, 256, (CHANNELS, CHANNELS, 3), dtype=np.uint8)
    convolution = helper.make_node("ConvInteger", ["q", "w", "z", "wz"], ["y"], kernel_shape=[3], pads=[1, 1])
    other = helper.make_node("Cast", ["q"], ["y"], to=TensorProto.INT32)
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["x"], ["q", "s", "z"]),
        convolution if operator == "ConvInteger" else other,
    ]
    shape = [1, CHANNELS, LENGTH]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.INT32, shape)],
        [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(np.array(69, np.uint8), "wz")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9), str(path))
    return path


def outcome(path: Path) -> list[int]:
    import numpy as np

    session: Any = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    samples = np.random.default_rng(2).standard_normal((1, CHANNELS, LENGTH)).astype(np.float32)
    (sums,) = session.run(None, {"x": samples})
    return list(map(int, sums.ravel()))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return written(tmp_path / "model.onnx")


@pytest.fixture(params=[True, False])
def exact(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(kokoro_model, "_is_exact", lambda: request.param)
    return bool(request.param)


def test_the_faster_graph_gives_the_same_numbers(model: Path) -> None:
    quick = write_faster_graph(model)
    assert quick is not None
    assert quick.read_bytes() != model.read_bytes()
    if kokoro_model._is_exact():
        assert outcome(quick) == outcome(model)


def test_it_is_used_only_if_the_processor_computes_exactly(model: Path, exact: bool) -> None:
    assert choose_fastest(model) == model
    quick = write_faster_graph(model)
    assert choose_fastest(model) == (quick if exact else model)


def test_it_is_not_used_for_another_model(model: Path, exact: bool) -> None:
    write_faster_graph(model)
    written(model, opset=21)
    assert choose_fastest(model) == model


def test_writing_a_graph_deletes_the_graph_of_another_model(model: Path) -> None:
    first = write_faster_graph(model)
    written(model, opset=21)
    second = write_faster_graph(model)
    assert first != second
    assert [path for path in model.parent.iterdir() if path != model] == [second]


@pytest.mark.parametrize("operator", ["ConvInteger", "Cast"])
def test_a_model_that_cannot_be_improved_is_unchanged(tmp_path: Path, operator: str) -> None:
    assert write_faster_graph(written(tmp_path / "old.onnx", opset=17, operator=operator)) is None
    assert [path.name for path in tmp_path.iterdir()] == ["old.onnx"]


def test_a_file_that_is_not_a_model_is_left_to_the_engine(tmp_path: Path) -> None:
    (tmp_path / "no.onnx").write_bytes(b"no model")
    assert write_faster_graph(tmp_path / "no.onnx") is None
