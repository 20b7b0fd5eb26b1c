"""Score whom the sources of statements are taken to mean, against labels of the actor.

A label names the actor that a source means, as the report prints it, or nobody. Resolution is scored on
the statements of the corpus, so that it answers for itself alone; the whole analysis is scored besides:
its sources must be found first.

Right is an actor whose name or alias is one of the label's names, and none where the label has none.
Case, blanks, *the* and titles before a name do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from onrecord.analysis.analyse import Analysis, analyse_texts
from onrecord.analysis.encoder import Model
from onrecord.analysis.pieces import quotation_by_char
from onrecord.analysis.quotation import quotation_of
from onrecord.analysis.statements import Statement
from onrecord.article import Article, Span
from onrecord.contract import AnalysisOut, to_output
from onrecord.errors import UsageError
from onrecord.evaluation.corpora import LabelledArticle, read_corpus
from onrecord.resolution.actors import resolve_actors
from onrecord.resolution.named import mentions_of
from onrecord.resolution.report import resolve_report

Figures = dict[str, dict[str, float]]
Names = tuple[str, ...]

FORMS = ("name", "description", "pronoun")
_PRONOUNS = frozenset(
    """i me my mine we us our ours you your yours he him his himself she her hers herself it its itself they them
    their theirs themselves who whom whose which that this these those one""".split()
)
# What may stand before a name without being of it.
_BEFORE_NAMES = frozenset(
    """the mr mrs ms miss dr sir sen senator rep representative gov governor lt gen general col capt president
    vice prime minister secretary mayor judge justice chief rev prof professor ambassador chairman chairwoman""".split()
)


class SourceLabel(msgspec.Struct, forbid_unknown_fields=True):
    """One line of labels: a source's span, its actor's fullest name and the other names of it."""

    article: str
    source: tuple[int, int]
    actor: str | None
    also: list[str] = []

    @property
    def names(self) -> Names:
        """All names that are right; none where nobody is named."""
        return () if self.actor is None else (self.actor, *self.also)


@dataclass
class SourceFigures:
    """Counts over labels; `add` a label at a time, then `figures`."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*FORMS, "named", "nobody"), 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*FORMS, "named", "nobody"), 0))
    missed: int = 0
    found: int = 0
    found_right: int = 0

    def add(self, text: str, label: SourceLabel, resolved: Names, analysed: Names | None) -> None:
        """Count one label.

        Args:
            text: the report.
            label: who is meant.
            resolved: the names of whom resolution takes the gold source to mean; empty for nobody.
            analysed: the same of the whole analysis; None where it has not found the source.
        """
        right = is_right(label.names, resolved)
        named = "named" if label.names else "nobody"
        for group in (source_form(text, label), named):
            self.counts[group] += 1
            self.right[group] += right
        self.missed += bool(label.names) and not resolved
        if analysed is not None:
            self.found += 1
            self.found_right += is_right(label.names, analysed)

    def figures(self) -> Figures:
        """Shares in per cent, and the counts that they are of."""
        count = self.counts["named"] + self.counts["nobody"]
        right = self.right["named"] + self.right["nobody"]
        figures: Figures = {"resolved": {"right": _per_cent(right, count), "count": count}}
        for group, number in self.counts.items():
            figures[group] = {"right": _per_cent(self.right[group], number), "count": number}
        wrong = self.counts["named"] - self.right["named"] - self.missed
        figures["named"] |= {
            "missed": _per_cent(self.missed, self.counts["named"]),
            "another": _per_cent(wrong, self.counts["named"]),
        }
        figures["analysed"] = {
            "right": _per_cent(self.found_right, count),
            "found": _per_cent(self.found, count),
            "count": count,
        }
        return figures


def evaluate_sources(labels: Path, corpus: Path, model: Model) -> Figures:
    """Resolve the labelled sources of a corpus, once as the corpus has them and once as found, and score both.

    Returns:
        `resolved` (right in per cent, all labels), the same by form of the source (`name`: it prints a name
        of its actor; `pronoun`; `description`: the rest) and by label (`named`, with those `missed` and
        those taken for `another`; `nobody`), and `analysed`: the share whose source the analysis `found`,
        and that found and resolved `right`.

    Raises:
        UsageError: if labels or corpus cannot be read, or do not fit each other.
    """
    by_article = _read_labels(labels)
    articles = [a for a in read_corpus(corpus) if a.id in by_article]
    if missing := by_article.keys() - {a.id for a in articles}:
        raise UsageError(f"{corpus}: article {min(missing)} of {labels} is not in it. Name the corpus that the labels are of.")  # fmt: skip
    figures = SourceFigures()
    for article in articles:
        (analysis,) = analyse_texts(
            [article.text], model.network, model.tokenizer, model.calibration, model.options
        )
        read = Article(id=article.id, text=article.text, language="en")
        output = to_output(read, resolve_report(read, analysis))
        resolved = resolve_gold(article, analysis)
        for label in by_article[article.id]:
            if label.source not in resolved:
                raise UsageError(
                    f"{labels}: {label.source} of article {label.article} is no source of a statement in {corpus}."
                )
            figures.add(article.text, label, resolved[label.source], _analysed(output, label.source))
    return figures.figures()


