"""Drafts of chapters, whatever format they came from → a Book: nothing blank, breaks only between things, numbered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook.book import Book, Chapter, Cover, Facts, Paragraph, Skipped
from audiobook.errors import BookError
from audiobook.reading.wording import one_line

_SMALL = {"page number", "illustration", "footnote", "notes", "HTML", "code", "table", "transcriber's note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A chapter before it has its number."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    within: str = ""  # the part or volume it stands in, for telling apart chapters of one name


def assemble(
    facts: Facts, drafts: Iterable[Draft], skipped: Sequence[Skipped], where: str, cover: Cover | None = None
) -> Book:
    """The book of these chapters. Chapters without a word are left out. Raises BookError where none is left."""
    kept = [replace(d, paragraphs=_tidy(d.paragraphs)) for d in drafts]
    kept = [d for d in kept if any(p.kind != "break" for p in d.paragraphs)]
    if not kept:
        hint = (
            "everything in it was skipped: " + ", ".join(dict.fromkeys(s.reason for s in skipped)) if skipped else None
        )
        raise BookError("there is no text to read in this book", where=where, hint=hint)
    titles = _distinct([(one_line(d.title), one_line(d.within)) for d in kept])
    chapters = tuple(
        Chapter(number=n, title=title or f"Chapter {n}", paragraphs=d.paragraphs)
        for n, (d, title) in enumerate(zip(kept, titles, strict=True), 1)
    )
    return Book(facts=facts, chapters=chapters, skipped=tuple(_gathered(skipped)), cover=cover)


def _gathered(skipped: Sequence[Skipped]) -> Iterator[Skipped]:
    """What is skipped, the many small things of one kind as one."""
    small: dict[str, list[Skipped]] = defaultdict(list)
    for part in skipped:
        if part.reason in _SMALL:
            small[part.reason].append(part)
        else:
            yield part
    for reason, parts in small.items():
        title = parts[0].title if len(parts) == 1 else f"{reason[0].upper()}{reason[1:]} ({len(parts)} places)"
        yield Skipped(title=title, words=sum(part.words for part in parts), reason=reason)


def _tidy(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs without breaks at either end or next to each other."""
    tidy: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.kind == "break" and (not tidy or tidy[-1].kind == "break"):
            continue
        tidy.append(paragraph)
    while tidy and tidy[-1].kind == "break":
        tidy.pop()
    return tuple(tidy)


def _distinct(titles: Sequence[tuple[str, str]]) -> list[str]:
    """The titles, each with its part before it in a book whose parts count their chapters anew."""
    often = Counter(title.casefold() for title, _ in titles)
    if all(often[title.casefold()] == 1 or not part for title, part in titles):
        return [title for title, _ in titles]
    return [f"{part}: {title}" if part else title for title, part in titles]
