"""English pronouns and function words that the reading of clauses depends on."""

# Pronouns and possessives → whom each refers to.
SUBJECTS = {"he": "male", "she": "female", "they": "they", "i": "i", "we": "i", "it": "it"}
POSSESSIVES = frozenset(["his", "her", "my", "their", "our", "its"])
OBJECTS = {"him": "male", "her": "female", "them": "they", "me": "i", "us": "i"}
OWNERS = {"his": "male", "her": "female", "my": "i", "their": "they", "our": "i"}
NOMINATIVE = frozenset(["he", "she", "i", "they", "we"])

ALL_POSSESSIVES = frozenset(["his", "her", "my", "their", "our", "its", "your"])


BEFORE_NOUN = frozenset(["still", "now", "then", "once", "ever", "always", "never"])

AFTER_AT = frozenset(["last", "length", "once", "first", "least"])  # "at last"
NEGATIVE = frozenset(["not", "never", "nor", "cannot"])

WORDS_SPOKEN = frozenset(["all", "that", "what", "words"])  # "was all that she said", "were the words she spoke"

BEFORE_PLACE = frozenset(("in", "at", "into", "near", "from", "through", "across", "of", "to", "towards"))

DEFINITE = frozenset({"the", "that", "this", "our", "their"})
MINE = "my"
# Verbs whose subject is a person more often than a place or a thing.
DEEDS = (
    "said|knew|felt|thought|took|stood|sat|went|came"
    "|held|rose|gave|got|ran|threw|shook|kept|put|left|let|told|made|saw|heard|spoke|began|drew|broke|laid|lay|cut|met"
    "|laughs|looks|nods|asks|says|smiles|turns|sighs|shrugs|frowns|grins|waits|sits|stands|knows|thinks|feels|takes"
    "|wants|tries"
)
