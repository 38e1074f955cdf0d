"""List the takes of a finished file, from its timeline."""

from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import UsageError
from audiobook.model.script import Place
from audiobook.model.timeline import Timeline
from audiobook.pipeline.timeline.store import load_timeline, rebuild_hint
from audiobook.quality.sound_stream import read_header
from audiobook.runtime.cache import Cache

_SLACK = 0.1  # seconds; some versions of ffmpeg include the decoder delay


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One take in a file."""

    place: Place  # of its line
    key: str  # of the take
    text: str  # the spoken form
    engine: str
    voice: str
    chapter: str  # its title
    start: float  # seconds
    end: float  # exclusive of the pause after it
    lost: bool = False  # a beep replaces it


def timeline_of_file(file: Path, cache: Cache) -> Timeline:
    """The timeline of one finished file. Raises UsageError if there is none, or it is of another file."""
    facts = read_header(file)
    timeline = load_timeline([file], cache)
    seconds = timeline.files[0].samples / timeline.sample_rate
    if abs(facts.seconds - seconds) > _SLACK:
        raise UsageError(
            f"it lasts {facts.seconds:.1f} s, and the file that was built here lasts {seconds:.1f} s",
            where=str(file),
            hint=rebuild_hint(file),
        )
    return timeline


def list_utterances(timeline: Timeline) -> list[Utterance]:
    """Everything that is spoken, in order."""
    return [
        Utterance(
            place=line.place,
            key=cue.take,
            text=cue.text,
            engine=cue.engine,
            voice=cue.voice,
            chapter=chapter.title,
            start=cue.start / timeline.sample_rate,
            end=cue.end / timeline.sample_rate,
            lost=cue.lost,
        )
        for file in timeline.files
        for chapter in file.chapters
        for line in chapter.lines
        for cue in line.cues
    ]
