"""What is chosen once, on held-out data, for all texts (`training/tune.py`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """The settings that are kept with the model.

    Attributes:
        begin_bonus: added to the log-probability of a cue's beginning; above 0 finds more statements.
        min_confidence: statements below it are not given.
        min_event_confidence: events below it are not given, nor does, without a second look, a piece begin the trigger
            of an event that is in one with a lesser chance.
        second_look: are the types and the confidence of events those of `second_look.py`? It is fitted to one network.
        min_trigger_confidence: with a second look, a piece begins a trigger if it is in one with at least this chance.
    """

    begin_bonus: float = 0.0
    min_confidence: float = 0.0
    min_event_confidence: float = 0.5
    second_look: bool = False
    min_trigger_confidence: float = 0.4
