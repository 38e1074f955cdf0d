"""Front matter: the facts written above a Markdown text, in YAML (`---`) or TOML (`+++`).

Of YAML only what people write there is understood: `key: value`, quoted or not, and lists in either style.
"""

import re
import tomllib
from typing import Any, NamedTuple

from audiobook.model.book import Facts
from audiobook.readers.titles import one_line, strip_emphasis_marks

_YAML = re.compile(r"---[ \t]*\n(?P<inside>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<inside>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PANDOC = re.compile(r"% *(?P<title>\S[^\n]*)\n(?:% *(?P<author>\S[^\n]*)\n)?(?:%[^\n]*\n)?")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>\S.*?))?[ \t]*$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>\S.*?)[ \t]*$")
_REACH = 65_536  # characters within which front matter ends


class FrontMatter(NamedTuple):
    """The front matter of a text."""

    end: int  # offset of the text after it; 0 where there is none
    values: dict[str, Any]


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a text, keys in lower case."""
    head = text[:_REACH]
    found = _YAML.match(head)
    if found:
        values = _parse_yaml(found["inside"])
        return FrontMatter(found.end(), values) if values or not found["inside"].strip() else FrontMatter(0, {})
    found = _TOML.match(head)
    if found:
        try:
            return FrontMatter(found.end(), {k.lower(): v for k, v in tomllib.loads(found["inside"]).items()})
        except tomllib.TOMLDecodeError:
            return FrontMatter(found.end(), {})
    found = _PANDOC.match(head)
    if found:
        return FrontMatter(found.end(), {"title": found["title"], "author": found["author"] or ""})
    return FrontMatter(0, {})


def facts_of(values: dict[str, Any]) -> Facts | None:
    """Title, authors and language as the front matter gives them; None without a title."""
    title = strip_emphasis_marks(one_line(str(values.get("title") or "")))
    subtitle = one_line(str(values.get("subtitle") or ""))
    language = one_line(str(values.get("language") or values.get("lang") or ""))
    if not title:
        return None
    return Facts(
        title=f"{title}: {subtitle}" if subtitle else title, authors=authors_of(values), stated_language=language
    )


def authors_of(values: dict[str, Any]) -> tuple[str, ...]:
    """The authors, whether written as one, as a list, or as tables with a name."""
    given = next((values[key] for key in ("authors", "author", "creator", "by") if values.get(key)), ())
    names = given if isinstance(given, list | tuple) else re.split(r"\s*;\s*|\s+and\s+|\s*&\s*", str(given))
    texts = [str(name.get("name", "")) if isinstance(name, dict) else str(name) for name in names]
    return tuple(clean for text in texts if (clean := one_line(text)))


def _parse_yaml(inside: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    key = ""
    for line in inside.split("\n"):
        item = _ITEM.match(line)
        pair = _PAIR.match(line)
        if item and key:
            given = values.get(key)
            text = re.sub(r"^(?:name|text)[ \t]*:[ \t]*", "", item["value"])
            values[key] = [*(given if isinstance(given, list) else []), _parse_scalar(text)]
        elif pair:
            key = pair["key"].strip().lower()
            values[key] = _parse_value(pair["value"] or "")
    return values


def _parse_value(text: str) -> Any:
    if text.startswith("[") and text.endswith("]"):
        return [_parse_scalar(part) for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^,\s][^,]*", text[1:-1])]
    return _parse_scalar(text)


def _parse_scalar(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        inner = text[1:-1]
        return inner.replace("''", "'") if text[0] == "'" else inner.replace('\\"', '"')
    return "" if text in {"|", ">", "null", "~"} else re.sub(r"[ \t]+#.*$", "", text)
