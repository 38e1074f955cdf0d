"""One voices file, checked table by table. A file need only say what differs from the files beneath it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any, Literal

from audiobook.casting import audio_files
from audiobook.casting.config import SOUND_PLACES, RecordingsChoice, SoundChoice, SpeakerChoice, VoiceChoice
from audiobook.casting.names import Names, fold
from audiobook.casting.toml_document import TomlDocument, shown_key
from audiobook.casting.validation import (
    PROSODY_SETTINGS,
    SETTINGS,
    Check,
    KeyPath,
    MistakeError,
    flag,
    pause,
    quoted,
    shown,
    text,
    texts,
)
from audiobook.errors import VoicesError
from audiobook.model.cast import NEUTRAL, PROSODIES, Pauses, Pronunciation, Prosody
from audiobook.model.script import NARRATOR

Pool = tuple[VoiceChoice, ...] | Literal["auto", "narrator"]

_VOICE = ("engine", "voice", "rate", "pitch", "volume")
_PERSON = (*_VOICE, "gender", "age")
_DEFAULTS = ("engine", "language", "rate", "pitch", "volume")
_PAUSES = tuple(f.name for f in fields(Pauses))
_POOLS = ("female", "male", "child", "unknown")
_TABLES = ("defaults", "narrator", "speakers", "pools", "pauses", "manners", "pronunciations", "sounds", "recordings")
_HOMES = {
    **dict.fromkeys(_PERSON, "[narrator] {key} or [speakers.NAME] {key}"),
    **dict.fromkeys(_POOLS, "[pools] {key}"),
    **dict.fromkeys(_PAUSES, "[pauses] {key}"),
    "aliases": "[speakers.NAME] aliases",
    "language": "[defaults] language",
}
_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesFile:
    """What one file says; what it does not say is None or absent."""

    defaults: VoiceChoice
    language: str | None
    narrator: VoiceChoice
    speakers: tuple[SpeakerChoice, ...]
    pools: Mapping[str, Pool]
    pauses: Mapping[str, int]
    pronunciations: tuple[Pronunciation, ...]
    prosodies: Mapping[str, Prosody]
    sounds: Mapping[str, SoundChoice | None]  # None: no sound there, whatever a file beneath says
    recordings: RecordingsChoice | None


@dataclass(frozen=True, slots=True)
class VoicesFileReader:
    """Reads the tables of one sheet; every mistake becomes a complaint and the value is left out.

    `engine` is the engine of voices that name none. Where `only` is given it speaks for everybody: the voices and
    engines that the file names are left out where they are others'.
    """

    document: TomlDocument
    names: Names
    engine: str
    only: str | None = None

    def voices_file(self) -> VoicesFile:
        """Everything the sheet says."""
        for key, value in self.document.data.items():
            if key not in _TABLES:
                self._unknown((key,), value, _TABLES)
        defaults, language = self._defaults()
        return VoicesFile(
            defaults=defaults,
            language=language,
            narrator=self._choice(("narrator",), self.document.data.get("narrator", {}), _PERSON),
            speakers=tuple(self._speakers()),
            pools=self._pools(),
            pauses=self._checked("pauses", dict.fromkeys(_PAUSES, pause)),
            pronunciations=tuple(self._pronunciations()),
            prosodies=self._prosodies(),
            sounds=self._sounds(),
            recordings=self._recordings(),
        )

    def _unknown(self, path: KeyPath, value: Any, known: Collection[str]) -> None:
        self.document.unknown_key(path, known, _home(path, value, known))

    def _table(self, name: str) -> dict[str, Any]:
        value = self.document.data.get(name, {})
        if isinstance(value, dict):
            return value
        self.document.complain((name,), f"wants a table, [{name}], not {shown(value)}")
        return {}

    def _checked(self, name: str, checks: Mapping[str, Check]) -> dict[str, Any]:
        """The right values of a table."""
        return self._right((name,), self._table(name), checks)

    def _right(self, path: KeyPath, table: Mapping[str, Any], checks: Mapping[str, Check]) -> dict[str, Any]:
        right: dict[str, Any] = {}
        for key, value in table.items():
            if key not in checks:
                self._unknown((*path, key), value, checks)
                continue
            try:
                right[key] = checks[key](value)
            except MistakeError as mistake:
                self.document.complain((*path, key), str(mistake))
        return right

    def _defaults(self) -> tuple[VoiceChoice, str | None]:
        right = self._checked(
            "defaults", {"language": _language, **{k: SETTINGS[k] for k in _DEFAULTS if k in SETTINGS}}
        )
        language = right.pop("language", None)
        choice = self._settled(("defaults",), VoiceChoice(**right))
        if language is not None:
            try:
                language = self.names.language(self.only or self.engine, language)
            except VoicesError as error:
                self.document.complain(("defaults", "language"), error.message)
        return choice, language

    def _speakers(self) -> list[SpeakerChoice]:
        speakers: list[SpeakerChoice] = []
        owners: dict[str, KeyPath] = {}
        for name, value in self._table("speakers").items():
            path = ("speakers", name)
            if fold(name) == NARRATOR:
                self.document.complain(path, "the narrator has a table of its own: [narrator]")
                continue
            aliases = self._aliases(path, value)
            for claimed in {fold(n): n for n in (name, *aliases)}.values():
                self._lock_key(owners, claimed, path)
            table = {k: v for k, v in value.items() if k != "aliases"} if isinstance(value, dict) else value
            choice = self._choice(path, table, _PERSON, extra=("aliases",))
            source = f"{self.document.file.name} {shown_key(path, is_table=True)}"
            speakers.append(SpeakerChoice(name=name, aliases=aliases, choice=choice, source=source))
        return speakers

    def _aliases(self, path: KeyPath, value: Any) -> tuple[str, ...]:
        if not isinstance(value, dict) or "aliases" not in value:
            return ()
        return tuple(self._right(path, {"aliases": value["aliases"]}, {"aliases": texts}).get("aliases", ()))

    def _lock_key(self, owners: dict[str, KeyPath], name: str, path: KeyPath) -> None:
        owner = owners.setdefault(fold(name), path)
        if owner != path:
            line = self.document.lines.get(owner)
            at = f" (line {line})" if line else ""
            self.document.complain(
                path,
                f"the name {quoted(name)} already belongs to {shown_key(owner, is_table=True)}{at}",
            )

    def _choice(self, path: KeyPath, value: Any, allowed: Collection[str], extra: Collection[str] = ()) -> VoiceChoice:
        """A voice: a table of settings, or just its name."""
        if isinstance(value, str):
            value = {"voice": value}
        if not isinstance(value, dict):
            self.document.complain(path, f"wants a table, or a voice's name in quotes, not {shown(value)}")
            return VoiceChoice()
        known = [key for key in value if key in allowed]
        for key in value:
            if key not in allowed:
                self._unknown((*path, key), value[key], (*allowed, *extra))
        right = self._right(path, {k: value[k] for k in known}, SETTINGS)
        return self._settled(path, VoiceChoice(**right))

    def _settled(self, path: KeyPath, choice: VoiceChoice) -> VoiceChoice:
        """The choice with its engine and voice as they are spelled; without those that are unknown or not wanted."""
        engine, voice, key = choice.engine, choice.voice, "engine"
        try:
            engine = self.names.engine(engine) if engine else None
            key = "voice"
            if self.only and (engine or self.engine) != self.only:
                engine = voice = None
            elif voice:
                engine = engine or self.engine
                voice = self.names.voice(engine, voice)
        except VoicesError as error:
            named = (*path, key)
            self.document.complain(named if named in self.document.lines else path, error.message)
            engine = voice = None
        return replace(choice, engine=engine, voice=voice)

    def _pools(self) -> dict[str, Pool]:
        pools: dict[str, Pool] = {}
        for key, value in self._table("pools").items():
            path = ("pools", key)
            if key not in _POOLS:
                self._unknown(path, value, _POOLS)
            elif value == "auto" or (value == "narrator" and key == "unknown"):
                pools[key] = value
            elif value == []:
                self.document.complain(path, 'is empty; "auto" takes every voice that fits')
            else:
                pools[key] = self._pool(path, value)
        return pools

    def _pool(self, path: KeyPath, value: Any) -> Pool:
        items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        found = [self._pooled(path if number is None else (*path, number), item) for number, item in items]
        return tuple(choice for choice in found if choice.voice) or "auto"

    def _pooled(self, path: KeyPath, item: Any) -> VoiceChoice:
        if isinstance(item, dict) and "voice" not in item:
            self.document.complain(path, "names no voice")
        return self._choice(path, item, _VOICE)

    def _prosodies(self) -> dict[str, Prosody]:
        """How kinds of lines are spoken; false, for one kind or for all, has them spoken like any other."""
        if self.document.data.get("manners") is False:
            return dict.fromkeys(PROSODIES, NEUTRAL)
        found: dict[str, Prosody] = {}
        for kind, value in self._table("manners").items():
            path = ("manners", kind)
            if kind not in PROSODIES:
                self._unknown(path, value, PROSODIES)
            elif value is False:
                found[kind] = NEUTRAL
            elif isinstance(value, dict):
                found[kind] = replace(NEUTRAL, **self._right(path, value, PROSODY_SETTINGS))
            else:
                self.document.complain(path, f"wants a table such as {{ volume = 0.8 }}, or false, not {shown(value)}")
        return found

    def _pronunciations(self) -> list[Pronunciation]:
        found: dict[str, Pronunciation] = {}
        for written, value in self._table("pronunciations").items():
            path = ("pronunciations", written)
            table = {"say": value} if isinstance(value, str) else value
            if not isinstance(table, dict):
                self.document.complain(
                    path, f'wants a spelling in quotes, or {{ say = "…", match_case = true }}, not {shown(value)}'
                )
                continue
            right = self._right(path, table, {"say": text, "match_case": flag, "ipa": text, "speakers": texts})
            if not {"say", "ipa"} & set(table):
                self.document.complain(path, 'lacks say = "…", the spelling that sounds right')
            if not written.strip():
                self.document.complain(path, "the word is blank")
            entry = Pronunciation(
                written=written.strip(),
                spoken=right.get("say", written.strip()),
                match_case=right.get("match_case", False),
                ipa=right.get("ipa"),
                speakers=right.get("speakers", ()),
            )
            twin = found.setdefault(word_key(entry), entry)
            if twin is not entry:
                self.document.complain(
                    path, f"{quoted(twin.written)} is the same word; match_case = true on both tells them apart"
                )
        return list(found.values())

    def _sounds(self) -> dict[str, SoundChoice | None]:
        """The files to play, by their places; false means no sound."""
        found: dict[str, SoundChoice | None] = {}
        for place, value in self._table("sounds").items():
            if place not in SOUND_PLACES:
                self._unknown(("sounds", place), value, SOUND_PLACES)
            elif value is False:
                found[place] = None
            elif (sound := self._sound(place, value)) is not None:
                found[place] = sound
        return found

    def _sound(self, place: str, value: Any) -> SoundChoice | None:
        """One sound: a table of settings, or just the file's name. None where it is wrong."""
        path = ("sounds", place)
        checks = audio_files.sound_settings(self.document.file.parent)
        right: dict[str, Any] = {}
        if isinstance(value, str):
            named = self._right(("sounds",), {place: value}, {place: checks["file"]})
            right = {"file": named[place]} if place in named else {}
        elif not isinstance(value, dict):
            self.document.complain(path, f'wants the name of a file, such as "theme.mp3", not {shown(value)}')
        else:
            right = self._right(path, value, checks)
            if "file" not in value:
                self.document.complain(path, 'names no file, such as { file = "theme.mp3", volume = 0.8 }')
        return SoundChoice(**right, source=self.document.source_of(path)) if "file" in right else None

    def _recordings(self) -> RecordingsChoice | None:
        right = self._checked("recordings", audio_files.recordings_settings(self.document.file.parent))
        if "folder" not in right:
            return None
        return RecordingsChoice(**right, source=self.document.source_of(("recordings", "folder")))


def word_key(entry: Pronunciation) -> str:
    """What makes two pronunciations rivals: the same word, in the same case where that counts."""
    return entry.written if entry.match_case else "\0" + entry.written.casefold()


def _home(path: KeyPath, value: Any, known: Collection[str]) -> str | None:
    """Where a key that stands in the wrong table would be right."""
    key = str(path[-1])
    if not isinstance(value, dict):
        return _HOMES[key].format(key=key) if key in _HOMES else None
    if path[0] == "speakers":  # [speakers.Mr. Holmes], which to TOML is a table Holmes in a table Mr
        return f"{shown_key(('speakers', f'{path[1]}. {key}'), is_table=True)}, with quotation marks"
    is_speaker = value and set(value) <= {*_PERSON, "aliases"} and not get_close_matches(key, known)
    return shown_key(("speakers", key), is_table=True) if is_speaker else None


def _language(value: Any) -> str:
    tag = text(value).strip()
    if not _TAG.fullmatch(tag):
        raise MistakeError(f'wants a language tag such as "en" or "en-GB", not {shown(value)}')
    return tag
