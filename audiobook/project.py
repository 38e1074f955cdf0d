"""One build request over one book: its script, casting configuration, cast, chosen chapters and plan.

This is the only place that assembles them. Each is computed when it is first used, and kept. Whatever makes a new book
(analysis, engines) is loaded only then.
"""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.model.progress import SILENT, Progress
from audiobook.pipeline import scripts
from audiobook.runtime.cache import Cache

if TYPE_CHECKING:
    from audiobook.casting import CastingConfig
    from audiobook.model.cast import Cast
    from audiobook.model.plan import Plan
    from audiobook.model.request import BuildRequest, Mastering
    from audiobook.model.script import Script
    from audiobook.pipeline.analysis import Meanwhile


class Project:
    """A build request and what follows from it. The cache is that of the request."""

    def __init__(self, request: "BuildRequest", *, cache: Cache | None = None) -> None:
        self.request = request
        self.cache = cache or Cache(request.cache)
        self._script: Script | None = None

    def load_script(self, *, progress: Progress = SILENT, meanwhile: "Meanwhile | None" = None) -> "Script":
        """The script of the whole book, analysed now unless it is known.

        `meanwhile` is called while a large book is analysed. Raises BookError.
        """
        if self._script is None:
            self._script = scripts.load_script(
                self.request.book, self.request.reading, cache=self.cache, progress=progress, meanwhile=meanwhile
            )
        return self._script

    @property
    def is_analysed(self) -> bool:
        """Whether the script needs no analysis. Raises BookError where the book cannot be read."""
        return self._script is not None or scripts.is_analysed(self.request.book, self.cache, self.request.reading)

    @property
    def script(self) -> "Script":
        """The script of the whole book. Raises BookError."""
        return self.load_script()

    @cached_property
    def part(self) -> "Script":
        """The script with the requested chapters only. Raises BookError, UsageError."""
        return self.select_chapters(self.script)

    @cached_property
    def voices_file(self) -> Path:
        """The uppermost voices file that applies to the book. Raises VoicesError."""
        from audiobook import casting  # noqa: PLC0415  # not needed by a process that analyses

        return casting.find_voices_file(self.request.book, self.request.voices)

    @cached_property
    def casting_config(self) -> "CastingConfig":
        """What the voices files say about the book. Raises VoicesError with every mistake in them."""
        from audiobook import casting, engines  # noqa: PLC0415  # likewise

        return casting.read_casting_config(
            self.voices_file, engines=engines.list_engines(), voices=engines.list_voices, engine=self.request.engine
        )

    @cached_property
    def full_config(self) -> "CastingConfig":
        """The same with the person's own sounds and recordings decoded. Raises VoicesError, also for a bad file."""
        from audiobook.pipeline.own_audio import import_own_audio  # noqa: PLC0415  # likewise

        return import_own_audio(self.casting_config, self.request.mastering.loudness, self.cache)

    @cached_property
    def cast(self) -> "Cast":
        """A voice for each speaker of the whole book, with the pauses of the request's mastering.

        Raises BookError, VoicesError; MissingToolError where an engine has no voices here.
        """
        return self.cast_script(self.script)

    def cast_script(self, script: "Script", *, own_audio: bool = True) -> "Cast":
        """The cast of any script under this request, such as one that is not finished yet. Raises as `cast`.

        Without `own_audio`, the person's own sounds and recordings are left out, and not decoded.
        """
        from audiobook import casting, engines  # noqa: PLC0415  # likewise

        config = self.full_config if own_audio else self.casting_config
        available = [facts for name in config.engines() for facts in engines.list_voices(name)]
        return apply_mastering(casting.cast_script(script, config, available), self.request.mastering)

    @property
    def plan(self) -> "Plan":
        """What a build of this request makes; a new one each time, whose chapters are made as they are iterated.

        Raises as `cast` does.
        """
        from audiobook.pipeline.plans import make_plan  # noqa: PLC0415  # likewise

        return make_plan(self)

    def select_chapters(self, script: "Script") -> "Script":
        """The requested chapters of any script of this book. Raises UsageError where one does not exist."""
        return scripts.select_chapters(script, self.request.chapters, self.request.book)


def apply_mastering(cast: "Cast", mastering: "Mastering") -> "Cast":
    """The cast with the silences that a publisher requires at the start and end of a chapter."""
    pauses = cast.pauses
    opening = pauses.opening if mastering.opening is None else mastering.opening
    closing = pauses.chapter if mastering.closing is None else mastering.closing
    return replace(cast, pauses=replace(pauses, opening=opening, chapter=closing))
