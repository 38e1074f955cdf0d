"""What a speech tag looks like on the page, in several languages: "said she", "he asked", "dit-il"."""

import re
from functools import cache

from audiobook.scripting.lexicon import speech_verbs

_VERBS = {
    "fr": "dit disait répondit demanda reprit cria murmura ajouta répliqua continua fit s'écria soupira balbutia"
    " déclara pensa dis répond demande ajoute murmure crie reprend poursuivit interrompit",
    "es": "dijo respondió preguntó contestó exclamó gritó murmuró añadió replicó repuso susurró pensó dice pregunta"
    " responde continuó insistió",
    "de": "sagte fragte antwortete rief flüsterte erwiderte murmelte entgegnete meinte schrie sprach dachte sagt fragt",
    "it": "disse rispose chiese domandò esclamò gridò mormorò aggiunse replicò sussurrò pensò dice chiede risponde",
    "pt": "disse respondeu perguntou exclamou gritou murmurou acrescentou replicou sussurrou diz",
    "ru": "сказал сказала спросил спросила ответил ответила крикнул крикнула прошептал прошептала говорит",
    "pl": "powiedział powiedziała zapytał zapytała odparł odparła rzekł rzekła krzyknął szepnął szepnęła mówi",
}
_PRONOUNS = "he|she|I|they|we|it|you|one"
_FOREIGN_PRONOUNS = "il|elle|ils|elles|je|on|él|ella|er|sie|ich|lui|lei|ele|ela|он|она|я|on|ona"
_PHRASE = r"(?:the|a|an|his|her|my|our|their)\s+\w+(?:\s+\w+)?"
_NAME = r"[^\W\d_a-zà-ÿ][\w.'’]*(?:\s+[^\W\d_a-zà-ÿ][\w.'’]*){0,2}"


@cache
def tag_pattern() -> re.Pattern[str]:
    """A pattern that matches where a tag begins: verb and subject, or subject and verb with little behind them."""
    english = _any_of(speech_verbs().strong)
    foreign = _any_of(foreign_verbs())
    inverted = rf"{english}\s+(?:{_PRONOUNS}|{_PHRASE}|{_NAME})\b"
    ends = r"(?=\s*(?:[,.;:!?—–-]|$|\w+ly\b|to\b|in\b|as\b|with\b|and\b))"
    straight = rf"(?:{_PRONOUNS}|{_PHRASE}|{_NAME})\s+(?:\w+ly\s+|had\s+)?{english}\b{ends}"
    abroad = rf"{foreign}(?:-t)?(?:[-\s]+(?:{_FOREIGN_PRONOUNS}|\w+)\b)"
    return re.compile(rf"(?:{inverted}|{straight}|{abroad})")


def foreign_verbs() -> frozenset[str]:
    """The verbs of speech of other languages."""
    return frozenset(" ".join(_VERBS.values()).split())


def _any_of(verbs: frozenset[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, verbs), key=lambda verb: (-len(verb), verb))) + ")"
