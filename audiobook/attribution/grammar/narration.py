"""A stretch of narration between quotations, read once: its sentences' pieces, and whom they are about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from audiobook.attribution.grammar.clauses import all_subjects, first_subject
from audiobook.attribution.grammar.names import NameMention
from audiobook.attribution.grammar.nouns import VerbKind
from audiobook.attribution.grammar.phrases import Phrase, Piece, read_pieces

_SENTENCE_START = re.compile(r"(?:(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)[.!?;]['’\")\]]*|\*)\s+(?=\S)")
_MOST = 480  # characters of a stretch's end that are read
_MOST_OF_A_START = 240
_MOST_PIECES = 24  # of a sentence, for what it is about


@dataclass(frozen=True)
class Stretch:
    """The narration of a paragraph from one place to another."""

    text: str  # the paragraph's
    start: int
    end: int
    names: Sequence[NameMention]  # the paragraph's, in order
    verbs: Mapping[str, VerbKind]  # the verbs of speech of the book's language

    @property
    def words(self) -> str:
        """What it says, without the space around."""
        return self.text[self.start : self.end].strip()

    @cached_property
    def sentence(self) -> int:
        """Where its last sentence begins."""
        begin = self.start
        for match in _SENTENCE_START.finditer(self.text, self.start, self.end):
            if self.text[match.end() : self.end].strip():
                begin = match.end()
        return begin

    @cached_property
    def opening(self) -> list[Piece]:
        """The pieces of its first sentence, without the marks that open it."""
        kept: list[Piece] = []
        for piece in self._closing[:_MOST_PIECES] if self._is_short else self._start:
            if piece.kind == "end" and kept:
                break
            if kept or piece.kind not in ("mark", "end"):
                kept.append(piece)
        return kept

    @cached_property
    def ending(self) -> list[Piece]:
        """The pieces of its last sentence, without stops."""
        return [piece for piece in self._closing if piece.start >= self.sentence and piece.kind != "end"]

    @cached_property
    def first(self) -> Phrase | None:
        """Whom its first sentence is about."""
        return first_subject(self.opening)

    @cached_property
    def last(self) -> Phrase | None:
        """Whom its last sentence is about."""
        return self.first if self.sentence == self.start else first_subject(self.ending[:_MOST_PIECES])

    @property
    def subjects(self) -> list[Phrase]:
        """The subjects of its clauses in order; of a long stretch, of its end only."""
        return list(all_subjects(self._closing))

    @property
    def _is_short(self) -> bool:
        return self.end - self.start <= _MOST

    @cached_property
    def _start(self) -> list[Piece]:
        beyond = min(self.end, self.start + _MOST_OF_A_START)
        return read_pieces(self.text, self.start, beyond, self.names, self.verbs, most=_MOST_PIECES)

    @cached_property
    def _closing(self) -> list[Piece]:
        begin = self.start
        if not self._is_short:
            match = _SENTENCE_START.search(self.text, self.end - _MOST, self.end)
            begin = match.end() if match else self.text.find(" ", self.end - _MOST, self.end) + 1
        return read_pieces(self.text, begin, self.end, self.names, self.verbs, most=_MOST)