def resolve_gold(article: LabelledArticle, found: Analysis) -> dict[tuple[int, int], Names]:
    """Whom resolution takes the sources of a corpus's statements to mean: names by span.

    Args:
        found: what analysis found in the article, of which names and mentions are taken.
    """
    state = quotation_by_char(article.text)
    statements = []
    for number, gold in enumerate(article.statements, 1):
        content = tuple(sorted(Span(*c) for c in gold.content))
        statements.append(
            Statement(
                id=f"s{number}",
                source=_whole(gold.source),
                cue=_whole(gold.cue),
                content=content,
                quotation=quotation_of(article.text, content, state),
                attitude="speech",
                negated=False,
                kind="assertion",
                confidence=1.0,
            )
        )
    resolved = resolve_actors(
        article.text, statements, mentions_of(article.text, found.names), found.mentions
    )
    names = {a.id: (a.name, *a.aliases) for a in resolved.actors}
    meant: dict[tuple[int, int], Names] = {}
    for statement in statements:
        if statement.source:
            actor = resolved.statements[statement.id].source
            meant.setdefault((statement.source.start, statement.source.end), names[actor] if actor else ())
    return meant


def is_right(gold: Names, predicted: Names) -> bool:
    """Do the names of a label and of an actor mean the same one, or both nobody?"""
    if not gold or not predicted:
        return not gold and not predicted
    return not {fold_name(n) for n in gold}.isdisjoint(fold_name(n) for n in predicted)


def fold_name(name: str) -> str:
    """A name without case, needless blanks, *the* and titles before it.

    >>> fold_name("The  Orpel Herald"), fold_name("Sen. Ana Reyes")
    ('orpel herald', 'ana reyes')
    """
    words = name.casefold().replace("’", "'").split()
    while len(words) > 1 and words[0].rstrip(".") in _BEFORE_NAMES:
        del words[0]
    return " ".join(words)


def source_form(text: str, label: SourceLabel) -> str:
    """`pronoun`, `name` where the source prints a name of its actor, or `description`."""
    source = " ".join(text[slice(*label.source)].casefold().replace("’", "'").split())
    if source.strip(" ,.:;“”\"'‘") in _PRONOUNS:
        return "pronoun"
    for name in map(fold_name, label.names):
        if _holds(source, name) or _holds(name, fold_name(source).removesuffix("'s")):
            return "name"
    return "description"


def _holds(words: str, part: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", words) is not None


def _analysed(output: AnalysisOut, gold: tuple[int, int]) -> Names | None:
    """Whom the analysis means by the source that shares most with a gold one, and half of the shorter."""
    best: tuple[int, str | None] = (0, None)
    for statement in output.statements:
        source = statement.source
        if source is None:
            continue
        shared = min(source.end, gold[1]) - max(source.start, gold[0])
        if shared > best[0] and 2 * shared >= min(source.end - source.start, gold[1] - gold[0]):
            best = (shared, source.actor)
    if not best[0]:
        return None
    return next(((a.name, *a.aliases) for a in output.actors if a.id == best[1]), ())


def _read_labels(path: Path) -> dict[str, list[SourceLabel]]:
    by_article: dict[str, list[SourceLabel]] = {}
    for label in _labels(path):
        by_article.setdefault(label.article, []).append(label)
    if not by_article:
        raise UsageError(f"{path}: there are no labels in it. Name a file of labelled sources.")
    return by_article


def _labels(path: Path) -> Iterator[SourceLabel]:
    decoder = msgspec.json.Decoder(SourceLabel)
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield decoder.decode(line)
                except msgspec.DecodeError as error:
                    raise UsageError(
                        f'{path}, line {number}: not a labelled source ({error}). Each line needs "article", "source" and "actor".'
                    ) from error
    except OSError as error:
        raise UsageError(f"{path}: the labels cannot be read ({error}). Name a .jsonl file.") from error


def _whole(spans: Sequence[tuple[int, int]]) -> Span | None:
    """One span from the first start to the last end."""
    return Span(min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def _per_cent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
