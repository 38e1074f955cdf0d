"""What is left out of a web page: navigation, comments, and what else stands around the text.

Three sources, the surest first: the main element, landmarks (`nav`, `footer`, ARIA roles), and the class names that
saved pages, Wikipedia, fan fiction archives and word processors use.
"""

import re
from bisect import bisect_left
from itertools import accumulate, islice

from audiobook.model.book import word_starts
from audiobook.readers.html import elements
from audiobook.readers.html.elements import BLOCKS, Role, Rules
from audiobook.readers.html.markup import Element, name_of, words_of
from audiobook.readers.html.text import DocumentText

_ROLES = {
    "navigation": "navigation", "menu": "navigation", "menubar": "navigation", "toolbar": "navigation",
    "tablist": "navigation", "contentinfo": "page footer", "complementary": "aside", "search": "form", "form": "form",
    "dialog": "dialog", "alertdialog": "dialog", "banner": "page header",
}  # fmt: skip
_ELEMENTS = {"footer": "page footer", "aside": "aside", "dialog": "dialog", "form": "form", "header": "page header"}
# Why an element is left out → its classes or its id, each as a whole. Comments may be longer than the text itself.
_COMMENTS = re.compile(
    r"comments?|comments?[-_](?:area|section|list|form|respond|thread|container|wrapper|block|placeholder)"
    r"|commentlist|respond|disqus_thread|feedback",
    re.IGNORECASE,
)
_NAMES = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for reason, pattern in {
        "navigation": r"(?:site|post|page|chapter|main|story)?[-_]?(?:nav|navbar|navigation|menu|pager|pagination)"
        r"|nav-?links?|breadcrumbs?|skip-?links?|mw-(?:editsection|jump-link|indicators)|catlinks|(?:vertical-)?navbox"
        r"|hatnote|noprint|printfooter|sidebar|related(?:-posts)?|widget(?:-area)?|tags?-links|cat-links|toolbar|actions",
        "sharing links": r"share|sharing|sharedaddy|share-?(?:buttons|links)|social(?:-?(?:links|share|media))?|kudos",
        "advertisement": r"ads?|advert(?:isement)?s?|promo|sponsored|newsletter|subscribe"
        r"|cookie-?(?:banner|notice|consent)",
        "notes": r"references|reflist|mw-references-wrap|footnotes?|sd(?:foot|end)note\d*|Mso(?:Foot|End)noteText",
        "table of contents": r"toc|table-of-contents|tableofcontents|MsoToc(?:\d|Heading)",
        "page header": r"MsoHeader",
        "page footer": r"MsoFooter",
        "table": r"infobox|metadata",
    }.items()
)
_WORD_NOTES = re.compile(r"(?:ftn|edn)\d+")  # the ids of Word's notes
_PRINTED = {"header": "page header", "footer": "page footer"}  # the titles of LibreOffice's headers and footers
_READER_ONLY = re.compile(
    r"landmark|sr-only|screen-reader-text|visually-?hidden|assistive-text|d-none|hidden", re.IGNORECASE
)
_MOST_READER_ONLY = 30  # words; more is text
_MOST_LABELS = 60  # words of navigation that is no list of links
_LINKED = 0.5  # share of an element's text inside links, from which it is a list of links
_MAIN_SHARE = 0.2  # of a page's words, which the main element has at least
_ARTICLE_SHARE = 0.5  # of a page's words, from which the only article is the main element
_NEAR = 40  # elements above an element among which another is looked for
_TITLES = frozenset({"MsoTitle", "title-heading"})
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)|font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_MOST_TITLE_WORDS = 12
_SOFT_LEVEL = 4  # of a heading that is only set as one


def choose_rules(root: Element, document: DocumentText) -> Rules:
    """The rules for a web page."""
    page = _WebPage(root, document)
    return Rules(role_of=page.role_of, heading_level=heading_level, is_emphasis=is_emphasis)


def heading_level(element: Element, name: str) -> int:
    """1 to 6 for a heading, also for one that a word processor only set as one; 0 for anything else."""
    declared = elements.heading_level(element, name)
    if declared or name not in {"p", "div"}:
        return declared
    if _TITLES & set((element.get("class") or "").split()):
        return 1
    return _SOFT_LEVEL if _is_soft_heading(element, name) else 0


def _is_soft_heading(element: Element, name: str) -> bool:
    """Whether a paragraph is centred, short, and bold from end to end."""
    is_centred = (element.get("align") or "").lower() == "center" or _CENTRED.search(element.get("style") or "")
    if name != "p" or not is_centred:
        return False
    words = words_of(element)
    if not words or len(words.split()) > _MOST_TITLE_WORDS:
        return False
    bold = "".join(words_of(e) for e in element.iter() if name_of(e) in {"b", "strong"})
    return bold.split() == words.split()


