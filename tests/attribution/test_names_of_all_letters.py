"""Speakers whose names begin with a letter beyond A to Z are found like any other."""

from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.readers import read_book

NAMES = ["Łukasz", "Šárka", "Ștefan", "Émile", "Ørsted", "Иван", "Άννα", "Žofia", "İnci", "Őrs"]
STORY = """# One

The rain had come down all week over the roofs of Harbury, and nobody went out who could stay in.

“Who is there?” cried {name}.

“Only me,” said Tamsin.

“Come in, Tamsin,” said {name}. “It is wet.”

“Then dry it,” Tamsin said.

“I will,” {name} answered.
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_any_capital_speaks_its_lines(tmp_path: Path, name: str) -> None:
    path = tmp_path / "story.md"
    path.write_text(STORY.format(name=name), encoding="utf-8")
    script = write_script(read_book(path))
    spoken = [line.speaker for line in script.lines() if line.kind == "dialogue"]
    assert spoken == [name, "Tamsin", name, name, "Tamsin", name]
