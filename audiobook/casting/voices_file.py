"""Read one voices file, table by table. A file needs only the settings that differ from those it falls back to."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any, Literal

from audiobook.casting import audio_files
from audiobook.casting.config import SOUND_PLACES, RecordingsChoice, SoundChoice, SpeakerChoice, VoiceChoice
from audiobook.casting.names import Names, fold
from audiobook.casting.toml_document import TomlDocument, format_key
from audiobook.casting.validation import (
    PROSODY_SETTINGS,
    SETTINGS,
    Check,
    InvalidValueError,
    KeyPath,
    as_flag,
    as_pause,
    as_text,
    as_texts,
    describe_value,
    quote,
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
_PLACES = {
    **dict.fromkeys(_PERSON, "[narrator] {key} or [speakers.NAME] {key}"),
    **dict.fromkeys(_POOLS, "[pools] {key}"),
    **dict.fromkeys(_PAUSES, "[pauses] {key}"),
    "aliases": "[speakers.NAME] aliases",
    "language": "[defaults] language",
}
_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesFile:
    """The settings of one file. A setting that is missing in the file is None or absent here."""

    defaults: VoiceChoice
    language: str | None
    narrator: VoiceChoice
    speakers: tuple[SpeakerChoice, ...]
    pools: Mapping[str, Pool]
    pauses: Mapping[str, int]
    pronunciations: tuple[Pronunciation, ...]
    prosodies: Mapping[str, Prosody]
    sounds: Mapping[str, SoundChoice | None]  # None: no sound at this place, even if a fallback file sets one
    recordings: RecordingsChoice | None


@dataclass(frozen=True, slots=True)
class VoicesFileReader:
    """Reads the tables of one document. An invalid value is reported as a problem and skipped.

    `engine` is the engine of voices that are named without one. If `only` is given, that engine speaks every line:
    voices of other engines in the file are ignored.
    """

    document: TomlDocument
    names: Names
    engine: str
    only: str | None = None

    def read(self) -> VoicesFile:
        """Read all tables of the file."""
        for key, value in self.document.data.items():
            if key not in _TABLES:
                self._report_unknown((key,), value, _TABLES)
        defaults, language = self._read_defaults()
        return VoicesFile(
            defaults=defaults,
            language=language,
            narrator=self._read_choice(("narrator",), self.document.data.get("narrator", {}), _PERSON),
            speakers=tuple(self._read_speakers()),
            pools=self._read_pools(),
            pauses=self._check_table("pauses", dict.fromkeys(_PAUSES, as_pause)),
            pronunciations=tuple(self._read_pronunciations()),
            prosodies=self._read_prosodies(),
            sounds=self._read_sounds(),
            recordings=self._read_recordings(),
        )

    def _report_unknown(self, path: KeyPath, value: Any, known: Collection[str]) -> None:
        self.document.report_unknown_key(path, known, _suggest_place(path, value, known))

    def _get_table(self, name: str) -> dict[str, Any]:
        value = self.document.data.get(name, {})
        if isinstance(value, dict):
            return value
        self.document.report((name,), f"must be a table, [{name}], not {describe_value(value)}")
        return {}

    def _check_table(self, name: str, checks: Mapping[str, Check]) -> dict[str, Any]:
        """The valid values of a table."""
        return self._check_values((name,), self._get_table(name), checks)

    def _check_values(self, path: KeyPath, table: Mapping[str, Any], checks: Mapping[str, Check]) -> dict[str, Any]:
        valid: dict[str, Any] = {}
        for key, value in table.items():
            if key not in checks:
                self._report_unknown((*path, key), value, checks)
                continue
            try:
                valid[key] = checks[key](value)
            except InvalidValueError as mistake:
                self.document.report((*path, key), str(mistake))
        return valid

    def _read_defaults(self) -> tuple[VoiceChoice, str | None]:
        valid = self._check_table(
            "defaults", {"language": _as_language_tag, **{k: SETTINGS[k] for k in _DEFAULTS if k in SETTINGS}}
        )
        language = valid.pop("language", None)
        choice = self._resolve_names(("defaults",), VoiceChoice(**_rename(valid, "words_per_minute")))
        if language is not None:
            try:
                language = self.names.language(self.only or self.engine, language)
            except VoicesError as error:
                self.document.report(("defaults", "language"), error.message)
        return choice, language

    def _read_speakers(self) -> list[SpeakerChoice]:
        speakers: list[SpeakerChoice] = []
        owners: dict[str, KeyPath] = {}
        for name, value in self._get_table("speakers").items():
            path = ("speakers", name)
            if fold(name) == NARRATOR:
                self.document.report(path, "the narrator has a separate table: [narrator]")
                continue
            aliases = self._read_aliases(path, value)
            for claimed in {fold(n): n for n in (name, *aliases)}.values():
                self._claim_name(owners, claimed, path)
            table = {k: v for k, v in value.items() if k != "aliases"} if isinstance(value, dict) else value
            choice = self._read_choice(path, table, _PERSON, extra=("aliases",))
            source = f"{self.document.file.name} {format_key(path, is_table=True)}"
            speakers.append(SpeakerChoice(name=name, aliases=aliases, choice=choice, source=source))
        return speakers

    def _read_aliases(self, path: KeyPath, value: Any) -> tuple[str, ...]:
        if not isinstance(value, dict) or "aliases" not in value:
            return ()
        return tuple(self._check_values(path, {"aliases": value["aliases"]}, {"aliases": as_texts}).get("aliases", ()))

    def _claim_name(self, owners: dict[str, KeyPath], name: str, path: KeyPath) -> None:
        owner = owners.setdefault(fold(name), path)
        if owner != path:
            line = self.document.lines.get(owner)
            at = f" (line {line})" if line else ""
            self.document.report(
                path,
                f"the name {quote(name)} already belongs to {format_key(owner, is_table=True)}{at}",
            )

    def _read_choice(
        self, path: KeyPath, value: Any, allowed: Collection[str], extra: Collection[str] = ()
    ) -> VoiceChoice:
        """Read a voice: a table of settings, or just the name of a voice."""
        if isinstance(value, str):
            value = {"voice": value}
        if not isinstance(value, dict):
            self.document.report(path, f"must be a table, or a voice's name in quotes, not {describe_value(value)}")
            return VoiceChoice()
        known = [key for key in value if key in allowed]
        for key in value:
            if key not in allowed:
                self._report_unknown((*path, key), value[key], (*allowed, *extra))
        valid = self._check_values(path, {k: value[k] for k in known}, SETTINGS)
        return self._resolve_names(path, VoiceChoice(**_rename(valid, "words_per_minute")))

    def _resolve_names(self, path: KeyPath, choice: VoiceChoice) -> VoiceChoice:
        """The choice with official spellings of engine and voice; both are dropped if unknown or not wanted."""
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
            self.document.report(named if named in self.document.lines else path, error.message)
            engine = voice = None
        return replace(choice, engine=engine, voice=voice)

    def _read_pools(self) -> dict[str, Pool]:
        pools: dict[str, Pool] = {}
        for key, value in self._get_table("pools").items():
            path = ("pools", key)
            if key not in _POOLS:
                self._report_unknown(path, value, _POOLS)
            elif value == "auto" or (value == "narrator" and key == "unknown"):
                pools[key] = value
            elif value == []:
                self.document.report(path, 'is empty; "auto" means every suitable voice')
            else:
                pools[key] = self._read_pool(path, value)
        return pools

    def _read_pool(self, path: KeyPath, value: Any) -> Pool:
        items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        found = [self._read_pool_voice(path if number is None else (*path, number), item) for number, item in items]
        return tuple(choice for choice in found if choice.voice) or "auto"

    def _read_pool_voice(self, path: KeyPath, item: Any) -> VoiceChoice:
        if isinstance(item, dict) and "voice" not in item:
            self.document.report(path, "names no voice")
        return self._read_choice(path, item, _VOICE)

    def _read_prosodies(self) -> dict[str, Prosody]:
        """Read the prosody for kinds of lines. `false`, for one kind or for all, means no change."""
        if self.document.data.get("manners") is False:
            return dict.fromkeys(PROSODIES, NEUTRAL)
        found: dict[str, Prosody] = {}
        for kind, value in self._get_table("manners").items():
            path = ("manners", kind)
            if kind not in PROSODIES:
                self._report_unknown(path, value, PROSODIES)
            elif value is False:
                found[kind] = NEUTRAL
            elif isinstance(value, dict):
                found[kind] = replace(NEUTRAL, **_rename(self._check_values(path, value, PROSODY_SETTINGS), "speed"))
            else:
                self.document.report(
                    path, f"must be a table such as {{ volume = 0.8 }}, or false, not {describe_value(value)}"
                )
        return found

    def _read_pronunciations(self) -> list[Pronunciation]:
        found: dict[str, Pronunciation] = {}
        for written, value in self._get_table("pronunciations").items():
            path = ("pronunciations", written)
            table = {"say": value} if isinstance(value, str) else value
            if not isinstance(table, dict):
                self.document.report(
                    path,
                    f'must be a spelling in quotes, or {{ say = "…", match_case = true }}, not {describe_value(value)}',
                )
                continue
            valid = self._check_values(
                path, table, {"say": as_text, "match_case": as_flag, "ipa": as_text, "speakers": as_texts}
            )
            if not {"say", "ipa"} & set(table):
                self.document.report(path, 'needs say = "…", the spelling to be spoken')
            if not written.strip():
                self.document.report(path, "the word is blank")
            entry = Pronunciation(
                written=written.strip(),
                spoken=valid.get("say", written.strip()),
                match_case=valid.get("match_case", False),
                ipa=valid.get("ipa"),
                speakers=valid.get("speakers", ()),
            )
            earlier = found.setdefault(pronunciation_key(entry), entry)
            if earlier is not entry:
                self.document.report(
                    path,
                    f"{quote(earlier.written)} is the same word; set match_case = true on both to distinguish them",
                )
        return list(found.values())

    def _read_sounds(self) -> dict[str, SoundChoice | None]:
        """Read the files to play, by place. `false` means no sound."""
        found: dict[str, SoundChoice | None] = {}
        for place, value in self._get_table("sounds").items():
            if place not in SOUND_PLACES:
                self._report_unknown(("sounds", place), value, SOUND_PLACES)
            elif value is False:
                found[place] = None
            elif (sound := self._read_sound(place, value)) is not None:
                found[place] = sound
        return found

    def _read_sound(self, place: str, value: Any) -> SoundChoice | None:
        """Read one sound: a table of settings, or just the name of a file. None if it is invalid."""
        path = ("sounds", place)
        checks = audio_files.sound_checks(self.document.file.parent)
        valid: dict[str, Any] = {}
        if isinstance(value, str):
            named = self._check_values(("sounds",), {place: value}, {place: checks["file"]})
            valid = {"file": named[place]} if place in named else {}
        elif not isinstance(value, dict):
            self.document.report(path, f'must be the name of a file, such as "theme.mp3", not {describe_value(value)}')
        else:
            valid = self._check_values(path, value, checks)
            if "file" not in value:
                self.document.report(path, 'names no file, such as { file = "theme.mp3", volume = 0.8 }')
        return SoundChoice(**valid, source=self.document.find_source(path)) if "file" in valid else None

    def _read_recordings(self) -> RecordingsChoice | None:
        valid = self._check_table("recordings", audio_files.recordings_checks(self.document.file.parent))
        if "folder" not in valid:
            return None
        return RecordingsChoice(**valid, source=self.document.find_source(("recordings", "folder")))


def _rename(settings: Mapping[str, Any], rate: str) -> dict[str, Any]:
    """The settings, with `rate` renamed: in one table it is in words a minute, in another it is a factor."""
    return {rate if key == "rate" else key: value for key, value in settings.items()}


def pronunciation_key(entry: Pronunciation) -> str:
    """Equal for two pronunciations of the same word, in the same case if case matters."""
    return entry.written if entry.match_case else "\0" + entry.written.casefold()


def _suggest_place(path: KeyPath, value: Any, known: Collection[str]) -> str | None:
    """A table where a misplaced key would be valid, for a hint."""
    key = str(path[-1])
    if not isinstance(value, dict):
        return _PLACES[key].format(key=key) if key in _PLACES else None
    if path[0] == "speakers":  # [speakers.Mr. Holmes], which TOML reads as a table Holmes inside a table Mr
        return f"{format_key(('speakers', f'{path[1]}. {key}'), is_table=True)}, with quotation marks"
    is_speaker = value and set(value) <= {*_PERSON, "aliases"} and not get_close_matches(key, known)
    return format_key(("speakers", key), is_table=True) if is_speaker else None


def _as_language_tag(value: Any) -> str:
    tag = as_text(value).strip()
    if not _TAG.fullmatch(tag):
        raise InvalidValueError(f'must be a language tag such as "en" or "en-GB", not {describe_value(value)}')
    return tag
