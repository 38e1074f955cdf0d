"""The role of each element of a page: read, left out, or a boundary between paragraphs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from audiobook.readers.html.markup import Element, attribute, name_of, types_of, words_of
from audiobook.readers.matter import UNREAD_TYPES

NOTE_REFERENCE = "note reference"
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
# Elements that are never read → what is in them.
_SILENT = {
    name: reason
    for reason, names in {
        "no text": "script style head",
        "hidden text": "template noscript",
        "illustration": "svg img canvas map audio video object iframe embed",
        "formula": "math",
        "pronunciation aid": "rt rp rtc",
        "form": "input select button textarea",
        "deleted text": "del",
        "navigation": "nav",
    }.items()
    for name in names.split()
}
_MARKS = {"pagebreak": "page number", "noteref": NOTE_REFERENCE, "backlink": NOTE_REFERENCE, "annoref": NOTE_REFERENCE}
_EMPHASIS = frozenset(["em", "i", "strong", "b", "cite", "dfn", "u"])
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HEADING_CLASS = re.compile(
    r"\b(?:chap(?:ter)?[-_]?(?:title|number|num|no|head(?:ing)?|name)?|h[1-3]|part[-_]?(?:title|number|num|head(?:ing)?)|title|subtitle|ct|cn|chtitle|chnum)\b",
    re.IGNORECASE,
)
_NUMBERED_HEADING_CLASS = re.compile(
    r"\b(?:Mso)?(?:Heading|Überschrift|Titre|Título|Titolo)[-_ ]?([1-6])\b", re.IGNORECASE
)
_TITLE_TYPES = frozenset({"title", "subtitle", "fulltitle", "ordinal"})
_LONGEST_HEADING = 120  # characters
_VERSE_CLASS = re.compile(r"\b(?:poem|poetry|verse|stanza|linegroup|lg|lyrics?|song)\b", re.IGNORECASE)
_VERSE_TYPES = frozenset({"verse", "poem", "stanza", "song", "lyrics", "hymn"})
_BREAK_CLASS = re.compile(
    r"(?:scene|section|thought|space|context|time|text|line)[-_]?break|scene[-_]?(?:sep|change)|^tb$"
    r"|\bornament|\bfleuron|\basterism|\bdinkus|\b(?:sep|separator|divider|flourish|spacer)\b",
    re.IGNORECASE,
)
_AFTER_BREAK_CLASS = re.compile(
    r"(?:scene|section|thought|space)[-_]?break|(?:after|following|post)[-_]?break|new[-_]?scene|scene[-_]?(?:start|first)",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(
    r"ornament|fleuron|flourish|asterism|dinkus|divider|separator|scene[-_ ]?break|section[-_ ]?break|squiggle",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[=√∑∫π±×÷≤≥^\\]|\b(?:math|equation|formula|tex|glyph|gaiji|character)\b", re.IGNORECASE)
_CODE_CLASS = re.compile(
    r"\b(?:code|source-?code|program-?listing|listing|screen|highlight|hljs|prettyprint|src|console|terminal)\b",
    re.IGNORECASE,
)
_RAISED_NUMBER = re.compile(r"[+−–-]?\d{1,4}")
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_LOWERED = str.maketrans("0123456789+-−–", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")
_BASE = re.compile(r"(?:\d|\)|(?<![^\W\d_])[^\W\d_]{1,2})$")  # before a power: a figure, a bracket, a sign or a unit
_MOST_ALTERNATIVE = 10  # words of a picture's text inside a line of text
_LINE_NUMBER_CLASS = re.compile(r"\b(?:lnum|line-?num(?:ber)?|page-?(?:num(?:ber)?|no)|pagebreak|pb)\b", re.IGNORECASE)
_NOTES_CLASS = re.compile(r"\b(?:foot|end|rear)notes?(?:[-_]?(?:text|body))?\b", re.IGNORECASE)
_NOTE_LINK_CLASS = re.compile(
    r"\b(?:note-?ref|fn-?anchor|fn-?ref|footnote(?:-?ref)?|endnote(?:-?ref)?)\b", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"[\[({]?\s*(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z])\s*[\])}]?", re.IGNORECASE)
_BRACKETED_MARK = re.compile(r"[\[({]\s*(?:\d{1,4}|[*†‡§¶]{1,4}|[A-Z])\s*[\])}]|[*†‡§¶]{1,4}|\d{1,4}", re.IGNORECASE)
_MOST_CODE = 0.9  # of the characters of preformatted text, that are in <code> where it is code
_GUTENBERG = re.compile(r"\bpg-?(?:boilerplate|header|footer)\b|^pg-(?:header|footer|machine-header)", re.IGNORECASE)

Role = Literal["read", "silent", "unread"]


def role_of(element: Element, name: str) -> tuple[Role, str]:
    """("read", ""), ("silent", reason) for marks and pictures, or ("unread", reason) for text that is skipped."""
    if name in _SILENT or _is_hidden(element):
        return "silent", _SILENT.get(name, "hidden text")
    types = types_of(element)
    mark = next((_MARKS[kind] for kind in sorted(types) if kind in _MARKS), "")
    if mark:
        return "silent", mark
    for kind in types:
        if kind in UNREAD_TYPES and name in BLOCKS:
            return "unread", UNREAD_TYPES[kind]
    return _role_by_looks(element, name)


def _role_by_looks(element: Element, name: str) -> tuple[Role, str]:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if name in {"a", "sup", "span"}:
        if is_note_mark(element, name):
            return "silent", NOTE_REFERENCE
        if _LINE_NUMBER_CLASS.search(element.get("class") or ""):
            return "silent", "page number"
    if name not in BLOCKS or not (marks or name == "pre"):
        return "read", ""
    if name == "pre" and _is_code(element):
        return "unread", "code"
    return _role_by_marks(element, name, marks)


def _role_by_marks(element: Element, name: str, marks: str) -> tuple[Role, str]:
    """The role of a block by its class and id."""
    if _GUTENBERG.search(marks):
        return "unread", "Project Gutenberg licence"
    if _NOTES_CLASS.search(element.get("class") or "") and name in {"div", "aside", "section", "p", "li", "ol", "dl"}:
        return "unread", "notes"
    return "read", ""


def _is_code(element: Element) -> bool:
    """Whether preformatted text is the code of a program: by its class, or because all of it is in <code>."""
    if _CODE_CLASS.search(element.get("class") or ""):
        return True
    code = [child for child in element.iter() if name_of(child) in ("code", "samp", "kbd")]
    return bool(code) and len("".join(map(words_of, code))) >= _MOST_CODE * len(words_of(element))


def is_note_mark(element: Element, name: str) -> bool:
    """Whether an element is a mark that leads to a note: ¹, [12], *."""
    if name == "sup":
        link = next((e for e in element.iter() if name_of(e) == "a" and "#" in attribute(e, "href")), None)
        return link is not None and _NOTE_MARK.fullmatch(words_of(element)) is not None
    if name != "a" or "#" not in attribute(element, "href"):
        return False
    text = words_of(element)
    if _NOTE_LINK_CLASS.search(element.get("class") or "") or _holds_sup(element):
        return _NOTE_MARK.fullmatch(text) is not None
    return _BRACKETED_MARK.fullmatch(text) is not None


def _holds_sup(element: Element) -> bool:
    parent = element.getparent()
    return any(name_of(e) == "sup" for e in element) or (parent is not None and name_of(parent) == "sup")


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


def heading_level(element: Element, name: str) -> int:
    """1 to 6 for a heading, 0 for anything else."""
    if len(name) == 2 and name[0] == "h" and name[1] in "123456":
        return int(name[1])
    if element.get("role") == "heading":
        level = element.get("aria-level") or "2"
        return int(level) if level in set("123456") else 2
    if name not in {"p", "div"}:
        return 0
    if _is_title_in_heading(element, name):
        return _find_level_above(element)
    classes = element.get("class") or ""
    numbered = _NUMBERED_HEADING_CLASS.search(classes)
    if (numbered or _HEADING_CLASS.search(classes)) and len(words_of(element)) < _LONGEST_HEADING:
        return min(int(numbered[1]), 6) if numbered else 3
    return 0


def _is_title_in_heading(element: Element, name: str) -> bool:
    """Whether a paragraph is a line of a heading: in an hgroup, or a title or subtitle by its type."""
    parent = element.getparent()
    if name != "p" or parent is None:
        return False
    above = name_of(parent)
    return above == "hgroup" or (above in {"header", "section", "article"} and bool(types_of(element) & _TITLE_TYPES))


def _find_level_above(element: Element) -> int:
    """The level below that of the heading beside a line of it."""
    parent = element.getparent()
    beside = [name_of(e) for e in parent] if parent is not None else []
    return min(next((int(name[1]) + 1 for name in beside if re.fullmatch("h[1-6]", name)), 4), 6)


def is_verse(element: Element) -> bool:
    """Whether the element's lines are those of a poem or a song."""
    return bool(types_of(element) & _VERSE_TYPES or _VERSE_CLASS.search(element.get("class") or ""))


