"""Score country and sector codes of actors on labelled cases.

A case is right in country if the codes are equal (an empty label means none), in sector if the first
label is one of the first two codes that we give. A case without a label for one of them is left out
there. Cases fall into two halves by a hash of text and context: the rules were made looking at
`seen` alone.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from onrecord.errors import UsageError
from onrecord.resolution.codes import Coded, code_actor

# *today* in the corpus is when it was written, 2022 to 2023.
TODAY = "2023-01-01"


class LabelledActor(msgspec.Struct):
    """One line of the corpus; country or sector is None where nobody labelled it."""

    text: str
    context: str | None = None
    date: str | None = None
    country: str | None = None
    sector: str | None = None
    sector2: str | None = None


def evaluate_actor_codes(path: Path) -> dict[str, dict[str, float]]:
    """Code every case of a corpus and compare.

    Returns:
        `all`, `seen` and `unseen`: country and sector right in per cent, and how many were labelled.
    """
    cases = _read_cases(path)
    coded = [(case, _code(case)) for case in cases]
    halves = {
        "all": coded,
        "seen": [c for c in coded if is_seen(c[0])],
        "unseen": [c for c in coded if not is_seen(c[0])],
    }
    return {name: _score(half) for name, half in halves.items()}


def is_seen(case: LabelledActor) -> bool:
    """Is a case of the half that the rules were made with?"""
    digest = hashlib.sha256(f"{case.text}|{case.context or ''}".encode()).hexdigest()
    return int(digest, 16) % 2 == 0


def is_country_right(case: LabelledActor, coded: Coded) -> bool:
    """An empty label is right if no country is given."""
    return (coded.country or "") == case.country


def is_sector_right(case: LabelledActor, coded: Coded) -> bool:
    """The label must be one of the two codes."""
    return (case.sector or None) in ((coded.sector, coded.sector2) if case.sector else (coded.sector,))


def _code(case: LabelledActor) -> Coded:
    date = TODAY if case.date in (None, "today") else case.date
    return code_actor(case.text, context=case.context or "", date=date)


def _score(half: list[tuple[LabelledActor, Coded]]) -> dict[str, float]:
    country = [is_country_right(case, coded) for case, coded in half if case.country is not None]
    sector = [is_sector_right(case, coded) for case, coded in half if case.sector]
    return {
        "country": _share(country),
        "sector": _share(sector),
        "countries": float(len(country)),
        "sectors": float(len(sector)),
    }


def _share(right: list[bool]) -> float:
    return round(100 * sum(right) / len(right), 1) if right else 0.0


def _read_cases(path: Path) -> list[LabelledActor]:
    try:
        return msgspec.json.Decoder(LabelledActor).decode_lines(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f'{path}: cannot be read as cases ({error}). Give JSON lines: {{"text", "context", "date", "country", "sector"}}.'
        ) from error
