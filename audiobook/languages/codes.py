"""Language codes and names → BCP 47 tags, and tags → English names."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from audiobook.errors import UsageError

_NOTHING_SAID = {"und", "mul", "mis", "zxx", "qaa", "x-none", "none", "unknown", "undetermined", "n/a", "c", "posix"}
_SUCCESSORS = {"no": "nb"}  # most books called "Norwegian" are in Bokmål
_EXTENDED = {"cmn": "zh", "yue": "yue", "hak": "hak"}  # "zh-yue": a language code within the tag of another
_ALSO_SPOKEN_BY = {"nn": {"nb"}, "nb": {"nn"}, "sh": {"hr", "sr", "bs"}}  # one language with several codes
_SUBTAG = re.compile(r"[a-z0-9]{1,8}")
_BRACKETED = re.compile(r"\s*(?:[(\[/;,]|\b(?:and|&)\s).*")
_SCRIPT, _REGION = 4, 2  # lengths of these subtags


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codes:
    primary: Mapping[str, str]  # any code, in lower case → the primary subtag
    named: Mapping[str, str]  # any name, in lower case → the primary subtag
    names: Mapping[str, str]  # primary subtag → the English name


def normalize_language(stated: str) -> str:
    """Return the BCP 47 tag of a language that is stated in any usual form. It is empty if none is stated.

    The forms are codes of ISO 639-1, 639-2 (both kinds) and 639-3, with region and script, withdrawn codes (iw, in,
    ji), and English and native names. "und", "mul", "zxx" and "x-none" state no language.
    """
    lowered = " ".join(stated.casefold().split())
    if not lowered or lowered in _NOTHING_SAID:
        return ""
    codes = _load()
    for name in (lowered, _BRACKETED.sub("", lowered)):
        if name in codes.named:
            return _SUCCESSORS.get(codes.named[name], codes.named[name])
    return _normalize_tag(lowered.partition(".")[0].partition("@")[0].replace("_", "-"))


def _normalize_tag(lowered: str) -> str:
    first, *rest = [part.strip() for part in lowered.split("-")]
    if first in _NOTHING_SAID or not all(map(_SUBTAG.fullmatch, (first, *rest))):
        return ""
    codes = _load()
    primary = codes.primary.get(first) or codes.named.get(first) or (first if _is_three_letters(first) else "")
    if rest and primary == "zh" and rest[0] in _EXTENDED:
        primary = _EXTENDED[rest.pop(0)]
    if not primary:
        return ""
    private = rest.index("x") if "x" in rest else len(rest)
    written = [_write_subtag(part) for part in rest[:private]]
    return "-".join([_SUCCESSORS.get(primary, primary), *written, *rest[private:]])


def _is_three_letters(code: str) -> bool:
    return len(code) == 3 and code.isascii() and code.isalpha()


def _write_subtag(part: str) -> str:
    if not part.isalpha():
        return part
    return part.upper() if len(part) == _REGION else part.title() if len(part) == _SCRIPT else part


def require_language(wanted: str) -> str:
    """Return the BCP 47 tag of a language that the user asks for. Raises UsageError if it does not exist."""
    tag = normalize_language(wanted)
    if not tag:
        hint = "write a code or an English name, such as de, pt-BR or Japanese"
        raise UsageError(f"there is no language {wanted!r}", hint=hint)
    return tag


def get_primary_language(tag: str) -> str:
    """Return the language of a tag without region and script, in the form in which languages are compared."""
    return _find_primary(tag.replace("_", "-").partition("-")[0].casefold())


@functools.cache
def _find_primary(code: str) -> str:
    primary = _load().primary.get(code, code)
    return _SUCCESSORS.get(primary, primary)


def is_spoken_by(language: str, voice: str) -> bool:
    """Return whether a voice with the language `voice` can speak a text in `language`. "mul" is every language."""
    wanted, spoken = get_primary_language(language), get_primary_language(voice)
    return wanted == spoken or spoken in _ALSO_SPOKEN_BY.get(wanted, ()) or spoken in {"mul", "und"}


def get_language_name(tag: str) -> str:
    """Return the English name of a tag's language, or the tag itself if there is no name."""
    return _load().names.get(get_primary_language(tag), tag)


@functools.cache
def _load() -> _Codes:
    primary: dict[str, str] = {}
    named: dict[str, str] = {}
    names: dict[str, str] = {}
    text = files("audiobook.languages").joinpath("codes.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        code, others, called = (part.strip() for part in line.split("|"))
        written = [name.strip() for name in called.split(",")]
        primary |= dict.fromkeys((code, *others.split()), code)
        for name in written:
            named.setdefault(name.casefold(), code)
        names[code] = written[0]
    return _Codes(primary=primary, named=named, names=names)
