"""Who wrote a novel, so that all by one hand are held out together."""

from functools import cache
from importlib.resources import files


def author_of(novel: str) -> str:
    """The author of a novel, by its folder's name; a novel that is not listed is the only one by its author."""
    return _authors().get(novel, novel)


@cache
def _authors() -> dict[str, str]:
    text = files(__package__).joinpath("authors.txt").read_text(encoding="utf-8")
    rows = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    return {novel: author for author, _, novels in rows for novel in novels.split()}
