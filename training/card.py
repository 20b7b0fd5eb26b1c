"""The model card, generated from the run: `python -m training.card FOLDER RUN`.

Measures the exported files on PolNeAR dev, on the held-out labels of kind and on our held-out
passages, and writes `MODEL_CARD.md` into FOLDER.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.events.measure import measure_counts, measure_sources, measure_statuses
from onrecord.analysis.decoding import Floats
from onrecord.analysis.encoder import Model, OnnxNetwork, load_model
from onrecord.analysis.labels import ATTITUDES, KINDS
from onrecord.analysis.network import WindowInput, encode_batch
from onrecord.analysis.windows import cut_windows
from onrecord.evaluation.coreference import evaluate_coreference, find_chains_by
from onrecord.evaluation.events import evaluate_events
from onrecord.evaluation.gap import evaluate_gap
from onrecord.evaluation.mentions import evaluate_mentions
from onrecord.evaluation.report import evaluate_statements
from training import authored, kinds, measure_events, news_events
from training.chains import stories
from training.coreference import genres
from training.corpora import IGNORE, SHARED, Document, load_tokenizer, polnear, prepare
from training.events import passages
from training.tune import figures_of, predict

Pairs = list[tuple[int, int]]  # (gold, predicted)


def labels_of(documents: list[Document], network: OnnxNetwork) -> dict[str, Pairs]:
    """Gold and predicted kind, attitude and negation of all labelled statements, on gold spans."""
    tokenizer = load_tokenizer()
    found: dict[str, Pairs] = {"kind": [], "attitude": [], "negated": []}
    for document in documents:
        prepared = prepare(document, tokenizer)
        labelled = [t for t in prepared.targets if t.gold.kind != IGNORE]
        for window in cut_windows(prepared.pieces) if labelled else []:
            inside = [
                t for t in labelled if window.own_start <= t.first < window.own_end and t.last < window.end
            ]
            if not inside:
                continue
            batch = encode_batch(network, [prepared.pieces], [WindowInput(0, window)])
            (hidden,) = batch.hidden
            content = np.zeros((len(inside), len(hidden)), dtype=np.float32)
            for row, t in enumerate(inside):
                content[row, 1 : window.end - window.start + 1] = t.content[window.start : window.end]
            place = [
                np.array([v - window.start + 1 for v in vs])
                for vs in zip(*((t.first, t.last) for t in inside), strict=True)
            ]
            scores = network.label(hidden, *place, content)
            for name, out in zip(found, scores, strict=True):
                found[name] += [
                    (getattr(t.gold, name), int(p)) for t, p in zip(inside, _best(out), strict=True)
                ]
    return found


def _best(scores: Floats) -> list[int]:
    return scores.argmax(axis=-1).tolist()


def class_f1(pairs: Pairs, classes: int) -> list[float | None]:
    """F1 of each class in per cent; None for a class that gold does not have."""
    gold, predicted = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    right = Counter(g for g, p in pairs if g == p)
    return [200 * right[c] / (gold[c] + predicted[c]) if gold[c] else None for c in range(classes)]


def macro(values: list[float | None]) -> float:
    """Mean over the classes that occur."""
    present = [v for v in values if v is not None]
    return sum(present) / len(present)


def confusion(pairs: Pairs) -> list[str]:
    """The confusion table of the kinds, rows gold, columns predicted."""
    counts = Counter(pairs)
    head = "| gold \\\\ predicted | " + " | ".join(k[:5] for k in KINDS) + " | F1 |"
    rows = [head, "|---" * (len(KINDS) + 2) + "|"]
    for g, (kind, f) in enumerate(zip(KINDS, class_f1(pairs, len(KINDS)), strict=True)):
        cells = " | ".join(str(counts[(g, p)] or "·") for p in range(len(KINDS)))
        rows.append(f"| {kind} | {cells} | {f:.1f} |" if f is not None else f"| {kind} | {cells} | - |")
    return rows


def label_lines(model: Model) -> list[str]:
    """Figures of kind, attitude and negation on labels that no weight saw."""
    network = model.network
    corpus = polnear("train")
    kinds.attach(corpus, part="held")
    news = labels_of(corpus, network)
    own = labels_of(authored.passages("held"), network)
    lines = [
        "| held-out labels | statements | kind, macro F1 | kind, right | attitude, macro F1 | negated, F1 |",
        "|---|---|---|---|---|---|",
    ]
    both = {name: news[name] + own[name] for name in news}
    for title, part in (("PolNeAR articles", news), ("our passages", own), ("both", both)):
        kind, attitude, negated = part["kind"], part["attitude"], part["negated"]
        right = 100 * sum(g == p for g, p in kind) / len(kind)
        negation = class_f1(negated, 2)[1] or 0.0
        lines.append(
            f"| {title} | {len(kind)} | {macro(class_f1(kind, len(KINDS))):.1f} | {right:.1f} | "
            f"{macro(class_f1(attitude, len(ATTITUDES))):.1f} | {negation:.1f} |"
        )
    return [
        *lines,
        "",
        "Kinds over PolNeAR articles:",
        "",
        *confusion(news["kind"]),
        "",
        "Kinds over both:",
        "",
        *confusion(both["kind"]),
    ]


def nested_lines(model: Model) -> list[str]:
    """Figures over our held-out passages, and how many nested statements are found as nested."""
    documents = authored.passages("held")
    found = predict(documents, model.network, model.calibration, model.options)
    figures = figures_of(documents, found)
    gold = hits = nested_predicted = 0
    for document, statements in zip(documents, found, strict=True):
        cues = {(s.cue.start, s.cue.end) for s in statements if s.within and s.cue}
        nested_predicted += len(cues)
        for g in document.statements:
            if g.nested:
                gold += 1
                hits += any(a < g.cue[1] and g.cue[0] < b for a, b in cues)
    f = {k: figures[k]["f1"] for k in ("attributed", "content", "exact")}
    return [
        f"Outer statements of {len(documents)} held-out passages: attributed F1 {f['attributed']}, content F1 {f['content']}, exact F1 {f['exact']}.",
        f"Nested statements: {hits} of {gold} found as nested (by their cue); {nested_predicted} predicted.",
    ]


CARD = """# Model card: the model of onrecord

