"""Speak e-mail and web addresses, file names, and the tags of social networks."""

import re

from audiobook.languages.en.spoken.symbols import LETTERED, MARKS, NAMES, SAID
from audiobook.languages.tables import words
from audiobook.normalization.numbers import spell_digits
from audiobook.normalization.patterns import any_of

_DOMAINS = words(
    """
    com org net edu gov mil info biz dev app blog shop online io tv eu ai
    co.uk org.uk ac.uk gov.uk uk de fr ca au com.au net.au co.nz nz jp cn ru nl se ch es it
    """
)
_TYPES = words(
    """
    html htm xml css csv pdf jpg jpeg png gif svg php exe zip tar gz tar.gz py js ts md mp3 mp4 wav avi sql rtf txt ppt
    pptx xls xlsx doc docx json java epub iso cpp c
    """
)
_END = r"[^\s<>\"”’)\]]"
_SIGNS = frozenset("&@#/\\+")
_GATE = re.compile(r"\.[A-Za-z]")  # cheap, and rare in prose
_EMAIL = re.compile(r"<?(?:mailto:)?(?<![\w.+!-])[\w.+!-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}>?")
_WEB = re.compile(
    rf"(?<!\w)(?:(?:https?|s?ftp|file)://{_END}{{1,300}}|www\.{_END}{{1,300}}"
    rf"|(?:[A-Za-z0-9_-]{{1,63}}\.){{1,4}}(?:{any_of(_DOMAINS)})\b(?!\.[a-z])(?::\d{{1,5}})?(?:/{_END}{{0,200}})?"
    rf"|[A-Za-z0-9-]{{1,63}}\.(?:co|me|ly|be|gl|st)/{_END}{{1,200}})"
)
_CAPITAL_WEB = re.compile(r"(?<!\w)(?:WWW\.)?(?:[A-Z0-9-]{2,63}\.){1,3}(?:COM|ORG|NET|CO\.UK|EDU|GOV)\b")
_FILE = re.compile(rf"(?<![\w.])[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{0,3}}\.(?:{any_of(_TYPES)})\b(?!\.?\w)")
_ENDING = re.compile(rf"(?<![\w.])\.(?:{any_of({*_DOMAINS, *_TYPES} - {'c'})})(?![\w.])")
_PATH = re.compile(r"(?<![\w.])(?:~?/[A-Za-z][\w.-]*(?:/[\w.-]+)+/?|[A-Z]:\\[\w\\.-]*)")
_NAME = re.compile(rf"(?<!\w)(?:{any_of(NAMES)})(?!\w)")
_HANDLE = re.compile(r"(?<!\w)(?P<mark>[@#])(?P<name>[A-Za-z_]\w+)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PIECE = re.compile(r"[^A-Za-z0-9]|\d+|[A-Za-z]+")
_TRAIL = ".,;:!?-"
_WWW = re.compile(r"\bwww\b", re.IGNORECASE)
_SCHEME = re.compile(r"^(https?|s?ftp|file)(?=://)")


def say_addresses(text: str) -> str:
    """ "ann@post.org" → "ann at post dot org", "index.html" → "index dot h t m l"."""
    if not (_SIGNS & set(text) or _GATE.search(text)):
        return text
    text = _NAME.sub(lambda found: NAMES[found.group()], text)
    text = _CAPITAL_WEB.sub(lambda found: found.group().lower(), text)
    text = _ENDING.sub(lambda found: _said(found.group()), text)
    for address in (_EMAIL, _WEB, _FILE, _PATH):
        text = address.sub(_address, text)
    return _HANDLE.sub(_handle, text)


def _address(found: re.Match[str]) -> str:
    address = found.group().strip("<>")
    body = address.rstrip(_TRAIL)
    tail = address[len(body) :].replace("-", "")
    body = body.rstrip("/") or body
    body = _SCHEME.sub(lambda scheme: " ".join(scheme[1]), body)
    return _said(_WWW.sub("w w w", body)) + tail


def _said(body: str) -> str:
    pieces = _PIECE.findall(body)
    before = ["", *pieces]
    return " ".join(filter(None, (_piece(piece, mark) for mark, piece in zip(before, pieces, strict=False))))


def _piece(piece: str, before: str) -> str:
    """Return a part of an address as spoken: marks by name, digits one by one, some endings letter by letter."""
    if piece.isdigit():
        return spell_digits(piece)
    if not piece.isalpha():
        return MARKS.get(piece, "")
    if before != ".":
        return piece
    return SAID.get(piece) or (" ".join(piece) if piece in LETTERED else piece)


def _handle(found: re.Match[str]) -> str:
    name = _said(_HUMP.sub(" ", found["name"]))
    return f"{'hashtag' if found['mark'] == '#' else 'at'} {name}"
