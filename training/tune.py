"""Choose what is not learned: `python -m training.tune FOLDER`, for exported files in FOLDER.

The calibration of `confidence`, the bonus for beginning a cue and the least confidence are chosen on
the part of PolNeAR train that no weight was trained on, for attributed F1; the least confidence of an event on the
passages of `training/events/` and the documents of real news that none was trained on, for F1 of triggers with their
type. Writes `config.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from onrecord.analysis.analyse import analyse_texts, run_heads
from onrecord.analysis.attribution import in_text_order
from onrecord.analysis.confidence import Calibration, features
from onrecord.analysis.encoder import GRAPHS, OnnxNetwork
from onrecord.analysis.network import Network
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import cut_pieces
from onrecord.analysis.statements import Statement
from onrecord.evaluation.measures import Attribution, StatementFigures
from training import measure_events
from training.corpora import HELD_OUT_SALT, HELD_OUT_SHARE, Document, load_tokenizer, polnear, split_off

BONUSES = (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)
# Below the least confidence that is tried a trigger makes no event.
FLOORS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)

# So much F1 is no difference: another seed moves that of statements by 0.8.
_AS_GOOD = 0.5


def gold_of(document: Document) -> list[Attribution]:
    """The outer gold statements as the measures take them."""
    return [Attribution(g.content, g.source, [g.cue]) for g in document.statements if not g.nested]


def predict(
    documents: list[Document], network: Network, calibration: Calibration, options: AnalysisOptions
) -> list[list[Statement]]:
    """Statements of each document."""
    tokenizer = load_tokenizer()
    found: list[list[Statement]] = []
    for at in range(0, len(documents), 16):
        texts = [d.text for d in documents[at : at + 16]]
        analyses = analyse_texts(texts, network, tokenizer, calibration, options)
        found += [list(a.statements) for a in analyses]
    return found


def figures_of(documents: list[Document], found: list[list[Statement]]) -> dict[str, dict[str, float]]:
    """The scorer's figures."""
    figures = StatementFigures()
    for document, statements in zip(documents, found, strict=True):
        outer = [s for s in statements if s.within is None]
        figures.add(document.text, gold_of(document), [as_attribution(s) for s in outer])
    return figures.figures()


def as_attribution(statement: Statement) -> Attribution:
    """A statement as the measures take it."""

    def pairs(*spans: object) -> list[tuple[int, int]]:
        return [(s.start, s.end) for s in spans if s is not None]

    return Attribution(pairs(*statement.content), pairs(statement.source), pairs(statement.cue))


def calibrate(documents: list[Document], network: Network) -> Calibration:
    """Fit the chance that content and source are right (Platt's logistic regression, by Newton)."""
    tokenizer = load_tokenizer()
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    for document in documents:
        pieces = cut_pieces(document.text, tokenizer)
        gold = gold_of(document)

        def span(pair: tuple[int, int], pieces=pieces) -> tuple[int, int]:
            return int(pieces.start[pair[0]]), int(pieces.end[pair[1]])

        (found,) = run_heads([document.text], [pieces], network, AnalysisOptions())
        for a in in_text_order(found.attributions):
            if a.cue.nested:
                continue
            alone = StatementFigures()
            source = [span(a.source)] if a.source else []
            alone.add(document.text, gold, [Attribution([span(c) for c in a.content], source)])
            rows.append((*features(a), 1.0))
            right.append(float(alone.hits["attributed"]))
    x, y = np.array(rows), np.array(right)
    weights = np.zeros(4)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - 0.5 * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(4)
        weights += np.linalg.solve(curvature, gradient)
    return Calibration(*(round(float(w), 4) for w in weights))


def choose(
    documents: list[Document], network: Network, calibration: Calibration
) -> tuple[AnalysisOptions, list[str]]:
    """The options with the best recall of direct quotations among those as good as the best by attributed F1, and a line
    for each that was tried."""
    tried: list[tuple[tuple[float, float], AnalysisOptions, str]] = []
    for bonus in BONUSES:
        every = predict(documents, network, calibration, AnalysisOptions(bonus, 0.0))
        for floor in FLOORS:
            options = AnalysisOptions(bonus, floor)
            kept = predict_with_floor(every, floor)
            f = figures_of(documents, kept)
            line = f"{bonus:+.2f} {floor:.2f} attributed {f['attributed']['f1']} content {f['content']['f1']} exact {f['exact']['f1']} direct {f['direct']['recall']}"
            tried.append(((f["attributed"]["f1"], f["direct"]["recall"]), options, line))
    most = max(attributed for (attributed, _), _, _ in tried)
    best = max((t for t in tried if t[0][0] >= most - _AS_GOOD), key=lambda t: t[0][::-1])
    return best[1], [line for _, _, line in tried]


def choose_events(network: Network, options: AnalysisOptions) -> tuple[AnalysisOptions, list[str]]:
    """The options with the lowest of the least confidences of an event that are as good as the best, F1 on our passages
    and on real news taken together by their mean, and a line for each that was tried. Who asks the record can leave out
    what is less sure; what was never given cannot be asked for."""
    tried: list[tuple[float, AnalysisOptions, str]] = []
    passages, news = list(measure_events.held_passages()), list(measure_events.held_news())
    found = [measure_events.find_events(given, network, options) for given in (passages, news)]
    for floor in measure_events.FLOORS:
        own, real = (100 * measure_events.f1(measure_events.counts(f, floor)) for f in found)
        line = f"events {floor:.2f} F1 {own:.1f} on passages, {real:.1f} on news"
        tried.append(((own + real) / 2, replace(options, min_event_confidence=floor), line))
    most = max(mean for mean, _, _ in tried)
    best = min((t for t in tried if t[0] >= most - _AS_GOOD), key=lambda t: t[1].min_event_confidence)
    return best[1], [line for _, _, line in tried]


def predict_with_floor(every: list[list[Statement]], floor: float) -> list[list[Statement]]:
    """What remains of the statements above a least confidence (nesting is kept as it was)."""
    return [[s for s in statements if s.confidence >= floor] for statements in every]


def main() -> None:
    """Choose and write `config.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    documents = split_off(polnear("train"), HELD_OUT_SHARE, HELD_OUT_SALT)[1]
    network = OnnxNetwork(args.folder, threads=2)
    calibration = calibrate(documents, network)
    options, tried = choose(documents, network, calibration)
    options, of_triggers = choose_events(network, options)
    digest = hashlib.sha256()
    for name in GRAPHS:
        digest.update((args.folder / f"{name}.onnx").read_bytes())
    config = {
        "version": digest.hexdigest()[:12],
        "calibration": asdict(calibration),
        "options": asdict(options),
    }
    (args.folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    print("\n".join(tried + of_triggers))
    print(config)


if __name__ == "__main__":
    main()
