"""Rows of JSON, CSV and Parquet -> articles: which column holds what, by map or by its usual name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from onrecord.article import Article
from onrecord.errors import UnreadableReportError, UsageError
from onrecord.reading.assembly import MAX_ARTICLE_CHARS, check_length
from onrecord.reading.author_names import clean_authors
from onrecord.reading.encoding import decode_report
from onrecord.reading.given_dates import GivenDates
from onrecord.reading.headlines import put_under_headline
from onrecord.reading.html import is_html, read_html
from onrecord.reading.mojibake import mender_of
from onrecord.reading.options import ReadOptions
from onrecord.reading.row_place import RowPlace, lead_back
from onrecord.reading.text import read_as_is, read_text

# Our fields and the names under which news data sets and crawlers keep them, the likeliest first.
KNOWN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "uuid", "guid"),
    "text": ("text", "body", "content", "article", "maintext", "full_text"),
    "title": ("title", "headline"),
    "published": ("published", "date", "date_publish", "publication_date", "published_at", "timestamp"),
    "url": ("url", "link"),
    "outlet": ("outlet", "source", "publication", "publisher", "source_domain"),
    "byline": ("byline", "author", "authors"),
    "section": ("section",),
}
# The longest row of JSON or CSV: a page as long as `read_html` takes, with all its marks escaped.
MAX_ROW_BYTES = 20_000_000
# Longer than any title, address or list of names; what is longer sits in the wrong column.
_MAX_FIELD_CHARS = 4_000
_NAMES_SHOWN = 12
# Fields that are words, and how deep in a cell they stand: a list of objects with a name.
_IN_WORDS = ("text", "title", "outlet", "byline", "section")
_MAX_DEPTH = 2
# A file whose dates are of two forms begins with one of them for hardly longer.
_ROWS_LOOKED_AT = 10_000
_NAME_CHARS_SHOWN = 40
# How news-please and pandas write a list of names into one cell: ['Ana Reyes', "Tom O'Hara"].
_LISTED = re.compile(r"\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s*,\s*(?:'[^']*'|\"[^\"]*\"))*\s*\]")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_LAST_FIRST = re.compile(r"([^\W\d_][\w'’-]*), ([^\W\d_][\w.'’-]*(?: [A-Z]\.?)?)")


def parse_map(words: str) -> dict[str, str]:
    """Read `--map`: our fields and the columns that hold them.

    Raises:
        UsageError: with all faults of the map at once.

    >>> parse_map("text=Story Body,published=date")
    {'text': 'Story Body', 'published': 'date'}
    """
    columns: dict[str, str] = {}
    faults: list[str] = []
    for piece in words.split(","):
        ours, equals, theirs = (part.strip() for part in piece.partition("="))
        if not equals:
            faults.append(f"{piece.strip()!r} has no =" if piece.strip() else "a piece of it is empty")
        elif ours not in KNOWN_COLUMNS:
            faults.append(f"{ours!r} is no field of a report ({', '.join(KNOWN_COLUMNS)})")
        elif not theirs:
            faults.append(f"{ours!r} is given no column")
        elif ours in columns:
            faults.append(f"{ours!r} stands twice")
        else:
            columns[ours] = theirs
    if faults:
        raise UsageError(
            f"--map {words!r}: {'; '.join(faults)}. Write it like --map text=body,published=date."
        )
    return columns


def find_columns(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each of our fields the columns that may hold it, the best first.

    A mapped column is the only one for its field, and holds no other field unless it is mapped to that
    too. Names are told apart by case only where nothing else tells them apart.

    Args:
        names: the columns that there are.
        columns: the user's map, our field -> column.
    """
    exact = dict.fromkeys(names)
    folded: dict[str, str] = {}
    for name in exact:
        folded.setdefault(_fold(name), name)
    mapped = {
        ours: theirs if theirs in exact else folded.get(_fold(theirs)) for ours, theirs in columns.items()
    }
    taken = set(mapped.values())
    found: dict[str, tuple[str, ...]] = {}
    for ours, known in KNOWN_COLUMNS.items():
        if ours in mapped:
            theirs = mapped[ours]
            found[ours] = (theirs,) if theirs is not None else ()
        else:
            usual = (name if name in exact else folded.get(name) for name in known)
            found[ours] = tuple(name for name in usual if name is not None and name not in taken)
    return found


