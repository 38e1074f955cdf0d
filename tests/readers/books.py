"""Hypothesis strategies for whole books in every format, with all that a reader may stumble over."""

from html import escape

from hypothesis import strategies as st

_LETTERS = "abcdefg hijk lmnop qrst uvwxyz  ABC  éüßñ Ωλ 0123456789 ’'“”\"-—…,.;:!?()[]_*~#&<>\\/|`^+=%$§@"
WORDS = st.one_of(
    st.sampled_from(
        [
            *(
                "Oona",
                "the",
                "lamp",
                "don’t",
                "good-bye",
                "1903",
                "café",
                "Mr.",
                "“No!”",
                "said",
                "end.",
                "(see",
                "there)",
            ),
            *(
                "[1]",
                "[Illustration]",
                "*",
                "* * *",
                "oOo",
                "x x x",
                "...",
                "_softly_",
                "**never**",
                "—",
                "A.D.",
                "&c.",
            ),
            *(
                "un*believ*able",
                "a_b_c",
                "snow-",
                "CHAPTER",
                "I",
                "II",
                "12",
                "Part One",
                "THE END",
                "by",
                "http://a.b/c",
            ),
        ]
    ),
    st.text(_LETTERS, min_size=1, max_size=12),
)
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
_HEADINGS = st.sampled_from(
    [
        *(
            "CHAPTER I",
            "CHAPTER II",
            "Chapter 3: The River",
            "IV",
            "1",
            "2",
            "Prologue",
            "PART ONE",
            "THE LAMB",
            "Contents",
        ),
        *("CONTENTS", "Notes", "Index", "Dedication", "Appendix", "Transcriber's Note: typed in", "Copyright", "* * *"),
    ]
)
_GUTENBERG = st.sampled_from(
    [
        "The Project Gutenberg EBook of The Lamp, by Ann Lee",
        "*** START OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***",
        "*** END OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***",
        "End of the Project Gutenberg EBook of The Lamp",
    ]
)
_PLAIN_BLOCKS = st.one_of(
    st.lists(LINES, min_size=1, max_size=6).map("\n".join),
    st.lists(LINES, min_size=1, max_size=4).map(lambda lines: "\n".join("    " + line for line in lines)),
    LINES,
    _HEADINGS,
    st.integers(1, 300).map(str),
    st.sampled_from(
        ["* * *", "-x-x-x-", "oOo", "[Footnote 1: a note]", "[Illustration: a lamp]", "[12]", "\x0c", "\x00a\x01"]
    ),
    _GUTENBERG,
)
PLAIN = st.lists(
    st.tuples(_PLAIN_BLOCKS, st.sampled_from(["\n", "\n\n", "\n\n\n\n", "\n \n"])), min_size=1, max_size=25
).map(lambda blocks: "".join(text + gap for text, gap in blocks))

