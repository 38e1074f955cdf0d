"""What was heard in a file, told to a person and to a program."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.cli import talk
from audiobook.cli.excerpts import one_line
from audiobook.cli.times import counted

if TYPE_CHECKING:
    from audiobook.hearing import Fault
    from audiobook.production import Doubted, Pickup, Proof, Wanted

_OUTCOMES = {
    "mended": "spoken again, and right now",
    "changed": "spoken again, and still not right: once more with --redo, or give its speaker another voice",
    "same": "spoken again, and the very same: this engine always says it so; spell it with `audiobook pronounce`, or "
    "give its speaker another voice",
}


def listen(files: Sequence[Path], wanted: "Wanted", model: Path | None, *, redo: bool, as_json: bool) -> bool:
    """Listen to files, tell what was heard, and have the doubted lines spoken again; whether all are right now."""
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.cli.drawing import drawn  # noqa: PLC0415

    opener = production.whisper(model)
    told = []
    fine = True
    for file in (file for path in files for file in production.sound_files(path)):
        with drawn() as progress:
            proof = production.proofed(file, production.order_for(file, wanted), opener, progress=progress)
        if not as_json:
            _draw(proof)
        pickups: Sequence[Pickup] = ()
        if redo and proof.doubted:
            with drawn() as progress:
                pickups = production.picked_up(proof, opener, progress=progress)
        if not as_json:
            _draw_pickups(pickups)
        told.append(proof_to_json(proof, pickups))
        fine = fine and bool(told[-1]["pass"])
    if as_json:
        talk.json_result(told)
    return fine


def proof_to_json(proof: "Proof", pickups: "Sequence[Pickup]" = ()) -> dict[str, object]:
    """One file, for a program."""
    outcomes = {id(pickup.doubted): pickup.outcome for pickup in pickups}
    return {
        "file": str(proof.file),
        "book": str(proof.order.book),
        "pass": all(outcomes.get(id(one)) == "mended" for one in proof.doubted),
        "lines": proof.lines,
        "words": proof.words,
        "word_error_rate": round(proof.error_rate, 4),
        "usual": {
            engine: {
                "unheard": round(usual.unheard, 4),
                "added": round(usual.added, 4),
                "never_heard": sorted(usual.strange),
            }
            for engine, usual in proof.usual.items()
        },
        "doubted": [_doubted_to_json(one, outcomes.get(id(one))) for one in proof.doubted],
    }


def _doubted_to_json(one: "Doubted", outcome: str | None) -> dict[str, object]:
    cue, fault = one.spot.cue, one.fault
    return {
        "place": str(cue.place),
        "start": round(one.spot.start, 3),
        "end": round(one.spot.end, 3),
        "engine": cue.voice.engine,
        "voice": cue.voice.name,
        "text": cue.text,
        "missing": list(fault.missing),
        "doubled": list(fault.doubled),
        "added": list(fault.added),
        "wrong": [list(pair) for pair in fault.wrong],
        "redone": outcome,
    }


def _draw(proof: "Proof") -> None:
    doubted = len(proof.doubted)
    verdict = f"{counted(doubted, 'line')} not as written" if doubted else "every line as it is written"
    talk.result(f"{proof.file}: {verdict}")
    for one in proof.doubted:
        cue = one.spot.cue
        talk.result(f"{_clock(one.spot.start)}  {cue.place} ({cue.voice.name}): {one_line(cue.text)}")
        talk.result(f"          {told(one.fault)}")
    talk.say(
        f"{counted(proof.lines, 'line')}, {counted(proof.words, 'word')} listened to; the recogniser heard "
        f"{proof.error_rate:.1%} of them otherwise, its own slips included."
    )


def told(fault: "Fault") -> str:
    """What is wrong with a line, in words."""
    wrong = ", ".join(f"“{heard}” for “{said}”" for said, heard in fault.wrong)
    parts = [
        f"{what} {words}"
        for what, words in (
            ("missing:", " ".join(fault.missing)),
            ("doubled:", " ".join(fault.doubled)),
            ("too many:", " ".join(fault.added)),
            ("heard", wrong),
        )
        if words
    ]
    return "; ".join(parts)


def _draw_pickups(pickups: "Sequence[Pickup]") -> None:
    for pickup in pickups:
        talk.result(f"{pickup.doubted.spot.cue.place}: {_OUTCOMES[pickup.outcome]}")


def _clock(seconds: float) -> str:
    """`75.4` → `0:01:15`."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