def row_to_article(
    row: Mapping[str, object],
    columns: Mapping[str, str],
    origin: str,
    options: ReadOptions,
    dates: GivenDates | None = None,
    place: RowPlace | None = None,
) -> Article:
    """Read a report from a row.

    Text that is HTML is read as a page. Broken characters are put right unless `as_is` is given. What the row gives beside the text replaces what the text says
    of itself; an empty cell gives nothing.

    Args:
        row: column -> value; None for an empty cell. Text may be bytes in any encoding.
        columns: the user's map, our field -> column.
        origin: the file and the place in it.
        dates: those of the file, looked at; None for a row that stands alone.
        place: where in its file the row stands, and its bytes if it has any.

    Raises:
        UnreadableReportError: if there is no text, or a column holds what its field cannot be.
    """
    found = find_columns(row, columns)
    if not options.as_is:
        row = _put_right(row, found)
    text_column, text = _find_text(row, found["text"], columns, origin, options)
    given = {
        ours: _find_string(row, ours, found[ours], columns, origin)
        for ours in ("title", "url", "outlet", "section")
    }
    name = _find_id(row, found["id"], columns, origin)
    published = (dates or look_at_dates([row], columns)).read(row[column] for column in found["published"])
    byline = _find_byline(row, found["byline"], columns, origin, given["outlet"])
    is_page = has_title = False
    if options.as_is:
        if len(text) > MAX_ARTICLE_CHARS:
            check_length(text, origin)
        article = read_as_is(text, id=None, title=None, published=None, origin=origin)
    else:
        is_page = is_html(text)
        called = (given["title"], given["section"])
        if is_page:
            article = read_html(text, origin, address=given["url"], called=called)
        else:
            article = read_text(text, origin, called=called)
        # The text of JSON lines stays what the contract of `--jsonl` says. A page has printed its headline itself.
        if not options.jsonl and not (is_page and article.frame.headline):
            article, bare = put_under_headline(article, given["title"]), article
            has_title = article is not bare
    frame = replace(
        article.frame,
        headline=given["title"] or article.frame.headline,
        byline=byline or article.frame.byline,
        section=given["section"] or article.frame.section,
        published_how="given" if published else article.frame.published_how,
    )
    if place:
        title_column = _column_of(row, found["title"], given["title"]) if has_title else None
        article = lead_back(article, place, text_column, title_column, is_markup=is_page)
    return replace(
        article,
        id=article.id if name is None else name,
        title=given["title"] or article.title,
        published=published or article.published,
        url=given["url"] or article.url,
        outlet=given["outlet"] or article.outlet,
        frame=frame,
    )


