"""A Piper model with the decoder of its sound as onnxruntime runs it quickest: the same sums, to their last digits.

The decoder (HiFi-GAN, Kong et al. 2020) folds rows of samples. For pictures only, onnxruntime has a layout of the
channels that suits its best kernels. So the rows become pictures that are one sample high: whatever comes into the
decoder gets one more axis, and what comes out loses it.

Between its folds the decoder bends samples (LeakyRelu) and divides them, for which there is no kernel in that layout:
samples would be moved out of it and back each time. But a fold bends what it makes on the way. So what is to be bent or
divided is folded once more, each channel by itself with a kernel of one number: 1, or one over the divisor.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import onnx

_SCOPE = "/dec/"  # what the decoder's nodes are named with, in the models that Piper's project exports
_FOLDING = frozenset({"Conv", "ConvTranspose"})
_EACH = frozenset({"Add", "Div", "LeakyRelu", "Mul", "Tanh"})  # they take each sample for itself, whatever the shape
_ROWS = 3  # axes of a kernel that folds rows
_AXIS = "decoder_axis"  # the constant that numbers the axis
_PICTURE = "_picture"  # the end of what a tensor is named as one
_AGAIN = "_again"  # and as one that is folded with a kernel of one number

_Constants = dict[str, Any]  # arrays by name


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
    made: _Constants = {_AXIS: np.array([2])}
    wide = list(_pictures(graph, {node.name for node in decoder}, set(values)))
    nodes = list(_folded_again(wide, values, made))
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in made.items())
    return True


def _is_plain(node: "onnx.NodeProto", values: "dict[str, onnx.TensorProto]") -> bool:
    """Whether a node folds rows with a kernel that stands in the model, or takes each sample for itself."""
    if node.op_type in _FOLDING:
        return node.input[1] in values and len(values[node.input[1]].dims) == _ROWS
    constants = [values[name] for name in node.input if name in values]
    return node.op_type in _EACH and all(size == 1 for constant in constants for size in constant.dims)


def _pictures(graph: "onnx.GraphProto", decoder: set[str], constants: set[str]) -> "Iterator[onnx.NodeProto]":
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
        _fold_pictures(node)
        yield node
        if made in needed:
            yield helper.make_node("Squeeze", [made + _PICTURE, _AXIS], [made])


def _fold_pictures(node: "onnx.NodeProto") -> None:
    """Let a node fold pictures one sample high, where it folds at all."""
    for attribute in node.attribute if node.op_type in _FOLDING else ():
        if attribute.name in {"dilations", "kernel_shape", "strides"}:
            attribute.ints.insert(0, 1)
        elif attribute.name == "output_padding":
            attribute.ints.insert(0, 0)
        elif attribute.name == "pads":  # before each axis, then behind each
            before, after = attribute.ints
            attribute.ints[:] = [0, before, 0, after]


def _folded_again(
    nodes: "list[onnx.NodeProto]", values: "dict[str, onnx.TensorProto]", made: _Constants
) -> "Iterator[onnx.NodeProto]":
    """The nodes, and the folds with kernels of one number, which are added to `made`.

    What a ConvTranspose makes, for which there is no kernel in the layout either, is folded again for all who take it;
    what is to be bent, for the bending alone, unless the fold that makes it makes it for nothing else.
    """
    from onnx import numpy_helper  # noqa: PLC0415  # heavy

    uses = Counter(name for node in nodes for name in node.input)
    channels: dict[str, int] = {}  # of the pictures
    folded: set[str] = set()  # pictures that a Conv makes
    for node in nodes:
        source, output = node.input[0], node.output[0]
        count = channels[output] = _channels(node, values, channels)
        if not count:
            yield node
        elif node.op_type == "Div" and node.input[1] in values:
            divisor = float(numpy_helper.to_array(values[node.input[1]]).item())
            yield _by_itself(source, output, count, 1 / divisor, made)
            folded.add(output)
        elif node.op_type == "LeakyRelu" and (source not in folded or uses[source] > 1):
            node.input[0] = output + _AGAIN
            yield _by_itself(source, node.input[0], count, 1.0, made)
            yield node
        elif node.op_type == "ConvTranspose":
            node.output[0] = output + _AGAIN
            yield node
            yield _by_itself(node.output[0], output, count, 1.0, made)
        else:
            if node.op_type == "Conv":
                folded.add(output)
            yield node


def _channels(node: "onnx.NodeProto", values: "dict[str, onnx.TensorProto]", known: dict[str, int]) -> int:
    """How many channels the picture has that a node makes; 0 where it makes none, or nobody knows."""
    if not node.output[0].endswith(_PICTURE):
        return 0
    if node.op_type in _FOLDING:
        return int(values[node.input[1]].dims[node.op_type == "ConvTranspose"])
    return max((known.get(name, 0) for name in node.input), default=0)


def _by_itself(source: str, output: str, channels: int, number: float, made: _Constants) -> "onnx.NodeProto":
    """A fold of each channel by itself with one number."""
    import numpy as np  # noqa: PLC0415  # heavy
    from onnx import helper  # noqa: PLC0415

    name = f"decoder_{channels}_times_{number}"
    made[name] = np.full((channels, 1, 1, 1), number, np.float32)
    return helper.make_node("Conv", [source, name], [output], group=channels, kernel_shape=[1, 1])
