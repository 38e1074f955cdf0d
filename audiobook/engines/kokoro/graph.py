"""Rewrite Kokoro's model as a faster graph with identical results.

The int8 model multiplies unsigned samples by unsigned weights, which takes two thirds of its time. Processors have an
instruction for signed samples and unsigned weights (VNNI, dot product) that is twice as fast. The zero point is
subtracted from both operands before they are multiplied, so samples and zero points that are both reduced by 128 give
exactly the same integers.
"""

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobook.engines.weights import load_digest
from audiobook.runtime.files import draft, move_into_place

if TYPE_CHECKING:
    import onnx

_FORM = 1  # version of the faster graph; raise it after any change
SUFFIX = ".quick"  # not `.onnx`, which an engine would take for another model
_OPSET = 18  # of ONNX, the first with BitwiseXor
_HALF = "signed_half"
_SIGNED = "_signed"


def write_faster_graph(model: Path) -> Path | None:
    """Write the faster graph beside a model, and delete those of other models; None if the model cannot be improved.

    Raises OSError.
    """
    import onnx  # noqa: PLC0415  # heavy
    from google.protobuf.message import DecodeError  # noqa: PLC0415  # onnx comes with it

    for old in model.parent.glob(f"*{SUFFIX}"):
        old.unlink()
    try:
        whole = onnx.load(str(model))
    except DecodeError:  # the engine will report the error
        return None
    if not _convert_convolutions(whole):
        return None
    target = _graph_file(model)
    with draft(target) as path:
        path.write_bytes(whole.SerializeToString())
        move_into_place(path, target)
    return target


def choose_fastest(model: Path) -> Path:
    """The faster graph if it exists and is exact on this machine, else the model itself."""
    found = _graph_file(model)
    return found if found.exists() and _is_exact() else model


def _graph_file(model: Path) -> Path:
    return model.with_name(f"{model.stem}-{load_digest(model)[:12]}-{_FORM}{SUFFIX}")


def _convert_convolutions(whole: "onnx.ModelProto") -> bool:
    """Give every integer convolution signed samples. Returns whether there was one."""
    import numpy as np  # noqa: PLC0415  # heavy
    from onnx import numpy_helper  # noqa: PLC0415

    graph = whole.graph
    opset = max((one.version for one in whole.opset_import if one.domain in ("", "ai.onnx")), default=0)
    convolutions = [node for node in graph.node if node.op_type == "ConvInteger" and len(node.input) > 2]
    if not convolutions or opset < _OPSET:
        return False
    flipped = {name for node in convolutions for name in (node.input[0], node.input[2])}
    nodes: list[Any] = []
    for node in graph.node:
        if node.op_type == "ConvInteger" and len(node.input) > 2:
            node.input[0] += _SIGNED
            node.input[2] += _SIGNED
        nodes.append(node)
        nodes += [made for name in node.output if name in flipped for made in _make_signed(name)]
    graph.initializer.append(numpy_helper.from_array(np.array(128, np.uint8), _HALF))
    del graph.node[:]
    graph.node.extend(nodes)
    return True


def _make_signed(name: str) -> "list[onnx.NodeProto]":
    """Nodes that subtract 128 from unsigned bytes: flip the highest bit, then read the byte as signed."""
    from onnx import TensorProto, helper  # noqa: PLC0415  # heavy

    flipped = f"{name}_turned"
    return [
        helper.make_node("BitwiseXor", [name, _HALF], [flipped]),
        helper.make_node("Cast", [flipped], [f"{name}{_SIGNED}"], to=TensorProto.INT8),
    ]


@functools.cache
def _is_exact() -> bool:
    """Whether sums of products are exact on this processor: older ones saturate intermediate sums at 16 bits."""
    import numpy as np  # noqa: PLC0415  # heavy
    import onnxruntime  # noqa: PLC0415
    from onnx import TensorProto, helper  # noqa: PLC0415

    channels, length, most = 64, 64, 255 * 127
    graph = helper.make_graph(
        [helper.make_node("ConvInteger", ["x", "w"], ["y"])],
        "sum",
        [
            helper.make_tensor_value_info("x", TensorProto.INT8, [1, channels, length]),
            helper.make_tensor_value_info("w", TensorProto.UINT8, [channels, channels, 1]),
        ],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [1, channels, length])],
    )
    opsets = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    samples = np.full((1, channels, length), 127, np.int8)
    weights = np.full((channels, channels, 1), 255, np.uint8)
    (sums,) = session.run(None, {"x": samples, "w": weights})
    return bool((sums == channels * most).all())
