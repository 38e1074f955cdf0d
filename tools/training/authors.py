"""The author of each novel, so that all novels by one author are in the same fold."""

from functools import cache
from importlib.resources import files


def author_of(novel: str) -> str:
    """The author of a novel, by the name of its folder. A novel that is not listed counts as its author's only one."""
    return _authors().get(novel, novel)


@cache
def _authors() -> dict[str, str]:
    text = files(__package__).joinpath("authors.txt").read_text(encoding="utf-8")
    rows = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    return {novel: author for author, _, novels in rows for novel in novels.split()}
