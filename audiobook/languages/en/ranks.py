"""English titles that exclude each other, and what they show of a person; endings of pet names."""

PET_ENDINGS = ("sie", "sy", "ie", "ey", "y")
UNMARRIED = frozenset({"miss", "mlle"})
MARRIED = frozenset({"mrs", "mme"})
OF_RANK = frozenset({"lady", "lord", "sir"})
RANKS = frozenset({"mr", "lieutenant", "captain", "major", "colonel", "general", "commodore", "admiral"})
EXCLUSIVE = (
    (frozenset({"sir", "lord", "baron", "earl", "duke", "viscount", "marquis", "count"}), frozenset({"mr"})),
    (frozenset({"lady", "duchess", "baroness", "countess", "marchioness"}), frozenset({"miss", "mrs"})),
    (frozenset({"dr", "rev", "captain", "colonel", "major", "general", "admiral", "sir"}), MARRIED),
    (frozenset({"lieutenant", "captain", "colonel", "major", "general", "admiral"}), UNMARRIED),
)

# Nouns for the bearers of a title whose word is another.
BEARERS = {
    "rev": ("vicar", "parson", "clergyman", "rector"),
    "constable": ("constable", "policeman"),
    "father": ("priest",),
    "officer": ("officer", "policeman", "policewoman", "cop"),
    "captain": ("captain", "skipper"),
}

SAINTS = frozenset({"saint", "st"})

FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "miss", "ms", "sir", "aunt", "uncle", "cousin"})
