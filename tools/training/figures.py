"""The accuracy of decisions, and the reliability of their confidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audiobook.attribution.ranking.candidates import EVIDENCE_KINDS, EvidenceKind
from audiobook.attribution.ranking.ranker import Curve, calibrate

BINS = 10
_POINTS = 20  # maximum number of points of the curve from odds to reliability
_DIGITS = 5  # of odds


@dataclass(frozen=True, slots=True)
class Guess:
    """A decision on a turn whose speaker is known."""

    probability: float  # its confidence
    right: bool
    evidence_kind: EvidenceKind = "bare"


@dataclass(frozen=True, slots=True)
class Bin:
    """Decisions of similar confidence."""

    count: int
    claimed: float  # mean confidence
    right: float  # share that is right


def reliability_bins(guesses: Iterable[Guess]) -> list[Bin]:
    """Group decisions by tenths of their confidence; empty groups are left out."""
    bins: list[list[Guess]] = [[] for _ in range(BINS)]
    for guess in guesses:
        bins[min(BINS - 1, int(guess.probability * BINS))].append(guess)
    return [
        Bin(len(own), sum(g.probability for g in own) / len(own), sum(g.right for g in own) / len(own))
        for own in bins
        if own
    ]


def caught(guesses: Sequence[Guess], share: float = 0.1) -> float:
    """The share of all wrong decisions that are among the least confident `share` of decisions."""
    ordered = sorted(guesses, key=lambda guess: guess.probability)
    wrong = sum(not guess.right for guess in ordered)
    return sum(not guess.right for guess in ordered[: round(share * len(ordered))]) / max(1, wrong)


def claimed(folds: Sequence[Sequence[Guess]]) -> list[Guess]:
    """The decisions of every fold, with their confidence according to the curves of the other folds."""
    found: list[Guess] = []
    for at, fold in enumerate(folds):
        curves = reliability_curves([guess for i, other in enumerate(folds) if i != at for guess in other])
        found += [
            replace(guess, probability=calibrate(curves[guess.evidence_kind], guess.probability)) for guess in fold
        ]
    return found


def report_reliability(guesses: Sequence[Guess]) -> str:
    """A table of the bins, and the share of wrong decisions in the least confident tenth."""
    rows = [f"  {row.count:>6}     {row.claimed:.3f}  {row.right:.3f}" for row in reliability_bins(guesses)]
    least = f"the least sure 10 % hold {caught(guesses):.1%} of the wrong ones"
    return "\n".join(["decisions  claimed  right", *rows, least])


def reliability_curves(guesses: Sequence[Guess]) -> dict[EvidenceKind, Curve]:
    """The curve of the decisions in each setting."""
    return {
        evidence_kind: reliability_curve([g for g in guesses if g.evidence_kind == evidence_kind])
        for evidence_kind in EVIDENCE_KINDS
    }


def reliability_curve(guesses: Sequence[Guess]) -> Curve:
    """Points (odds, share right), both increasing: the reliability of decisions with these odds.

    Isotonic regression with pooled adjacent violators (Ayer et al., 1955), over about equal numbers of decisions.
    """
    if not guesses:
        return ((0.0, 0.0), (1.0, 1.0))
    by_probability: dict[float, list[bool]] = {}
    for guess in guesses:
        by_probability.setdefault(round(guess.probability, _DIGITS), []).append(guess.right)
    pools: list[tuple[int, float, int]] = []  # number of decisions, sum of their odds, number of right ones
    fresh = (0, 0.0, 0)
    for probability, right in sorted(by_probability.items()):
        fresh = (fresh[0] + len(right), fresh[1] + probability * len(right), fresh[2] + sum(right))
        if fresh[0] >= len(guesses) / _POINTS or probability == max(by_probability):
            pools.append(fresh)
            fresh = (0, 0.0, 0)
        while len(pools) > 1 and pools[-2][2] / pools[-2][0] >= pools[-1][2] / pools[-1][0]:
            last, before = pools.pop(), pools.pop()
            pools.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    return tuple(
        (round(probabilities / count, _DIGITS), round(right / count, 3)) for count, probabilities, right in pools
    )
