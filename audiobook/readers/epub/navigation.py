"""The table of contents (EPUB 3 nav, else EPUB 2 NCX) and the landmarks, as places in the spine."""

from collections.abc import Iterator

from audiobook.readers.epub.package import Package
from audiobook.readers.html.links import resolve
from audiobook.readers.html.markup import Element, attribute, name_of, parse, types_of, words_of
from audiobook.readers.sections.contents import Entry, Navigation
from audiobook.readers.titles import one_line
from audiobook.readers.zip_archive import Archive

_MAX_DEPTH = 40  # deeper entries count as that deep


def read_navigation(archive: Archive, package: Package) -> Navigation:
    """Contents and landmarks; empty where the book has none that can be read."""
    nav = _parse_member(archive, package.nav)
    contents = [tuple(_read_nav(nav, package.nav))] if nav is not None and package.nav else []
    ncx = _parse_member(archive, package.ncx)
    if ncx is not None and package.ncx:
        contents.append(tuple(_read_ncx(ncx, package.ncx)))
    landmarks: dict[tuple[str, str], str] = {}
    for href, kind in package.guide.items():
        name, _, anchor = href.partition("#")
        landmarks[name, anchor] = kind
    if nav is not None and package.nav:
        landmarks |= dict(_read_landmarks(nav, package.nav))
    return Navigation(contents=tuple(contents), landmarks=landmarks)


def _parse_member(archive: Archive, name: str | None) -> Element | None:
    data = archive.document(name) if name else None
    return parse(data, soup=True) if data else None


def _read_nav(root: Element, base: str) -> Iterator[Entry]:
    navs = [e for e in root.iter() if name_of(e) == "nav"]
    toc = next((e for e in navs if "toc" in types_of(e)), None)
    if toc is None:
        toc = next((e for e in navs if not types_of(e)), None)
    for item in toc.iter() if toc is not None else ():
        if name_of(item) != "li":
            continue
        depth = min(sum(1 for e in item.iterancestors() if name_of(e) in {"ol", "ul"}) - 1, _MAX_DEPTH)
        label = next((child for child in item if name_of(child) in {"a", "span", "p", "div"}), None)
        if label is None or _is_hidden(item):
            continue
        link = label if name_of(label) == "a" else next((e for e in label.iter() if name_of(e) == "a"), label)
        name, anchor = resolve(base, attribute(link, "href")) if attribute(link, "href") else ("", "")
        title = one_line(words_of(label)) or one_line(attribute(link, "title"))
        yield Entry(title=title, name=name, anchor=anchor, depth=depth)


def _is_hidden(item: Element) -> bool:
    """Whether the book hides this entry from listings: its sections are not chapters."""
    return any(e.get("hidden") is not None for e in item.iterancestors() if name_of(e) == "ol")


def _read_ncx(root: Element, base: str) -> Iterator[Entry]:
    for point in root.iter():
        if name_of(point) != "navpoint":
            continue
        depth = min(sum(1 for e in point.iterancestors() if name_of(e) == "navpoint"), _MAX_DEPTH)
        label = next((child for child in point if name_of(child) == "navlabel"), None)
        content = next((child for child in point if name_of(child) == "content"), None)
        if content is None:
            continue
        name, anchor = resolve(base, attribute(content, "src"))
        title = one_line(words_of(label)) if label is not None else ""
        yield Entry(title=title, name=name, anchor=anchor, depth=depth)


def _read_landmarks(root: Element, base: str) -> Iterator[tuple[tuple[str, str], str]]:
    for nav in root.iter():
        if name_of(nav) != "nav" or "landmarks" not in types_of(nav):
            continue
        for link in nav.iter():
            kinds = types_of(link) if name_of(link) == "a" else frozenset()
            if kinds:
                yield resolve(base, attribute(link, "href")), min(kinds)
