"""What the rows of each report say: places and quoted words, ids, numbers, labels, days, JSON.

Reports are looked at by some dozens, in the order in which they came, each table by the reports' own index: never more than their rows
is held. Which tables have places with quoted words, rows that are numbered, and rows that point at others of their report is read
from the schema, so that a new table is looked at without a word here.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final, get_args
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Float,
    Row,
    Select,
    Table,
    func,
    select,
    type_coerce,
)

from onrecord.analysis.labels import ATTITUDES, KINDS, Quotation
from onrecord.analysis.mention_labels import MentionForm, MentionType
from onrecord.analysis.plover import CONTEXTS, STATUSES, TYPES
from onrecord.analysis.time_meanings import Kind as TimeKind
from onrecord.analysis.time_meanings import Mod
from onrecord.article import content_id
from onrecord.contract import CandidateOut
from onrecord.record import schema
from onrecord.record.checking.faults import Faults, Watch, shown
from onrecord.record.kept import read_frame, read_furniture
from onrecord.record.row_ids import FIRST_PARTED, ReportId
from onrecord.record.statement_rows import CONTENT_JOIN
from onrecord.resolution.stories.copies import CopyKind

# Reports at a time.
_MANY: Final = 64
_MADE: Final = re.compile(r"r-[0-9a-f]{16}\Z")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z")
# What ids of rows begin with behind the report's, and whether the number is that of the row: actors that are nobody's, and events
# that are told again in one sentence, leave gaps.
_LETTERS: Final = {
    "statements": ("s", True),
    "times": ("t", True),
    "events": ("e", False),
    "appearances": ("a", False),
}
_WORDS: Final[dict[str, Collection[Any]]] = {
    "statements.quotation": get_args(Quotation),
    "statements.attitude": ATTITUDES,
    "statements.kind": KINDS,
    "events.status": STATUSES,
    "events.type": TYPES,
    "event_contexts.context": CONTEXTS,
    "event_parties.role": ("actor", "recipient"),
    "times.kind": get_args(TimeKind),
    "times.mod": (None, *get_args(Mod)),
    "mentions.type": (None, *get_args(MentionType)),
    "mentions.form": get_args(MentionForm),
    "copies.kind": get_args(CopyKind),
}
# Numbers that have bounds, wherever a column has the name.
_SHARES: Final = ("confidence", "score", "likeness")


class SourceMap(msgspec.Struct):
    """`articles.source_map`."""

    sha256: str | None
    codec: str | None
    runs: list[tuple[int, int, int, int]]
    pieces: list[tuple[int, int, str, str]] | None = None
    row: dict[str, Any] | None = None


def check_reports(connection: Connection, faults: Faults, watch: Watch) -> int:
    """Look at all rows of all reports; gives how many reports there are."""
    table = schema.articles
    total = connection.execute(select(func.count()).select_from(table)).scalar_one()
    looks = [_Look(t) for t in schema.metadata.tables.values() if t is not table and _joined(t) is not None]
    before, done = 0, 0
    while True:
        query = select(table).where(table.c.serial > before).order_by(table.c.serial).limit(_MANY)
        rows = connection.execute(query).all()
        if not rows:
            return done
        texts = {row.id: row.text for row in rows}
        for row in rows:
            _check_report(row, faults)
        here = (before, rows[-1].serial)
        found = {look.table.name: look.check(connection, here, texts, faults) for look in looks}
        _check_whole(found, texts, faults)
        before, done = rows[-1].serial, done + len(rows)
        watch("reports", done, total)


def _check_report(row: Row[Any], faults: Faults) -> None:
    """Look at a row of `articles`."""
    whole = row.version_of
    if whole is not None:
        if row.id != f"{whole}@{_digest(row.text)}":
            faults.add("text", "articles", f"{row.id}: not what its text gives")
        if row.story is not None:
            faults.add("versions", "articles", f"{row.id}: a version, yet in the story {row.story}")
        if whole == row.id:
            faults.add("versions", "articles", f"{row.id}: a version of itself")
    else:
        if row.story is None:
            faults.add("versions", "articles", f"{row.id}: in no story, yet no version of another report")
        if _MADE.match(row.id) and row.id not in _ids_of(row):
            faults.add("text", "articles", f"{row.id}: not what its text gives")
    _check_day(row.published, f"{row.id}", "articles.published", faults)
    if row.recorded is not None and not _MOMENT.match(row.recorded):
        faults.add("bounds", "articles.recorded", f"{row.id}: {shown(row.recorded)} is no moment")
    if not 2 <= row.schema <= schema.SCHEMA_VERSION:
        faults.add("bounds", "articles.schema", f"{row.id}: {row.schema}")
    if (frame := _read(read_frame, row.frame, row.id, "articles.frame", faults)) is not None:
        for entry in frame.entries:
            if not 0 <= entry.start <= entry.end <= len(row.text):
                faults.add("spans", "articles.frame", f"{row.id}: an entry at {entry.start}-{entry.end}")
    for line in _read(read_furniture, row.furniture, row.id, "articles.furniture", faults) or ():
        if not 0 <= line.before <= len(row.text):
            faults.add("spans", "articles.furniture", f"{row.id}: cut out at {line.before}")
    if row.source_map is not None:
        told = _read(_decoder(SourceMap), row.source_map, row.id, "articles.source_map", faults)
        if told is not None and not all(
            0 <= a <= b <= len(row.text) and 0 <= c <= d for a, b, c, d in told.runs
        ):
            faults.add("spans", "articles.source_map", f"{row.id}: a run outside the text")


def _ids_of(row: Row[Any]) -> Iterator[str]:
    """The ids that a report without one of its own may have been given, by its text and who printed it."""
    yield content_id(row.text)
    if row.outlet:
        yield content_id(row.text, row.outlet)
    if row.url:
        try:
            host = urlsplit(row.url).hostname
        except ValueError:
            host = None
        if host:
            yield content_id(row.text, host)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _decoder(type: Any) -> Callable[[str], Any]:
    return msgspec.json.Decoder(type).decode


def _read(read: Callable[[str], Any], told: str, where: str, column: str, faults: Faults) -> Any:
    """What JSON holds; None, and a fault, where it cannot be read."""
    try:
        return read(told)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        faults.add("json", column, f"{where}: {error}")
        return None


def _check_day(day: str | None, where: str, column: str, faults: Faults) -> None:
    """An ISO day, or a day and a time, or null."""
    if day is None:
        return
    try:
        date.fromisoformat(day[:10])
    except ValueError:
        faults.add("bounds", column, f"{where}: {shown(day)} is no day")


def _joined(table: Table) -> tuple[Column[Any], Table | None, Any] | None:
    """How a table's rows belong to a report: the column with its id, and the table in between if there is one."""
    if "article" in table.c:
        return table.c.article, None, None
    for key in table.foreign_keys:
        parent = key.column.table
        if key.parent.primary_key and "article" in parent.c:
            return parent.c.article, parent, key.parent == key.column
    return None


