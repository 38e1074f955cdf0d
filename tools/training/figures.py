"""How right decisions are, and how well their odds say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audiobook.attribution.ranking.candidates import EVIDENCE_KINDS, EvidenceKind
from audiobook.attribution.ranking.ranker import Curve, calibrate

BINS = 10
_POINTS = 20  # of the curve from odds to reliability, at most
_DIGITS = 5  # of odds


@dataclass(frozen=True, slots=True)
class Guess:
    """A decision on a turn whose speaker is known."""

    probability: float  # what it was sure with
    right: bool
    evidence_kind: EvidenceKind = "bare"


@dataclass(frozen=True, slots=True)
class Bin:
    """Decisions of about the same confidence."""

    count: int
    claimed: float  # their mean confidence
    right: float  # the share of them that is right


def reliability_bins(guesses: Iterable[Guess]) -> list[Bin]:
    """The decisions by tenths of their confidence; empty tenths are left out."""
    bins: list[list[Guess]] = [[] for _ in range(BINS)]
    for guess in guesses:
        bins[min(BINS - 1, int(guess.probability * BINS))].append(guess)
    return [
        Bin(len(own), sum(g.probability for g in own) / len(own), sum(g.right for g in own) / len(own))
        for own in bins
        if own
    ]


def caught(guesses: Sequence[Guess], share: float = 0.1) -> float:
    """The share of all wrong decisions that the least sure `share` of decisions holds."""
    ordered = sorted(guesses, key=lambda guess: guess.probability)
    wrong = sum(not guess.right for guess in ordered)
    return sum(not guess.right for guess in ordered[: round(share * len(ordered))]) / max(1, wrong)


def claimed(folds: Sequence[Sequence[Guess]]) -> list[Guess]:
    """The decisions of every fold with the confidence that they have by the curves of the other folds."""
    found: list[Guess] = []
    for at, fold in enumerate(folds):
        curves = reliability_curves([guess for i, other in enumerate(folds) if i != at for guess in other])
        found += [
            replace(guess, probability=calibrate(curves[guess.evidence_kind], guess.probability)) for guess in fold
        ]
    return found


def report_reliability(guesses: Sequence[Guess]) -> str:
    """A table of the bins, and what the least sure tenth of the decisions catches."""
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
    """Points (odds, share right), both rising: what a decision's odds are worth.

    Isotonic regression by pooling neighbours that fall (Ayer and others, 1955), over about as many decisions a point.
    """
    if not guesses:
        return ((0.0, 0.0), (1.0, 1.0))
    by_probability: dict[float, list[bool]] = {}
    for guess in guesses:
        by_probability.setdefault(round(guess.probability, _DIGITS), []).append(guess.right)
    pools: list[tuple[int, float, int]] = []  # decisions, the sum of their odds, how many are right
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
