"""One HTML page that plays the audiobook and shows its text: the sentence that is heard is marked, a click jumps to it.

The page works from a folder, without a network and without a server. It holds the text; the sound files lie beside it.
"""

import html
import json
from collections.abc import Iterator, Sequence
from importlib import resources
from urllib.parse import quote

from audiobook.model.timeline import TimedLine
from audiobook.writers.album import one_line
from audiobook.writers.companions.contract import TimedSound
from audiobook.writers.companions.subtitles import NARRATOR

_TITLE, _LANGUAGE, _DATA = "@TITLE@", "@LANGUAGE@", "@DATA@"


def write_page(sounds: Sequence[TimedSound]) -> Iterator[str]:
    """The page of these sound files, which lie in one folder with it."""
    template = resources.files("audiobook.writers.companions").joinpath("page.html").read_text(encoding="utf-8")
    first = sounds[0]
    template = template.replace(_TITLE, html.escape(one_line(first.title))).replace(
        _LANGUAGE, html.escape(first.language, quote=True)
    )
    before, after = template.split(_DATA)
    yield before
    yield "["
    is_first = True
    for sound in sounds:
        name = quote(sound.file.name)
        for chapter in sound.chapters:
            times = [chapter.start / sound.sample_rate, chapter.end / sound.sample_rate]
            data = {"file": name, "title": one_line(chapter.title), "time": [round(time, 3) for time in times]}
            data["paragraphs"] = _paragraphs(chapter.lines, sound.sample_rate)
            yield ("" if is_first else ",\n") + _json(data)
            is_first = False
    yield "]"
    yield after


def _paragraphs(lines: Sequence[TimedLine], sample_rate: int) -> list[list[object]]:
    """Each paragraph as its lines: speaker, and sentences with start and end in seconds."""
    paragraphs, before = list[list[object]](), None
    for line in lines:
        if line.place.paragraph != before:
            paragraphs.append([])
            before = line.place.paragraph
        sentences = [
            [
                round(one.start / sample_rate, 3),
                round(one.end / sample_rate, 3),
                line.text[one.text_start : _next_start(line, number)],
            ]
            for number, one in enumerate(line.sentences)
        ]
        paragraphs[-1].append([None if line.speaker == NARRATOR else line.speaker, sentences])
    return paragraphs


def _next_start(line: TimedLine, number: int) -> int:
    """Where the text of a sentence ends, with the space after it."""
    return line.sentences[number + 1].text_start if number + 1 < len(line.sentences) else len(line.text)


def _json(data: object) -> str:
    """JSON that may stand in a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
