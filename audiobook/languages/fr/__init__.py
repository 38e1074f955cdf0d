"""French: words of headings and of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.fr.headings import HEADINGS, MATTER, NUMBERS
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="fr",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
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
