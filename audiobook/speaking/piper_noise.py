"""A Piper model whose noise is given from outside, so that a text sounds the same whenever and wherever it is spoken.

Piper's models (VITS, Kim et al. 2021) draw noise for the rhythm and for the colour of a voice inside their graph, from
a generator that goes on from one text to the next. Here each of those nodes becomes a slice of an input.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NODE = "RandomNormalLike"
_INPUT = "steady_noise_"
_CHANNELS = 192  # of the latent space, in every quality of Piper
_FRAMES_A_PHONEME = 16  # four times what voices have; 256 samples each
_FEWEST_FRAMES = 500


def steadied(model: Path) -> tuple[bytes, tuple[str, ...]]:
    """The model with its noise as inputs of shape (1, channels, frames), and their names.

    Raises ValueError or onnx's own errors where the file is no model.
    """
    import onnx  # noqa: PLC0415  # heavy

    graph = (whole := onnx.load(str(model))).graph
    names: list[str] = []
    nodes: list[Any] = []
    for node in graph.node:
        if node.op_type != _NODE:
            nodes.append(node)
            continue
        name = f"{_INPUT}{len(names)}"
        names.append(name)
        nodes += _sliced(node, name)
        shape = [1, None, None]
        graph.input.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape))
    del graph.node[:]
    graph.node.extend(nodes)
    zeros = onnx.helper.make_tensor(f"{_INPUT}from", onnx.TensorProto.INT64, [3], [0, 0, 0])
    graph.initializer.append(zeros)
    return whole.SerializeToString(), tuple(names)


def _sliced(node: Any, name: str) -> list[Any]:
    """Nodes that give what `node` gave: noise of the shape of its input."""
    import onnx  # noqa: PLC0415  # heavy

    like, made = node.input[0], node.output[0]
    shape = f"{name}_shape"
    return [
        onnx.helper.make_node("Shape", [like], [shape]),
        onnx.helper.make_node("Slice", [name, f"{_INPUT}from", shape], [made]),
    ]


class SteadySession:
    """A session of onnxruntime over a steadied model, that gives each run the noise of its phonemes.

    Piper's own code runs it as it would run any session.
    """

    def __init__(self, session: Any, inputs: tuple[str, ...]) -> None:
        self._session = session
        self._inputs = inputs

    def run(self, outputs: Any, given: "dict[str, NDArray[Any]]") -> Any:
        """As onnxruntime's, with standard normal noise that hangs on nothing but what is spoken."""
        import numpy as np  # noqa: PLC0415  # heavy

        phonemes, slowness = given["input"], max(1.0, float(given["scales"][1]))
        drawn = np.random.default_rng(crc32(phonemes.tobytes()))
        frames = _FEWEST_FRAMES + round(_FRAMES_A_PHONEME * phonemes.size * slowness)
        noise = {name: drawn.standard_normal((1, _CHANNELS, frames), dtype=np.float32) for name in self._inputs}
        return self._session.run(outputs, {**given, **noise})
