"""English words that tell speech from narration, in books with dashes and no quotation marks."""

from audiobook.languages.tables import word_set

FIRST_OR_SECOND = word_set("i me my mine myself we us our you your yours je tu vous moi nous")
THIRD = word_set("he she they his her him their them himself herself")
PAST_HELPERS = word_set("was were had could would did might should must")
PRESENT_HELPERS = word_set("is are am do does can will shall has have may don't can't won't isn't")
PAST = word_set(
    "went came took stood sat gave made saw felt fell rose shook began put threw held left ran let bent drew broke"
    " caught kept lay met sprang struck swung told thought knew got looked turned"
)
WORD_KINDS: dict[str, str] = {
    **dict.fromkeys(PAST, "E"),
    **dict.fromkeys(word_set("the a an his her their my this that its"), "D"),
    **dict.fromkeys(word_set("and but or then so as when while for if though because"), "C"),
    **dict.fromkeys(word_set("in on at with without to from by into of after before over under"), "B"),
    **dict.fromkeys(PRESENT_HELPERS, "R"),
    **dict.fromkeys(PAST_HELPERS, "W"),
    **dict.fromkeys(word_set("you we"), "U"),
    **dict.fromkeys(word_set("he she they"), "P"),
    "i": "I",
    "it": "T",
}
ALSO_ENGLISH = word_set("fit dice")  # speech verbs of other languages that are ordinary words in English

DID_THEN = {"is": "was", "are": "were", "has": "had", "have": "had", "does": "did", "do": "did"}

# Alternatives for regular expressions. They include words of other languages, because these rules read every book.
PERSONAL_WORDS = "I|you|your|yours|my|me|mine|we|our|us|je|tu|vous|moi|nous|ich|du|Sie|wir|yo|tú|usted"
PRESENT_WORDS = "is|are|am|do|does|can|will|shall|has|have|must|est|ist|es"
PAST_WORDS = r"\w{3,}ed|was|were|had|could|would|did|felt|went|came|took|stood|sat|gave|made|saw|knew|thought"
THIRD_WORDS = "he|she|they|his|her|him|their|them|ils?|elles?|él|ella|er|lui|lei|он|она"
INTERJECTIONS = "oh|ah|o|well|yes|no|why|indeed|please|come|now|hullo|hello|dear|good|alas|eh"
DEEDS = (
    r"\w{2,}ed|was|were|had|went|came|took|stood|sat|gave|made|saw|felt|fell|rose|shook|began|put|threw|held|left|ran"
    "|let|bent|drew|broke|caught|kept|lay|met|sprang|struck|swung|said|told|thought|knew|could|would|did|got"
)
HOW_OFTEN = r"\w+ly|had|always|often|never|only|just|then|once|also|still|again|at (?:last|length|once)"
WHOM = "him|her|me|us|them|it|again|at (?:last|length|once)"
PRONOUNS_FIRST = "he|she|they|I|we"
PRONOUNS_LAST = "he|she|they|I|we|il|elle|je|él|ella|yo|er|sie|ich|lui|lei|он|она|я"
