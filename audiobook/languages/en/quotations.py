"""English words that tell speech from other quotations, apostrophes from quotation marks, and letters from both.

Strings are alternatives for regular expressions.
"""

from audiobook.languages.tables import word_set

DETERMINERS = word_set(
    "the a an this that these those his her their its my our your of as such in with for by to at from and or than was"
    " is were any no every some what so"
)
NAMING = word_set(
    "word words called named term termed phrase entitled labelled marked name title titled inscribed inscription headed"
    " known song play letter letters sign article book expression written"
)
WRITING = word_set("wrote writes ran read written")
SUPPOSING = word_set("would might could will should if like")

# Words that begin with an apostrophe: clipped words, words without their h, detached endings ("I 'm", "it 's").
CLIPPED = word_set(
    """
    tis twas twere twill twould twixt tween tisn twasn twouldn em im er un n s m ll re ve d t nt til till cause cos coz
    cuz bout round gainst mongst stead scuse spect spose pon neath nother nuff fraid kay sup tude zat
    e ad as is ave avin ow ere ot ome ouse orse orses and ands ead ard alf eart eard ell elp eaven im ope ours undred
    """
)
TAG_PRONOUNS = word_set("he she i they we it")

# First words before a colon that count, explain or head a list, and are nobody's name.
NO_SPEAKERS = word_set(
    """
    first second third fourth fifth sixth last firstly secondly thirdly fourthly fifthly lastly finally next then also
    note notes nb ps warning caution tip hint remark remarks example examples question questions answer answers problem
    solution step steps rule rules definition theorem lemma proof corollary figure fig table plate map chart source
    sources reference references result results summary conclusion introduction moral lesson item items part section
    chapter volume article title author date time place price subject from to re cc tel phone address email contents
    ingredients method serves yes no either or and but pro con pros cons advantages disadvantages case option
    """
)
THINKING = "thought|thinks?|wondered|wonders|mused|muses|reflected|reflects|pondered"
FIRST_OR_SECOND = "I|you|your|yours|my|me|we|our|us|mine|thee|thou|thy|ye|let['’]s"
PRESENT = (
    "is|are|am|isn['’]t|aren['’]t|don['’]t|do|does|doesn['’]t|can|can['’]t|will|won['’]t|shall|it['’]s|that['’]s"
    "|what['’]s|there['’]s|he['’]s|she['’]s|has|have|may"
)
PAST = r"had|was|were|would|could|did|should|might|\w{2,}ed|thought|knew|felt|saw"
THIRD = "he|she|they|his|her|him|them|their"
LETTERS = "letter|note|telegram|wire|postscript|notice|message|it|envelope|newspaper|paper|advertisement"
# Endings before a final apostrophe: words without their last g, consonant or vowel, and "o' clock".
CUT_ENDINGS = (
    r"in|\b(?:o|an|th|wi|t|mo|ol|tha|fo|lil|de|yo|po|d|i|jus|mus|las|bes|don|ain|won|han|lan|fin|min|tho|thro|e|a|no"
    "|ma|da|fa|gi|ha|ca|wa|aw|ta)"
)


# Letters: how they are introduced and how they end.

NO_NAME = r"me\b|no\b|dear\b|old\b|God\b|Lord\b"  # words after "dear" that are not a name
WRITTEN = (
    r"letters?|telegram|telegraphed|wired?|wrote|written|writing|postscript|handwriting|postmark|epistle|billet"
    r"|indited|scrawled|(?:a|the|this|her|his|last|short|brief|second)\s+(?:note|message|inscription|advertisement)"
)
READS = (
    r"read|ran|runs|as\s+follows|following\s+(?:words|lines|note|letter|effect)|contents|to\s+this\s+effect|note"
    r"|message|inscription|lines"
)
SAYS = (
    "said|saying|says|asked|replied|answered|cried|exclaim(?:ed|ing)|muttered|added|began|continued|proceed(?:ed)?"
    r"|whispered|observed|remarked|addressed|spoke|speech|went\s+on|burst\s+forth|voice"
)
YOURS = "very|most|ever|always|truly|etc|respectfully|sincerely|faithfully|affectionately|obediently|in"
YOUR = (
    "affectionate|loving|obedient|obliged|devoted|faithful|humble|sincere|brother|sister"
    "|son|daughter|cousin|friend|father|mother|servant|own"
)
