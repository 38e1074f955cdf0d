"""Fragments of a page → its lines in reading order, in one column or several.

Fragments that stand side by side with a small gap are a run. A page has columns where a strip without text parts its
runs into a left and a right half over most of their height; runs across the strip (titles over both columns) divide the
page into bands. In each band the left column comes first. Runs of a column on one baseline are a line.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from audiobook.readers.folding import fold_text
from audiobook.readers.pdf.extraction import BOLD, ITALIC, OUTSIDE, ROTATED, Fragment, RawPage

_GAP = 1.5  # of the size: fragments of one printed line that stand further apart are different runs
_SAME_LINE = 0.45  # of the size: baselines that differ by less are of one line
_SPACE = 0.12  # of the size: a gap that parts words
_RAISED = 0.15  # of the size of its line that a note's mark stands above the baseline
_SMALL = 0.85  # of the size of its line that a note's mark has at most
_LEAST_RUNS = 4  # in each column
_MOST_ACROSS = 0.35  # share of a page's runs that may cross the strip between its columns
_STRAY = 0.08  # share of the runs that may stand in a strip: page numbers, long words
_FILLED = 0.5  # of the column's width that the runs of a column fill, as a median
_CAP = 1.7  # of the size of the text: an initial letter is this large at least
_CAP_HEIGHT = 0.78  # of the size of an initial letter: its first line begins no higher
_SAMPLE = 60  # pages looked at for the usual columns
_DEEPEST = 2  # columns are divided again this often
_CLOSING = (".", ",", ";", ":", "!", "?", ")", "”", "’", "»")
_WHITE = re.compile(r"\s+")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " ", "\x02": "-"}
    | {chr(n): " " for n in (*range(2), *range(3, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF)}
    | {"\ufffe": "-", "\ufeff": "", "\u200b": ""}
)


@dataclass(slots=True, eq=False)
class Line:
    """A line of a page, in reading order."""

    text: str
    page: int
    left: float
    right: float
    y: float
    size: float  # that most of its characters have
    is_bold: bool = False
    column: int = 0
    italics: tuple[tuple[int, int], ...] = ()  # offsets of emphasis in the text
    raised: tuple[tuple[int, int], ...] = ()  # offsets of small characters above the baseline
    linked: float = 0.0  # share inside links
    cap: int = 0  # characters of an initial letter at its start, whose word goes on after them
    role: str = ""  # why it is not read; empty where it is
    start: int = 0  # offset in the text of the document
    edges: tuple[float, float] = (0.0, 0.0)  # left and right edge of its column

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


@dataclass(slots=True, eq=False)
class _Run:
    """Fragments that follow each other on one line."""

    fragments: list[Fragment] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    y: float = 0.0
    size: float = 0.0
    cap: Fragment | None = None


Strip = tuple[float, float]  # between columns: its left and right edge


def find_usual_strip(pages: Sequence[RawPage]) -> Strip | None:
    """The strip between the columns of most pages; None where most have one column."""
    sample = pages[:: max(1, len(pages) // _SAMPLE)]
    strips = [strip for page in sample if (strip := _find_strip(_find_runs(page)))]
    full = sum(len(page.fragments) >= 2 * _LEAST_RUNS for page in sample)
    if 2 * len(strips) < full or not strips:
        return None
    return median(left for left, _ in strips), median(right for _, right in strips)


def read_lines(page: RawPage, number: int, usual_strip: Strip | None = None) -> list[Line]:
    """The lines of a page in reading order. Those on their side and those outside the page come last, with a reason."""
    runs = _find_runs(page)
    lines = [_make_line(page, number, group, column) for column, group in _order(runs, usual=usual_strip)]
    for fragment in page.fragments:
        if fragment.style & (ROTATED | OUTSIDE):
            line = _make_line(page, number, [_make_run([fragment])], 0)
            line.role = "outside the page" if fragment.style & OUTSIDE else "text on its side"
            lines.append(line)
    return [line for line in lines if line.text]


def _find_runs(page: RawPage) -> list[_Run]:
    upright = [f for f in page.fragments if not f.style & (ROTATED | OUTSIDE)]
    return _attach_initials(list(_join_fragments(upright)))


def _join_fragments(fragments: Sequence[Fragment]) -> Iterator[_Run]:
    row: list[Fragment] = []
    for fragment in fragments:
        if row and not _continues(row[-1], fragment):
            yield _make_run(row)
            row = []
        row.append(fragment)
    if row:
        yield _make_run(row)


def _continues(before: Fragment, after: Fragment) -> bool:
    size = max(before.size, after.size)
    if abs(before.y - after.y) > 0.6 * size or after.size > _CAP * before.size or before.size > _CAP * after.size:
        return False
    return -0.5 * size < after.left - before.right < _GAP * size or (
        after.right <= before.left + 0.5 * size and before.left - after.right < _GAP * size  # from right to left
    )


def _make_run(row: Sequence[Fragment]) -> _Run:
    longest = max(row, key=lambda f: (f.end - f.start, f.size))
    return _Run(
        fragments=list(row),
        left=min(f.left for f in row),
        right=max(f.right for f in row),
        y=longest.y,
        size=max((f for f in row), key=lambda f: (f.size == longest.size, f.end - f.start)).size,
    )


def _attach_initials(runs: list[_Run]) -> list[_Run]:
    """The runs, with each large initial letter attached to the line beside its top."""
    if not runs:
        return runs
    usual = median(run.size for run in runs)
    caps = [run for run in runs if run.size >= _CAP * usual and _length(run) <= 3]
    taken: set[int] = set()
    for cap in caps:
        beside = [
            run
            for run in runs
            if run.size < cap.size / 1.4
            and -0.5 * usual <= run.left - cap.right <= 1.6 * usual
            and cap.y - 0.4 * usual <= run.y
            and run.y + 0.5 * run.size <= cap.y + _CAP_HEIGHT * cap.size
        ]
        if not beside or (len(beside) == 1 and abs(beside[0].y - cap.y) < 0.2 * usual and cap.size > 4 * usual):
            continue
        first = max(beside, key=lambda run: run.y)
        first.cap = cap.fragments[0]
        for run in beside:
            run.left = cap.left
        taken.add(id(cap))
    return [run for run in runs if id(run) not in taken]


def _length(run: _Run) -> int:
    return sum(f.end - f.start for f in run.fragments)


def _order(
    runs: list[_Run], depth: int = 0, column: int = 0, usual: Strip | None = None
) -> Iterator[tuple[int, list[_Run]]]:
    """The runs of each line, lines in reading order, with the number of their column (0 where there is one)."""
    strip = _find_strip(runs) if depth < _DEEPEST else None
    if strip is None and usual and _fits(runs, usual):
        strip = usual
    if strip is None:
        yield from ((column, group) for group in _group_lines(runs))
        return
    band: list[_Run] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.left)):
        if _is_across(run, strip):
            yield from _order_band(band, strip, depth, column)
            band = []
            yield 0, [run]
        else:
            band.append(run)
    yield from _order_band(band, strip, depth, column)


def _fits(runs: Sequence[_Run], strip: Strip) -> bool:
    """Whether the columns of other pages are those of a page with few lines."""
    across = sum(_is_across(run, strip) for run in runs)
    return across <= _MOST_ACROSS * len(runs) and any(run.left >= strip[1] - 1 for run in runs)


def _is_across(run: _Run, strip: Strip) -> bool:
    """Whether a run goes over the strip between columns, or stands in it, as a page number does."""
    if run.left < strip[0] - 1 and run.right > strip[1] + 1:
        return True
    return strip[0] <= (run.left + run.right) / 2 <= strip[1]


def _order_band(band: list[_Run], strip: Strip, depth: int, column: int) -> Iterator[tuple[int, list[_Run]]]:
    middle = (strip[0] + strip[1]) / 2
    for n, side in enumerate(
        ([r for r in band if r.left + r.right < 2 * middle], [r for r in band if r.left + r.right >= 2 * middle])
    ):
        if side:
            yield from _order(side, depth + 1, column * 2 + n + 1)


def _find_strip(runs: Sequence[_Run]) -> Strip | None:
    """The strip between two columns: its left and right edge; None where the runs stand in one column."""
    if len(runs) < 2 * _LEAST_RUNS:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    width = int(right - left) + 1
    if not 40 < width < 20_000:
        return None
    steps = [0] * (width + 2)
    for run in runs:
        steps[max(0, int(run.left - left))] += 1
        steps[min(width, int(run.right - left) + 1)] -= 1
    covered, across = 0, []
    for step in steps[: width + 1]:
        covered += step
        across.append(covered)
    inner = range(width // 5, width - width // 5)
    fewest = min(across[n] for n in inner)
    if fewest > _MOST_ACROSS * len(runs):
        return None
    start, end = _widest(inner, across, max(fewest, int(_STRAY * len(runs))))
    size = median(run.size for run in runs)
    if end - start < 0.6 * size:
        return None
    strip = (left + start, left + end)
    return strip if _are_columns(runs, strip, (left, right)) else None


def _widest(inner: range, across: Sequence[int], most: int) -> tuple[int, int]:
    best = (0, 0)
    start = None
    for n in (*inner, -1):
        if n >= 0 and across[n] <= most:
            start = n if start is None else start
        elif start is not None:
            best = max(best, (start, n if n >= 0 else inner.stop), key=lambda s: s[1] - s[0])
            start = None
    return best


def _are_columns(runs: Sequence[_Run], strip: Strip, edges: tuple[float, float]) -> bool:
    """Whether both sides of a strip hold prose: lines that fill most of the width, over a common height."""
    sides = [r for r in runs if r.right <= strip[0] + 1], [r for r in runs if r.left >= strip[1] - 1]
    if min(map(len, sides)) < _LEAST_RUNS:
        return False
    widths = (strip[0] - edges[0], edges[1] - strip[1])
    for side, width in zip(sides, widths, strict=True):
        if median(run.right - run.left for run in side) < _FILLED * width:
            return False
    tops, bottoms = [max(r.y for r in side) for side in sides], [min(r.y for r in side) for side in sides]
    shared = min(tops) - max(bottoms)
    return shared > 0.4 * min(top - bottom for top, bottom in zip(tops, bottoms, strict=True))


def _group_lines(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Runs on one baseline, from the top of the page to its bottom."""
    group: list[_Run] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.left)):
        if group and not _is_beside(group, run):
            yield sorted(group, key=lambda run: run.left)
            group = []
        group.append(run)
    if group:
        yield sorted(group, key=lambda run: run.left)


