"""E-mail and web addresses, the tags of social networks, and telephone numbers."""

import re

from audiobook.scripting.spoken.numbers import spelled

MARKS = {".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", ":": "colon", "?": "question mark"} | {
    "=": "equals",
    "&": "and",
    "#": "hash",
    "%": "percent",
    "+": "plus",
    "~": "tilde",
}
_GATE = re.compile(r"@\w|\w\.(?:com|org|net|edu|gov|io|uk|de|fr|info|co|me|tv)\b|www\.|://|#[A-Za-z]", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_WEB = re.compile(
    r"(?<!\w)(?:(?:https?|ftp)://[^\s<>\"”’)\]]{1,300}|www\.[^\s<>\"”’)\]]{1,300}"
    r"|(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov|io|co\.uk|info)\b(?:/[^\s<>\"”’)\]]{0,200})?)",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w.,-])(?:\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,5}|(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}|\d{3}-\d{4}"
    r"|\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4})(?![\w-]|[.,]\d)"
)
_DIALLED = re.compile(r"\d[ .)-]{1,2}\d")
_HANDLE = re.compile(r"(?<!\w)([@#])(?=[A-Za-z_]\w)")
_SCHEME = re.compile(r"^(?:https?|ftp)://", re.IGNORECASE)
_MARK = re.compile(r"[^A-Za-z0-9]")


def say_addresses(text: str) -> str:
    """ "ann@post.org" → "ann at post dot org"; "https://" and "www." are said as people say them."""
    text = _TELEPHONE.sub(_telephone, text) if _DIALLED.search(text) else text
    if not _GATE.search(text):
        return text
    text = _WEB.sub(_address, _EMAIL.sub(_address, text))
    return _HANDLE.sub(lambda mark: f"{MARKS[mark[1]]} ", text)


def _address(found: re.Match[str]) -> str:
    address = _SCHEME.sub("", found.group())
    body = address.rstrip(".,;:!?-/")
    tail = address[len(body) :].replace("/", "").replace("-", "")
    body = re.sub(r"^www\.", "w w w.", body, flags=re.IGNORECASE)
    return " ".join(_MARK.sub(lambda mark: f" {MARKS.get(mark.group(), '')} ", body).split()) + tail


def _telephone(found: re.Match[str]) -> str:
    written = found.group()
    groups = re.findall(r"\d+", written)
    if len("".join(groups)) < 7:
        return written
    said = ", ".join(spelled(group) for group in groups)
    return f"plus {said}" if written.startswith("+") else said
