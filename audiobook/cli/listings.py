"""Doubtful lines and changed voices, as listings on stdout."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from audiobook.cli import talk
from audiobook.cli.excerpts import excerpt, one_line
from audiobook.cli.times import counted
from audiobook.script import Line, Place

if TYPE_CHECKING:
    from audiobook.production import Comparison, Doubt


def show_doubts(doubts: "tuple[Doubt, ...]", lines: int, address: Callable[[Place], str]) -> None:
    """Every doubtful line between its neighbours, the worst first; `lines` is how many of dialogue there are."""
    for doubt in doubts:
        line = doubt.line
        talk.result(f"{talk.strong(address(line.place))}: {_guess(line)}")
        for near, arrow in ((doubt.before, "   "), (line, " > "), (doubt.after, "   ")):
            if near is not None and near.text.strip():
                start = arrow + ("    " if near.kind == "narration" else f"{_name(near.speaker)}: ")
                shown = start + excerpt(near.text, len(start), end=near is doubt.before)
                talk.result(shown if near is line else talk.faint(shown))
        talk.result("")
    talk.result(
        f"{len(doubts):,} of {counted(lines, 'line')} of dialogue {'is' if len(doubts) == 1 else 'are'} doubtful."
    )


def _guess(line: Line) -> str:
    """Who it may be, and why."""
    if line.speaker is None:
        return "nobody known" + (f" ({one_line(line.evidence)})" if line.evidence else "")
    other = f", else {_name(line.runner_up)}" if line.runner_up is not None else ""
    reason = f" ({one_line(line.evidence)})" if line.evidence else ""
    return f"{_name(line.speaker)} {line.confidence:.0%}{other}{reason}"


def doubts_to_json(doubts: "tuple[Doubt, ...]") -> list[dict[str, object]]:
    """The doubtful lines, for a program."""
    return [
        {
            "place": str(doubt.line.place),
            "speaker": doubt.line.speaker,
            "runner_up": doubt.line.runner_up,
            "confidence": doubt.line.confidence,
            "evidence": doubt.line.evidence,
            "text": doubt.line.text,
            "before": doubt.before.text if doubt.before else None,
            "after": doubt.after.text if doubt.after else None,
        }
        for doubt in doubts
    ]


def show_comparison(comparison: "Comparison", address: Callable[[Place], str]) -> None:
    """Every line that changed voice."""
    for before, after, lines in comparison.renamed:
        talk.result(f"{_name(before)} → {_name(after)}: {counted(lines, 'line')}, under another name")
    for change in comparison.changes:
        start = f"{address(change.place)}: {_name(change.before)} → {_name(change.after)}: "
        talk.result(start + excerpt(change.text, len(start)))
    changed = len(comparison.changes) + sum(lines for _, _, lines in comparison.renamed)
    talk.result(f"{changed:,} of {counted(comparison.lines, 'line')} changed voice.")
    if comparison.missing or comparison.added:
        talk.say(
            f"Not compared: {counted(comparison.missing, 'paragraph')} that only the old one has, "
            f"{comparison.added:,} that only the new one has."
        )


def comparison_to_json(comparison: "Comparison") -> dict[str, object]:
    """What changed voice, for a program."""
    return {
        "changes": [
            {"place": str(c.place), "before": c.before, "after": c.after, "text": c.text} for c in comparison.changes
        ],
        "renamed": [{"before": a, "after": b, "lines": n} for a, b, n in comparison.renamed],
        "lines": comparison.lines,
        "paragraphs_missing": comparison.missing,
        "paragraphs_added": comparison.added,
    }


def _name(speaker: str | None) -> str:
    return "nobody" if speaker is None else one_line(speaker)
