"""English words by which a letter in a book is known: how it is introduced, and how it ends."""

NO_NAME = r"me\b|no\b|dear\b|old\b|God\b|Lord\b"  # what follows "dear" and is no name
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
