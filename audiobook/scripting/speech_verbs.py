"""The verbs of speech tags, as they stand beside a quotation: "said", "he cries"."""

import re

_PAST = """
said asked replied answered cried exclaimed returned inquired enquired whispered murmured muttered continued added
observed remarked began repeated demanded shouted called declared laughed sighed agreed went resumed rejoined
responded retorted interrupted suggested explained announced admitted insisted protested growled groaned gasped
snapped screamed yelled roared pleaded begged urged ordered warned snarled hissed grunted sobbed wailed whined moaned
breathed stammered faltered stuttered mumbled drawled echoed ejaculated pursued proceeded concluded commented
confessed assented objected persisted promised proposed ventured interposed interjected chimed piped squeaked shrieked
bellowed bawled barked croaked chuckled giggled grinned smiled sneered scoffed mused reflected thought wondered
told spoke put broke burst panted purred quoted read recited related reminded reported requested rumbled sang scolded
sniffed sniffled spat stated swore teased thundered uttered volunteered acknowledged affirmed apologized apologised
argued assured boasted corrected counselled cautioned commanded complained conceded countered crooned cursed
""".split()
_PRESENT = """
say says ask asks reply replies answer answers cry cries exclaim exclaims whisper whispers murmur murmurs mutter
mutters continue continues add adds observe observes remark remarks repeat repeats demand demands shout shouts call
calls sigh sighs agree agrees respond responds retort retorts insist insists goes think thinks snap snaps yell yells
""".split()
_FRENCH = """
dit disait répondit demanda reprit cria murmura ajouta répliqua continua fit s'écria soupira balbutia déclara pensa
dis répond demande ajoute murmure crie reprend poursuivit interrompit
""".split()
_SPANISH = """
dijo respondió preguntó contestó exclamó gritó murmuró añadió replicó repuso susurró pensó dice pregunta responde
continuó insistió
""".split()
_GERMAN = """
sagte fragte antwortete rief flüsterte erwiderte murmelte entgegnete meinte schrie sprach dachte sagt fragt antwortet
""".split()
_ITALIAN = """
disse rispose chiese domandò esclamò gridò mormorò aggiunse replicò sussurrò pensò dice chiede risponde
""".split()
_PORTUGUESE = "disse respondeu perguntou exclamou gritou murmurou acrescentou replicou sussurrou diz".split()

SPEECH_VERBS = frozenset(_PAST + _PRESENT + _FRENCH + _SPANISH + _GERMAN + _ITALIAN + _PORTUGUESE)

_VERB = "(?:" + "|".join(sorted(SPEECH_VERBS, key=lambda verb: (-len(verb), verb))) + ")"
_WHO = (
    r"(?:he|she|I|they|we|it|you|one|(?:the|a|an|his|her|my|our|their)\s+\w+(?:\s+\w+)?"
    r"|[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,2})"
)
TAG = re.compile(rf"(?:{_VERB}(?:[-\s]t)?[-\s](?:{_WHO}|il|elle|je)|{_WHO}\s+(?:\w+ly\s+)?{_VERB})\b")
