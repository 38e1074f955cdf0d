"""Fountain screenplays → Book: text ─elements→ scenes, action, speeches ─→ chapters.

Each speech knows its speaker, whose name is not read. Action, parentheticals and transitions are stage directions.
Chapters are the sections of the script, else its acts, else its scenes.
"""

from collections.abc import Sequence

from audiobook.model.book import Book, Facts, Paragraph
from audiobook.readers import headings
from audiobook.readers.assembling import Start, assemble, lay_out
from audiobook.readers.fountain.elements import Element, Script, read_elements
from audiobook.readers.fountain.inline import join_pieces, plain
from audiobook.readers.text.gutenberg import split_authors
from audiobook.readers.titles import one_line

_LEAST = 2  # sections or acts that make chapters
_AUTHOR_KEYS = ("author", "authors", "written by", "by")


def read_fountain(text: str, fallback_title: str, where: str) -> Book:
    """The book in a Fountain script; `fallback_title` where it does not name itself. Raises BookError without text."""
    script = read_elements(text)
    chosen = _choose_starts(script.elements)
    paragraphs = [_make_paragraph(element, is_start=n in chosen) for n, element in enumerate(script.elements)]
    starts = [Start(at=n, title=one_line(paragraphs[n].text)) for n in sorted(chosen)]
    facts = _read_facts(script, fallback_title)
    drafts = list(lay_out(paragraphs, starts or [Start(at=0, title=facts.title)], script.skipped))
    return assemble(facts, drafts, script.skipped, where)


def _choose_starts(elements: Sequence[Element]) -> set[int]:
    """The elements that begin a chapter: sections of the highest level that comes more than once, acts, or scenes."""
    sections = [(n, element) for n, element in enumerate(elements) if element.kind == "section"]
    for level in range(1, 7):
        here = {n for n, element in sections if element.level <= level}
        if sum(elements[n].level == level for n in here) >= _LEAST:
            return here
    acts = {n for n, element in enumerate(elements) if _is_act(element)}
    if len(acts) >= _LEAST:
        return acts
    return {n for n, element in enumerate(elements) if element.kind == "scene"}


def _is_act(element: Element) -> bool:
    if element.kind != "centred":
        return False
    heading = headings.recognise(one_line(plain(element.lines[0][0])))
    return heading is not None and heading.family in {*headings.UPPER_FAMILIES, *headings.CHAPTER_FAMILIES}


def _make_paragraph(element: Element, *, is_start: bool) -> Paragraph:
    if is_start or element.kind in {"scene", "section"}:
        return join_pieces(element.lines, kind="heading")
    if element.kind == "lyrics":
        return join_pieces(element.lines, kind="verse", glue="\n", speaker=element.speaker)
    return join_pieces(element.lines, speaker=element.speaker, asides=element.asides)


def _read_facts(script: Script, fallback_title: str) -> Facts:
    page = script.title_page
    title = one_line(" ".join(plain(line) for line in page.get("title", [])))
    named = next((lines for key in _AUTHOR_KEYS if (lines := page.get(key))), [])
    authors = tuple(dict.fromkeys(name for line in named for name in split_authors(one_line(plain(line)))))
    return Facts(title=title or fallback_title, authors=authors)
