"""Small English words that decide how a clause is read."""

BEFORE_NOUN = frozenset(["still", "now", "then", "once", "ever", "always", "never"])

AFTER_AT = frozenset(["last", "length", "once", "first", "least"])  # "at last"
NEGATIVE = frozenset(["not", "never", "nor", "cannot"])

WORDS_SPOKEN = frozenset(["all", "that", "what", "words"])  # "was all that she said", "were the words she spoke"

BEFORE_PLACE = frozenset(("in", "at", "into", "near", "from", "through", "across", "of", "to", "towards"))

DEFINITE = frozenset({"the", "that", "this", "our", "their"})
MINE = "my"
# What people do, more than places and things.
DEEDS = (
    "said|knew|felt|thought|took|stood|sat|went|came"
    "|held|rose|gave|got|ran|threw|shook|kept|put|left|let|told|made|saw|heard|spoke|began|drew|broke|laid|lay|cut|met"
    "|laughs|looks|nods|asks|says|smiles|turns|sighs|shrugs|frowns|grins|waits|sits|stands|knows|thinks|feels|takes"
    "|wants|tries"
)
