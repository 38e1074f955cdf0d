"""A span of narration between quotations: the chunks of its sentences, and their subjects. Each is computed once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from audiobook.attribution.grammar.clauses import find_all_subjects, find_first_subject
from audiobook.attribution.grammar.names import NameMention
from audiobook.attribution.grammar.phrases import Chunk, Phrase, VerbKind, read_chunks

_SENTENCE_START = re.compile(r"(?:(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)[.!?;]['’\")\]]*|\*)\s+(?=\S)")
_MAX_CHARACTERS = 480  # characters at the end of a span that are read
_MAX_CHARACTERS_OF_START = 240
_MAX_CHUNKS = 24  # chunks of a sentence that are searched for its subject


@dataclass(frozen=True)
class NarrationSpan:
    """The narration of a paragraph between two offsets."""

    text: str  # of the paragraph
    start: int
    end: int
    names: Sequence[NameMention]  # of the paragraph, in order
    verbs: Mapping[str, VerbKind]  # the speech verbs of the book's language

    @property
    def words(self) -> str:
        """Return its text without surrounding space."""
        return self.text[self.start : self.end].strip()

    @cached_property
    def sentence(self) -> int:
        """Return the offset of its last sentence."""
        begin = self.start
        for match in _SENTENCE_START.finditer(self.text, self.start, self.end):
            if self.text[match.end() : self.end].strip():
                begin = match.end()
        return begin

    @cached_property
    def opening(self) -> list[Chunk]:
        """Return the chunks of its first sentence, without leading punctuation."""
        kept: list[Chunk] = []
        for chunk in self._end_chunks[:_MAX_CHUNKS] if self._is_short else self._start_chunks:
            if chunk.kind == "end" and kept:
                break
            if kept or chunk.kind not in ("mark", "end"):
                kept.append(chunk)
        return kept

    @cached_property
    def ending(self) -> list[Chunk]:
        """Return the chunks of its last sentence, without full stops."""
        return [chunk for chunk in self._end_chunks if chunk.start >= self.sentence and chunk.kind != "end"]

    @cached_property
    def first(self) -> Phrase | None:
        """Return the subject of its first sentence."""
        return find_first_subject(self.opening)

    @cached_property
    def last(self) -> Phrase | None:
        """Return the subject of its last sentence."""
        return self.first if self.sentence == self.start else find_first_subject(self.ending[:_MAX_CHUNKS])

    @property
    def subjects(self) -> list[Phrase]:
        """Return the subjects of its clauses in order. Of a long span, only the end is read."""
        return list(find_all_subjects(self._end_chunks))

    @property
    def _is_short(self) -> bool:
        return self.end - self.start <= _MAX_CHARACTERS

    @cached_property
    def _start_chunks(self) -> list[Chunk]:
        limit = min(self.end, self.start + _MAX_CHARACTERS_OF_START)
        return read_chunks(self.text, self.start, limit, self.names, self.verbs, most=_MAX_CHUNKS)

    @cached_property
    def _end_chunks(self) -> list[Chunk]:
        begin = self.start
        if not self._is_short:
            match = _SENTENCE_START.search(self.text, self.end - _MAX_CHARACTERS, self.end)
            begin = match.end() if match else self.text.find(" ", self.end - _MAX_CHARACTERS, self.end) + 1
        return read_chunks(self.text, begin, self.end, self.names, self.verbs, most=_MAX_CHARACTERS)