def is_break(element: Element, name: str) -> bool:
    """Whether the element stands for a scene break."""
    if name == "hr":
        return True
    if name not in BLOCKS or words_of(element):
        return False
    return bool(_BREAK_CLASS.search(element.get("class") or "")) or _holds_ornament(element)


def _holds_ornament(element: Element) -> bool:
    """Whether a block holds only pictures, and one of them calls itself an ornament."""
    pictures = [e for e in element.iter() if name_of(e) in {"img", "image"}]
    told = (f"{e.get('alt') or ''} {attribute(e, 'src')} {e.get('class') or ''}" for e in pictures)
    return any(_ORNAMENT.search(text) for text in told)


def begins_after_break(element: Element, name: str) -> bool:
    """Whether a scene break comes before the text of an element, by its class."""
    return name in {"p", "div"} and _AFTER_BREAK_CLASS.search(element.get("class") or "") is not None


def carries_text(element: Element, name: str, text: str, before: str, level: int) -> bool:
    """Whether the alternative text of a picture or a formula is part of the text around it, and so is read.

    It is for formulas, for a letter at the beginning of a paragraph, for a heading that is a picture, and for a picture
    inside a line of text.
    """
    if name == "math":
        return True
    parent = element.getparent()
    own = words_of(parent) if parent is not None else ""
    if level:
        return not before.strip() and not own
    letters = text.strip("“‘\"'«„")
    if len(letters) <= 2 and not before.strip():
        after = element.tail or (parent.tail if parent is not None and name_of(parent) not in BLOCKS else "") or own
        return letters.isalpha() and after[:1].isalpha()
    is_inline = bool(before.strip() or (element.tail or "").strip()) and len(text.split()) <= _MOST_ALTERNATIVE
    return is_inline and (len(letters) == 1 or _SIGNS.search(f"{text} {element.get('class') or ''}") is not None)


def read_raised(element: Element, name: str, before: str) -> str | None:
    """A raised or lowered number as a power or an index: "²", "₂"; empty for a note's mark; None for other text."""
    text = words_of(element)
    if len(element) or not _RAISED_NUMBER.fullmatch(text) or not before[-1:].strip():
        return None
    if name == "sub":
        return text.translate(_LOWERED) if before[-1].isalnum() or before[-1] == ")" else None
    return text.translate(_RAISED) if _BASE.search(before) else ""


def is_emphasis(element: Element, name: str) -> bool:  # noqa: ARG001  # one of the rules, which all get both
    """Whether the element sets its text in italics or bold."""
    return name in _EMPHASIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the elements of a document are read. Each function gets an element and its name."""

    role_of: Callable[[Element, str], tuple[Role, str]] = role_of
    heading_level: Callable[[Element, str], int] = heading_level
    is_emphasis: Callable[[Element, str], bool] = is_emphasis