Written by `training/card.py` on {today} for model `{version}`. All figures are measured on the files
that ship, by the code that ships.

## What it is
One encoder (6 layers, 384 wide, all-MiniLM-L6-v2, Apache-2.0) with input embeddings for casing, quotation state and
position in the line, and its heads: cues; source and content of each cue; kind, attitude and negation of
each statement; names; mentions of every form, and which of them are the same one's; triggers of events, and for each
its type, mode, status, parties, place, date and numbers. About 25 million parameters; the encoder, the link head and
the event head in int8, the small heads in fp32; onnxruntime on the CPU. English. Types and confidence of events are looked at again by
boosted trees (`second_look.json`), which know how often words tell which type in the training texts (`trigger_words.tsv.gz`).

## Data
| data | used for | licence |
|---|---|---|
| PolNeAR train (Newell et al. 2018), 94 % of its articles | cues, sources, contents | none stated; no text of it is in this repository |
| the other 6 % of PolNeAR train | calibration and options | same |
| `training/passages/`, {passages} passages with {own} statements, 15 % held out | cues, sources, contents, nested statements, kinds | ours, Apache-2.0 |
| `training/kinds/labels.jsonl`, {labels} statements of PolNeAR train, a fifth of the articles held out | kind, attitude, negated | ours, offsets only |
| Worldwide English Newswire (Shan et al. 2023), a fifth of the documents held out | names; as unlabelled text for statements, which the network before found in it | none stated; no text of it is in this repository |
| CrossNER politics (Liu et al. 2021), its training part | names | MIT; text of Wikipedia, CC BY-SA |
| `training/chains/`, {stories} stories, a tenth held out | mentions, coreference | ours, Apache-2.0 |
| GUM (Zeldes 2017) and OntoGUM (Zhu et al. 2021): {genres}; a fifth of news, interview and speech held out | mentions, coreference | annotation CC BY 4.0; text CC BY, CC BY-SA or not stated, by genre; the genres licensed non-commercially are not used |
| `training/events/`, {events} passages, a twelfth held out | events | ours, Apache-2.0 |
| `training/events/news.jsonl`, {news} documents of PolNeAR train and of the newswire, {news_held} of them held out | events, and what is none | ours, offsets only |
| Zero-Shot-PLOVER's training sentences (Hu et al. 2024), a fifth held out | type, actor and recipient of events | none stated; no text of it is in this repository |
| event_location (Halterman) | places of events | MIT; mostly sentences of news agencies |
| Worldwide English Newswire and PolNeAR train, with pronouns put in for repeated names (`training/pronouns.py`) | coreference | as above |
| PolNeAR dev | measured on, never trained or tuned on | as above |

Labels of kind follow `docs/kinds.md`; those given before its border cases were settled may still differ. {double} of them were labelled twice, independently: kind agrees in {agree:.1f} %.
The held-out fifth keeps its labels of kind apart; the spans of most of those articles were trained on.

## Method
{method}

## Scores
PolNeAR dev, `onrecord evaluate statements`:

{dev}

{nested}

Names, exact span and class, on the held-out fifth of Worldwide English Newswire
(`onrecord evaluate mentions ../shared/data/mentions/worldwide.jsonl.gz --kept-apart`):

{names}

Coreference in OntoGUM's scheme, on the news, interviews and speeches of GUM that were held out
(`onrecord evaluate coreference ../shared/data/coreference/gum.jsonl.gz --kept-apart`):

{chains}

Which name a pronoun means, on GAP validation, never trained on
(`onrecord evaluate coreference ../shared/data/coreference/gap-validation.tsv.gz`):

{gap}

