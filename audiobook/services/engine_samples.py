"""Speak the same short dialogue with every engine on this machine, for comparison."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook import engines as speaking
from audiobook.errors import BookError
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import BuildRequest
from audiobook.model.script import NARRATOR, Line, Script, words_of_lines
from audiobook.model.script_json import script_to_json
from audiobook.pipeline.build import build
from audiobook.pipeline.scripts import load_script
from audiobook.services.casting import missing_part_of

WORDS = 120  # words of an excerpt: three quarters of a minute
_NOT_SPEECH = "tone"  # the test engine, which only beeps
_STORY = """\
The Lamp Room

The rain had stopped by six. Anna Grey put her head round the door of the lamp room and found the old man at the stairs.

"Have you heard?" said Anna. "They are closing the harbour on the 3rd of May."

"I have heard," said Mr. Hale slowly. "After forty-one years, I had it from the newspaper."

She sat down beside him, and for a while neither of them spoke. Far below, the sea was counting its pebbles.

"Will you go?" she whispered.

"Go!" cried Mr. Hale. "Who would wind the clock?" And he laughed until he had to wipe his eyes, and so did she.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The sample of one engine."""

    engine: str
    file: Path
    seconds: float


def make_samples(
    book: Path | None, folder: Path, engines: Sequence[str] = (), *, progress: Progress = SILENT
) -> Iterator[Sample]:
    """Build the excerpt of a book with the most dialogue, or the built-in dialogue, with these or all engines.

    The files are named `sample-ENGINE.mp3`, prefixed with the name of the book if there is one. Raises as `build` does.
    """
    names = engines or [
        name for name in speaking.list_engines() if name != _NOT_SPEECH and missing_part_of(name) is None
    ]
    with tempfile.TemporaryDirectory() as scratch:
        script = select_excerpt(load_script(book), WORDS) if book else _own(Path(scratch))
        part = Path(scratch) / "sample.json"
        part.write_text(json.dumps(script_to_json(script)), encoding="utf-8")
        stem = f"{book.name.partition('.')[0]}-sample" if book else "sample"
        for name in names:
            file = folder / f"{stem}-{name}.mp3"
            result = build(BuildRequest(book=part, engine=name, output=file), progress=progress)
            yield Sample(engine=name, file=file, seconds=result.seconds)


def select_excerpt(script: Script, words: int) -> Script:
    """Select an excerpt of about this many words, with the most speakers and the most dialogue.

    Raises BookError if the book has no speakable text.
    """
    stretches = [lines for chapter in script.chapters for lines in _stretches(chapter.lines, words)]
    if not stretches:
        raise BookError("the book has no speakable text", where=script.source)
    best = max(stretches, key=_liveliness)  # the first of equals
    chapter = next(one for one in script.chapters if one.number == best[0].place.chapter)
    return replace(script, chapters=(replace(chapter, lines=tuple(best)),))


def _stretches(lines: Sequence[Line], words: int) -> Iterator[Sequence[Line]]:
    """For each paragraph, the whole paragraphs from there on with at least so many words."""
    counts = words_of_lines(lines)
    starts = [at for at, line in enumerate(lines) if line.place.line == 1]
    for start in starts:
        end, count = start, 0
        while end < len(lines) and (count < words or lines[end].place.line > 1):
            count += counts[end]
            end += 1
        if count:
            yield lines[start:end]
        if end == len(lines):
            return


def _liveliness(lines: Sequence[Line]) -> tuple[int, int]:
    said = [line for line in lines if line.speaker not in (NARRATOR, None)]
    return len({line.speaker for line in said}), len(said)


def _own(folder: Path) -> Script:
    book = folder / "The Lamp Room.txt"
    book.write_text(_STORY, encoding="utf-8")
    return load_script(book)
