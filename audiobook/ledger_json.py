"""Accounts and ledgers as JSON values."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from audiobook.account import Account
from audiobook.ledger import Ledger, Row
from audiobook.records import from_json


def account_to_json(account: Account) -> dict[str, Any]:
    """An account as plain JSON values."""
    return asdict(account)


def account_from_json(data: Mapping[str, Any]) -> Account:
    """The account that `account_to_json` wrote. Raises RecordError where it is none."""
    return from_json(Account, data)


def ledger_to_json(ledger: Ledger) -> dict[str, Any]:
    """A ledger for programs. Frames are those of the finished file, `rate` of them a second."""
    return {
        "format": "audiobook-ledger",
        "version": 1,
        "source": ledger.source,
        "files": list(ledger.files),
        "balanced": ledger.balanced,
        "faults": list(ledger.faults),
        "words": {
            "source": ledger.words,
            "spoken": ledger.spoken,
            "skipped": ledger.skipped_words,
            "lost": ledger.lost,
            "reasons": ledger.reasons(),
        },
        "frames": {
            "rate": ledger.rate,
            "takes": sum(row.sounded.takes for row in ledger.rows),
            "pauses": sum(row.sounded.pauses for row in ledger.rows),
            "reels": sum(row.sounded.sound for row in ledger.rows),
            "encoded": sum(row.sounded.frames for row in ledger.rows),
            "lead": ledger.lead,
            "heard": sum(row.sounded.heard for row in ledger.rows),
        },
        "chapters": [_row_to_json(row) for row in ledger.rows],
        "skipped": [asdict(stretch) for stretch in ledger.skipped],
        "gaps": [
            {"place": str(gap.place), "words": gap.words, "text": gap.text, "reason": gap.reason} for gap in ledger.gaps
        ],
    }


def _row_to_json(row: Row) -> dict[str, Any]:
    sounded = row.sounded
    return {
        "number": sounded.number,
        "title": sounded.title,
        "words": {"source": row.source, "spoken": row.spoken, "skipped": row.unspoken, "lost": row.lost},
        "cues": sounded.cues,
        "reels": sounded.reels,
        "frames": {
            "takes": sounded.takes,
            "pauses": sounded.pauses,
            "reels": sounded.sound,
            "encoded": sounded.frames,
            "heard": sounded.heard,
        },
    }
