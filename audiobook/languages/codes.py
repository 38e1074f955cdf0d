"""Language tags: what a file or a person calls a language → a BCP 47 tag, and back to a name."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from audiobook.errors import UsageError

_NOTHING_SAID = {"und", "mul", "mis", "zxx", "qaa", "x-none", "none", "unknown", "undetermined", "n/a", "c", "posix"}
_SUCCESSORS = {"no": "nb"}  # "Norwegian" means Bokmål, which nine books of ten are in
_EXTENDED = {"cmn": "zh", "yue": "yue", "hak": "hak"}  # "zh-yue": a language named inside another one's tag
_ALSO_SPOKEN_BY = {"nn": {"nb"}, "nb": {"nn"}, "sh": {"hr", "sr", "bs"}}  # one language under several codes
_SUBTAG = re.compile(r"[a-z0-9]{1,8}")
_BRACKETED = re.compile(r"\s*(?:[(\[/;,]|\b(?:and|&)\s).*")
_SCRIPT, _REGION = 4, 2  # letters of these subtags


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codes:
    primary: Mapping[str, str]  # any code, in lower case → the primary subtag
    named: Mapping[str, str]  # any name, in lower case → the primary subtag
    names: Mapping[str, str]  # primary subtag → the English name


def normalize_language(stated: str) -> str:
    """Return the BCP 47 tag of a language that is stated in any usual way; empty where none is stated.

    Understood are codes of ISO 639-1, 639-2 (both kinds) and 639-3, with region and script, codes that are no longer
    used (iw, in, ji), English and native names. "und", "mul", "zxx" and "x-none" state no language.
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
    """Return the BCP 47 tag of a language that a person asks for. Raises UsageError where it is none."""
    tag = normalize_language(wanted)
    if not tag:
        hint = "write a code or an English name, such as de, pt-BR or Japanese"
        raise UsageError(f"there is no language {wanted!r}", hint=hint)
    return tag


def primary_language(tag: str) -> str:
    """Return the language of a tag without region and script, in the one form in which languages are compared."""
    return _primary(tag.replace("_", "-").partition("-")[0].casefold())


@functools.cache
def _primary(code: str) -> str:
    primary = _load().primary.get(code, code)
    return _SUCCESSORS.get(primary, primary)


def is_spoken_by(language: str, voice: str) -> bool:
    """Whether a voice of the language `voice` speaks a text in `language`. A voice of "mul" speaks every language."""
    wanted, spoken = primary_language(language), primary_language(voice)
    return wanted == spoken or spoken in _ALSO_SPOKEN_BY.get(wanted, ()) or spoken in {"mul", "und"}


def name_of_language(tag: str) -> str:
    """Return the English name of a tag's language; the tag itself where there is no name."""
    return _load().names.get(primary_language(tag), tag)


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
