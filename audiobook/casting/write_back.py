"""Add a book's speakers to its voices file, leaving every existing byte as it is."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from audiobook.casting.config import CastingConfig, SpeakerChoice, VoiceChoice
from audiobook.casting.listing import SpeakerRow, list_speakers
from audiobook.casting.names import fold, match_speakers
from audiobook.casting.pools import make_voice
from audiobook.casting.toml_document import quote_key, quote_text
from audiobook.casting.toml_lines import find_last_line
from audiobook.errors import VoicesError
from audiobook.model.cast import Cast, Voice
from audiobook.model.script import Script
from audiobook.runtime import files

_TEMPLATE = Path(__file__).with_name("template.toml")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # a UTF-8 byte order mark, which some editors write


def write_speakers(file: Path, script: Script, cast: Cast, casting_config: CastingConfig) -> tuple[str, ...]:
    """Add the speakers of a script that the voices file lacks, with their voices. Gives the names that were added.

    A file that does not exist is created with a few comments and the narrator's voice. Existing content is kept byte
    for byte. The file is replaced atomically, and only if something is added.
    Raises VoicesError if it cannot be read or written.
    """
    file = file.resolve()  # so that a symbolic link remains a link
    try:
        raw = file.read_bytes() if file.exists() else None
        mark = _BYTE_ORDER_MARK if raw and raw.startswith(_BYTE_ORDER_MARK) else b""
        before = new_file_text(script, cast, casting_config) if raw is None else raw[len(mark) :].decode()
        after, added = add_speakers(before, script, cast, casting_config)
        if added or raw is None:
            files.write_whole(file, mark + after.encode())
    except OSError as error:
        raise VoicesError(f"cannot be written: {error.strerror or error}", where=str(file)) from error
    except ValueError as error:
        raise VoicesError(f"cannot be added to: {error}", where=str(file)) from error
    return added


def new_file_text(script: Script, cast: Cast, casting_config: CastingConfig) -> str:
    """The initial text of a book's own voices file."""
    asked = casting_config.narrator
    narrator = (
        []
        if asked.voice or asked.engine
        else _format_settings(cast.narrator, asked.fill_from(casting_config.defaults), casting_config)
    )
    lines = "\n".join(narrator) or f"# voice = {quote_text(cast.narrator.name)}"
    template = _TEMPLATE.read_text(encoding="utf-8")
    return template.replace("{book}", _flatten(script.facts.title)).replace("{narrator}", lines)


def add_speakers(text: str, script: Script, cast: Cast, casting_config: CastingConfig) -> tuple[str, tuple[str, ...]]:
    """The text of a voices file with missing speakers added after the existing ones, and the names that were added.

    Raises ValueError if the text is not TOML, or if its speakers are written in a form that cannot be extended.
    """
    tables = tomllib.loads(text).get("speakers", {})
    rows = list(_find_missing(tables, script, cast))
    if not rows:
        return text, ()
    names = _find_unique_aliases(script, tables)
    added = "\n".join(_format_table(row, names.get(row.name, ()), script.narrator, casting_config) for row in rows)
    new = _insert(text, added)
    if not _has_exactly(new, {*tables, *(row.name for row in rows)}):
        raise ValueError(
            "its speakers are not written as [speakers.NAME] tables; write them in this form, and try again"
        )
    return new, tuple(row.name for row in rows)


def _has_exactly(text: str, speakers: Collection[str]) -> bool:
    try:
        return set(tomllib.loads(text)["speakers"]) == set(speakers)
    except tomllib.TOMLDecodeError:
        return False


def _find_missing(tables: Mapping[str, Any], script: Script, cast: Cast) -> Iterator[SpeakerRow]:
    """The speakers without a table, by descending number of words."""
    choices = [SpeakerChoice(name=name, aliases=_read_aliases(table)) for name, table in tables.items()]
    have_table = set(match_speakers(script.characters, choices))
    characters = {character.name for character in script.characters}
    written: set[str] = set()
    for row in list_speakers(script, cast):
        if row.name in characters - have_table and fold(row.name) not in written and _is_writable(row.name):
            written.add(fold(row.name))
            yield row


def _is_writable(name: str) -> bool:
    """False for half a surrogate pair, which a script's JSON may contain but a file cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _read_aliases(table: Any) -> tuple[str, ...]:
    named = table.get("aliases", ()) if isinstance(table, dict) else ()
    return (named,) if isinstance(named, str) else tuple(named)


def _find_unique_aliases(script: Script, tables: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """For each character, the names that the book uses for no other character."""
    owners: dict[str, set[str]] = {}
    for character in script.characters:
        for name in (character.name, *character.aliases):
            owners.setdefault(fold(name), set()).add(fold(character.name))
    for name, table in tables.items():
        for claimed in (name, *_read_aliases(table)):
            owners.setdefault(fold(claimed), set()).add(f"\0{name}")
    return {
        character.name: tuple(
            alias
            for alias in {fold(a): a for a in character.aliases if a.strip() and _is_writable(a)}.values()
            if owners[fold(alias)] == {fold(character.name)} and fold(alias) != fold(character.name)
        )
        for character in script.characters
    }


def _format_table(row: SpeakerRow, aliases: Collection[str], teller: str | None, casting_config: CastingConfig) -> str:
    """A speaker's table, with comments that help a person to change it."""
    counted = f"{row.lines:,} {'line' if row.lines == 1 else 'lines'}, {row.words:,} words"
    lines = [
        f"[speakers.{quote_key(row.name)}]",
        f"# {counted}, {row.gender or 'gender unknown'}: {_flatten(row.sample)}",
    ]
    if aliases:
        lines.append(f"aliases = [{', '.join(map(quote_text, aliases))}]")
    if row.name == teller:
        lines.append(f"# voice = {quote_text(row.voice.name)}  # tells the story, so has the narrator's voice")
    else:
        lines += _format_settings(row.voice, casting_config.defaults, casting_config)
    return "\n".join(lines) + "\n"


def _format_settings(voice: Voice, defaults: VoiceChoice, casting_config: CastingConfig) -> list[str]:
    """The settings of a voice that differ from the defaults."""
    plain = make_voice(defaults)
    lines = [] if voice.engine == casting_config.written_engine else [f"engine = {quote_text(voice.engine)}"]
    lines.append(f"voice = {quote_text(voice.name)}")
    given = {
        "rate": (voice.words_per_minute, plain.words_per_minute),
        "pitch": (voice.pitch, plain.pitch),
        "volume": (voice.volume, plain.volume),
    }
    return lines + [f"{key} = {value}" for key, (value, usual) in given.items() if value != usual]


def _flatten(text: str) -> str:
    """The text on one line without control characters, for a comment."""
    return "".join(c if c.isprintable() else " " for c in text)


def _insert(text: str, added: str) -> str:
    """Insert the tables after the last speaker and the comments that follow it, else at the end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    at = find_last_line(text.replace("\r\n", "\n"), "speakers") or len(lines)
    while at < len(lines) and lines[at].lstrip().startswith("#"):
        at += 1
    before, after = "".join(lines[:at]), "".join(lines[at:])
    opening = "" if before.endswith("\n") or not before else newline
    gap = newline if before.strip() else ""
    return before + opening + gap + added.replace("\n", newline) + after
