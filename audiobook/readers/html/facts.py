"""Title, authors and language of a web page: from its metadata, its headings, its `lang`."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from audiobook.languages.codes import normalize_language
from audiobook.model.book import Facts
from audiobook.readers import headings
from audiobook.readers.headings import mostly_capitalised
from audiobook.readers.html.flow import Piece
from audiobook.readers.html.markup import Element, attribute, name_of, words_of
from audiobook.readers.text.gutenberg import split_authors, stated_facts
from audiobook.readers.text.title_page import author_in
from audiobook.readers.titles import one_line

_TITLE_KEYS = ("dc.title", "dcterms.title", "citation_title", "book:title")
_AUTHOR_KEYS = ("dc.creator", "dcterms.creator", "author", "citation_author", "book:author", "article:author")
_LANGUAGE_KEYS = ("dc.language", "dcterms.language", "content-language", "og:locale")
_WORKS = {"Book", "Article", "BlogPosting", "CreativeWork", "ShortStory", "Chapter", "NewsArticle", "Novel"}
_LONGEST_DATA = 1_000_000  # characters of JSON-LD
_GUTENBERG_REACH = 4000  # characters of a page's text within which Project Gutenberg states the facts
_BY_LINES = 6  # pieces at the top among which the author is named
_TITLE_BY = re.compile(r"(?P<title>\S.*?),? by (?P<author>[^|–—]{3,60})")
_AFTER_TITLE = re.compile(r"\s*[|:,(–—-]|\s+by\b", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{1,40}$")  # the name of a site behind a page's title


def read_facts(root: Element, text: str, pieces: Sequence[Piece], fallback_title: str) -> Facts:
    """The facts of a page with this text; `fallback_title` where it does not name itself."""
    head = text[:_GUTENBERG_REACH]
    stated = stated_facts(head.strip()) if "gutenberg" in head.casefold() else None
    metas, work = _read_metas(root), _read_work(root)
    page_title = _read_page_title(root)
    title = _take_first(
        [*_select_values(metas, _TITLE_KEYS), *([stated.title] if stated else []), *_read_texts(work.get("name"))]
    )
    authors = _find_authors(root, metas, work, pieces) or (stated.authors if stated else ())
    if not authors and (parted := _TITLE_BY.fullmatch(page_title)) and mostly_capitalised(parted["author"]):
        page_title, authors = parted["title"], split_authors(parted["author"])
    title = title or _choose_title(pieces, _take_first(metas.get("og:title", [])), page_title) or fallback_title
    return Facts(
        title=title,
        authors=authors,
        stated_language=_find_language(root, metas, work),
    )


def _choose_title(pieces: Sequence[Piece], shared: str, page_title: str) -> str:
    """The only top heading, where nothing contradicts it; else the title for sharing; else that of the page."""
    highest = min((piece.level for piece in pieces if piece.level), default=0)
    top = [one_line(piece.text) for piece in pieces if piece.level == highest > 0]
    heading = top[0] if len(top) == 1 and not headings.is_chapter_label(top[0]) else ""
    others = [other for other in (shared, page_title) if other]
    if heading and (not others or any(_begins_with(other, heading) for other in others)):
        return heading
    stated = stated_facts(page_title) if "gutenberg" in page_title.casefold() else None
    named = _SITE.sub("", page_title)
    return shared or (stated.title if stated else "") or (heading if highest == 1 else "") or named or heading


def _begins_with(longer: str, title: str) -> bool:
    """Whether a page's title is this one, alone or followed by the name of a site, a chapter or an author."""
    rest = longer[len(title) :]
    return longer.casefold().startswith(title.casefold()) and (not rest or _AFTER_TITLE.match(rest) is not None)


def _find_authors(
    root: Element, metas: Mapping[str, list[str]], work: Mapping[str, Any], pieces: Sequence[Piece]
) -> tuple[str, ...]:
    named = [name for name in _select_values(metas, _AUTHOR_KEYS) if "://" not in name]
    named = named or list(_read_texts(work.get("author")))
    named = named or [words_of(e) for e in root.iter() if name_of(e) == "a" and "author" in attribute(e, "rel").split()]
    lines = [one_line(line) for piece in pieces[:_BY_LINES] for line in piece.text.split("\n")]
    found = [name for text in named for name in split_authors(text)] or author_in(lines)
    return tuple(dict.fromkeys(one_line(name) for name in found))


def _find_language(root: Element, metas: Mapping[str, list[str]], work: Mapping[str, Any]) -> str:
    body = next((e for e in root.iter() if name_of(e) == "body"), root)
    stated = [attribute(root, "lang"), attribute(body, "lang"), *_select_values(metas, _LANGUAGE_KEYS)]
    stated += _read_texts(work.get("inLanguage"))
    return next((code.strip() for code in stated if normalize_language(code)), "")


def _read_metas(root: Element) -> dict[str, list[str]]:
    """The page's metadata: Dublin Core, OpenGraph and the plain names, in lower case."""
    metas: dict[str, list[str]] = defaultdict(list)
    for element in root.iter():
        if name_of(element) == "meta" and (content := one_line(attribute(element, "content"))):
            key = attribute(element, "name") or attribute(element, "property") or attribute(element, "http-equiv")
            metas[key.strip().lower()].append(content)
    return metas


def _read_work(root: Element) -> dict[str, Any]:
    """What JSON-LD says of the text, its title as "name"; empty where it says nothing that is simple."""
    for element in root.iter():
        if name_of(element) == "script" and attribute(element, "type").lower() == "application/ld+json":
            for item in _read_items("".join(str(text) for text in element.itertext())):
                kinds = item.get("@type")
                if _WORKS & {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])}:
                    return {**item, "name": item.get("name") or item.get("headline")}
    return {}


def _read_items(text: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text) if len(text) <= _LONGEST_DATA else None
    except (ValueError, RecursionError):
        return
    outer = data if isinstance(data, list) else [data]
    for item in outer:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()


def _read_texts(value: Any) -> Iterator[str]:
    """The text, or the texts, that a value of JSON-LD stands for."""
    for one in value if isinstance(value, list) else [value]:
        named = one.get("name") if isinstance(one, dict) else one
        if isinstance(named, str) and one_line(named):
            yield one_line(named)


def _read_page_title(root: Element) -> str:
    head = next((e for e in root.iter() if name_of(e) == "title"), None)
    return one_line(words_of(head)) if head is not None else ""


def _select_values(metas: Mapping[str, list[str]], keys: Iterable[str]) -> list[str]:
    return [value for key in keys for value in metas.get(key, [])]


def _take_first(values: Iterable[str]) -> str:
    return next(iter(values), "")
