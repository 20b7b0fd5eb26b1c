"""From the network's probabilities to a confidence that means something.

`confidence` is the chance that a statement's content and source are both right, as the scorer of
`onrecord evaluate statements` counts it (*attributed*). It is a logistic regression over three
log-odds, fitted on articles that no weight was trained on (Platt 1999, *Probabilistic outputs*).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.analysis.attribution import Attribution


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the log-odds of cue, content and source, and the constant."""

    cue: float
    content: float
    source: float
    constant: float

    def confidence(self, attribution: Attribution) -> float:
        """The chance, 0 to 1, that content and source are right."""
        cue, content, source = features(attribution)
        return 1.0 / (
            1.0 + math.exp(-(self.cue * cue + self.content * content + self.source * source + self.constant))
        )


# Before a calibration is fitted: the chance of the cue alone.
UNCALIBRATED = Calibration(cue=1.0, content=0.0, source=0.0, constant=0.0)


def features(attribution: Attribution) -> tuple[float, float, float]:
    """Log-odds of cue, content and source, bounded to ±7."""
    return (
        _log_odds(attribution.cue.probability),
        _log_odds(attribution.content_probability),
        _log_odds(attribution.source_probability),
    )


def _log_odds(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))
