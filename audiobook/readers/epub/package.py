"""The package document: facts, cover, manifest and spine."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audiobook.model.book import Cover, Facts
from audiobook.readers.html.links import resolve
from audiobook.readers.html.markup import Element, attribute, name_of, parse, words_of
from audiobook.readers.titles import one_line
from audiobook.readers.zip_archive import Archive

_DOCUMENTS = {"application/xhtml+xml", "text/html", "application/xml", "text/xml", "text/x-oeb1-document", ""}
_PAGES = {"application/xhtml+xml", "text/html", "text/x-oeb1-document"}
_PAGE_NAMES = (".xhtml", ".html", ".htm")
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"))
_HINT = "is it an EPUB? Calibre's “Convert books” can often mend one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file of the book."""

    id: str
    name: str  # in the zip file
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineItem:
    """A document in reading order."""

    name: str
    linear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What the package document says."""

    facts: Facts
    spine: tuple[SpineItem, ...]
    nav: str | None  # the EPUB 3 navigation document
    ncx: str | None  # the EPUB 2 one
    others: tuple[str, ...] = ()  # documents that are not in the reading order
    guide: Mapping[str, str] = field(default_factory=dict)  # "member#anchor" → type
    cover: Cover | None = field(default=None, repr=False)


def read_package(archive: Archive, fallback_title: str) -> Package:
    """The package of a book. Raises BookError where there is none, or it lists nothing to read."""
    name = _find_package(archive)
    data = archive.document(name)
    root = parse(data, soup=False) if data else None
    if root is None:
        raise archive.error("the EPUB's package document is missing or broken", inside=name, hint=_HINT)
    items = {item.id: item for item in _read_items(root, name)}
    guide = dict(_read_guide(root, name))
    spine = tuple(_read_spine(root, items))
    if not spine:
        raise archive.error("the EPUB's reading order is empty", inside=name, hint=_HINT)
    return Package(
        facts=_read_facts(root, fallback_title),
        spine=spine,
        nav=next((i.name for i in items.values() if "nav" in i.properties), None),
        ncx=_find_ncx(root, items),
        others=tuple(_find_other_documents(archive, items.values(), {item.name for item in spine})),
        guide=guide,
        cover=_find_cover(archive, root, items, guide),
    )


def _find_package(archive: Archive) -> str:
    data = archive.document("META-INF/container.xml")
    root = parse(data, soup=False) if data else None
    if root is not None:
        for element in root.iter():
            if name_of(element) == "rootfile" and attribute(element, "full-path"):
                name, _ = resolve("", attribute(element, "full-path"))
                if archive.has(name):
                    return name
    name = next((n for n in archive.names() if n.lower().endswith(".opf")), "")
    if not name:
        raise archive.error("this zip file is not an EPUB: it has no package document", hint=_HINT)
    return name


def _find_elements(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if name_of(element) == name)


def _read_items(root: Element, base: str) -> Iterator[Item]:
    for element in _find_elements(root, "item"):
        name, _ = resolve(base, attribute(element, "href"))
        if name:
            yield Item(
                id=attribute(element, "id"),
                name=name,
                media_type=attribute(element, "media-type").lower(),
                properties=frozenset(attribute(element, "properties").split()),
            )


def _read_spine(root: Element, items: Mapping[str, Item]) -> Iterator[SpineItem]:
    references = [
        (items.get(attribute(e, "idref")), attribute(e, "linear").lower() != "no")
        for e in _find_elements(root, "itemref")
    ]
    any_linear = any(linear for item, linear in references if item)
    seen: set[str] = set()
    for item, linear in references:
        if item and item.media_type in _DOCUMENTS and item.name not in seen:
            seen.add(item.name)
            yield SpineItem(name=item.name, linear=linear or not any_linear)


def _find_other_documents(archive: Archive, items: Iterable[Item], read: Collection[str]) -> Iterator[str]:
    """The documents that are not in the spine, from the manifest and from the zip file."""
    listed = [item.name for item in items if item.media_type in _PAGES or "nav" in item.properties]
    lying = [name for name in archive.names() if name.lower().endswith(_PAGE_NAMES)]
    folded = {name.casefold() for name in read}
    for name in dict.fromkeys((*listed, *lying)):
        if name.casefold() not in folded and archive.has(name):
            folded.add(name.casefold())
            yield name


def _find_ncx(root: Element, items: Mapping[str, Item]) -> str | None:
    spine = next(_find_elements(root, "spine"), None)
    named = items.get(attribute(spine, "toc")) if spine is not None else None
    ncx = named or next((i for i in items.values() if i.media_type == "application/x-dtbncx+xml"), None)
    return ncx.name if ncx else None


def _read_guide(root: Element, base: str) -> Iterator[tuple[str, str]]:
    for element in _find_elements(root, "reference"):
        name, anchor = resolve(base, attribute(element, "href"))
        yield (f"{name}#{anchor}" if anchor else name), attribute(element, "type").lower()


def _read_facts(root: Element, fallback_title: str) -> Facts:
    refined = _read_refinements(root)
    titles = [(attribute(e, "id"), one_line(words_of(e))) for e in _find_elements(root, "title")]
    main = [text for key, text in titles if refined.get((key, "title-type")) == "main"]
    title = next((text for text in [*main, *(text for _, text in titles)] if text), fallback_title)
    languages = [one_line(words_of(e)) for e in _find_elements(root, "language")]
    return Facts(
        title=title,
        authors=_read_authors(root, refined),
        stated_language=next((language for language in languages if language), ""),
    )


def _read_refinements(root: Element) -> dict[tuple[str, str], str]:
    return {
        (attribute(e, "refines").lstrip("#"), attribute(e, "property")): words_of(e).strip().lower()
        for e in _find_elements(root, "meta")
        if attribute(e, "refines")
    }


def _read_authors(root: Element, refined: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    creators = []
    for element in _find_elements(root, "creator"):
        role = attribute(element, "role").lower() or refined.get((attribute(element, "id"), "role"), "")
        name = one_line(words_of(element))
        if name:
            creators.append((role, name))
    authors = [name for role, name in creators if role in {"aut", ""}] or [name for _, name in creators]
    return tuple(dict.fromkeys(authors))


def _find_cover(archive: Archive, root: Element, items: Mapping[str, Item], guide: Mapping[str, str]) -> Cover | None:
    for name in _list_cover_names(archive, root, items, guide):
        data = archive.read(name)
        media_type = next((kind for sign, kind in _PICTURES if data and data.startswith(sign)), None)
        if data and media_type:
            return Cover(data=data, media_type=media_type)
    return None


def _list_cover_names(
    archive: Archive, root: Element, items: Mapping[str, Item], guide: Mapping[str, str]
) -> Iterator[str]:
    """The files that may be the cover picture, the most certain first."""
    pictures = [item for item in items.values() if item.media_type.startswith("image/")]
    yield from (item.name for item in pictures if "cover-image" in item.properties)
    for element in _find_elements(root, "meta"):
        if attribute(element, "name").lower() == "cover":
            content = attribute(element, "content")
            yield from (
                item.name for item in pictures if content in {item.id, item.name} or item.name.endswith("/" + content)
            )
    for href, kind in guide.items():
        if kind == "cover":
            yield from _find_pictures(archive, href.partition("#")[0])
    yield from (item.name for item in pictures if "cover" in f"{item.id} {item.name}".lower())


def _find_pictures(archive: Archive, name: str) -> Iterator[str]:
    data = archive.document(name)
    root = parse(data, soup=True) if data else None
    if root is None:
        return
    for element in root.iter():
        if name_of(element) in {"img", "image"}:
            yield resolve(name, attribute(element, "src") or attribute(element, "href"))[0]
