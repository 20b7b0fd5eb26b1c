"""Reports with their person names, from which `training.pronouns` makes its texts.

Two corpora: Worldwide English Newswire, whose persons are labelled, and PolNeAR, whose persons are those that the
model that ships finds; of both the training part alone. What else the model finds (other mentions, who speaks
where) is kept beside them, so that no text made of a report has to be analysed again. The model reads the corpora once;
`runs/pronoun-sources.jsonl.gz` keeps what it found.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.analysis.analyse import Analysis, analyse_texts
from onrecord.analysis.coreference import QUOTED
from onrecord.analysis.encoder import load_model
from onrecord.analysis.mention_features import Said
from onrecord.analysis.names import NAME_CLASSES
from onrecord.article import Span
from training.corpora import HELD_OUT_SALT, HELD_OUT_SHARE, Document, polnear, read_lines, split_off
from training.names import worldwide

KEPT = Path(__file__).resolve().parent / "runs" / "pronoun-sources.jsonl.gz"
_PERSON = NAME_CLASSES.index("PER")


@dataclass(frozen=True)
class Report:
    """A report; all spans are offsets into its text, in the order of the text.

    Attributes:
        persons: names of persons.
        mentions: whatever the model takes for a mention, of any class and form.
        said: who speaks where, as `read_mentions` takes it.
    """

    id: str
    text: str
    persons: tuple[Span, ...]
    mentions: tuple[Span, ...] = ()
    said: tuple[Said, ...] = ()


def reports(kept: Path = KEPT) -> list[Report]:
    """All reports; the first call reads the corpora with the model, about ten minutes on one core."""
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        unfinished = kept.with_suffix(".tmp")
        with gzip.open(unfinished, "wt", encoding="utf-8") as lines:
            for report in _read_corpora():
                lines.write(json.dumps(_to_row(report), ensure_ascii=False) + "\n")
        unfinished.replace(kept)
    return [_to_report(row) for row in read_lines(kept)]


def _read_corpora() -> Iterator[Report]:
    model = load_model()
    articles, _ = split_off(polnear("train"), HELD_OUT_SHARE, HELD_OUT_SALT)
    for document in [*worldwide("train"), *articles]:
        (analysis,) = analyse_texts(
            [document.text], model.network, model.tokenizer, model.calibration, model.options
        )
        yield Report(
            document.id,
            document.text,
            _persons(document, analysis),
            tuple(m.span for m in analysis.mentions),
            tuple(Said(s.content, s.source) for s in analysis.statements if s.quotation in QUOTED),
        )


def _persons(document: Document, analysis: Analysis) -> tuple[Span, ...]:
    """Those that are labelled; where none are, those that were found."""
    if document.names is not None:
        return tuple(Span(n.start, n.end) for n in document.names if n.label == _PERSON)
    return tuple(n.span for n in analysis.names if n.label == "PER")


def _to_row(report: Report) -> dict:
    return {
        "id": report.id,
        "text": report.text,
        "persons": [[s.start, s.end] for s in report.persons],
        "mentions": [[s.start, s.end] for s in report.mentions],
        "said": [
            {
                "content": [[c.start, c.end] for c in s.content],
                "source": [s.source.start, s.source.end] if s.source else None,
            }
            for s in report.said
        ],
    }


def _to_report(row: dict) -> Report:
    return Report(
        row["id"],
        row["text"],
        tuple(Span(*s) for s in row["persons"]),
        tuple(Span(*s) for s in row["mentions"]),
        tuple(
            Said(tuple(Span(*c) for c in s["content"]), Span(*s["source"]) if s["source"] else None)
            for s in row["said"]
        ),
    )
