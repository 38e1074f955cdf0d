"""Training rows of dash dialogue: paragraphs of annotated novels whose quotation marks are rewritten as dashes."""

import re
from codecs import encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from sys import intern

from audiobook.attribution.dashes.dialogue import FragmentFeatures, begins_with_dash, extract_features
from audiobook.attribution.dashes.fragments import DashConvention, DashStyle, Fragment
from audiobook.attribution.grammar.tags import build_tag_pattern
from audiobook.attribution.quotes.marks import find_marks
from audiobook.attribution.quotes.quotations import find_convention
from audiobook.model.book import Paragraph
from audiobook.readers.text import read_plain
from tools.training.annotations import read_annotations, text_of
from tools.training.rewriting import CONVENTIONS, Edit, applied
from tools.training.rewritten_novels import Span, rewritten_novel

# For each style of dashes, the conventions to learn from; the paragraphs of every novel are divided among them.
LEARNED_FROM: dict[DashStyle, tuple[str, ...]] = {
    "open": ("one dash", "one spaced dash"),
    "resumed": ("dashes before", "spaced dashes before", "hyphens before"),
    "paired": (
        "paired dashes",
        "dashes around",
        "spaced dashes around",
        "Spanish dashes",
        "Russian dashes",
        "en dashes",
    ),
}
_STRANGE = 8  # one in so many paragraphs is used as if its language were not known
_TYPED = re.compile("--+")


@dataclass(frozen=True, slots=True)
class DashRow:
    """A piece of a paragraph."""

    words: tuple[str, ...]  # features of its words
    boundary: tuple[str, ...]  # features of the position where it begins; none at the start of a paragraph
    may_be_said: bool
    said: bool
    letters: int  # number of letters and digits,
    heard: int  # and how many of them are speech


def dash_rows(folder: Path, style: DashStyle) -> Iterator[list[DashRow]]:
    """The rows of a novel's paragraphs, rewritten for this style of dashes."""
    conventions = LEARNED_FROM[style]
    for at, convention in enumerate(conventions):
        text, spoken = _rewritten(folder, convention, set_dashes=at % 2 == 1)
        gold = bytearray(len(text))
        for start, end in spoken:
            gold[start:end] = b"\1" * (end - start)
        paragraphs = [p for c in read_plain(text, folder.name, folder.name).chapters for p in c.paragraphs]
        dashes = find_convention(paragraphs).dashes
        if dashes is not None:
            own = [p for p in paragraphs[at :: len(conventions)] if _is_read_by_dashes(p)]
            yield from _rows(own, replace(dashes, style=style), gold)


def _rewritten(folder: Path, convention: str, *, set_dashes: bool) -> tuple[str, list[Span]]:
    """A novel's text in another convention, and the spoken parts; with `set_dashes`, "--" is typed as a dash too."""
    text = text_of(folder).read_text(encoding="utf-8")
    spoken = [span for quotation in read_annotations(folder).quotations for span in quotation.spans]
    text, moved = rewritten_novel(text, spoken, CONVENTIONS[convention])
    spoken = [(moved[start], moved[end - 1] + 1) for start, end in spoken]
    if not set_dashes:
        return text, spoken
    edits = (Edit(start=match.start(), end=match.end(), text="—") for match in _TYPED.finditer(text))
    text, moved = applied(text, edits)
    return text, [(moved[start], moved[end - 1] + 1) for start, end in spoken]


def _is_read_by_dashes(paragraph: Paragraph) -> bool:
    return paragraph.kind not in ("heading", "break") and (
        begins_with_dash(paragraph.text) or not any(mark.family == "double" for mark in find_marks(paragraph.text))
    )


def _rows(paragraphs: Iterable[Paragraph], dashes: DashConvention, gold: bytearray) -> Iterator[list[DashRow]]:
    """The rows of the paragraphs that may contain speech."""
    for at, paragraph in enumerate(paragraphs):
        text = _estranged(paragraph.text) if at % _STRANGE == _STRANGE - 1 else paragraph.text
        fragments, features = extract_features(text, dashes)
        if features[-1][0]:
            yield [_row(paragraph, *one, gold) for one in zip(fragments, features, strict=True)]


def _estranged(text: str) -> str:
    """The text as if it were in a language of which only the speech tags are known."""
    tags = [match.span() for match in re.finditer(rf"(?<=[,.;:!?—–-]\s|.[—–-])(?:{build_tag_pattern().pattern})", text)]
    told = [0, *(end for _, end in tags)], [*(start for start, _ in tags), len(text)]
    kept = [*(text[start:end] for start, end in tags), ""]
    strange = [encode(text[start:end], "rot13") for start, end in zip(*told, strict=True)]
    return "".join(word for pair in zip(strange, kept, strict=True) for word in pair)


def _row(paragraph: Paragraph, fragment: Fragment, features: FragmentFeatures, gold: bytearray) -> DashRow:
    offsets = [paragraph.source_at(at) for at in range(fragment.words, fragment.end) if paragraph.text[at].isalnum()]
    heard = sum(gold[offset] for offset in offsets if offset is not None)
    may_be_said, words, boundary = features
    return DashRow(
        words=tuple(map(intern, words)),
        boundary=tuple(map(intern, boundary)),
        may_be_said=may_be_said,
        said=2 * heard > len(offsets),
        letters=len(offsets),
        heard=heard,
    )
