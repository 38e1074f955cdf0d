"""Make a Piper model deterministic: it gets its noise from outside, so that a text always sounds the same.

Piper's models (VITS, Kim et al. 2021) draw random noise for rhythm and timbre inside their graph, from a generator
whose state carries over from one text to the next. Here, each of those nodes is replaced by a window into a fixed
buffer of noise, which is stored in the model and wraps around. An input sets where the window begins.
"""

from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import onnx
    from numpy.typing import NDArray

_NODE = "RandomNormalLike"
_START = "noise_start"  # the input: int64, a scalar
_STRIP = "noise_strip"  # float32 of shape (1, _CHANNELS, _FRAMES)
_CHANNELS = 192  # of the latent space, for every quality of Piper
_FRAMES = 8_192  # 95 seconds at 256 samples per frame and 22,050 Hz
_SEED = 0


def replace_noise(whole: "onnx.ModelProto") -> None:
    """Replace the model's random noise by the fixed buffer, in place, and add the input `noise_start`."""
    import numpy as np  # noqa: PLC0415  # heavy
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    graph = whole.graph
    nodes: list[Any] = []
    for node in graph.node:
        nodes += _window(node.input[0], node.output[0]) if node.op_type == _NODE else [node]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.input.append(helper.make_tensor_value_info(_START, TensorProto.INT64, []))
    strip = np.random.default_rng(_SEED).standard_normal((1, _CHANNELS, _FRAMES), dtype=np.float32)
    constants = {_STRIP: strip, **{f"noise_{number}": np.array(number) for number in (0, 1, 2, _CHANNELS, _FRAMES)}}
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())


def _window(like: str, made: str) -> "list[onnx.NodeProto]":
    """Nodes that give noise of the shape of `like`, (1, channels, frames), from columns and rows of the buffer."""
    from onnx import helper  # noqa: PLC0415  # heavy

    def node(operator: str, inputs: list[str], output: str) -> "onnx.NodeProto":
        return helper.make_node(operator, inputs, [output])

    def named(what: str) -> str:
        return f"{made}_{what}"

    return [
        node("Shape", [like], named("shape")),
        node("Gather", [named("shape"), "noise_2"], named("frames")),
        node("Add", [_START, named("frames")], named("end")),
        node("Range", [_START, named("end"), "noise_1"], named("steps")),
        node("Mod", [named("steps"), f"noise_{_FRAMES}"], named("columns")),
        helper.make_node("Gather", [_STRIP, named("columns")], [named("window")], axis=2),
        node("Gather", [named("shape"), "noise_1"], named("channels")),
        node("Range", ["noise_0", named("channels"), "noise_1"], named("numbers")),
        node("Mod", [named("numbers"), f"noise_{_CHANNELS}"], named("rows")),
        helper.make_node("Gather", [named("window"), named("rows")], [made], axis=1),
    ]


class DeterministicSession:
    """An onnxruntime session over such a model, which derives the start of the noise from the phonemes.

    Piper's code uses it like any session.
    """

    def __init__(self, session: Any) -> None:
        self._session = session

    def run(self, outputs: Any, given: "dict[str, NDArray[Any]]") -> Any:
        """Like onnxruntime's `run`, with noise that depends only on what is spoken."""
        import numpy as np  # noqa: PLC0415  # heavy

        start = np.array(crc32(given["input"].tobytes()) % _FRAMES, dtype=np.int64)
        return self._session.run(outputs, {**given, _START: start})
