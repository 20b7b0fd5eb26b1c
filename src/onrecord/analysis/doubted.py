"""Acts that the network doubts, in sentences that tell of victims and of nothing else that hurt them.

*Mortar fire killed ten bakers*, *three soldiers were killed in a shootout*: where the words tell by their form that people came to harm
(`casualties.py`), something was done to them. If no surer trigger of the sentence tells what, the likeliest of those that alone would
be too doubtful tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from onrecord.analysis.casualties import find_casualties
from onrecord.analysis.events import Event
from onrecord.analysis.pieces import Pieces
from onrecord.analysis.plover import TYPES
from onrecord.analysis.second_look import Placed
from onrecord.analysis.sentences import sentences_of
from onrecord.article import Span

# Below this chance of telling an event a trigger is never looked at (training/LOG.md, 2026-11-27).
LEAST_DOUBTED = 0.05
_VIOLENCE: Final = TYPES.index("ASSAULT")
# Without one of these words hardly a sentence tells of victims of an act: they are found much faster.
_HARM = re.compile(
    r"\b(?:kill|dead|die[ds]\b|death|wound|injur|hurt|maim|massacr|slain|perish|murder|lives\b|casualt)",
    re.IGNORECASE,
)


def tells_victims(text: str, pieces: Pieces) -> npt.NDArray[np.bool_]:
    """(pieces,): is a piece in a sentence whose words tell how many are dead or injured?"""
    found = np.zeros(len(pieces), dtype=np.bool_)
    sentences = sentences_of(text)
    for sentence in {sentences.around(Span(*harm.span())): None for harm in _HARM.finditer(text)}:
        if any(c.count.high != 0 for c in find_casualties(text, sentence)):
            found |= (pieces.start >= sentence.start) & (pieces.end <= sentence.end)
    return found


def acts_left_out(
    doubted: Iterable[tuple[Placed, dict[int, float]]], events: Sequence[Event], min_confidence: float
) -> list[tuple[Placed, dict[int, float]]]:
    """The likeliest act of violence of each sentence in which no other event is one.

    Args:
        doubted: triggers in sentences that tell of victims, with the chance of each type.
        events: the events of the surer triggers.
    """
    # Who was abducted beside them is not who was killed.
    harmed = {e.sentence for e in events if e.type == TYPES[_VIOLENCE] and e.modes != ("abduct",)}
    best: dict[Span, tuple[Placed, float]] = {}
    for trigger, chances in doubted:
        chance = chances.get(_VIOLENCE, 0.0)
        if trigger.sentence in harmed or chance < min_confidence:
            continue
        if trigger.sentence not in best or chance > best[trigger.sentence][1]:
            best[trigger.sentence] = trigger, chance
    return [(trigger, {_VIOLENCE: chance}) for trigger, chance in best.values()]
