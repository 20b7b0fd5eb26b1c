"""Score places on labelled reports: the share put within 161 km (100 miles) of where they lie.

The measure is the field's own (Leidner 2007; Gritta et al. 2018, *accuracy@161km*). A country has no
point worth a distance: it is right where the label's GeoNames id or page is that country's; so is an
adjective (*Israeli*), which the older corpora label as its country. Three figures: `given`, with the spans of the
corpus, which scores the choosing alone; `found`, from the bare text by the names that `analyse` finds, where a name
that is missed counts as wrong; `listed`, of these what `analyse` lists in `places`, where capitals and countries that
act are governments, and adjectives peoples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import msgspec

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.encoder import Model
from onrecord.article import Span
from onrecord.errors import UsageError
from onrecord.evaluation.lines import numbered_lines
from onrecord.resolution.gazetteer import Entry, load_gazetteer
from onrecord.resolution.named import settle_labels
from onrecord.resolution.place_names import place_names
from onrecord.resolution.places import PlaceName, choose_places, distance_km, resolve_places

RIGHT_WITHIN_KM = 161.0

FindPlaces = Callable[[str], Sequence[PlaceName]]


class LabelledPlace(msgspec.Struct):
    """A toponym; without coordinates it is not in the corpus's gazetteer and is left out."""

    span: tuple[int, int]
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    wikipedia: str | None = None


class LabelledReport(msgspec.Struct):
    """One line of a corpus of places."""

    text: str
    toponyms: list[LabelledPlace]
    corpus: str = "places"


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled place: has its span an entry, is that right, is it right from bare text, and listed as a place?"""

    answered: bool
    given: bool
    found: bool
    listed: bool


def find_by(model: Model) -> FindPlaces:
    """The names that analysis and resolution find in a text, as `analyse` does."""

    def find(text: str) -> list[PlaceName]:
        (analysis,) = analyse_texts([text], model.network, model.tokenizer, model.calibration, model.options)
        return place_names(text, settle_labels(text, analysis.names))

    return find


def evaluate_places(path: Path, find: FindPlaces) -> dict[str, dict[str, float]]:
    """Read the reports of a corpus and score the places in them.

    Args:
        path: the corpus.
        find: finds the names of places in a text, for the figure from bare text.

    Returns:
        For all together and each corpus: `given`, `found` and `listed` (right within 161 km, in per cent of the
        labelled places), `answered` (given spans with an entry, in per cent), `right of answered`, and `count`.

    Raises:
        UsageError: if the corpus cannot be read.
    """
    counts: dict[str, list[Row]] = defaultdict(list)
    for report in _reports(path):
        counts[report.corpus].extend(score_report(report, find))
    if not counts:
        raise UsageError(f"{path}: there are no places in it. Name a corpus of labelled places.")
    figures = {"all": _figures([row for rows in counts.values() for row in rows])}
    if len(counts) > 1:
        figures |= {name: _figures(rows) for name, rows in sorted(counts.items())}
    return figures


def score_report(report: LabelledReport, find: FindPlaces) -> list[Row]:
    """How each labelled place with coordinates fares."""
    labelled = [p for p in report.toponyms if p.lat is not None and p.lon is not None]
    given = choose_places(report.text, [PlaceName(Span(*p.span)) for p in labelled])
    names = find(report.text)
    chosen = choose_places(report.text, names)
    # A name with other edges is not found: *New York* does not give *York*.
    found = {n.span: c.entry for n, c in zip(names, chosen, strict=True) if c}
    listed = {span for p in resolve_places(report.text, names).places for span in p.mentions}
    rows = []
    for place, choice in zip(labelled, given, strict=True):
        span = Span(*place.span)
        right = span in found and is_right(place, found[span])
        rows.append(
            Row(
                answered=choice is not None,
                given=choice is not None and is_right(place, choice.entry),
                found=right,
                listed=right and span in listed,
            )
        )
    return rows


def is_right(place: LabelledPlace, entry: Entry) -> bool:
    """Within 161 km, or the same country where a country is meant."""
    if place.lat is None or place.lon is None:
        return False
    if entry.kind == "country":
        return entry.geonames in (place.geonameid, *_countries_of_title(place))
    return bool(distance_km(place.lat, place.lon, entry.lat, entry.lon) <= RIGHT_WITHIN_KM)


def _countries_of_title(place: LabelledPlace) -> list[int | None]:
    """GeoNames ids of the countries that the label's page of Wikipedia may be about."""
    title = unquote((place.wikipedia or "").rsplit("/", 1)[-1]).replace("_", " ").removesuffix(" (country)")
    gazetteer = load_gazetteer()
    entries = [gazetteer.entry(int(record)) for record in gazetteer.find(title)[0]] if title else []
    return [e.geonames for e in entries if e.kind == "country"]


def _figures(rows: list[Row]) -> dict[str, float]:
    answered, given = sum(r.answered for r in rows), sum(r.given for r in rows)
    return {
        "given": _per_cent(given, len(rows)),
        "found": _per_cent(sum(r.found for r in rows), len(rows)),
        "listed": _per_cent(sum(r.listed for r in rows), len(rows)),
        "answered": _per_cent(answered, len(rows)),
        "right of answered": _per_cent(given, answered),
        "count": len(rows),
    }


def _per_cent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def _reports(path: Path) -> Iterator[LabelledReport]:
    decoder = msgspec.json.Decoder(LabelledReport)
    for number, line in numbered_lines(path):
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            raise UsageError(
                f'{path}, line {number}: not a report with places ({error}). Each line needs "text" and "toponyms".'
            ) from error
