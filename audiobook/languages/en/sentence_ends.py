"""Words before a full stop that does not end a sentence."""

_TITLES = "mr mrs ms dr st prof capt col gen lt sgt rev hon messrs mme mlle jr sr esq"
_OTHERS = "vs etc no vol fig cf ed eds p pp jan feb mar apr aug sept oct nov dec"
ABBREVIATIONS = frozenset(f"{_TITLES} {_OTHERS}".split())
