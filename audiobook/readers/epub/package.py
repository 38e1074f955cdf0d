"""The package document: facts, cover, manifest and spine."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audiobook.model.book import Cover, Facts
from audiobook.readers.epub.archive import Archive
from audiobook.readers.html.links import resolve
from audiobook.readers.html.markup import Element, attribute, name_of, parse, words_of
from audiobook.readers.titles import one_line

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
    name = _package_name(archive)
    data = archive.document(name)
    root = parse(data, soup=False) if data else None
    if root is None:
        raise archive.error("the EPUB's package document is missing or broken", inside=name, hint=_HINT)
    items = {item.id: item for item in _items(root, name)}
    guide = dict(_guide(root, name))
    spine = tuple(_spine(root, items))
    if not spine:
        raise archive.error("the EPUB's reading order is empty", inside=name, hint=_HINT)
    return Package(
        facts=_facts(root, fallback_title),
        spine=spine,
        nav=next((i.name for i in items.values() if "nav" in i.properties), None),
        ncx=_ncx(root, items),
        others=tuple(_others(archive, items.values(), {item.name for item in spine})),
        guide=guide,
        cover=_cover(archive, root, items, guide),
    )


def _package_name(archive: Archive) -> str:
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


def _named(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if name_of(element) == name)


def _items(root: Element, base: str) -> Iterator[Item]:
    for element in _named(root, "item"):
        name, _ = resolve(base, attribute(element, "href"))
        if name:
            yield Item(
                id=attribute(element, "id"),
                name=name,
                media_type=attribute(element, "media-type").lower(),
                properties=frozenset(attribute(element, "properties").split()),
            )


def _spine(root: Element, items: Mapping[str, Item]) -> Iterator[SpineItem]:
    references = [
        (items.get(attribute(e, "idref")), attribute(e, "linear").lower() != "no") for e in _named(root, "itemref")
    ]
    any_linear = any(linear for item, linear in references if item)
    seen: set[str] = set()
    for item, linear in references:
        if item and item.media_type in _DOCUMENTS and item.name not in seen:
            seen.add(item.name)
            yield SpineItem(name=item.name, linear=linear or not any_linear)


def _others(archive: Archive, items: Iterable[Item], read: Collection[str]) -> Iterator[str]:
    """The documents that the spine does not name: listed, or only lying in the zip file."""
    listed = [item.name for item in items if item.media_type in _PAGES or "nav" in item.properties]
    lying = [name for name in archive.names() if name.lower().endswith(_PAGE_NAMES)]
    folded = {name.casefold() for name in read}
    for name in dict.fromkeys((*listed, *lying)):
        if name.casefold() not in folded and archive.has(name):
            folded.add(name.casefold())
            yield name


def _ncx(root: Element, items: Mapping[str, Item]) -> str | None:
    spine = next(_named(root, "spine"), None)
    named = items.get(attribute(spine, "toc")) if spine is not None else None
    ncx = named or next((i for i in items.values() if i.media_type == "application/x-dtbncx+xml"), None)
    return ncx.name if ncx else None


def _guide(root: Element, base: str) -> Iterator[tuple[str, str]]:
    for element in _named(root, "reference"):
        name, anchor = resolve(base, attribute(element, "href"))
        yield (f"{name}#{anchor}" if anchor else name), attribute(element, "type").lower()


def _facts(root: Element, fallback_title: str) -> Facts:
    refined = _refinements(root)
    titles = [(attribute(e, "id"), one_line(words_of(e))) for e in _named(root, "title")]
    main = [text for key, text in titles if refined.get((key, "title-type")) == "main"]
    title = next((text for text in [*main, *(text for _, text in titles)] if text), fallback_title)
    languages = [one_line(words_of(e)) for e in _named(root, "language")]
    return Facts(
        title=title,
        authors=_authors(root, refined),
        language=next((language.replace("_", "-") for language in languages if language), "en"),
    )


def _refinements(root: Element) -> dict[tuple[str, str], str]:
    return {
        (attribute(e, "refines").lstrip("#"), attribute(e, "property")): words_of(e).strip().lower()
        for e in _named(root, "meta")
        if attribute(e, "refines")
    }


def _authors(root: Element, refined: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    creators = []
    for element in _named(root, "creator"):
        role = attribute(element, "role").lower() or refined.get((attribute(element, "id"), "role"), "")
        name = one_line(words_of(element))
        if name:
            creators.append((role, name))
    authors = [name for role, name in creators if role in {"aut", ""}] or [name for _, name in creators]
    return tuple(dict.fromkeys(authors))


def _cover(archive: Archive, root: Element, items: Mapping[str, Item], guide: Mapping[str, str]) -> Cover | None:
    for name in _cover_names(archive, root, items, guide):
        data = archive.read(name)
        media_type = next((kind for sign, kind in _PICTURES if data and data.startswith(sign)), None)
        if data and media_type:
            return Cover(data=data, media_type=media_type)
    return None


def _cover_names(archive: Archive, root: Element, items: Mapping[str, Item], guide: Mapping[str, str]) -> Iterator[str]:
    """Where the cover picture may be, the surest first."""
    pictures = [item for item in items.values() if item.media_type.startswith("image/")]
    yield from (item.name for item in pictures if "cover-image" in item.properties)
    for element in _named(root, "meta"):
        if attribute(element, "name").lower() == "cover":
            content = attribute(element, "content")
            yield from (
                item.name for item in pictures if content in {item.id, item.name} or item.name.endswith("/" + content)
            )
    for href, kind in guide.items():
        if kind == "cover":
            yield from _pictures_in(archive, href.partition("#")[0])
    yield from (item.name for item in pictures if "cover" in f"{item.id} {item.name}".lower())


def _pictures_in(archive: Archive, name: str) -> Iterator[str]:
    data = archive.document(name)
    root = parse(data, soup=True) if data else None
    if root is None:
        return
    for element in root.iter():
        if name_of(element) in {"img", "image"}:
            yield resolve(name, attribute(element, "src") or attribute(element, "href"))[0]
