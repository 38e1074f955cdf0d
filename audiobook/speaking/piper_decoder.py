"""A Piper model with the decoder of its sound as onnxruntime runs it quickest: the very same sums, in less time.

The decoder (HiFi-GAN, Kong et al. 2020) folds rows of samples. onnxruntime has its best kernels, and a layout of the
channels that suits them, for pictures only. So the rows become pictures that are one sample high: whatever comes into
the decoder gets one more axis, and what comes out loses it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnx

_SCOPE = "/dec/"  # what the decoder's nodes are named with, in the models that Piper's project exports
_FOLDING = frozenset({"Conv", "ConvTranspose"})
_EACH = frozenset({"Add", "Div", "LeakyRelu", "Mul", "Tanh"})  # they take each sample for itself, whatever the shape
_ROWS = 3  # axes of a kernel that folds rows
_AXIS = "decoder_axis"  # the constant that numbers the axis
_PICTURE = "_picture"  # the end of what a tensor is named as one


def widen(whole: "onnx.ModelProto") -> bool:
    """Make pictures of the decoder's rows, in place; False where it has no such decoder, and stays as it is."""
    import numpy as np  # noqa: PLC0415  # heavy
    from onnx import numpy_helper  # noqa: PLC0415

    graph = whole.graph
    decoder = [node for node in graph.node if node.name.startswith(_SCOPE) and node.op_type != "Constant"]
    values = {tensor.name: tensor for tensor in graph.initializer}
    values.update((node.output[0], node.attribute[0].t) for node in graph.node if node.op_type == "Constant")
    if not decoder or not all(_is_plain(node, values) for node in decoder):
        return False
    for name in {node.input[1] for node in decoder if node.op_type in _FOLDING}:
        kernel = numpy_helper.to_array(values[name])
        values[name].CopyFrom(numpy_helper.from_array(kernel[:, :, np.newaxis], name))
    nodes = list(_nodes(graph, {node.name for node in decoder}, set(values)))
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.append(numpy_helper.from_array(np.array([2]), _AXIS))
    return True


def _is_plain(node: "onnx.NodeProto", values: "dict[str, onnx.TensorProto]") -> bool:
    """Whether a node folds rows with a kernel that stands in the model, or takes each sample for itself."""
    if node.op_type in _FOLDING:
        return node.input[1] in values and len(values[node.input[1]].dims) == _ROWS
    constants = [values[name] for name in node.input if name in values]
    return node.op_type in _EACH and all(size == 1 for constant in constants for size in constant.dims)


def _nodes(graph: "onnx.GraphProto", decoder: set[str], constants: set[str]) -> "Iterator[onnx.NodeProto]":
    """The graph's nodes in order, those of the decoder made for pictures, and what turns rows into them and back."""
    from onnx import helper  # noqa: PLC0415  # heavy

    needed = {output.name for output in graph.output}
    needed.update(name for node in graph.node if node.name not in decoder for name in node.input)
    pictures: set[str] = set()
    for node in graph.node:
        if node.name not in decoder:
            yield node
            continue
        for at, name in enumerate(node.input):
            if name in constants:
                continue
            if name not in pictures:
                yield helper.make_node("Unsqueeze", [name, _AXIS], [name + _PICTURE])
                pictures.add(name)
            node.input[at] = name + _PICTURE
        made = node.output[0]
        node.output[0] = made + _PICTURE
        pictures.add(made)
        _fold(node)
        yield node
        if made in needed:
            yield helper.make_node("Squeeze", [made + _PICTURE, _AXIS], [made])


def _fold(node: "onnx.NodeProto") -> None:
    """Let a node fold pictures one sample high, where it folds at all."""
    for attribute in node.attribute if node.op_type in _FOLDING else ():
        if attribute.name in {"dilations", "kernel_shape", "strides"}:
            attribute.ints.insert(0, 1)
        elif attribute.name == "output_padding":
            attribute.ints.insert(0, 0)
        elif attribute.name == "pads":  # before each axis, then behind each
            before, after = attribute.ints
            attribute.ints[:] = [0, before, 0, after]