class _Look:
    """How the rows of a table are looked at."""

    def __init__(self, table: Table) -> None:
        joined = _joined(table)
        assert joined is not None
        self.table = table
        self._article, parent, on = joined
        names = list(table.c.keys())
        columns: list[Any] = [*table.c, self._article.label("_article")]
        self._query: Select[Any] = select(*columns)
        if parent is not None:
            self._query = self._query.join(parent, on)
        self._report: ColumnElement[int] = type_coerce(self._article, BigInteger)
        if not isinstance(self._article.type, ReportId):
            # It tells its report by the id.
            reports = schema.articles
            self._query = self._query.join(reports, reports.c.id == self._article)
            self._report = reports.c.serial
        at = {name: n for n, name in enumerate(names)}
        self._at = at
        # Who a row hangs on: the report itself, or a row of it.
        keys = [c.name for c in table.primary_key if c.name != "number"]
        self._parent = "article" if "article" in at else keys[0]
        self._places = [
            (n[:-5], at[n], at[n[:-5] + "end"], at[n[:-5] + "text"])
            for n in names
            if n.endswith("start") and n[:-5] + "text" in at
        ]
        self._bare = [
            (n[:-5], at[n], at[n[:-5] + "end"])
            for n in names
            if n.endswith("start") and n[:-5] + "text" not in at
        ]
        self._may_lack = {prefix: table.c[prefix + "start"].nullable for prefix, *_ in self._places}
        self._pointers = [
            (c.name, at[c.name])
            for c in table.c
            for key in c.foreign_keys
            if c.name != "article" and "article" in key.column.table.c
        ]
        self._labels = [
            (c, at[c], _WORDS[f"{table.name}.{c}"]) for c in names if f"{table.name}.{c}" in _WORDS
        ]
        self._shares = [(c, at[c]) for c in _SHARES if c in at and isinstance(table.c[c].type, Float)]
        self._days = [(c, at[c]) for c in ("date", "from_date", "to_date") if c in at]
        self._counts = [c[:-4] for c in names if c.endswith("_low")]
        self._order = [c for c in (table.c.get("number"),) if c is not None]
        groups = [c.name for c in table.primary_key if c.name not in ("number", "id")]
        self._groups = [at[c] for c in groups] if "number" in at and groups else []
        if "number" in at and not self._groups:
            self._groups = [at["article"]]

    def check(
        self, connection: Connection, here: tuple[int, int], texts: dict[str, str], faults: Faults
    ) -> list[Row[Any]]:
        """Look at the rows of the reports with the numbers behind `here[0]` up to `here[1]`; gives them."""
        query = self._query.where(self._report > here[0], self._report <= here[1])
        rows = connection.execute(query.order_by(self._article, *self._order)).all()
        for row in rows:
            article = row[-1]
            if article in texts:
                try:
                    self._check_row(row, article, texts[article], faults)
                except TypeError:
                    # SQLite keeps in a column whatever is put there.
                    faults.add("bounds", self.table.name, f"{self._named(row)}: a value that is no number")
        if self._groups:
            self._check_numbers(rows, faults)
        return list(rows)

    def _check_row(self, row: Row[Any], article: str, text: str, faults: Faults) -> None:
        name = self.table.name
        for prefix, at_start, at_end, at_words in self._places:
            start, end, words = row[at_start], row[at_end], row[at_words]
            if start is None or end is None or words is None:
                if not (start is end is words is None and self._may_lack[prefix]):
                    faults.add(
                        "spans",
                        name,
                        f"{self._named(row)}: {prefix}start, {prefix}end or {prefix}text is missing",
                    )
            elif not 0 <= start < end <= len(text):
                faults.add("spans", name, f"{self._named(row)}: {prefix}{start}-{end} of {len(text)}")
            elif text[start:end] != words:
                there = shown(text[start:end])
                faults.add(
                    "evidence",
                    name,
                    f"{self._named(row)}: at {start}-{end} stands {there}, not {shown(words)}",
                )
        for prefix, at_start, at_end in self._bare:
            start, end = row[at_start], row[at_end]
            if not 0 <= start < end <= len(text):
                faults.add("spans", name, f"{self._named(row)}: {prefix}{start}-{end} of {len(text)}")
        prefix = article + "#"
        for column, at in self._pointers:
            if row[at] is not None and not str(row[at]).startswith(prefix):
                faults.add("reports", name, f"{self._named(row)}: {column} is {row[at]}")
        for column, at, allowed in self._labels:
            if row[at] not in allowed:
                faults.add("words", f"{name}.{column}", f"{self._named(row)}: {shown(row[at])}")
        for column, at in self._shares:
            value = row[at]
            if value is not None and not (math.isfinite(value) and 0 <= value <= 1):
                faults.add("bounds", f"{name}.{column}", f"{self._named(row)}: {value}")
        for column, at in self._days:
            _check_day(row[at], self._named(row), f"{name}.{column}", faults)
        if len(self._days) > 1:
            first, last = row[self._at["from_date"]], row[self._at["to_date"]]
            if first is not None and last is not None and first > last:
                faults.add("bounds", f"{name}.from_date", f"{self._named(row)}: {first} is after {last}")
        for what in self._counts:
            low, high = row[self._at[what + "_low"]], row[self._at[what + "_high"]]
            if any(n is not None and n < 0 for n in (low, high)) or (None not in (low, high) and low > high):
                faults.add("bounds", f"{name}.{what}_low", f"{self._named(row)}: {low} to {high}")

    def _check_numbers(self, rows: Sequence[Row[Any]], faults: Faults) -> None:
        """Rows that hang on one row have the numbers 1, 2, 3 ..."""
        number = self._at["number"]
        base = self._at.get("base")
        seen: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for row in rows:
            # What a correction has parted has the number of what it was parted from.
            if base is None or row[base] is None:
                seen[tuple(row[at] for at in self._groups)].append(row[number])
        for group, numbers in seen.items():
            if sorted(numbers) != list(range(1, len(numbers) + 1)):
                told = ", ".join(map(str, sorted(numbers)[:8]))
                faults.add("numbers", self.table.name, f"{' '.join(map(str, group))}: {told}")

    def _named(self, row: Row[Any]) -> str:
        """A row as a person finds it: its primary key."""
        return " ".join(str(row[self._at[c.name]]) for c in self.table.primary_key)


