"""Record the narrator's lines, and play the first ones, before the analysis is finished.

The quotations are known after a quarter of the analysis, and in the opening even earlier. They determine the narrator's
lines and nearly always the narrator's voice. Takes with a wrong guess are not used and are removed at the end of the
build; only what was already played cannot be corrected.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile

from audiobook.model.cast import Cast
from audiobook.model.script import NARRATOR, Line, Script
from audiobook.pipeline import voice_levels
from audiobook.pipeline.live_playback import Listener
from audiobook.pipeline.planning import cues_ahead, plan_segments
from audiobook.project import Project
from audiobook.synthesis import LostCue, Recorder

_I = re.compile(r"\bI\b")
_MOST_I = 0.004  # share of narrated words; above it, a character narrates, perhaps in another voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The work of a build while the book is analysed."""

    project: Project
    recorder: Recorder
    listener: Listener | None = None

    @property
    def is_listening(self) -> bool:
        """Whether the book is played from its beginning."""
        return self.listener is not None and self.project.request.chapters is None

    def begin(self, opening: Script, done: Callable[[], bool]) -> None:
        """Record the narrator's first lines until all lines are known. Raises as `narrate`."""
        if self.project.request.chapters is None:
            cues = cues_ahead(_narration(opening), self.project.cast_script(opening))
            self.recorder.prefetch(cues, done)

    def hear(self, sample: Script) -> None:
        """Play the lines before the first dialogue if the sample determines the voice. Raises as `narrate`."""
        if self.listener is not None and self._is_sure(sample):
            self._open(sample, self.project.cast_script(sample), self.listener)

    def narrate(self, undecided: Script, done: Callable[[], bool]) -> None:
        """Record the narrator's lines until `done`, assuming a narrator who is not a character.

        `undecided` is the script of the book without speakers. Raises UsageError, MissingToolError, and as a recorder.
        """
        cast = self.project.cast_script(undecided)
        part = self.project.select_chapters(undecided)
        if self.listener is not None:
            if self._is_sure(undecided):
                self._open(part, cast, self.listener)
            else:
                self.listener.begin()  # discard what was queued from the sample
        self.recorder.prefetch(cues_ahead(_narration(part), cast), done)

    def _is_sure(self, script: Script) -> bool:
        """Whether the narrator's voice is certain: the voices file names it, or there is no first-person narrator."""
        told = " ".join(line.text for line in _narration(script).lines() if line.block != "heading")  # "CHAPTER I"
        named = self.project.casting_config.narrator.voice is not None
        return named or len(_I.findall(told)) <= _MOST_I * len(told.split())

    def _open(self, part: Script, cast: Cast, listener: Listener) -> None:
        """Record and play the lines before the first dialogue, before all others.

        The last of them is not played yet, because its pause depends on the next line.
        """
        first = part.chapters[:1]
        opening = tuple(replace(chapter, lines=tuple(takewhile(_is_told, chapter.lines))) for chapter in first)
        foreign = (voice for (speaker, _), voice in cast.passages.items() if speaker == NARRATOR)
        gains = voice_levels.gains(
            tuple(dict.fromkeys((cast.narrator, *foreign))),
            self.project.request.mastering.loudness,
            self.recorder,
            self.recorder.cache,
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
            listener.ready(outcome.key, lost=isinstance(outcome, LostCue))


def _narration(script: Script) -> Script:
    """The script with only the narrator's lines."""
    return replace(
        script,
        chapters=tuple(replace(chapter, lines=tuple(filter(_is_told, chapter.lines))) for chapter in script.chapters),
    )


def _is_told(line: Line) -> bool:
    return line.kind == "narration"
