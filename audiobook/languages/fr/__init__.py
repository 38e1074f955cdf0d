"""French: heading words, titles of front and back matter, and words of speech tags."""

from audiobook.languages.contract import HeadingWords, Language, SpeechWords
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="fr",
    headings=HeadingWords(
        keywords={"tome": "volume", "livre": "book", "partie": "part", "chapitre": "chapter"},
        names=("épilogue", "préface", "avant-propos"),
        closings=("fin",),
    ),
    matter={
        "table of contents": ("sommaire", "table des matières"),
        "dedication": ("dédicace",),
        "acknowledgements": ("remerciements",),
    },
    speech=SpeechWords(
        verbs=word_set(
            """
            dit disait répondit demanda reprit cria murmura ajouta répliqua continua s'écria soupira
            balbutia déclara pensa dis répond demande ajoute murmure crie reprend poursuivit interrompit
            """
        ),
        weak_verbs=frozenset({"fit"}),
        he=frozenset({"il", "ils"}),
        she=frozenset({"elle", "elles"}),
        other_pronouns=frozenset({"je", "on"}),
    ),
)
