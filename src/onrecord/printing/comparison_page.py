"""Two reports side by side as a page of its own: no script, nothing loaded, light and dark, printable."""

from __future__ import annotations

from html import escape

from onrecord.article import Article, Span
from onrecord.printing.comparison import verdict
from onrecord.printing.lines import dotted, or_nothing
from onrecord.resolution.stories.comparison import Comparison, Row

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --dim: #666; --cut: #ffd9d6; --new: #d5f0d5; --rule: #ccc; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181a; --ink: #e6e6e6; --dim: #9a9a9a; --cut: #5c2320; --new: #1f4a23; --rule: #444; } }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Georgia, serif; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--rule);
  overflow-wrap: anywhere; }
del { background: var(--cut); text-decoration: line-through; } ins { background: var(--new); text-decoration: underline; }
.dim { color: var(--dim); } .altered { font-weight: bold; }
@media (max-width: 40rem) { td, th { display: block; width: auto; } td:empty { display: none; } }
@media print { body { margin: 0; } }
"""


def comparison_page(found: Comparison, story: str | None = None) -> str:
    """The page as HTML; every character of the reports is escaped. `story`: as for `verdict`."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(_name(found.first))} and {escape(_name(found.second))}</title>",
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>{escape(verdict(found, story))}</h1>",
        "<table><thead><tr>",
        *(_column(name, article) for name, article in (("A", found.first), ("B", found.second))),
        "</tr></thead><tbody>",
        *(_row(found, row) for row in found.rows),
        "</tbody></table>",
        *_quotations(found),
        *_facts(found),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _name(article: Article) -> str:
    return article.frame.headline or article.title or article.id


def _column(letter: str, article: Article) -> str:
    told = dotted(article.published, article.outlet, article.frame.agency, article.id)
    return (
        f'<th scope="col">{letter}: {escape(_name(article))}<br><span class="dim">{escape(told)}</span></th>'
    )


def _row(found: Comparison, row: Row) -> str:
    first = _cell(found.first.text, row.first, [c[0] for c in row.changed], "del", whole=row.second is None)
    second = _cell(found.second.text, row.second, [c[1] for c in row.changed], "ins", whole=row.first is None)
    note = '<span class="dim">moved: </span>' if row.moved else ""
    return f"<tr><td>{first}</td><td>{note}{second}</td></tr>"


def _cell(text: str, span: Span | None, changed: list[Span], tag: str, *, whole: bool) -> str:
    """The words of a passage, those that differ marked; all of them where the other side has nothing."""
    if span is None:
        return ""
    parts, at = [], span.start
    for place in [span] if whole else changed:
        if place.start < place.end:
            parts += [escape(text[at : place.start]), f"<{tag}>{escape(place.of(text))}</{tag}>"]
            at = place.end
    return "".join([*parts, escape(text[at : span.end])])


def _quotations(found: Comparison) -> list[str]:
    changed = [q for q in found.quotations if q.variant.kind not in ("identical", "punctuation")]
    if not changed:
        return []
    lines = ["<h2>Quotations that were changed</h2>", "<table><tbody>"]
    for pair in changed:
        told = "; ".join(
            f"{c.reason}: {or_nothing(c.first.of(pair.first.words))} → "
            f"{or_nothing(c.second.of(pair.second.words))}"
            for c in pair.variant.changed
        )
        style = ' class="altered"' if pair.variant.kind == "altered" else ""
        one, other = pair.first.words, pair.second.words
        first = _cell(one, Span(0, len(one)), [c.first for c in pair.variant.changed], "del", whole=False)
        second = _cell(
            other, Span(0, len(other)), [c.second for c in pair.variant.changed], "ins", whole=False
        )
        lines.append(f"<tr><td>“{first}”</td><td>“{second}”</td></tr>")
        lines.append(
            f'<tr><td colspan="2"><span{style}>{pair.variant.kind}</span> <span class="dim">{escape(told)}</span></td></tr>'
        )
    return [*lines, "</tbody></table>"]


def _facts(found: Comparison) -> list[str]:
    if not found.facts:
        return []
    lines = ["<h2>Facts that differ</h2>", "<table><tbody>"]
    for fact in found.facts:
        first, second = fact.first.of(found.first.text), fact.second.of(found.second.text)
        lines.append(
            f'<tr><td>{escape(first)}</td><td>{escape(second)} <span class="dim">{fact.kind}</span></td></tr>'
        )
    return [*lines, "</tbody></table>"]
