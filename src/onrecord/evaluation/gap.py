"""Score which of two names a pronoun means, on GAP (Webster et al., TACL 2018).

Each row is a passage with a pronoun and two names, A and B, and says of each whether the pronoun means it (one of
them, or neither). The text is read bare; only the chain that holds the pronoun, character for character, is looked
at. The pronoun is taken to mean a name if a mention in that chain is headed by it (`is_headed_by`).

- right: the rows in which both answers are right, in per cent; of all, and of those that mean A, B or neither; and
  the answers that are right, two a row (`names`);
- overall, masculine, feminine: precision, recall and F1 as in the official scorer: every row asks two questions,
  and a pronoun that is said to mean a name is a hit if it does;
- bias: feminine F1 divided by masculine F1; 1 is even-handed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.article import Span
from onrecord.errors import UsageError
from onrecord.evaluation.coreference import FindChains, Hits
from onrecord.evaluation.lines import numbered_lines

_COLUMNS = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()
_GENDERS = dict.fromkeys(("she", "her", "hers"), "feminine") | dict.fromkeys(
    ("he", "him", "his"), "masculine"
)
_ANSWERS = {(True, False): "A", (False, True): "B", (False, False): "neither"}

# What makes the name in a longer mention somebody else than the mention: *Ruth's mother*, *Ruth and Anna* after it,
# *the mother of Ruth*, *Anna and Ruth* before it. On persons of GUM whose mention touches a name without being it, 464
# of 485 are told right, 364 the same one and 100 another; to take every name that is touched gets 367.
_OTHER_AFTER = re.compile(r"['’]s?\s+\w|,?\s*(?:and|or|but|&|\+)(?!\w)", re.IGNORECASE)
_OTHER_BEFORE = re.compile(
    r"\b(?:of|to|for|with|by|from|in|at|on|about|against|between|under|than|who\w*|that|which)\b"
    r"|(?<!\w)(?:and|or|but|nor|&|\+)\s*(?:the\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One row: does the pronoun mean the first name, and does it mean the second?"""

    text: str
    pronoun: Span
    names: tuple[Span, Span]
    means: tuple[bool, bool]

    @property
    def gender(self) -> str:
        """That of the pronoun."""
        return _GENDERS[self.pronoun.of(self.text).lower()]


def is_gap(path: Path) -> bool:
    """Does a corpus begin with GAP's row of column names?

    Raises:
        UsageError: if the corpus cannot be read.
    """
    _, first = next(numbered_lines(path), (0, b""))
    return _cells(first) == _COLUMNS


def evaluate_gap(path: Path, find: FindChains) -> dict[str, dict[str, float]]:
    """Read the rows of GAP and score what the pronouns are taken to mean.

    Args:
        path: the corpus, .tsv or .tsv.gz with the columns of the original.
        find: finds the chains of a text.

    Returns:
        `right` (in per cent: `rows`, `names`, `A`, `B`, `neither`; and `count`, the number of rows), `overall`, `masculine`
        and `feminine` (precision, recall, F1 in per cent), and `bias` (`ratio`, absent without a masculine hit).

    Raises:
        UsageError: if the corpus cannot be read, or holds no row.
    """
    rows: Counter[str] = Counter()
    right: Counter[str] = Counter()
    hits = {name: Hits() for name in ("overall", "masculine", "feminine")}
    for passage in read_gap(path):
        answers = read_pronoun(passage, find(passage.text))
        for name in ("rows", _ANSWERS[passage.means]):
            rows[name] += 1
            right[name] += answers == passage.means
        rows["names"] += 2
        right["names"] += sum(a == m for a, m in zip(answers, passage.means, strict=True))
        both = sum(a and m for a, m in zip(answers, passage.means, strict=True))
        for name in ("overall", passage.gender):
            hits[name].add(both, sum(passage.means), both, sum(answers))
    if not rows:
        raise UsageError(f"{path}: there are no rows in it. Name a corpus of GAP.")
    share = {
        name: round(100 * right[name] / max(1, rows[name]), 1)
        for name in ("rows", "names", *_ANSWERS.values())
    }
    figures = {"right": share | {"count": rows["rows"]}} | {n: h.figures() for n, h in hits.items()}
    if hits["masculine"].f1:
        figures["bias"] = {"ratio": round(hits["feminine"].f1 / hits["masculine"].f1, 2)}
    return figures


def read_pronoun(passage: Passage, chains: Sequence[Sequence[Span]]) -> tuple[bool, bool]:
    """Do the chains have the pronoun mean the first name, and the second?"""
    chain = next((c for c in chains if passage.pronoun in c), ())
    first, second = passage.names
    return (
        any(m != second and is_headed_by(passage.text, m, first) for m in chain),
        any(m != first and is_headed_by(passage.text, m, second) for m in chain),
    )


def is_headed_by(text: str, mention: Span, name: Span) -> bool:
    """Does a mention mean whom a name in it names? It may be longer or shorter than the name.

    >>> text = "Anna, the mother of Ruth"
    >>> is_headed_by(text, Span(0, 24), Span(0, 4)), is_headed_by(text, Span(0, 24), Span(20, 24))
    (True, False)
    """
    if mention.start >= name.end or name.start >= mention.end:
        return False
    before, after = text[mention.start : name.start], text[name.end : mention.end]
    return not (_OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after))


def read_gap(path: Path) -> Iterator[Passage]:
    """The rows of a file of GAP.

    Raises:
        UsageError: if the file cannot be read or is not of that form.
    """
    for number, line in numbered_lines(path):
        cells = _cells(line)
        if number == 1 and cells == _COLUMNS:
            continue
        if number == 1:
            raise UsageError(
                f"{path}: not a corpus of GAP. Its first line names the columns: {', '.join(_COLUMNS)}."
            )
        if not line.strip():
            continue
        try:
            yield _to_passage(cells)
        except ValueError as error:
            raise UsageError(
                f"{path}, line {number}: not a row of GAP ({error}). Take the file as it was published."
            ) from error


def _cells(line: bytes) -> list[str]:
    """The cells of a line; nothing is quoted in GAP."""
    return line.decode("utf-8", "replace").rstrip("\r\n").split("\t")


def _to_passage(cells: list[str]) -> Passage:
    if len(cells) != len(_COLUMNS):
        raise ValueError(f"{len(cells)} columns, not {len(_COLUMNS)}")
    row = dict(zip(_COLUMNS, cells, strict=True))
    pronoun, first, second = (_find_span(row, name) for name in ("Pronoun", "A", "B"))
    if row["Pronoun"].lower() not in _GENDERS:
        raise ValueError(f"{row['Pronoun']} is not a pronoun of GAP")
    means = _is_true(row["A-coref"]), _is_true(row["B-coref"])
    if means not in _ANSWERS:
        raise ValueError("the pronoun means both names")
    return Passage(row["Text"], pronoun, (first, second), means)


def _find_span(row: dict[str, str], name: str) -> Span:
    start = int(row[f"{name}-offset"])
    span = Span(start, start + len(row[name]))
    if start < 0 or not row[name] or span.of(row["Text"]) != row[name]:
        raise ValueError(f"{row[name]!r} does not stand at {start}")
    return span


def _is_true(cell: str) -> bool:
    if cell.upper() not in ("TRUE", "FALSE"):
        raise ValueError(f"{cell!r} is neither TRUE nor FALSE")
    return cell.upper() == "TRUE"
