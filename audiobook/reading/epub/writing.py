"""Text gathered from a page piece by piece: white space collapsed as a browser does, emphasis kept by offset."""

import re

_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u2028\u2029]+")


class Writing:
    """The paragraph being gathered."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[int] = []  # where emphasis began
        self._emphasis: list[tuple[int, int]] = []
        self._last = ""
        self.lines = 1  # lines so far; more than one where <br/> or verse parted them
        self.linked = 0  # characters inside links
        self.link_depth = 0
        self._first = self._end = -1  # the stretch of the source that was added, white space at its ends left out

    def __bool__(self) -> bool:
        return self._length > 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, at: int, *, keep_lines: bool = False) -> None:
        """Text as it stands at a place of the source; with `keep_lines`, its own line endings part lines."""
        if keep_lines and "\n" in text:
            first, *rest = text.split("\n")
            self.add(first, at)
            at += len(first) + 1
            for line in rest:
                self.end_line()
                self.add(line, at)
                at += len(line) + 1
            return
        self._note_place(text, at)
        clean = _SPACE.sub(" ", text)
        if self._last in {"", " ", "\n"}:
            clean = clean.removeprefix(" ")
        if clean:
            self._put(clean)
            self.linked += len(clean) if self.link_depth else 0

    def end_line(self) -> None:
        """The line ends here, and the paragraph goes on."""
        if self._last == " ":
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
        if self._length and self._last != "\n":
            self._put("\n")
            self.lines += 1

    def begin_emphasis(self) -> None:
        """What follows is emphasised."""
        self._open.append(self._length)

    def end_emphasis(self) -> None:
        """What was emphasised ends."""
        if self._open:
            start = self._open.pop()
            if start < self._length and not self._open:
                self._emphasis.append((start, self._length))

    @property
    def span(self) -> tuple[int, int] | None:
        """Where in the source the text stands; None where there is nothing but white space."""
        return (self._first, self._end) if self._first >= 0 else None

    def taken(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text and its emphasis; the writing is empty afterwards, still within the emphasis that was open."""
        text = "".join(self._pieces).rstrip()
        spans = [*self._emphasis, *((start, self._length) for start in self._open[:1] if start < self._length)]
        kept = tuple((start, min(end, len(text))) for start, end in spans if start < min(end, len(text)))
        depth = len(self._open)
        link_depth = self.link_depth
        self.__init__()  # type: ignore[misc]  # begins anew
        self._open = [0] * depth
        self.link_depth = link_depth
        return text, kept

    def _note_place(self, text: str, at: int) -> None:
        bare = text.strip()
        if bare:
            start = at + text.index(bare[0])
            self._first = start if self._first < 0 else self._first
            self._end = start + len(bare)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._last = text[-1]
