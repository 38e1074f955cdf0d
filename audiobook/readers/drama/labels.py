"""Read the name before a speech: its form, and where the speech begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audiobook.model.book import Paragraph, letters_of

Form = Literal["stop", "line", "alone"]  # NAME. words | the name on the paragraph's first line | a paragraph of its own

_TITLES = r"(?:Mrs?|Ms|Mmes?|Mlles?|Messrs|Drs?|St|Lt|Capt|Col|Gen|Maj|Sgt|Rev|Hon|Prof|Sr|Sra|Hr|Fr)"
_WORD = r"[^\W_][\w'’\-]*"
_INITIAL = rf"(?:(?:{_TITLES}|{_TITLES.upper()}|[A-Z])\.\s)"
_NAME = rf"{_INITIAL}*{_WORD}(?:(?:,\s(?=[A-ZÀ-ÖØ-Þ])|\s|\s[&+]\s|/){_INITIAL}?{_WORD}){{0,5}}"
_ASIDE = r",?\s?(?P<aside>[\[(][^\])]{0,200}[\])])"
_MANNER = r",\s(?P<manner>[^\W\d_A-Z][^.:;!?—–\n]{2,60})(?=[.:—–])"  # "LA FLÈCHE, à part."
_NAMED = rf"[_*]{{0,2}}(?P<name>{_NAME})[_*]{{0,2}}"
_STOPPED = re.compile(
    rf"{_NAMED}(?:{_ASIDE}|{_MANNER})?[_*]{{0,2}}(?P<stop>\.\s?(?:--|[—–])|[.:]|\s?[—–]|--)?[_*]{{0,2}}\s*(?=\S)"
)
_WHOLE = re.compile(rf"{_NAMED}(?:{_ASIDE})?[_*]{{0,2}}[.:]?[_*]{{0,2}}\s*")
_JOINING = frozenset("and und et y e en och og of the de la von van der".split())  # noqa: SIM905
_LONGEST_LABEL = 60  # characters, without what is in brackets
_LONGEST_LINE = 120  # characters, with what is in brackets
_LOOKED_AT = 300  # characters at the start of a paragraph
_STOP = re.compile(r"[.:][_*]{0,2}\s+|\s+")
# Marks of a screenplay behind a name that are not spoken: off screen, voice over, continued.
_EXTENSION = re.compile(r"[\[(](?:O\.? ?S\.?|V\.? ?O\.?|O\.? ?C\.?|CONT(?:['’]?D|INUED|\.)?)[\])]", re.IGNORECASE)
# What stands before a stop in capitals or alone in a paragraph, comes back, and is nobody's name.
_NEVER = frozenset(
    """
    act scene part chapter book volume canto section article note notes warning caution tip hint example
    figure fig table plate question answer q a exercise step rule item lesson day week month year date time
    place total page line monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december ps nb re to from subject first second
    third fourth fifth secondly thirdly firstly finally lastly curtain exit enter exeunt end finis contents
    index ingredients method yes no oh ah well why what who where when how so but and or if then now here
    there it he she they we you i this that these those never always perhaps maybe please good right okay ok
    nothing nobody stop go come look listen wait hush sir madam cut fade int ext interior exterior chorus
    refrain verse moral the
    """.split()  # noqa: SIM905  # a list of words is read more easily
)


@dataclass(frozen=True, slots=True)
class Label:
    """A name that may be a speaker's, at the start of a paragraph."""

    name: str
    form: Form
    end: int  # offset in the text where the speech begins
    is_strong: bool  # in capitals or in italics; other labels need more evidence
    manner: int = 0  # characters at the start of the speech that are a stage direction without brackets

    @property
    def key(self) -> str:
        """Its letters, by which labels are compared."""
        return letters_of(self.name).casefold()


def read_label(paragraph: Paragraph) -> Label | None:
    """The label at the start of a paragraph; None where nothing there looks like one."""
    text = paragraph.text
    if paragraph.kind not in ("prose", "verse", "heading") or not (text[:1].isalnum() or text[:1] in "_*"):
        return None
    for form, match in _find_matches(paragraph):
        label = _check_label(paragraph, match, form) if match else None
        if label is not None:
            return label
    return None


def _find_matches(paragraph: Paragraph) -> Iterator[tuple[Form, re.Match[str] | None]]:
    """The forms a label may have here, each with what fits it."""
    text = paragraph.text
    if len(text) <= _LONGEST_LINE and "\n" not in text:
        yield "alone", _WHOLE.fullmatch(text)
    if paragraph.kind == "heading":
        return
    line = text.find("\n")
    if line < 0 and len(paragraph.runs) > 1 and paragraph.runs[0].length == paragraph.runs[1].text - 1:
        line = paragraph.runs[0].length
    if 0 < line <= _LONGEST_LINE:
        yield "line", _WHOLE.fullmatch(text, 0, line)
    if text[:1].isupper() or text[:1].isdigit() or text[:1] in "_*":
        yield "stop", _STOPPED.match(text, 0, _LOOKED_AT)
        first = paragraph.emphasis[0] if paragraph.emphasis else (1, 1)
        if first[0] == 0 and first[1] <= _LONGEST_LINE and first[1] < len(text):
            yield "stop", _WHOLE.fullmatch(text, 0, first[1])


def _check_label(paragraph: Paragraph, match: re.Match[str], form: Form) -> Label | None:
    name = " ".join(match["name"].split())
    first = name.replace(".", " ").replace(",", " ").split()[0].casefold()
    if len(letters_of(name)) < 2 or len(name) > _LONGEST_LABEL or name.isdigit():
        return None
    if first in _NEVER and not (first == "the" and " " in name):
        return None
    all_capital = is_capital(name)
    is_strong = all_capital or _is_emphasized(paragraph, match)
    if not is_strong and (form != "stop" or not all(_is_name_word(word) for word in name.split())):
        return None
    aside = match["aside"]
    stop = match.groupdict().get("stop", ".") if form == "stop" else "."
    if form == "stop" and not (stop or (aside and all_capital) or _is_emphasized(paragraph, match)):
        return None
    end = _skip_stop(paragraph.text, match.end()) if form == "stop" else match.end()
    manner = match.groupdict().get("manner")
    if manner:
        start = match.start("manner")
        return Label(name, form, start, is_strong, end - start) if all_capital else None
    if aside and not _EXTENSION.fullmatch(aside):
        end = match.start("aside")
    return Label(name, form, end, is_strong)


def _skip_stop(text: str, at: int) -> int:
    """The offset behind a stop that stands behind an emphasized label."""
    stop = _STOP.match(text, at)
    return stop.end() if stop else at


def is_capital(name: str) -> bool:
    """Whether a name is in capitals, but for a word that joins two names."""
    words = [word for word in name.split() if word not in _JOINING]
    return bool(words) and all(word.upper() == word for word in words) and any(map(str.isalpha, "".join(words)))


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() or word in ("of", "the", "and", "de", "von", "van", "der", "la", "du")


def _is_emphasized(paragraph: Paragraph, match: re.Match[str]) -> bool:
    """Whether the label, and not much more, is in italics or bold."""
    if match.start("name") > 0:
        return True
    first = paragraph.emphasis[0] if paragraph.emphasis else (1, 1)
    return first[0] == 0 and match.end("name") <= first[1] <= match.end()
