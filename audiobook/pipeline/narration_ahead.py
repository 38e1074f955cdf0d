"""What is known before the analysis is finished: the narrator's lines are recorded, and the first of them heard.

Where the quotations are is known in a quarter of the time, in the opening sooner still, and then what the narrator says
and, nearly always, in which voice. What was guessed wrongly is never used, and gone when the build ends, except what
somebody was listening to.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile

from audiobook.model.cast import Cast
from audiobook.model.script import Line, Script
from audiobook.pipeline import voice_levels
from audiobook.pipeline.live_playback import Listener
from audiobook.pipeline.planning import cues_ahead, plan_segments
from audiobook.project import Project
from audiobook.synthesis import Lost, Recorder

_I = re.compile(r"\bI\b")
_MOST_I = 0.004  # of the narration's words: above it somebody tells the story, perhaps in another voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is done of a build while the book is analysed."""

    project: Project
    recorder: Recorder
    listener: Listener | None = None

    @property
    def is_listening(self) -> bool:
        """Whether somebody is, to the book from its beginning."""
        return self.listener is not None and self.project.request.chapters is None

    def begin(self, opening: Script, done: Callable[[], bool]) -> None:
        """Have the narrator's first lines spoken until all are known. Raises as `narrate`."""
        if self.project.request.chapters is None:
            cues = cues_ahead(_narration(opening), self.project.cast_script(opening))
            self.recorder.prefetch(cues, done)

    def hear(self, sample: Script) -> None:
        """Let the lines before the first dialogue be heard, if the sample says in whose voice. Raises as `narrate`."""
        if self.listener is not None and self._is_sure(sample):
            self._open(sample, self.project.cast_script(sample), self.listener)

    def narrate(self, undecided: Script, done: Callable[[], bool]) -> None:
        """Have the narrator's lines spoken, in the voice of one who is none of the characters, until `done`.

        `undecided` is the book's script without a speaker. Raises UsageError, MissingToolError, and as the recorder.
        """
        cast = self.project.cast_script(undecided)
        part = self.project.select_chapters(undecided)
        if self.listener is not None:
            if self._is_sure(undecided):
                self._open(part, cast, self.listener)
            else:
                self.listener.begin()  # what a sample said is not to be heard any more
        self.recorder.prefetch(cues_ahead(_narration(part), cast), done)

    def _is_sure(self, script: Script) -> bool:
        """Whether the narrator's voice cannot turn out to be another: the file names it, or nobody tells the story."""
        told = " ".join(line.text for line in _narration(script).lines() if line.block != "heading")  # "CHAPTER I"
        named = self.project.casting_config.narrator.voice is not None
        return named or len(_I.findall(told)) <= _MOST_I * len(told.split())

    def _open(self, part: Script, cast: Cast, listener: Listener) -> None:
        """Let the lines before the first dialogue be recorded before all others, and heard.

        All but the last of them, for how long to be silent after that depends on what comes next.
        """
        first = part.chapters[:1]
        opening = tuple(replace(chapter, lines=tuple(takewhile(_is_told, chapter.lines))) for chapter in first)
        gains = voice_levels.gains(
            (cast.narrator,), self.project.request.mastering.loudness, self.recorder, self.recorder.cache
        )
        without_closing = replace(cast, own_audio=replace(cast.own_audio, closing=None))
        plans = list(plan_segments(replace(part, chapters=opening), without_closing, gains, []))
        listener.begin()
        listener.follow([clip for plan in plans for clip in plan.segment.clips][:-1])
        imported = frozenset[str]().union(*(plan.imported for plan in plans))
        for key in imported:
            listener.ready(key)
        spoken = (pair for plan in plans for pair in plan.cues if pair[0] not in imported)
        for outcome in self.recorder.record(spoken):
            listener.ready(outcome.key, lost=isinstance(outcome, Lost))


def _narration(script: Script) -> Script:
    """Only what the narrator says."""
    return replace(
        script,
        chapters=tuple(replace(chapter, lines=tuple(filter(_is_told, chapter.lines))) for chapter in script.chapters),
    )


def _is_told(line: Line) -> bool:
    return line.kind == "narration"
