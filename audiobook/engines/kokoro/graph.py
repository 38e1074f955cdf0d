"""Kokoro's model as a quicker graph of the same sums.

The int8 export multiplies unsigned samples by unsigned weights, which takes two thirds of its time. Processors have an
instruction for signed samples and unsigned weights (VNNI, dot product) that is twice as quick. Both operands lose their
zero point before they are multiplied, so that samples and zero points, each less 128, give the very same integers.
"""

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobook.engines.weights import noted_digest
from audiobook.runtime.files import draft, move_into_place

if TYPE_CHECKING:
    import onnx

_FORM = 1  # of the quicker graph; count up whenever it changes
SUFFIX = ".quick"  # not the model's own: an engine would take it for another model
_OPSET = 18  # of ONNX, the first with the operator that turns the sign
_HALF = "signed_half"
_SIGNED = "_signed"


def quicken(model: Path) -> Path | None:
    """Write the quicker graph beside a model, in place of those of other models; None where there is nothing to gain.

    Raises OSError.
    """
    import onnx  # noqa: PLC0415  # heavy
    from google.protobuf.message import DecodeError  # noqa: PLC0415  # onnx comes with it

    for old in model.parent.glob(f"*{SUFFIX}"):
        old.unlink()
    try:
        whole = onnx.load(str(model))
    except DecodeError:  # the engine will say so
        return None
    if not _signed(whole):
        return None
    target = _beside(model)
    with draft(target) as path:
        path.write_bytes(whole.SerializeToString())
        move_into_place(path, target)
    return target


def quickest(model: Path) -> Path:
    """The quicker graph where it is there and this machine reckons it exactly, else the model itself."""
    found = _beside(model)
    return found if found.exists() and _is_exact() else model


def _beside(model: Path) -> Path:
    return model.with_name(f"{model.stem}-{noted_digest(model)[:12]}-{_FORM}{SUFFIX}")


def _signed(whole: "onnx.ModelProto") -> bool:
    """Give every convolution of integers signed samples; whether there was one."""
    import numpy as np  # noqa: PLC0415  # heavy
    from onnx import numpy_helper  # noqa: PLC0415

    graph = whole.graph
    opset = max((one.version for one in whole.opset_import if one.domain in ("", "ai.onnx")), default=0)
    convolutions = [node for node in graph.node if node.op_type == "ConvInteger" and len(node.input) > 2]
    if not convolutions or opset < _OPSET:
        return False
    turned = {name for node in convolutions for name in (node.input[0], node.input[2])}
    nodes: list[Any] = []
    for node in graph.node:
        if node.op_type == "ConvInteger" and len(node.input) > 2:
            node.input[0] += _SIGNED
            node.input[2] += _SIGNED
        nodes.append(node)
        nodes += [made for name in node.output if name in turned for made in _turned(name)]
    graph.initializer.append(numpy_helper.from_array(np.array(128, np.uint8), _HALF))
    del graph.node[:]
    graph.node.extend(nodes)
    return True


def _turned(name: str) -> "list[onnx.NodeProto]":
    """Nodes that take 128 from unsigned bytes: the highest bit turned, then read as a sign."""
    from onnx import TensorProto, helper  # noqa: PLC0415  # heavy

    turned = f"{name}_turned"
    return [
        helper.make_node("BitwiseXor", [name, _HALF], [turned]),
        helper.make_node("Cast", [turned], [f"{name}{_SIGNED}"], to=TensorProto.INT8),
    ]


@functools.cache
def _is_exact() -> bool:
    """Whether sums of signed by unsigned bytes come out whole here: older processors cut them to 16 bits on the way."""
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
