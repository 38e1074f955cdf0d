"""English words that tell speech from other quotations, and apostrophes from quotation marks."""

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

# Words that begin with an apostrophe: clipped words, dropped h's, endings set apart ("I 'm", "it 's").
CLIPPED = word_set(
    """
    tis twas twere twill twould twixt tween tisn twasn twouldn em im er un n s m ll re ve d t nt til till cause cos coz
    cuz bout round gainst mongst stead scuse spect spose pon neath nother nuff fraid kay sup tude zat
    e ad as is ave avin ow ere ot ome ouse orse orses and ands ead ard alf eart eard ell elp eaven im ope ours undred
    """
)
TAG_PRONOUNS = word_set("he she i they we it")

THINKING = "thought|thinks?|wondered|wonders|mused|muses|reflected|reflects|pondered"
FIRST_OR_SECOND = "I|you|your|yours|my|me|we|our|us|mine|thee|thou|thy|ye|let['’]s"
PRESENT = (
    "is|are|am|isn['’]t|aren['’]t|don['’]t|do|does|doesn['’]t|can|can['’]t|will|won['’]t|shall|it['’]s|that['’]s"
    "|what['’]s|there['’]s|he['’]s|she['’]s|has|have|may"
)
PAST = r"had|was|were|would|could|did|should|might|\w{2,}ed|thought|knew|felt|saw"
THIRD = "he|she|they|his|her|him|them|their"
LETTERS = "letter|note|telegram|wire|postscript|notice|message|it|envelope|newspaper|paper|advertisement"
# Endings of words that end in an apostrophe: dropped g's, consonants and vowels, and "o' clock".
CUT_ENDINGS = (
    r"in|\b(?:o|an|th|wi|t|mo|ol|tha|fo|lil|de|yo|po|d|i|jus|mus|las|bes|don|ain|won|han|lan|fin|min|tho|thro|e|a|no"
    "|ma|da|fa|gi|ha|ca|wa|aw|ta)"
)
