"""The rewritten graph of a Piper model gives the same numbers, with noise that depends only on the text."""

from pathlib import Path
from typing import Any

import pytest

from audiobook.engines.piper.decoder import widen_decoder
from audiobook.engines.piper.noise import DeterministicSession, replace_noise

onnx = pytest.importorskip("onnx", reason="piper is an extra")
onnxruntime = pytest.importorskip("onnxruntime", reason="piper is an extra")

CHANNELS, FRAMES = 6, 40


def decoder(*, operator: str = "LeakyRelu", thirds: tuple[int, ...] = (), channels: int = CHANNELS) -> Any:
    """A model as Piper's are: something before the decoder, the decoder, and something behind it."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    drawn = np.random.default_rng(1)

    def node(operator: str, inputs: list[str], output: str, **attributes: Any) -> Any:
        return helper.make_node(operator, inputs, [output], name=f"/dec/{output}", **attributes)

    nodes = [
        helper.make_node("Mul", ["x", "thirds"], ["z"], name="/flow/z"),
        node("Conv", ["z", "first", "bias"], "pre", kernel_shape=[3], pads=[1, 1]),
        node(operator, ["pre"], "bent"),
        node("ConvTranspose", ["bent", "second"], "up", kernel_shape=[5], strides=[2], pads=[2, 1], output_padding=[1]),
        node("Conv", ["up", "first"], "far", kernel_shape=[3], dilations=[4], pads=[4, 4]),
        node("Add", ["far", "up"], "sum"),
        node("Div", ["sum", "thirds"], "third"),
        node("Tanh", ["third"], "y"),
        helper.make_node("Neg", ["y"], ["turned"], name="/turned"),
    ]
    shape = [1, channels, None]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("y", "turned")],
        [
            numpy_helper.from_array(drawn.standard_normal((channels, channels, 3)).astype(np.float32), "first"),
            numpy_helper.from_array(drawn.standard_normal((channels, channels, 5)).astype(np.float32), "second"),
            numpy_helper.from_array(drawn.standard_normal(channels).astype(np.float32), "bias"),
            numpy_helper.from_array(np.full(thirds, 3, np.float32), "thirds"),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)


def outcome(whole: Any) -> list[Any]:
    import numpy as np

    session: Any = onnxruntime.InferenceSession(whole.SerializeToString(), providers=["CPUExecutionProvider"])
    samples = np.random.default_rng(2).standard_normal((1, CHANNELS, FRAMES)).astype(np.float32)
    return list(session.run(None, {"x": samples}))


def test_a_two_dimensional_decoder_gives_the_same_samples() -> None:
    import numpy as np

    wide = decoder()
    assert widen_decoder(wide)
    assert any(node.op_type == "Unsqueeze" for node in wide.graph.node)
    for ours, theirs in zip(outcome(wide), outcome(decoder()), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)


def test_tensors_stay_in_the_blocked_layout_between_convolutions(tmp_path: Path) -> None:
    wide = decoder(channels=32)
    widen_decoder(wide)
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    options.log_severity_level = 3
    onnxruntime.InferenceSession(wide.SerializeToString(), options, providers=["CPUExecutionProvider"])
    operators = [node.op_type for node in onnx.load(options.optimized_model_filepath).graph.node]
    assert not {"LeakyRelu", "Div"} & set(operators)
    moved = operators.count("ReorderInput"), operators.count("ReorderOutput")
    assert all(count <= 2 for count in moved), "once before the ConvTranspose, and once behind it"


@pytest.mark.parametrize("odd", [{"operator": "Softmax"}, {"thirds": (CHANNELS, 1)}])
def test_a_decoder_that_depends_on_another_axis_is_unchanged(odd: dict[str, Any]) -> None:
    model = decoder(**odd)
    assert not widen_decoder(model)
    assert model == decoder(**odd)


def test_a_model_without_a_decoder_is_unchanged() -> None:
    model = decoder()
    for node in model.graph.node:
        node.name = node.name.removeprefix("/dec/")
    assert not widen_decoder(model)


def noisy() -> Any:
    """A model that gives noise of the shape of its input."""
    from onnx import TensorProto, helper

    graph = helper.make_graph(
        [
            helper.make_node("RandomNormalLike", ["like"], ["first"]),
            helper.make_node("RandomNormalLike", ["first"], ["y"]),
            helper.make_node("Identity", ["input"], ["phonemes"]),
        ],
        "noise",
        [
            helper.make_tensor_value_info("like", TensorProto.FLOAT, [1, None, None]),
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
        ],
        [
            helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, None, None]),
            helper.make_tensor_value_info("phonemes", TensorProto.INT64, [1, None]),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)


@pytest.fixture(scope="module")
def session() -> DeterministicSession:
    whole = noisy()
    replace_noise(whole)
    return DeterministicSession(
        onnxruntime.InferenceSession(whole.SerializeToString(), providers=["CPUExecutionProvider"])
    )


def noise(session: DeterministicSession, *, channels: int = 192, frames: int = 2_000, phonemes: int = 1) -> Any:
    import numpy as np

    like = np.zeros((1, channels, frames), dtype=np.float32)
    return session.run(["y"], {"like": like, "input": np.array([[phonemes, 2, 3]])})[0]


def test_noise_depends_only_on_the_phonemes(session: DeterministicSession) -> None:
    first, other, again = (noise(session, phonemes=number) for number in (1, 9, 1))
    assert (first == again).all()
    assert not (first == other).any(axis=1).all()


@pytest.mark.parametrize(("channels", "frames"), [(2, 7), (192, 1), (256, 50), (192, 20_000)])
def test_noise_has_the_requested_shape(session: DeterministicSession, channels: int, frames: int) -> None:
    assert noise(session, channels=channels, frames=frames).shape == (1, channels, frames)


def test_noise_is_standard_normal(session: DeterministicSession) -> None:
    drawn = noise(session)
    assert abs(drawn.mean()) < 0.01
    assert abs(drawn.std() - 1) < 0.01
