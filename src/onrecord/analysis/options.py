"""What is chosen once, on held-out data, for all texts (`training/tune.py`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """The settings that are kept with the model.

    Attributes:
        begin_bonus: added to the log-probability of a cue's beginning; above 0 finds more statements.
        min_confidence: statements below it are not given.
        least_trigger: a piece begins the trigger of an event if it is in one with at least this chance.
        min_event_confidence: events below it are not given.
    """

    begin_bonus: float = 0.0
    min_confidence: float = 0.0
    least_trigger: float = 0.5
    min_event_confidence: float = 0.0