def is_emphasis(element: Element, name: str) -> bool:
    """Whether the element sets its text in italics or bold, by its name or by its style."""
    if elements.is_emphasis(element, name):
        return True
    return name in {"span", "font"} and _SLANTED.search(element.get("style") or "") is not None


class _WebPage:
    """A page whose main element is known."""

    def __init__(self, root: Element, document: DocumentText) -> None:
        self._places = document.places
        self._starts = word_starts(document.text)
        self._words = len(self._starts)
        links = [e for e in root.iter() if name_of(e) == "a" and e.get("href") is not None and e in document.places]
        self._links = [document.places[e].start for e in links]  # where links begin, in order …
        lengths = (document.places[e].end - document.places[e].start for e in links)
        self._linked = list(accumulate(lengths, initial=0))  # … and how long all links before each are
        titles = (e for e in root.iter() if name_of(e) in {"h1", "h2"} and e in document.places)
        self._titles = [document.places[e].start for e in titles]
        self._main = self._find_main(root)
        self._above = set(self._main.iterancestors()) if self._main is not None else set()

    def role_of(self, element: Element, name: str) -> tuple[Role, str]:
        """As `elements.role_of`, with what stands around a web page's text left out."""
        role, reason = elements.role_of(element, name)
        if role != "read" or element is self._main or element in self._above:
            return ("read", "") if reason == "hidden text" and element in self._above else (role, reason)
        reason = self._landmark(element, name) or self._by_name(element, name)
        if not reason and element.getparent() in self._above and name != "br":
            reason = "outside the main text"
        return ("unread", reason) if reason else ("read", "")

    def _find_main(self, root: Element) -> Element | None:
        """The element that holds the text; None where the page does not say."""
        for element in root.iter():
            if name_of(element) == "main" or (element.get("role") or "").lower() == "main":
                return element if self._count(element) >= _MAIN_SHARE * self._words else None
        articles = [e for e in root.iter() if name_of(e) == "article" and e in self._places]
        if len(articles) != 1 or self._count(articles[0]) < _ARTICLE_SHARE * self._words:
            return None
        has_title = any(name_of(e) in {"h1", "h2", "h3"} for e in articles[0].iter())
        return articles[0] if has_title else None

    def _landmark(self, element: Element, name: str) -> str:
        """Why the element is left out by its name or its ARIA role."""
        roles = (element.get("role") or "").lower().split()
        reason = next((_ROLES[role] for role in roles if role in _ROLES), "") or _ELEMENTS.get(name, "")
        if reason == "page header":
            return reason if self._is_page_header(element) else ""
        if reason == "form":  # some sites put the whole page into one
            return reason if self._count(element) < self._words / 2 else ""
        if reason == "page footer" and _is_inside(element, {"blockquote", "figure"}):
            return ""
        return reason

    def _by_name(self, element: Element, name: str) -> str:
        """Why the element is left out by its class or its id."""
        marks = [*(element.get("class") or "").split(), *([key] if (key := element.get("id")) else [])]
        if name == "div" and (printed := _PRINTED.get(element.get("title") or "")):
            return printed
        if not marks or name in {"html", "body", "main", "article"}:
            return ""
        if name in BLOCKS and any(map(_COMMENTS.fullmatch, marks)):
            return "comments"
        if name == "div" and any(map(_WORD_NOTES.fullmatch, marks)):
            return "notes"
        if any(map(_READER_ONLY.fullmatch, marks)) and self._count(element) <= _MOST_READER_ONLY:
            return "hidden text"
        found = next((reason for pattern, reason in _NAMES if any(map(pattern.fullmatch, marks))), "")
        return found if found and self._is_beside_the_text(element, found) else ""

    def _is_beside_the_text(self, element: Element, reason: str) -> bool:
        """Whether what its name says of the element can be true."""
        words = self._count(element)
        if reason in {"notes", "page header", "page footer", "table"}:
            return words < self._words / 2
        return words <= _MOST_LABELS or self._linked_share(element) >= _LINKED

    def _linked_share(self, element: Element) -> float:
        place = self._places[element]
        first, last = bisect_left(self._links, place.start), bisect_left(self._links, place.end)
        return (self._linked[last] - self._linked[first]) / max(place.end - place.start, 1)

    def _count(self, element: Element) -> int:
        """The words in an element."""
        place = self._places.get(element)
        return bisect_left(self._starts, place.end) - bisect_left(self._starts, place.start) if place else 0

    def _is_page_header(self, element: Element) -> bool:
        """Whether a header is that of the site: outside the text's own elements, and without a title."""
        if _is_inside(element, {"main", "article", "section"}):
            return False
        place = self._places[element]
        return bisect_left(self._titles, place.start) == bisect_left(self._titles, place.end)


def _is_inside(element: Element, names: set[str]) -> bool:
    """Whether one of the nearest elements above it has such a name."""
    return any(name_of(e) in names for e in islice(element.iterancestors(), _NEAR))