Events, from the bare sentence, on the fifth of Zero-Shot-PLOVER's sentences that was held out
(`onrecord evaluate events ../shared/data/events/plv-train.jsonl --kept-apart`):

{coded}

Events of whole reports, triggers with their type, and of those found the share that is right in status, parties and all
three (`python -m training.measure_events`):

{whole}

Statuses, on whose word, and numbers of events, on sets that we wrote for measuring alone
(`python -m benchmarks.events.measure`):

{told}

{kinds}

## Limits
- PolNeAR is American political news of 2015 and 2016. On other desks, times and countries expect less.
- It learned one annotation practice: beliefs, plans and decrees are statements too, and annotators themselves agree in 75 of 100.
- Kinds that are rare in news (threat, praise, question) rest partly on passages that we wrote.
- Events rest on about {events} short passages, {news} reports and a thousand sentences; what
  came in after the encoder was trained the event head and its second look alone have seen (`training/LOG.md`). Types of one's own desk may be drawn
  otherwise: PLOVER's border cases are many, and second annotators of the passages agree on 87 to 96 in 100 events. In whole
  reports about three quarters of what is coded is an event of that type by our own labels, and more than half of those
  labelled are found.
- Mentions and coreference rest on about 190,000 words; encyclopaedic text with many persons of one sex is hard for it.
- It says what a text attributes to whom. It does not know whether the text, or the speaker, is right.
"""


def whole_reports(model: Model) -> str:
    """A row for our passages and one for real news, at the least confidence that ships."""
    rows = ["| texts held out | figures |", "|---|---|"]
    for name, given in (
        ("our passages", measure_events.held_passages()),
        ("real news", measure_events.held_news()),
    ):
        found = measure_events.find_events(given, model.network, model.options)
        total = measure_events.counts(found, model.options.min_event_confidence)
        rows.append(f"| {name} | {measure_events.shown(total)} |")
    return "\n".join(rows)


def table(figures: dict[str, dict[str, float]]) -> str:
    """Figures as a table, a row each."""
    rows = [
        f"| {name} | {', '.join(f'{k} {v:g}' for k, v in values.items())} |"
        for name, values in figures.items()
    ]
    return "\n".join(["| figure | value |", "|---|---|", *rows])


METHOD = (
    "Statements, names and labels first; then the heads for mentions, chains and events on the frozen encoder; then the "
    "encoder with all heads in random order (`training/joint.py`), taught statements by the network before as well, a "
    "third of their targets. That is mixed with the network before (`training/soup.py`), and more rounds with all "
    "heads follow. Last the event head alone on the encoder as it ships, with the passages that had come in since "
    "(`training/frozen_events.py`, the mean of five runs). AdamW, bfloat16, cosine schedule, running average of the weights; settings of the last rounds: {told}."
)


def main() -> None:
    """Measure and write the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("run", type=Path)
    args = parser.parse_args()
    model = load_model(args.folder, threads=2)
    rows = [json.loads(line) for line in kinds.LABELS.read_text().splitlines()]
    twice = [r for r in rows if "second" in r]
    every = authored.passages("train") + authored.passages("held")
    figures = evaluate_statements(SHARED / "polnear" / "dev.jsonl.gz", model)
    names = evaluate_mentions(SHARED / "mentions" / "worldwide.jsonl.gz", model, kept_apart=True)
    coreference = SHARED / "coreference"
    chains = evaluate_coreference(
        coreference / "gum.jsonl.gz",
        find_chains_by(load_model(args.folder, scheme="ontogum")),
        kept_apart=True,
    )
    coded = evaluate_events(SHARED / "events" / "plv-train.jsonl", model, kept_apart=True)
    gap = evaluate_gap(coreference / "gap-validation.tsv.gz", find_chains_by(model))
    config = json.loads((args.run / "config.json").read_text())["joint"]
    left_out = ("run", "start", "threads")
    method = METHOD.format(told=", ".join(f"{k} {v}" for k, v in config.items() if k not in left_out))
    sets = (("status", measure_statuses), ("reported by", measure_sources), ("counts", measure_counts))
    told = {name: of(model, []) for name, of in sets}
    news_held = list(news_events.labelled("held"))
    news = [*news_events.labelled("train"), *news_held]
    card = CARD.format(
        today=date.today().isoformat(), version=model.version, passages=len(every),
        own=sum(len(d.statements) for d in every), labels=len(rows), double=len(twice),
        agree=100 * sum(r["kind"] == r["second"]["kind"] for r in twice) / len(twice), method=method,
        dev=table(figures), names=table(names), chains=table(chains), gap=table(gap), events=len(passages()), coded=table(coded), told=table(told), whole=whole_reports(model), news=len(news), news_held=len(news_held), stories=len(stories()), genres=", ".join(genres()), nested="\n".join(nested_lines(model)), kinds="\n".join(label_lines(model)),
    )  # fmt: skip
    (args.folder / "MODEL_CARD.md").write_text(card)
    print(card)


if __name__ == "__main__":
    main()
