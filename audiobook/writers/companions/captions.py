"""Cut the sentences of a timeline into captions: at most two lines of 42 characters, as subtitles are.

A long sentence becomes several captions. Its time is divided by the number of characters. A caption that would be read
faster than 17 characters a second stays until the next one begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobook.model.timeline import TimedChapter, TimedLine

LINE_CHARACTERS = 42
LINES = 2
_READING_SPEED = 17  # characters a second
_LONGEST = LINE_CHARACTERS * LINES
_SPACES = re.compile(r"\s+")
_CLAUSE_ENDS = re.compile(r"[,;:.!?…—–)\]”’»。、！？]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A text on the screen for a time."""

    start: float  # seconds
    end: float
    speaker: str | None  # None: the narrator
    lines: tuple[str, ...]  # at most `LINES`, each of at most `LINE_CHARACTERS` unless a word is longer

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


def make_captions(chapter: TimedChapter, sample_rate: int, narrator: str | None = None) -> Iterator[Caption]:
    """The captions of a chapter, in order; none overlaps the next. `narrator` is the speaker who is not named."""
    held: Caption | None = None
    for line in chapter.lines:
        for caption in _line_captions(line, sample_rate, narrator):
            if held is not None:
                yield _stretch(held, caption.start)
            held = caption
    if held is not None:
        yield _stretch(held, max(held.end, chapter.end / sample_rate))


def _line_captions(line: TimedLine, sample_rate: int, narrator: str | None) -> Iterator[Caption]:
    speaker = None if line.speaker == narrator else line.speaker
    for sentence in line.sentences:
        text = _SPACES.sub(" ", line.text[sentence.text_start : sentence.text_end]).strip()
        pieces = _pieces(text)
        whole = sum(map(len, pieces)) or 1
        start, length, done = sentence.start / sample_rate, (sentence.end - sentence.start) / sample_rate, 0
        for piece in pieces:
            begun, done = done, done + len(piece)
            yield Caption(
                start=start + length * begun / whole,
                end=start + length * done / whole,
                speaker=speaker,
                lines=_two_lines(piece),
            )


def _stretch(caption: Caption, limit: float) -> Caption:
    """The caption, shown long enough to be read, but not beyond the start of the next one."""
    needed = caption.start + len(caption.text) / _READING_SPEED
    end = min(max(caption.end, needed), limit) if limit > caption.start else caption.end
    return Caption(start=caption.start, end=end, speaker=caption.speaker, lines=caption.lines)


def _pieces(text: str) -> list[str]:
    """A sentence in pieces that fit into a caption, of similar length, cut at the end of a clause where one is near."""
    if not text:
        return []
    words, count, pieces = _words(text), -(-len(text) // _LONGEST), list[str]()
    for wanted in (count, count + 1):  # one more where words do not fill the lines
        pieces = _divide(words, len(text) / wanted)
        if len(pieces) <= wanted:
            break
    return pieces


def _divide(words: Sequence[str], wanted: float) -> list[str]:
    """Pieces of about `wanted` characters that fit."""
    pieces = list[str]()
    while words:
        rest = " ".join(words)
        count = len(words) if len(rest) < 1.3 * wanted and _fits(rest) else _cut(words, wanted)
        pieces.append(" ".join(words[:count]))
        words = words[count:]
    return pieces


def _words(text: str) -> list[str]:
    """The words; a word longer than a line, such as a text without spaces, is divided."""
    most = LINE_CHARACTERS
    return [word[at : at + most] for word in text.split(" ") for at in range(0, max(1, len(word)), most)]


def _cut(words: Sequence[str], wanted: float) -> int:
    """How many words the next piece takes."""
    best, best_cost, length = 1, float("inf"), -1
    for count, word in enumerate(words, 1):
        length += 1 + len(word)
        if length > _LONGEST or (count > 1 and not _fits(" ".join(words[:count]))):
            break
        cost = abs(length - wanted) - (wanted / 3 if _CLAUSE_ENDS.search(word) else 0)
        if cost < best_cost:
            best, best_cost = count, cost
    return best


def _fits(text: str) -> bool:
    return len(_two_lines(text)) <= LINES


def _two_lines(text: str) -> tuple[str, ...]:
    """The text in lines, the first not much longer than the second."""
    if len(text) <= LINE_CHARACTERS:
        return (text,)
    words = text.split(" ")
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    good = [pair for pair in splits if max(map(len, pair)) <= LINE_CHARACTERS]
    if good:
        return min(good, key=lambda pair: abs(len(pair[0]) - len(pair[1])) - 8 * bool(_CLAUSE_ENDS.search(pair[0])))
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE_CHARACTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)
