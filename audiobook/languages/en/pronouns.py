"""English pronouns and possessives, and whom each stands for."""

SUBJECTS = {"he": "male", "she": "female", "they": "they", "i": "i", "we": "i", "it": "it"}
POSSESSIVES = frozenset(["his", "her", "my", "their", "our", "its"])
OBJECTS = {"him": "male", "her": "female", "them": "they", "me": "i", "us": "i"}
OWNERS = {"his": "male", "her": "female", "my": "i", "their": "they", "our": "i"}
NOMINATIVE = frozenset(["he", "she", "i", "they", "we"])

ALL_POSSESSIVES = frozenset(["his", "her", "my", "their", "our", "its", "your"])