def _put_right(row: Mapping[str, object], found: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
    """A row whose words are put right where they were read in a wrong encoding before they were saved; ids,
    addresses and times stay."""
    names = {name for ours in _IN_WORDS for name in found[ours]}
    mend = mender_of(string for name in names for string in _strings(row[name]))
    return {name: _mend(value, mend) if name in names else value for name, value in row.items()}


def _strings(value: object, depth: int = _MAX_DEPTH) -> Iterator[str]:
    """The strings in a cell: itself, or those in its list or object."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, list | tuple | Mapping):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner, depth - 1)


def _mend(value: object, mend: Callable[[str], str], depth: int = _MAX_DEPTH) -> object:
    if isinstance(value, str):
        return mend(value)
    if depth and isinstance(value, list | tuple):
        return [_mend(inner, mend, depth - 1) for inner in value]
    if depth and isinstance(value, Mapping):
        return {name: _mend(inner, mend, depth - 1) for name, inner in value.items()}
    return value


def look_at_dates(rows: Iterable[Mapping[str, object]], columns: Mapping[str, str]) -> GivenDates:
    """The dates of a file's rows, looked at before they are read, so that it is known whether day or month
    comes first. Of a file whose first rows have no day in numbers, the others are not looked at."""
    dates = GivenDates()
    matters = False
    for number, row in enumerate(rows):
        for column in find_columns(row, columns)["published"]:
            matters |= dates.look_at(row[column])
        if number >= _ROWS_LOOKED_AT and not matters:
            break
    return dates


def check_columns(names: Sequence[str], columns: Mapping[str, str], origin: str) -> None:
    """See that a table's columns fit before any row is read.

    Raises:
        UnreadableReportError: if no column holds the text, or a mapped one is not there.
    """
    if not any(name.strip() for name in names):
        raise UnreadableReportError(
            f"{origin}: the file is empty. Give a table whose first line names the columns."
        )
    found = find_columns(names, columns)
    if not found["text"]:
        raise UnreadableReportError(f"{origin}: {_no_text_column(names, columns)}")
    if missing := [theirs for ours, theirs in columns.items() if not found[ours]]:
        raise UnreadableReportError(
            f"{origin}: no column {_name_columns(missing)} (columns: {_name_columns(names)}). Correct --map."
        )


def _name_columns(names: Iterable[str]) -> str:
    """Columns as a message names them: in quotes, and not all of a thousand."""
    known = list(names)
    shown = [repr(_shorten(name)) for name in known[:_NAMES_SHOWN]]
    more = f" and {len(known) - _NAMES_SHOWN} more" if len(known) > _NAMES_SHOWN else ""
    return (", ".join(shown) or "none") + more


def _no_text_column(names: Iterable[str], columns: Mapping[str, str]) -> str:
    wanted = f"no column {_shorten(columns['text'])!r}" if "text" in columns else "no column of text"
    return f"{wanted} (columns: {_name_columns(names)}). Name the one that holds it: --map text=COLUMN."


def _fold(name: str) -> str:
    return name.strip().lower()


def _find_text(
    row: Mapping[str, object],
    candidates: tuple[str, ...],
    columns: Mapping[str, str],
    origin: str,
    options: ReadOptions,
) -> tuple[str, str]:
    """The first text with something in it, else the first that is a string at all; before it its column."""
    blank: tuple[str, str] | None = None
    unfit: str | None = None
    for column in candidates:
        value = row[column]
        if isinstance(value, bytes):
            value = decode_report(value, f"{origin}, column {column!r}", as_is=options.as_is)
        if isinstance(value, str):
            if value.strip():
                return column, value
            blank = blank or (column, value)
        elif not _is_missing(value):
            unfit = unfit or f"column {_shorten(column)!r} holds {_kind(value)}, not the text of a report"
    if blank is not None:
        return blank
    if unfit:
        raise UnreadableReportError(f"{origin}: {unfit}. Name the one that does: --map text=COLUMN.")
    if candidates:
        raise UnreadableReportError(
            f"{origin}: the text is empty (column {_shorten(candidates[0])!r}). Give the text of a report."
        )
    raise UnreadableReportError(f"{origin}: {_no_text_column(row, columns)}")


def _find_string(
    row: Mapping[str, object], ours: str, candidates: tuple[str, ...], columns: Mapping[str, str], origin: str
) -> str | None:
    for column in candidates:
        value = row[column]
        if ours == "outlet" and isinstance(value, Mapping):
            value = value.get("name")  # schema.org's and most news APIs' way
        if isinstance(value, str) and len(value) <= _MAX_FIELD_CHARS:
            if shown := " ".join(value.split()):
                return shown
        elif not _is_missing(value):
            _refuse_unfit(ours, column, columns, value, origin)
    return None


def _column_of(row: Mapping[str, object], candidates: tuple[str, ...], shown: str | None) -> str | None:
    """The column from which `_find_string` has a string."""
    strings = ((column, row[column]) for column in candidates)
    return next(
        (c for c, value in strings if isinstance(value, str) and " ".join(value.split()) == shown), None
    )


def _find_id(
    row: Mapping[str, object], candidates: tuple[str, ...], columns: Mapping[str, str], origin: str
) -> str | None:
    for column in candidates:
        value = row[column]
        # pandas makes decimal fractions of whole numbers where one is missing.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int | UUID) and not isinstance(value, bool):
            # Python refuses to print integers of more than 4,300 digits.
            value = str(value) if not isinstance(value, int) or value.bit_length() <= 10_000 else value
        if isinstance(value, str) and len(value) <= _MAX_FIELD_CHARS:
            return value
        if not _is_missing(value):
            _refuse_unfit("id", column, columns, value, origin)
    return None


def _find_byline(
    row: Mapping[str, object],
    candidates: tuple[str, ...],
    columns: Mapping[str, str],
    origin: str,
    outlet: str | None,
) -> tuple[str, ...]:
    for column in candidates:
        value = row[column]
        names = _names(value)
        if names is None:
            _refuse_unfit("byline", column, columns, value, origin)
        elif found := clean_authors(names, outlet):
            return found
    return ()


def _names(value: object) -> list[str] | None:
    """Names as rows hold them: a string, a list, an object with a name; None for anything else."""
    if _is_missing(value):
        return []
    values = value if isinstance(value, list | tuple) else [value]
    found: list[str] = []
    for one in values[:100]:
        name = one.get("name") if isinstance(one, Mapping) else one
        if not isinstance(name, str) or len(name) > _MAX_FIELD_CHARS:
            return None
        found.extend(_split_names(" ".join(name.split())))
    return found


def _split_names(names: str) -> list[str]:
    if _LISTED.fullmatch(names):
        return [a or b for a, b in _QUOTED.findall(names)]
    # *Reyes, Ana; Li, Tom*, as library catalogues have it.
    parts = [part.strip() for part in names.split(";")]
    return [_LAST_FIRST.sub(r"\2 \1", part) if _LAST_FIRST.fullmatch(part) else part for part in parts]


def _refuse_unfit(ours: str, column: str, columns: Mapping[str, str], value: object, origin: str) -> None:
    """Raise for a value that a field cannot have, in the column that the user or the documentation names;
    a column that is only usual for a field may well hold something else."""
    if ours in columns or _fold(column) == ours:
        raise UnreadableReportError(
            f"{origin}: column {_shorten(column)!r} holds {_kind(value)}, which is no {ours}. Correct it, or name another: --map {ours}=COLUMN."
        )


def _is_missing(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and value != value)  # NaN


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        return f"{len(value):,} characters"
    return f"a {type(value).__name__}"


def _shorten(name: str) -> str:
    return name if len(name) <= _NAME_CHARS_SHOWN else name[: _NAME_CHARS_SHOWN - 1] + "…"
