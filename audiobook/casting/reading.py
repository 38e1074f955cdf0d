"""From voices files to a direction: the book's own over its folder's over the one that ships."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.cast import ACTINGS, Acting, Pauses, Pronunciation, VoiceFacts
from audiobook.casting.complaints import Complaint, voices_error
from audiobook.casting.direction import DEFAULT_ENGINE, Direction, Pools, SpeakerChoice, VoiceChoice
from audiobook.casting.finding import files_beneath
from audiobook.casting.layers import Layer, LayerReader, Pool, word_key
from audiobook.casting.matching import fold
from audiobook.casting.naming import VOICES_HINT, Names
from audiobook.casting.sheets import Sheet, load_sheet


def read_direction(
    path: Path,
    *,
    engines: Collection[str],
    voices: Callable[[str], Sequence[VoiceFacts]],
    engine: str | None = None,
) -> Direction:
    """What a voices file, and the files beneath it, ask for.

    `engines` are the names of those that can be used; `voices` lists one engine's voices and is only asked where a
    file names a voice or a language. `engine` speaks for everybody: voices the files name for others are cast anew.
    Raises one VoicesError with every mistake in every file.
    """
    complaints: list[Complaint] = []
    names = Names(engines, voices)
    sheets = [load_sheet(file, complaints) for file in (path, *files_beneath(path))]
    default = _default_engine(sheets, names)
    only = names.engine(engine) if engine else None
    layers = [LayerReader(sheet, names, default, only).layer() for sheet in sheets]
    if complaints:
        raise voices_error(complaints, VOICES_HINT if any("has no voice" in c.message for c in complaints) else None)
    return replace(_direction(layers, only or default), written_engine=default)


def _default_engine(sheets: Sequence[Sheet], names: Names) -> str:
    """The uppermost known `[defaults] engine`; a wrong one is complained about when its table is checked."""
    known = {name.casefold(): name for name in names.engines}
    for sheet in sheets:
        defaults = sheet.data.get("defaults")
        named = defaults.get("engine") if isinstance(defaults, dict) else None
        if isinstance(named, str) and named.strip().casefold() in known:
            return known[named.strip().casefold()]
    return DEFAULT_ENGINE


def _direction(layers: Sequence[Layer], engine: str) -> Direction:
    """The layers as one, the first on top."""
    defaults, narrator = VoiceChoice(engine=engine), VoiceChoice()
    pools: dict[str, Pool] = {}
    pauses: dict[str, int] = {}
    actings: dict[str, Acting] = {}
    words: dict[str, Pronunciation] = {}
    for layer in reversed(layers):
        defaults, narrator = layer.defaults.over(defaults), layer.narrator.over(narrator)
        pools |= layer.pools
        pauses |= layer.pauses
        actings |= layer.actings
        words |= {word_key(word): word for word in layer.pronunciations}
    return Direction(
        defaults=VoiceChoice(engine=engine, rate=defaults.rate, pitch=defaults.pitch, volume=defaults.volume),
        language=next((layer.language for layer in layers if layer.language), None),
        narrator=narrator,
        speakers=_speakers(layers),
        pools=_pools(pools),
        pauses=Pauses(**pauses),
        pronunciations=tuple(words.values()),
        actings={**ACTINGS, **actings},
    )


def _pools(said: dict[str, Pool]) -> Pools:
    lists = {key: pool for key, pool in said.items() if isinstance(pool, tuple)}
    return Pools(**lists, unknown_is_narrator=said.get("unknown") == "narrator")


def _speakers(layers: Sequence[Layer]) -> tuple[SpeakerChoice, ...]:
    """Every table once; a name or alias that an upper file claims is not the lower one's."""
    merged: dict[str, SpeakerChoice] = {}
    claimed: dict[str, str] = {}  # folded name → whose it is
    for speaker in (speaker for layer in layers for speaker in layer.speakers):
        key = claimed.get(fold(speaker.name), fold(speaker.name))
        aliases = tuple(alias for alias in speaker.aliases if claimed.get(fold(alias), key) == key)
        merged[key] = _merged(merged.get(key), replace(speaker, aliases=aliases))
        for name in (speaker.name, *aliases):
            claimed.setdefault(fold(name), key)
    return tuple(merged.values())


def _merged(upper: SpeakerChoice | None, lower: SpeakerChoice) -> SpeakerChoice:
    if upper is None:
        return lower
    aliases = tuple(dict.fromkeys((*upper.aliases, *lower.aliases)))
    return replace(upper, aliases=aliases, choice=upper.choice.over(lower.choice))
