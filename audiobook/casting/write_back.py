"""Adding a book's speakers to its voices file, without touching a byte of what is there."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from audiobook.casting.config import CastingConfig, SpeakerChoice, VoiceChoice
from audiobook.casting.listing import SpeakerRow, speaker_rows
from audiobook.casting.names import fold, matched
from audiobook.casting.pools import voice_from
from audiobook.casting.toml_document import quoted_key, quoted_text
from audiobook.casting.toml_lines import last_line
from audiobook.errors import VoicesError
from audiobook.model.cast import Cast, Voice
from audiobook.model.script import Script
from audiobook.runtime import files

_TEMPLATE = Path(__file__).with_name("template.toml")
_MARK = b"\xef\xbb\xbf"  # a byte order mark, as old editors leave it


def write_speakers(file: Path, script: Script, cast: Cast, casting_config: CastingConfig) -> tuple[str, ...]:
    """Add the speakers of a script that the voices file does not name yet, and their voices; their names come back.

    A file that is not there is begun with a few comments and the narrator's voice. What is there stays, byte for
    byte. The file is replaced as a whole or not at all, and not touched where there is nothing to add.
    Raises VoicesError where it cannot be read or written.
    """
    file = file.resolve()  # a link stays a link
    try:
        raw = file.read_bytes() if file.exists() else None
        mark = _MARK if raw and raw.startswith(_MARK) else b""
        before = begun(script, cast, casting_config) if raw is None else raw[len(mark) :].decode()
        after, added = with_speakers(before, script, cast, casting_config)
        if added or raw is None:
            files.write_whole(file, mark + after.encode())
    except OSError as error:
        raise VoicesError(f"cannot be written: {error.strerror or error}", where=str(file)) from error
    except ValueError as error:
        raise VoicesError(f"cannot be added to: {error}", where=str(file)) from error
    return added


def begun(script: Script, cast: Cast, casting_config: CastingConfig) -> str:
    """The text that a book's own voices file begins with."""
    said = casting_config.narrator
    narrator = (
        []
        if said.voice or said.engine
        else _settings(cast.narrator, said.over(casting_config.defaults), casting_config)
    )
    lines = "\n".join(narrator) or f"# voice = {quoted_text(cast.narrator.name)}"
    template = _TEMPLATE.read_text(encoding="utf-8")
    return template.replace("{book}", _flat(script.facts.title)).replace("{narrator}", lines)


def with_speakers(text: str, script: Script, cast: Cast, casting_config: CastingConfig) -> tuple[str, tuple[str, ...]]:
    """A voices file's text with the speakers it lacks, behind those it has; and the names of those added.

    Raises ValueError where the text is not TOML, or its speakers are written in a way that nothing can be added to.
    """
    tables = tomllib.loads(text).get("speakers", {})
    rows = list(_missing(tables, script, cast))
    if not rows:
        return text, ()
    names = _own_aliases(script, tables)
    added = "\n".join(_table(row, names.get(row.name, ()), script.narrator, casting_config) for row in rows)
    new = _inserted(text, added)
    if not _holds(new, {*tables, *(row.name for row in rows)}):
        raise ValueError("its speakers are not written as [speakers.NAME] tables; write them so, and try again")
    return new, tuple(row.name for row in rows)


def _holds(text: str, speakers: Collection[str]) -> bool:
    try:
        return set(tomllib.loads(text)["speakers"]) == set(speakers)
    except tomllib.TOMLDecodeError:
        return False


def _missing(tables: Mapping[str, Any], script: Script, cast: Cast) -> Iterator[SpeakerRow]:
    """The speakers that no table speaks of, most words first."""
    choices = [SpeakerChoice(name=name, aliases=_aliases(table)) for name, table in tables.items()]
    there = set(matched(script.characters, choices))
    characters = {character.name for character in script.characters}
    written: set[str] = set()
    for row in speaker_rows(script, cast):
        if row.name in characters - there and fold(row.name) not in written and _is_writable(row.name):
            written.add(fold(row.name))
            yield row


def _is_writable(name: str) -> bool:
    """Half a surrogate pair, which a script's JSON may carry, is no character of a file."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _aliases(table: Any) -> tuple[str, ...]:
    named = table.get("aliases", ()) if isinstance(table, dict) else ()
    return (named,) if isinstance(named, str) else tuple(named)


def _own_aliases(script: Script, tables: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The names by which the book calls each character and nobody else."""
    owners: dict[str, set[str]] = {}
    for character in script.characters:
        for name in (character.name, *character.aliases):
            owners.setdefault(fold(name), set()).add(fold(character.name))
    for name, table in tables.items():
        for claimed in (name, *_aliases(table)):
            owners.setdefault(fold(claimed), set()).add(f"\0{name}")
    return {
        character.name: tuple(
            alias
            for alias in {fold(a): a for a in character.aliases if a.strip() and _is_writable(a)}.values()
            if owners[fold(alias)] == {fold(character.name)} and fold(alias) != fold(character.name)
        )
        for character in script.characters
    }


def _table(row: SpeakerRow, aliases: Collection[str], teller: str | None, casting_config: CastingConfig) -> str:
    """A speaker's table, with what a person wants to know before changing it."""
    counted = f"{row.lines:,} {'line' if row.lines == 1 else 'lines'}, {row.words:,} words"
    lines = [
        f"[speakers.{quoted_key(row.name)}]",
        f"# {counted}, {row.gender or 'gender unknown'}: {_flat(row.sample)}",
    ]
    if aliases:
        lines.append(f"aliases = [{', '.join(map(quoted_text, aliases))}]")
    if row.name == teller:
        lines.append(f"# voice = {quoted_text(row.voice.name)}  # tells the story, so has the narrator's voice")
    else:
        lines += _settings(row.voice, casting_config.defaults, casting_config)
    return "\n".join(lines) + "\n"


def _settings(voice: Voice, defaults: VoiceChoice, casting_config: CastingConfig) -> list[str]:
    """The settings that make this voice, without those that the defaults make."""
    plain = voice_from(defaults)
    lines = [] if voice.engine == casting_config.written_engine else [f"engine = {quoted_text(voice.engine)}"]
    lines.append(f"voice = {quoted_text(voice.name)}")
    given = {
        "rate": (voice.rate, plain.rate),
        "pitch": (voice.pitch, plain.pitch),
        "volume": (voice.volume, plain.volume),
    }
    return lines + [f"{key} = {value}" for key, (value, usual) in given.items() if value != usual]


def _flat(text: str) -> str:
    """Text fit for a comment."""
    return "".join(c if c.isprintable() else " " for c in text)


def _inserted(text: str, added: str) -> str:
    """The text with the tables put behind its last speaker and the comments that follow on it, else at its end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    at = last_line(text.replace("\r\n", "\n"), "speakers") or len(lines)
    while at < len(lines) and lines[at].lstrip().startswith("#"):
        at += 1
    before, after = "".join(lines[:at]), "".join(lines[at:])
    opening = "" if before.endswith("\n") or not before else newline
    gap = newline if before.strip() else ""
    return before + opening + gap + added.replace("\n", newline) + after
