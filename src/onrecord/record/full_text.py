"""Full-text search over statements and articles: words as a person types them -> a condition, on SQLite and PostgreSQL alike.

SQLite keeps FTS5 indexes, in step by triggers; PostgreSQL indexes over what `onrecord_words` makes of a text. Both take the same
words: letters and digits, without case and accents; everything else only parts them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, literal_column, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType, TypeEngine

from onrecord.errors import UsageError
from onrecord.record.schema import articles, statements

_OPERATORS: Final = ("AND", "OR", "NOT")
# Of a text so many characters are searched on PostgreSQL, which takes a mebibyte of words: four bytes a character at most.
_SEARCHED: Final = 250_000
# PostgreSQL leaves out words of so many bytes, and takes no question with one.
_LONGEST_WORD: Final = 2_046

_SQLITE: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS statements_text USING fts5("
    "content_text, source_text, content='statements', content_rowid='rowid', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER IF NOT EXISTS statements_inserted AFTER INSERT ON statements BEGIN "
    "INSERT INTO statements_text(rowid, content_text, source_text) "
    "VALUES (new.rowid, new.content_text, new.source_text); END",
    "CREATE TRIGGER IF NOT EXISTS statements_deleted AFTER DELETE ON statements BEGIN "
    "INSERT INTO statements_text(statements_text, rowid, content_text, source_text) "
    "VALUES ('delete', old.rowid, old.content_text, old.source_text); END",
    "CREATE TRIGGER IF NOT EXISTS statements_updated AFTER UPDATE OF content_text, source_text ON statements BEGIN "
    "INSERT INTO statements_text(statements_text, rowid, content_text, source_text) "
    "VALUES ('delete', old.rowid, old.content_text, old.source_text); "
    "INSERT INTO statements_text(rowid, content_text, source_text) "
    "VALUES (new.rowid, new.content_text, new.source_text); END",
    "CREATE VIRTUAL TABLE IF NOT EXISTS articles_text USING fts5("
    "headline, text, content='articles', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER IF NOT EXISTS articles_inserted AFTER INSERT ON articles BEGIN "
    "INSERT INTO articles_text(rowid, headline, text) VALUES (new.rowid, new.headline, new.text); END",
    "CREATE TRIGGER IF NOT EXISTS articles_deleted AFTER DELETE ON articles BEGIN "
    "INSERT INTO articles_text(articles_text, rowid, headline, text) "
    "VALUES ('delete', old.rowid, old.headline, old.text); END",
    "CREATE TRIGGER IF NOT EXISTS articles_updated AFTER UPDATE OF headline, text ON articles BEGIN "
    "INSERT INTO articles_text(articles_text, rowid, headline, text) "
    "VALUES ('delete', old.rowid, old.headline, old.text); "
    "INSERT INTO articles_text(rowid, headline, text) VALUES (new.rowid, new.headline, new.text); END",
)
# Tell the indexes of SQLite anew from the tables that they are of.
SQLITE_REBUILT: Final = tuple(
    f"INSERT INTO {name}({name}) VALUES ('rebuild')"  # nosec B608  # names of ours
    for name in ("statements_text", "articles_text")
)
# Signs that count as digits for FTS5, and part words for PostgreSQL: there each stands for a letter of the Yi.
_NUMBERS: Final = "".join(
    chr(sign)
    for first, last in (
        (0xB2, 0xB3),
        (0xB9, 0xB9),
        (0xBC, 0xBE),
        (0x2070, 0x2070),
        (0x2074, 0x2079),
        (0x2080, 0x2089),
        (0x2150, 0x2182),
        (0x2185, 0x2189),
        (0x2460, 0x249B),
        (0x24EA, 0x24FF),
        (0x2776, 0x2793),
        (0x20BA, 0x20C0),
    )
    for sign in range(first, last + 1)
)
_LETTERS: Final = "".join(chr(0xA000 + n) for n in range(len(_NUMBERS)))
# A capital sigma is a small one also at the end of a word.
_AS_LETTERS: Final = str.maketrans(_NUMBERS + "Σ", _LETTERS + "σ")
# FTS5 takes accents off these letters alone.
_ACCENTED: Final = re.compile("([A-Za-z])[\u0300-\u036f]+")
# What is no letter and no digit parts words. Most texts have no letters but those of ASCII, beside these signs: their words are found
# a third as dearly by what knows no others.
_SIGNS: Final = "’‘“”–—…\u00a0"
_POSTGRESQL: Final = (
    f"""CREATE OR REPLACE FUNCTION onrecord_words(told text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE plain text := translate(left(told, {_SEARCHED}), '{_SIGNS}', '{" " * len(_SIGNS)}');
    BEGIN IF octet_length(plain) = char_length(plain) THEN RETURN to_tsvector('simple'::regconfig,
        regexp_replace(lower(plain COLLATE "C"), '[^a-z0-9]+', ' ', 'g')); END IF;
    RETURN to_tsvector('simple'::regconfig, regexp_replace(lower(left(normalize(regexp_replace(
        normalize(translate(left(told, {_SEARCHED}), '{_NUMBERS}Σ', '{_LETTERS}σ'), NFD),
        '([A-Za-z])[\\u0300-\\u036f]+', '\\1', 'g'), NFC), {_SEARCHED}) COLLATE "und-x-icu"), '[^[:alnum:]]+', ' ', 'g')); END $$""",
    "CREATE INDEX IF NOT EXISTS statements_content_words ON statements USING gin (onrecord_words(content_text))",
    "CREATE INDEX IF NOT EXISTS statements_source_words ON statements USING gin (onrecord_words(source_text))",
    "CREATE INDEX IF NOT EXISTS articles_words ON articles USING gin "
    "(onrecord_words(coalesce(headline, '') || ' ' || text))",
)


@dataclass(frozen=True, slots=True)
class _Term:
    """Words that stand one behind the other; the last one may be the beginning of a word alone."""

    words: str
    is_beginning: bool


_Part = _Term | str
_EVERYWHERE: Final = 200_000


def statements_with(words: str) -> ColumnElement[bool]:
    """Do the contents of a statement hold the words? `words`: words, *"a phrase"*, `word*`, AND, OR, NOT.

    Any words are a question: `check_match` says which of them can't be meant as they are put.
    """
    return _holds("statements_text", "content_text", statements, statements.c.content_text, words)


def statement_with(words: str) -> ColumnElement[bool]:
    """The same as `statements_with`, asked of one statement after the other: for words that very many hold."""
    return _holds(
        "statements_text", "content_text", statements, statements.c.content_text, words, _MatchesRow
    )


def statements_among(words: str) -> ColumnElement[bool]:
    """The same as `statements_with`, for a question that goes through statements in an order of its own: which ones hold the words is found
    out first, and seen of each."""
    return _holds(
        "statements_text", "content_text", statements, statements.c.content_text, words, _MatchesAmong
    )


def are_everywhere(connection: Connection, words: str) -> bool:
    """Do so many statements hold the words that it takes longer to tell which ones than to ask some, `statement_with`?

    PostgreSQL finds that out by itself.
    """
    if connection.dialect.name != "sqlite":
        return False
    some = "SELECT rowid FROM statements_text WHERE statements_text MATCH :words LIMIT :most"
    asked = {"words": f"{{content_text}} : ({fts5_query(words)})", "most": _EVERYWHERE}
    number = connection.execute(text(f"SELECT count(*) FROM ({some})"), asked).scalar_one()  # nosec B608  # words of ours
    return int(number) >= _EVERYWHERE


def sources_with(words: str) -> ColumnElement[bool]:
    """Do the words of the source of a statement hold the words? See `statements_with`."""
    return _holds("statements_text", "source_text", statements, statements.c.source_text, words)


def articles_with(words: str) -> ColumnElement[bool]:
    """Does a report hold the words, in its headline or its text? See `statements_with`."""
    both = func.coalesce(articles.c.headline, "").op("||")(literal_column("' '")).op("||")(articles.c.text)
    return _holds("articles_text", "", articles, both, words)


def phrase(words: str) -> str:
    """Words as one phrase of a question, whatever signs are in them; empty where they hold no letter and no digit."""
    bare = words.replace('"', " ")
    return f'"{bare}"' if _folded(bare) else ""


def check_match(words: str) -> None:
    """See that words to match are a question.

    Raises:
        UsageError: for a quotation mark without its other one, for an operator that does not stand between words, and
            where there are no words.
    """
    if words.count('"') % 2:
        raise UsageError(
            f"--match {words}: a quotation mark is not closed. Put the other one behind the phrase."
        )
    bare = re.sub(r'"[^"]*"', "phrase", words.replace("AND NOT", "NOT")).split()
    apart = [at for at, word in enumerate(bare) if word in _OPERATORS]
    if any(at in (0, len(bare) - 1) or at + 1 in apart for at in apart):
        raise UsageError(
            f"--match {words}: AND, OR and NOT stand between words. Give words on both sides, or write them small."
        )
    if not any(sign.isalnum() for sign in words):
        raise UsageError(f"--match {words}: there are no words in it. Give some, or leave --match out.")


def fts5_query(words: str) -> str:
    """A user's words as an FTS5 query: operators and phrases kept, everything else quoted, so that no input is a syntax error.

    >>> fts5_query('land reform* OR "fuel prices"')
    '"land" "reform"* OR "fuel prices"'
    """
    written = (
        part if isinstance(part, str) else f'"{part.words}"' + "*" * part.is_beginning
        for part in _parts(words)
    )
    return " ".join(written) or '""'


def tsquery(words: str) -> str:
    """A user's words as PostgreSQL writes a `tsquery`, with the meaning that FTS5 gives them: words side by side belong
    together, then come NOT, AND and OR.

    >>> tsquery('land reform* OR "fuel prices"')
    "('land' & 'reform':*) | ('fuel' <-> 'prices')"
    """
    written: list[str] = []
    group: list[str] = []
    for part in [*_parts(words), ""]:
        if isinstance(part, _Term):
            group.append(_lexemes(part))
            continue
        written.append(f"({' & '.join(group)})" if len(group) > 1 else f"({group[0]})" if group else "")
        written.append({"AND": "&", "OR": "|", "NOT": "& !"}.get(part, ""))
        group = []
    return re.sub(r"\(\((.*?)\)\)", r"(\1)", " ".join(w for w in written if w)).replace("! (", "!(")


def _lexemes(term: _Term) -> str:
    # Words are cut where none is as long any more: there is no such word, and no such beginning.
    found = [f"'{word.encode()[:_LONGEST_WORD].decode(errors='ignore')}'" for word in _folded(term.words)]
    joined = " <-> ".join(found) + ":*" * term.is_beginning
    return f"({joined})" if len(found) > 1 else joined


def _folded(words: str) -> list[str]:
    """Words without case and accents, as both indexes keep them."""
    bare = unicodedata.normalize("NFD", words.translate(_AS_LETTERS))
    bare = unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", bare)).lower()
    return re.findall(r"[^\W_]+", bare)


def _parts(words: str) -> list[_Part]:
    """Terms and operators; an operator stands between terms, all else is dropped."""
    parts: list[_Part] = []
    for quoted, word in re.findall(r'"([^"]*)"|(\S+)', words):
        if word in _OPERATORS and word:
            # FTS5 knows NOT between two words alone: *land AND NOT reform* is its *land NOT reform*.
            if word == "NOT" and parts and parts[-1] == "AND":
                parts.pop()
            if parts and not isinstance(parts[-1], str):
                parts.append(word)
            continue
        bare = (quoted or word).replace('"', "")
        is_beginning = not quoted and bare.endswith("*")
        if _folded(bare):
            parts.append(_Term(bare.rstrip("*") if is_beginning else bare, is_beginning))
    while parts and isinstance(parts[-1], str):
        parts.pop()
    return parts


class _Matches(GenericFunction[bool]):
    """Of SQLite the full-text table and the table that is asked, the words for FTS5; those for PostgreSQL, and what is searched
    there."""

    name = "onrecord_matches"
    inherit_cache = True
    # Not Boolean: SQLite has none, and what is compared with 1 there is found by no index.
    type: TypeEngine[Any] = NullType()


class _MatchesRow(_Matches):
    """The same, so that SQLite asks it of each row that it has, and looks up none."""

    name = "onrecord_matches_row"
    inherit_cache = True


class _MatchesAmong(_Matches):
    """The same, so that SQLite looks up no row by it."""

    name = "onrecord_matches_among"
    inherit_cache = True


def _holds(
    index: str,
    column: str,
    of: Table,
    searched: ColumnElement[Any],
    words: str,
    matches: type[_Matches] | None = None,
) -> ColumnElement[bool]:
    fts5 = fts5_query(words)
    if column:
        fts5 = f"{{{column}}} : ({fts5})" if fts5 != '""' else fts5
    names: list[ColumnElement[Any]] = [literal_column(index), literal_column(of.name)]
    return (matches or _Matches)(*names, bindparam(None, fts5), bindparam(None, tsquery(words)), searched)


@compiles(_Matches, "sqlite")
def _on_sqlite(element: _Matches, compiler: SQLCompiler, **kw: Any) -> str:
    index, of, words, _, _ = (compiler.process(c, **kw) for c in element.clauses)
    return f"{of}.rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH {words})"  # nosec B608  # compiled by SQLAlchemy


@compiles(_MatchesRow, "sqlite")
def _row_on_sqlite(element: _MatchesRow, compiler: SQLCompiler, **kw: Any) -> str:
    index, of, words, _, _ = (compiler.process(c, **kw) for c in element.clauses)
    return f"EXISTS (SELECT 1 FROM {index} WHERE {index}.rowid = {of}.rowid AND {index} MATCH {words})"  # nosec B608  # compiled by SQLAlchemy


@compiles(_MatchesAmong, "sqlite")
def _among_on_sqlite(element: _MatchesAmong, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{_on_sqlite(element, compiler, **kw)}"


@compiles(_Matches, "postgresql")
def _on_postgresql(element: _Matches, compiler: SQLCompiler, **kw: Any) -> str:
    _, _, _, words, searched = (compiler.process(c, **kw) for c in element.clauses)
    return f"onrecord_words({searched}) @@ CAST({words} AS tsquery)"


def full_text_for(dialect: str) -> tuple[str, ...]:
    """The statements that make the indexes on a database; each changes nothing where it is made already."""
    return _SQLITE if dialect == "sqlite" else _POSTGRESQL