_INLINE = st.one_of(
    WORDS,
    st.builds(
        '[{}](http://a.b/{} "{}")'.format, WORDS, st.sampled_from(["x", "y-1"]), st.sampled_from(["t", "a title"])
    ),
    st.builds("![{}](a.png)".format, WORDS),
    st.builds("**{}**{}".format, WORDS, WORDS),
    st.builds("<span class='a b'>{}</span>".format, WORDS),
    st.sampled_from(
        [
            *(
                "[^1]",
                "word[^note]",
                "&amp;",
                "caf&eacute;",
                "&quot;Oh&quot;",
                "&nbsp;",
                "<br>",
                "<!-- a b -->",
                "\\*",
                "``code here``",
            ),
            *(
                "[ref][a]",
                "[a]",
                "<http://a.b/c>",
                "<me@a.org>",
                "~~gone~~",
                "1.",
                "2)",
                "&frac12;",
                "&#65;pple",
                "  \nnext",
            ),
        ]
    ),
)
_INLINES = st.lists(_INLINE, min_size=1, max_size=8).map(" ".join)
_MARKDOWN_BLOCKS = st.one_of(
    _INLINES,
    st.lists(_INLINES, min_size=1, max_size=4).map("\n".join),
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###"]), _INLINES),
    st.builds("{}\n---".format, _INLINES),
    st.builds("{}\n===".format, _INLINES),
    _HEADINGS.map("## {}".format),
    st.lists(_INLINES, min_size=1, max_size=3).map(
        lambda items: "\n".join(f"{n}. {t}" for n, t in enumerate(items, 1))
    ),
    st.lists(_INLINES, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {t}" for t in items)),
    st.builds("{}. {}".format, st.integers(0, 2000), _INLINES),
    _INLINES.map("> {}".format),
    _INLINES.map("> 1. 2. {}".format),
    _INLINES.map("    {}".format),
    st.lists(_INLINES, min_size=2, max_size=4).map(lambda lines: "\n".join("    " + line for line in lines)),
    st.builds("```{}\n{}\n```".format, st.sampled_from(["", "python"]), _INLINES),
    st.builds("| {} | b |\n|---|---|\n| {} | d |".format, WORDS, WORDS),
    st.builds("<div id='x'>\n{}\n</div>".format, _INLINES),
    st.sampled_from(
        [
            "* * *",
            "***",
            "<hr/>",
            "[a]: http://x 'words here'",
            "[^1]: a note",
            "#",
            "oOo",
            "<!-- a\n\nb -->",
            "+++",
            "---",
        ]
    ),
)
_FRONT_MATTER = st.sampled_from(
    ["", "---\ntitle: The Lamp\nauthor: Ann Lee\n---\n", "+++\ntitle = 'x'\n+++\n", "% The Lamp\n% Ann\n"]
)
MARKDOWN = st.builds(
    lambda front, blocks: front + "\n\n".join(blocks),
    _FRONT_MATTER,
    st.lists(_MARKDOWN_BLOCKS, min_size=1, max_size=20),
)

_TEXT = WORDS.map(escape)
_SPANS = st.one_of(
    _TEXT,
    st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(["i", "b", "em", "span", "small", "sup", "ruby", "rt", "del"]), _TEXT
    ),
    st.builds(
        "<span {}>{}</span>".format,
        st.sampled_from(["hidden=''", "epub:type='pagebreak'", "class='lnum'", "style='display:none'"]),
        _TEXT,
    ),
    st.builds(
        "<a href='#n{}'>{}</a>".format, st.integers(1, 3), st.sampled_from(["1", "[2]", "*", "a link", "<sup>3</sup>"])
    ),
    st.sampled_from(
        [
            "<br/>",
            "<img alt='a lamp' src='a.png'/>",
            "<!-- a remark -->",
            "\n  ",
            "<![CDATA[a < b]]>",
            "&#233;",
            "<svg><text>drawn</text></svg>",
        ]
    ),
)
_FLOW = st.lists(_SPANS, min_size=1, max_size=8).map(lambda spans: " ".join(spans[:4]) + "".join(spans[4:]))
_ATTRIBUTES = st.sampled_from(
    [
        "",
        " class='poem'",
        " class='footnotes'",
        " epub:type='footnote'",
        " class='scene-break'",
        " class='chapter-title'",
        " hidden='hidden'",
        " epub:type='dedication'",
    ]
)
_PAGE_BLOCKS = st.recursive(
    st.one_of(
        st.builds("<p{}>{}</p>".format, _ATTRIBUTES, _FLOW),
        st.builds("<h{0}>{1}</h{0}>".format, st.integers(1, 3), st.one_of(_FLOW, _HEADINGS.map(escape))),
        st.builds("<pre>{}\n{}</pre>".format, _TEXT, _FLOW),
        st.sampled_from(
            ["<hr/>", "<p></p>", "<p>* * *</p>", "<p>oOo</p>", "<nav epub:type='toc'><ol><li>One</li></ol></nav>"]
        ),
        _GUTENBERG.map("<p>{}</p>".format),
        _FLOW,
    ),
    lambda inner: st.builds(
        "<{0}{1}>{2}</{0}>".format,
        st.sampled_from(["div", "section", "blockquote", "aside", "ul", "li", "table", "td"]),
        _ATTRIBUTES,
        st.lists(inner, min_size=1, max_size=4).map("".join),
    ),
    max_leaves=8,
)
PAGES = st.lists(_PAGE_BLOCKS, min_size=1, max_size=8).map("".join)