def _is_beside(group: Sequence[_Run], run: _Run) -> bool:
    size = max(run.size, group[0].size)
    if group[0].y - run.y > _SAME_LINE * min(size, 1.5 * min(run.size, group[0].size)):
        return False
    return all(run.left >= other.right - 0.5 * size or run.right <= other.left + 0.5 * size for other in group)


def _make_line(page: RawPage, number: int, runs: Sequence[_Run], column: int) -> Line:
    builder = _LineBuilder(page)
    for run in runs:
        if run.cap:
            builder.add(run.cap, is_initial=True)
        for fragment in run.fragments:
            builder.add(fragment)
    return builder.build(number, runs, column)


def _fold(text: str) -> str:
    """The text folded; a soft hyphen at the end of a line stays, because it joins two lines."""
    soft = "\xad" if text.rstrip().endswith("\xad") else ""
    return fold_text(text.rstrip().removesuffix(soft)) + soft if soft else fold_text(text)


class _LineBuilder:
    """Puts the text of a line together, with its emphasis and its raised characters."""

    def __init__(self, page: RawPage) -> None:
        self._page = page
        self._text = ""
        self._pieces: list[tuple[int, int, Fragment]] = []
        self._last: Fragment | None = None
        self._is_initial = False  # the last fragment is an initial letter

    def add(self, fragment: Fragment, *, is_initial: bool = False) -> None:
        """Add a fragment, with a space before it where the page leaves room for one."""
        raw = _fold(self._page.text[fragment.start : fragment.end].translate(_LIGATURES))
        text = _WHITE.sub(" ", raw)
        last = self._last
        if last and text.startswith(_CLOSING) and fragment.left - last.right < 0.05 * fragment.size:
            self._text = self._text.rstrip()  # a space that pdfium puts behind raised characters
        elif last is None or self._text.endswith(" "):
            text = text.lstrip()
        elif not text.startswith(" ") and self._is_apart(last, fragment):
            self._text += " "
        text = text.strip() if is_initial else text
        self._pieces.append((len(self._text), len(self._text) + len(text.rstrip()), fragment))
        self._text += text
        self._last, self._is_initial = fragment, is_initial

    def _is_apart(self, last: Fragment, fragment: Fragment) -> bool:
        if self._is_initial or fragment.start == last.end:
            return False
        between = self._page.text[last.end : fragment.start] if last.end < fragment.start else ""
        if between.isspace() and "\n" not in between:
            return last.size < _CAP * fragment.size or fragment.left - last.right > 0.3 * fragment.size
        return fragment.left - last.right > _SPACE * fragment.size or fragment.right < last.left

    def build(self, number: int, runs: Sequence[_Run], column: int) -> Line:
        """The line."""
        text = self._text.rstrip()
        length = max(len(text), 1)
        sizes: dict[float, int] = {}
        for start, end, fragment in self._pieces:
            sizes[fragment.size] = sizes.get(fragment.size, 0) + end - start
        size = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
        y = next((f.y for _, _, f in self._pieces if f.size == size), runs[0].y)
        bold = sum(end - start for start, end, fragment in self._pieces if fragment.style & BOLD)
        return Line(
            text=text,
            page=number,
            left=min(run.left for run in runs),
            right=max(run.right for run in runs),
            y=y,
            size=size,
            is_bold=bold > 0.8 * length,
            column=column,
            italics=tuple(self._spans(lambda f: f.style & ITALIC)),
            raised=tuple(self._spans(lambda f: f.size <= _SMALL * size and _RAISED * size <= f.y - y <= 0.8 * size)),
            linked=self._measure_links(length),
            cap=self._pieces[0][1] if runs[0].cap and len(self._pieces) > 1 else 0,
        )

    def _spans(self, is_so: Callable[[Fragment], object]) -> Iterator[tuple[int, int]]:
        """The stretches of fragments of which something is so, neighbours joined."""
        begun: tuple[int, int] | None = None
        for start, end, fragment in self._pieces:
            if end > start and is_so(fragment):
                begun = (begun[0] if begun else start, end)
            elif end > start and begun:
                yield begun
                begun = None
        if begun:
            yield begun

    def _measure_links(self, length: int) -> float:
        if not self._page.links:
            return 0.0
        inside = 0
        for start, end, fragment in self._pieces:
            middle = fragment.y + 0.3 * fragment.size
            if any(
                left - 2 <= fragment.left and fragment.right <= right + 4 and bottom - 2 <= middle <= top + 2
                for left, bottom, right, top in self._page.links
            ):
                inside += end - start
        return inside / length
