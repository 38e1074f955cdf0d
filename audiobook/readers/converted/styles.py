"""What the styles of word processors say of a paragraph: a heading, a line of the title page, an entry of a list."""

import re
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedStyle:
    """What a style says, with what it inherits. Each format states the names of its contents, lists and titles."""

    CONTENTS: ClassVar[re.Pattern[str]]
    FIGURES: ClassVar[re.Pattern[str]]
    INDEX: ClassVar[re.Pattern[str]]
    TITLES: ClassVar[frozenset[str]]

    name: str = ""  # in lower case
    level: int = 0  # of a heading, from 1
    is_centred: bool = False
    is_italic: bool = False
    is_bold: bool = False
    is_hidden: bool = False
    breaks_page: bool = False

    @property
    def unread(self) -> str:
        """Why a paragraph of this style is not read."""
        if self.CONTENTS.fullmatch(self.name):
            return "table of contents"
        if self.FIGURES.fullmatch(self.name):
            return "list of illustrations"
        return "index" if self.INDEX.fullmatch(self.name) else ""

    @property
    def is_title(self) -> bool:
        """Whether it is for the title page."""
        return self.name in self.TITLES
