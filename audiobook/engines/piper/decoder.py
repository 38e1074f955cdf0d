"""Rewrite the decoder of a Piper model so that onnxruntime runs it faster, with the same results to the last digits.

The decoder (HiFi-GAN, Kong et al. 2020) uses one-dimensional convolutions. onnxruntime has a blocked memory layout,
with its fastest kernels, for two-dimensional convolutions only. So the tensors become images of height 1: inputs of the
decoder get one more axis, and outputs lose it.

Between convolutions, the decoder applies LeakyRelu and divisions, which have no kernel in that layout: tensors would be
converted to another layout and back each time. But a convolution can apply an activation to its own output. So where
an activation or a division is needed, a depthwise convolution with a 1×1 kernel is inserted: the kernel is 1, or one
over the divisor.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import onnx

_SCOPE = "/dec/"  # prefix of the decoder's node names in models exported by the Piper project
_CONVOLUTIONS = frozenset({"Conv", "ConvTranspose"})
_ELEMENTWISE = frozenset({"Add", "Div", "LeakyRelu", "Mul", "Tanh"})  # element-wise operators, which work for any shape
_KERNEL_AXES = 3  # axes of the kernel of a one-dimensional convolution
_AXIS = "decoder_axis"  # the constant with the number of the new axis
_IMAGE = "_picture"  # suffix of the names of tensors that are images
_INSERTED = "_again"  # suffix of the names of tensors before or after an inserted convolution

_Constants = dict[str, Any]  # arrays by name


def widen_decoder(whole: "onnx.ModelProto") -> bool:
    """Convert the decoder to two-dimensional convolutions, in place. False, and no change, for unknown decoders."""
    import numpy as np  # noqa: PLC0415  # heavy
    from onnx import numpy_helper  # noqa: PLC0415

    graph = whole.graph
    decoder = [node for node in graph.node if node.name.startswith(_SCOPE) and node.op_type != "Constant"]
    values = {tensor.name: tensor for tensor in graph.initializer}
    values.update((node.output[0], node.attribute[0].t) for node in graph.node if node.op_type == "Constant")
    if not decoder or not all(_is_convertible(node, values) for node in decoder):
        return False
    for name in {node.input[1] for node in decoder if node.op_type in _CONVOLUTIONS}:
        kernel = numpy_helper.to_array(values[name])
        values[name].CopyFrom(numpy_helper.from_array(kernel[:, :, np.newaxis], name))
    made: _Constants = {_AXIS: np.array([2])}
    wide = list(_convert_nodes(graph, {node.name for node in decoder}, set(values)))
    nodes = list(_insert_depthwise(wide, values, made))
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in made.items())
    return True


def _is_convertible(node: "onnx.NodeProto", values: "dict[str, onnx.TensorProto]") -> bool:
    """Whether a node is a convolution with a constant kernel, or element-wise with scalar constants."""
    if node.op_type in _CONVOLUTIONS:
        return node.input[1] in values and len(values[node.input[1]].dims) == _KERNEL_AXES
    constants = [values[name] for name in node.input if name in values]
    return node.op_type in _ELEMENTWISE and all(size == 1 for constant in constants for size in constant.dims)


def _convert_nodes(graph: "onnx.GraphProto", decoder: set[str], constants: set[str]) -> "Iterator[onnx.NodeProto]":
    """The graph's nodes in order: the decoder's nodes for images, with conversions to and from images around them."""
    from onnx import helper  # noqa: PLC0415  # heavy

    needed = {output.name for output in graph.output}
    needed.update(name for node in graph.node if node.name not in decoder for name in node.input)
    images: set[str] = set()
    for node in graph.node:
        if node.name not in decoder:
            yield node
            continue
        for at, name in enumerate(node.input):
            if name in constants:
                continue
            if name not in images:
                yield helper.make_node("Unsqueeze", [name, _AXIS], [name + _IMAGE])
                images.add(name)
            node.input[at] = name + _IMAGE
        made = node.output[0]
        node.output[0] = made + _IMAGE
        images.add(made)
        _widen_attributes(node)
        yield node
        if made in needed:
            yield helper.make_node("Squeeze", [made + _IMAGE, _AXIS], [made])


def _widen_attributes(node: "onnx.NodeProto") -> None:
    """Give the attributes of a convolution a second dimension of size 1. Other nodes are not changed."""
    for attribute in node.attribute if node.op_type in _CONVOLUTIONS else ():
        if attribute.name in {"dilations", "kernel_shape", "strides"}:
            attribute.ints.insert(0, 1)
        elif attribute.name == "output_padding":
            attribute.ints.insert(0, 0)
        elif attribute.name == "pads":  # first the values before each axis, then those after
            before, after = attribute.ints
            attribute.ints[:] = [0, before, 0, after]


def _insert_depthwise(
    nodes: "list[onnx.NodeProto]", values: "dict[str, onnx.TensorProto]", made: _Constants
) -> "Iterator[onnx.NodeProto]":
    """The nodes, with depthwise convolutions inserted; their kernels are added to `made`.

    The output of a ConvTranspose, which has no kernel in that layout either, is convolved again for all its users. The
    input of an activation is convolved for that activation only, unless a convolution makes it for nothing else.
    """
    from onnx import numpy_helper  # noqa: PLC0415  # heavy

    uses = Counter(name for node in nodes for name in node.input)
    channels: dict[str, int] = {}  # by the name of an image
    convolved: set[str] = set()  # images made by a Conv
    for node in nodes:
        source, output = node.input[0], node.output[0]
        count = channels[output] = _count_channels(node, values, channels)
        if not count:
            yield node
        elif node.op_type == "Div" and node.input[1] in values:
            divisor = float(numpy_helper.to_array(values[node.input[1]]).item())
            yield _depthwise(source, output, count, 1 / divisor, made)
            convolved.add(output)
        elif node.op_type == "LeakyRelu" and (source not in convolved or uses[source] > 1):
            node.input[0] = output + _INSERTED
            yield _depthwise(source, node.input[0], count, 1.0, made)
            yield node
        elif node.op_type == "ConvTranspose":
            node.output[0] = output + _INSERTED
            yield node
            yield _depthwise(node.output[0], output, count, 1.0, made)
        else:
            if node.op_type == "Conv":
                convolved.add(output)
            yield node


def _count_channels(node: "onnx.NodeProto", values: "dict[str, onnx.TensorProto]", known: dict[str, int]) -> int:
    """The number of channels of the image that a node makes; 0 if it makes none, or if the number is unknown."""
    if not node.output[0].endswith(_IMAGE):
        return 0
    if node.op_type in _CONVOLUTIONS:
        return int(values[node.input[1]].dims[node.op_type == "ConvTranspose"])
    return max((known.get(name, 0) for name in node.input), default=0)


def _depthwise(source: str, output: str, channels: int, number: float, made: _Constants) -> "onnx.NodeProto":
    """A depthwise convolution that multiplies all samples by one number."""
    import numpy as np  # noqa: PLC0415  # heavy
    from onnx import helper  # noqa: PLC0415

    name = f"decoder_{channels}_times_{number}"
    made[name] = np.full((channels, 1, 1, 1), number, np.float32)
    return helper.make_node("Conv", [source, name], [output], group=channels, kernel_shape=[1, 1])
