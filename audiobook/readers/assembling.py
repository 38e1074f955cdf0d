"""Drafts of chapters → Book, for every format: no blank chapters, scene breaks only between paragraphs, numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook.errors import BookError
from audiobook.languages.identify import choose_language, take_sample
from audiobook.model.book import Book, Chapter, Cover, Facts, Note, Paragraph, Skipped, letters_of
from audiobook.readers import drama, headings
from audiobook.readers.evidence import Section, find_places, find_section_reason
from audiobook.readers.folding import fold_text
from audiobook.readers.hyphens import join_divided_words
from audiobook.readers.omissions import skip
from audiobook.readers.passages import keep_passages
from audiobook.readers.titles import one_line, word_count

_MOST_PARAGRAPHS = 500_000  # a novel of a million words has 30,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A chapter that has no number yet."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    within: tuple[str, ...] = ()  # the titles of the volume, the part or the tale that hold it, the highest first


def assemble(
    facts: Facts,
    drafts: Iterable[Draft],
    skipped: Sequence[Skipped],
    where: str,
    cover: Cover | None = None,
    *,
    notes: Iterable[Note] = (),
) -> Book:
    """The book with these chapters. Chapters without text are left out. Raises BookError where none is left."""
    skipped = list(skipped)
    kept = [replace(d, paragraphs=_tidy_breaks(d.paragraphs, skipped)) for d in drafts]
    kept = [d for d in kept if d.paragraphs]
    if not kept:
        hint = (
            "everything in it was skipped: " + ", ".join(dict.fromkeys(s.reason for s in skipped))
            if skipped
            else "is this the right file? its words may be pictures"
        )
        raise BookError("there is no text to read in this book", where=where, hint=hint)
    if (count := sum(len(d.paragraphs) for d in kept)) > _MOST_PARAGRAPHS:
        message = f"the book has {count:,} paragraphs; at most {_MOST_PARAGRAPHS:,} are read"
        raise BookError(message, where=where, hint="split it into volumes")
    kept = _mark_plays(kept, skipped)
    titles = _make_distinct([(_fold_line(d.title), tuple(map(_fold_line, d.within))) for d in kept])
    facts = _find_language(facts, kept)
    joined = keep_passages(join_divided_words([draft.paragraphs for draft in kept], facts.language), facts.language)
    chapters = tuple(
        Chapter(number=n, title=title or f"Chapter {n}", paragraphs=paragraphs)
        for n, (paragraphs, title) in enumerate(zip(joined, titles, strict=True), 1)
    )
    return Book(facts=facts, chapters=chapters, skipped=tuple(skipped), cover=cover, notes=tuple(notes))


def _fold_line(title: str) -> str:
    """A title on one line. It may come from a list of contents that no reader has folded."""
    return one_line(fold_text(title))


def _mark_plays(drafts: Sequence[Draft], skipped: list[Skipped]) -> list[Draft]:
    """The drafts with the speakers and the stage directions of plays marked."""
    marked = drama.mark_plays([draft.paragraphs for draft in drafts], skipped)
    return [replace(draft, paragraphs=own) for draft, own in zip(drafts, marked, strict=True)]


def _find_language(facts: Facts, drafts: Sequence[Draft]) -> Facts:
    """The facts folded, with the language of the text, whatever the source states."""
    stated = facts.stated_language or (facts.language if facts.language != Facts(title="").language else "")
    sample = take_sample([paragraph.text for draft in drafts for paragraph in draft.paragraphs])
    language = choose_language(stated, sample)
    return replace(
        facts,
        title=_fold_line(facts.title),
        authors=tuple(map(_fold_line, facts.authors)),
        language=language,
        stated_language=stated,
    )


def _tidy_breaks(paragraphs: Sequence[Paragraph], skipped: list[Skipped]) -> tuple[Paragraph, ...]:
    """The paragraphs without breaks at the beginning, at the end, and directly after another break.

    The text of a removed break is added to `skipped` where it has letters ("oOo").
    """
    tidy: list[Paragraph] = []
    gone: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.kind == "break" and (not tidy or tidy[-1].kind == "break"):
            gone.append(paragraph)
        else:
            tidy.append(paragraph)
    if tidy and tidy[-1].kind == "break":
        gone.append(tidy.pop())
    skipped += [skip([ornament], "scene break") for ornament in gone if letters_of(ornament.text)]
    return tuple(tidy)


def _make_distinct(titles: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    """The titles, with the title of the part before those that would else be the same, or would say only a number."""
    often = Counter(title.casefold() for title, _ in titles)
    told = {parts for title, parts in titles if parts and (often[title.casefold()] > 1 or _counts_within(title, parts))}
    depths = [
        int(parts in told and (often[title.casefold()] > 1 or is_bare_label(title) or _counts_within(title, parts)))
        for title, parts in titles
    ]
    while True:
        named = [
            ": ".join([*parts[len(parts) - depth :], title])
            for (title, parts), depth in zip(titles, depths, strict=True)
        ]
        often = Counter(map(str.casefold, named))
        deeper = [
            min(depth + (depth > 0 and often[name.casefold()] > 1), len(parts))
            for name, depth, (_, parts) in zip(named, depths, titles, strict=True)
        ]
        if deeper == depths:
            return named
        depths = deeper


def is_bare_label(title: str) -> bool:
    """Whether a title is only a number, or a word and a number: "IV", "Chapter 3"."""
    heading = headings.recognise(title)
    return heading is not None and not heading.title and heading.family != headings.NAMED


def _counts_within(title: str, parts: tuple[str, ...]) -> bool:
    """Whether a title begins with a number that counts the parts of something with a name: part II of a tale."""
    heading, above = headings.recognise(title), headings.recognise(parts[-1]) if parts else None
    if heading is None or heading.family == headings.NAMED or not parts:
        return False
    return above is None or (above.title != "" and above.family not in headings.UPPER_FAMILIES)


_PART_WORDS = 150  # directly under a part's title; up to this many belong to its first chapter
_FRONT_WORDS = 40  # before the first chapter; from this many they are a chapter of their own
_OPENING = "Opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A paragraph with which a chapter, a part or an omitted section begins."""

    at: int
    title: str  # empty where it is unknown
    is_part: bool = False
    reason: str = ""  # why it is not read, where the book states it