def _check_whole(found: dict[str, list[Row[Any]]], texts: dict[str, str], faults: Faults) -> None:
    """What is told in two places of a report must be the same."""
    for name in _LETTERS:
        for row in found[name]:
            _check_id(row, name, faults)
    pieces: dict[str, list[str]] = defaultdict(list)
    for row in found["contents"]:
        pieces[row.statement].append(texts.get(row._article, "")[row.start : row.end])
    within = {row.id: row.within for row in found["statements"]}
    for row in found["statements"]:
        if CONTENT_JOIN.join(pieces[row.id]) != row.content_text:
            faults.add("whole", "statements.content_text", f"{row.id}: not its pieces in contents")
        if _is_endless(row.id, within):
            faults.add("whole", "statements.within", f"{row.id}: within itself")
    modes = {row.event: row.mode for row in reversed(found["event_modes"])}
    firsts = {row.id: row.same_as for row in found["events"]}
    for row in found["events"]:
        if row.mode != modes.get(row.id):
            faults.add("whole", "events.mode", f"{row.id}: {row.mode}, in event_modes {modes.get(row.id)}")
        if row.same_as is not None and firsts.get(row.same_as) is not None:
            faults.add("whole", "events.same_as", f"{row.id}: {row.same_as}, which is a later telling too")
    candidates, trail = _decoder(list[CandidateOut]), _decoder(list[str])
    for row in found["appearances"]:
        if row.considered is not None:
            _read(candidates, row.considered, row.id, "appearances.considered", faults)
        if row.trail is not None:
            _read(trail, row.trail, row.id, "appearances.trail", faults)


def _check_id(row: Row[Any], name: str, faults: Faults) -> None:
    letter, is_number = _LETTERS[name]
    base = row._mapping.get("base")
    if base is not None:
        # Who was parted by a correction stands behind all others.
        if int(row.id.rpartition(letter)[2]) < FIRST_PARTED:
            faults.add("ids", name, f"{row.id}: among those that analysis found")
        return
    if is_number:
        made = f"{row.article}#{letter}{row.number}"
    else:
        made = f"{row.article}#{letter}N"
        number = row.id.removeprefix(made[:-1])
        if number != row.id and number.isdecimal() and int(number) >= row.number:
            return
    if row.id != made:
        faults.add("ids", name, f"{row.id}: the content gives {made}")


def _is_endless(id: str, within: dict[str, str | None]) -> bool:
    seen = {id}
    at = within.get(id)
    while at is not None:
        if at in seen:
            return True
        seen.add(at)
        at = within.get(at)
    return False