def lay_out(
    paragraphs: Sequence[Paragraph], starts: Sequence[Start], skipped: list[Skipped], opening: str = ""
) -> Iterator[Draft]:
    """A draft for each start that is read. Short parts and short openings are added to the chapter after them.

    Sections of front and back matter that are not read are added to `skipped`. `opening` is the title for long text
    before the first start.
    """
    before = paragraphs[: starts[0].at] if starts else paragraphs
    waiting: list[Paragraph] = []
    if _count_words(before) >= _FRONT_WORDS:
        yield Draft(title=opening or _OPENING, paragraphs=tuple(split_headings(before)))
    else:
        waiting = list(split_headings(before))
    part = ""
    ends = [*(start.at for start in starts), len(paragraphs)][1:]
    stretches = [paragraphs[start.at : end] for start, end in zip(starts, ends, strict=True)]
    places = find_places([(start.title, _count_words(inside)) for start, inside in zip(starts, stretches, strict=True)])
    for start, inside, place in zip(starts, stretches, places, strict=True):
        reason = start.reason or find_section_reason(
            Section(
                title=start.title, texts=[p.text for p in inside if p.kind not in {"heading", "break"}], place=place
            )
        )
        if reason:
            skipped.append(skip(inside, reason, one_line(start.title)))
            continue
        if start.is_part or not inside:
            part = start.title or part
            if _count_words(inside) <= _PART_WORDS:
                waiting += split_headings(inside)
                continue
        within = () if start.is_part or not part else (part,)
        yield Draft(title=start.title, paragraphs=(*waiting, *split_headings(inside)), within=within)
        waiting = []
    if waiting:
        yield Draft(title=part or _OPENING, paragraphs=tuple(waiting))


def _count_words(paragraphs: Sequence[Paragraph]) -> int:
    return sum(word_count(paragraph.text) for paragraph in paragraphs)


def split_headings(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, with a heading of several lines split into several headings, so that a pause follows each."""
    for paragraph in paragraphs:
        if paragraph.kind == "heading" and "\n" in paragraph.text:
            yield from (
                Paragraph(text=line.strip(), kind="heading", span=paragraph.stands)
                for line in paragraph.text.split("\n")
                if line.strip()
            )
        else:
            yield paragraph
