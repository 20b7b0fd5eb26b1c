"""The tables of the record, named after the words of DESIGN.md.

Every row that says something of a report carries its evidence: the report and code-point offsets
into `articles.text`, end exclusive, with the quoted words beside them so that the file can be read
in any SQLite browser. Full text, triggers and views are made beside the tables: `full_text.py`, `triggers.py`, `views.py`.

What analysis found is never lost. Who is meant by it is told in one place, `appearances.actor`,
and follows from what was found (`appearances.found`) and from `corrections`; `actors` and
`actor_names` sum up the appearances. Statements and events that people put right stand in their tables as they were put
right, and `amendments` keeps them as they were found.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from onrecord.record.row_ids import NUMBER, ReportId, RowId

# Raised with each change of the tables; a record says which one it was made with.
SCHEMA_VERSION = 10
# A report that was written in this schema or a later one lacks nothing: what came since is not found in reports.
WHOLE_SINCE = 9

metadata = MetaData()
# Ids of appearances, events, statements and times.
_A, _E, _S, _T = (RowId(letter) for letter in "aest")


def _index_of(name: str, column: str) -> Index:
    """An index of the rows that have anything in a column, where many have nothing."""
    there = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=there, postgresql_where=there)


def _index_of_wrong(name: str) -> Index:
    """An index of the rows that somebody has marked wrong."""
    return Index(name, "article", sqlite_where=text("wrong"), postgresql_where=text("wrong"))


articles = Table(
    "articles",
    metadata,
    # Its number in this record, by which rows point at it (`row_ids.py`); shown to nobody.
    Column("serial", NUMBER, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("headline", Text),
    Column("published", String),
    Column("outlet", String),
    Column("url", String),
    Column("language", String),
    Column("origin", String),
    # The rest of the frame and the furniture, as JSON in the words of the output contract.
    Column("frame", Text, nullable=False),
    Column("furniture", Text, nullable=False),
    # From the text back to the file: {"sha256", "codec", "runs": [[start, end, byte start, byte end], ...]}, of a mail
    # and of a row also "pieces": [[byte start, byte end, transfer encoding, codec], ...], of a row "row": {"file", "number",
    # "line", "column", "cell": [byte start, byte end]}; null where the report was no file and no row of its own.
    Column("source_map", Text),
    # Which model found the statements; null where the report was recorded but not analysed.
    Column("model", String),
    # The report that this one is another version of: same given id, other text.
    Column("version_of", String, ForeignKey("articles.id")),
    # The schema in which its rows were written; an older one lacks what came with later schemas.
    Column("schema", Integer, nullable=False),
    # When it was written into the record first, UTC (2026-03-01T14:05:09.250000Z); null where that was before schema 8.
    Column("recorded", String),
    # Null for another version of a report: the report itself is in the story.
    Column("story", String, ForeignKey("stories.id"), index=True),
    # From its end to its beginning it is the order in which questions are answered.
    Index("articles_by_day", "published", text("id DESC")),
    _index_of("articles_by_version", "version_of"),
    _index_of("articles_by_outlet", "outlet"),
)

# All reports that descend from one: copies and rewrites count once.
stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    # How many reports, and how many of them descend from no other.
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    # Does `events.event` say of its reports what it must? False inside a transaction alone, from a change until its end.
    Column("events_joined", Boolean, nullable=False, server_default=false()),
    Index(
        "stories_to_join",
        "id",
        sqlite_where=text("NOT events_joined"),
        postgresql_where=text("NOT events_joined"),
    ),
)

# One step of descent in a story: from which report a report was made, or which it is likest to.
copies = Table(
    "copies",
    metadata,
    Column("article", String, ForeignKey("articles.id"), primary_key=True),
    Column("of", String, ForeignKey("articles.id"), nullable=False, index=True),
    # verbatim, edited, rewritten or spun.
    Column("kind", String, nullable=False),
    Column("score", Float, nullable=False),
    # Does something tell that `of` came first?
    Column("directed", Boolean, nullable=False),
)

# Every two reports with a common text; `first` before `second` in the order of their ids.
copied_pairs = Table(
    "copied_pairs",
    metadata,
    Column("first", String, ForeignKey("articles.id"), primary_key=True),
    Column("second", String, ForeignKey("articles.id"), primary_key=True, index=True),
    Column("kind", String, nullable=False),
    Column("score", Float, nullable=False),
    # Which of them is the original: first, second or unknown; what tells it, a JSON list.
    Column("original", String, nullable=False),
    Column("why", Text, nullable=False),
    # What their passages sum up to: how many code points of both they share, each counted by how like its passage is, and
    # which blocks of either they touch (`resolution/stories/links.py`), as hexadecimal numbers. Of these stories are told.
    Column("shared", Float, nullable=False, server_default=text("0")),
    Column("covers_first", String, nullable=False, server_default=text("'0'")),
    Column("covers_second", String, nullable=False, server_default=text("'0'")),
    sqlite_with_rowid=False,
)

# The passages that two such reports have in common: code points of either text.
copied_passages = Table(
    "copied_passages",
    metadata,
    Column("first", String, primary_key=True),
    Column("second", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("first_start", Integer, nullable=False),
    Column("first_end", Integer, nullable=False),
    Column("second_start", Integer, nullable=False),
    Column("second_end", Integer, nullable=False),
    Column("likeness", Float, nullable=False),
    ForeignKeyConstraint(["first", "second"], ["copied_pairs.first", "copied_pairs.second"]),
    sqlite_with_rowid=False,
)

# What of a report survives copying, hashed: reports that share a key are compared.
story_keys = Table(
    "story_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("article", ReportId, ForeignKey("articles.serial"), primary_key=True),
    # What all keys of the report count together: beside each of them, since it is asked for with each.
    Column("strength", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Who is meant, over all reports and after corrections; sums up `appearances`.
actors = Table(
    "actors",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("type", String),
    Column("country", String),
    Column("sector", String),
    Index("actors_by_code", "country", "sector"),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("actor", String, ForeignKey("actors.id"), primary_key=True),
    Column("name", String, primary_key=True),
    # Without case, accents and hyphens, for looking up.
    Column("folded", String, nullable=False, index=True),
    # The same from its last letter to its first, for looking up by last words.
    Column("backwards", String, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# An actor of one report, as analysis found it there, and who that is.
appearances = Table(
    "appearances",
    metadata,
    Column("id", _A, primary_key=True, autoincrement=False),
    Column("article", ReportId, ForeignKey("articles.serial"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    # Whom analysis took it for: an id of the registry, or one made from the name and what the report tells of its bearer.
    Column("found", String, nullable=False),
    # Who that is among the bearers of one name on record; as found where the registry knows it.
    Column("linked", String, nullable=False, index=True),
    # Who it is after corrections.
    Column("actor", String, ForeignKey("actors.id"), nullable=False, index=True),
    # A correction says that it is not whom analysis took it for.
    Column("parted", Boolean, nullable=False),
    Column("name", String, nullable=False),
    Column("type", String),
    Column("country", String),
    Column("sector", String),
    # Candidates of the registry with their reasons, JSON in the words of the output contract;
    # null where the report was recorded before there was this column.
    Column("considered", Text),
    # Null for what analysis found. Of mentions that were split off: the appearance to which they belong
    # without corrections, and the ids of the splits, a JSON list.
    Column("base", _A, ForeignKey("appearances.id")),
    Column("trail", Text),
    Index("appearances_by_code", "country", "sector"),
    # All bearers of a name are asked for with each report that names one.
    Index("appearances_by_found", "found", "linked"),
)

appearance_names = Table(
    "appearance_names",
    metadata,
    Column("appearance", _A, ForeignKey("appearances.id"), primary_key=True),
    Column("name", String, primary_key=True),
    # False for a full name that only the registry has.
    Column("printed", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

# Offices of those whom the registry knows, with the dates as far as they are known.
roles = Table(
    "roles",
    metadata,
    Column("id", String, primary_key=True),
    Column("found", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("of", String),
    Column("from_date", String),
    Column("to_date", String),
)

times = Table(
    "times",
    metadata,
    Column("id", _T, primary_key=True, autoincrement=False),
    Column("article", ReportId, ForeignKey("articles.serial"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    # First and last day, both included.
    Column("from_date", String, index=True),
    Column("to_date", String),
    Column("kind", String, nullable=False),
    Column("mod", String),
    UniqueConstraint("article", "number"),
)

statements = Table(
    "statements",
    metadata,
    Column("id", _S, primary_key=True, autoincrement=False),
    Column("article", ReportId, ForeignKey("articles.serial"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("source_text", Text),
    Column("source_actor", _A, ForeignKey("appearances.id"), index=True),
    # Codes of the source's words where they mean nobody by name (*two officials*); null before schema 5.
    Column("source_country", String),
    Column("source_sector", String),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("cue_text", Text),
    # The pieces of the content joined by " … "; `contents` has their places.
    Column("content_text", Text, nullable=False),
    Column("quotation", String, nullable=False),
    Column("attitude", String, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("kind", String, nullable=False, index=True),
    Column("addressee", _A, ForeignKey("appearances.id")),
    Column("date", String),
    # The words that tell when it was said.
    Column("time", _T, ForeignKey("times.id")),
    Column("confidence", Float, nullable=False),
    Column("within", _S, ForeignKey("statements.id")),
    # Somebody has said that it is none: it answers no question.
    Column("wrong", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("article", "number"),
    _index_of_wrong("statements_wrong"),
    _index_of("statements_by_addressee", "addressee"),
    # Of coded words alone: most sources have a name, or nothing to go by.
    _index_of("statements_by_source_country", "source_country"),
    _index_of("statements_by_source_sector", "source_sector"),
)

contents = Table(
    "contents",
    metadata,
    Column("statement", _S, ForeignKey("statements.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Whom a statement is about.
subjects = Table(
    "subjects",
    metadata,
    Column("statement", _S, ForeignKey("statements.id"), primary_key=True),
    Column("actor", _A, ForeignKey("appearances.id"), primary_key=True),
    Index("subjects_by_actor", "actor"),
    sqlite_with_rowid=False,
)

mentions = Table(
    "mentions",
    metadata,
    Column("article", ReportId, ForeignKey("articles.serial"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("type", String),
    Column("form", String, nullable=False),
    Column("actor", _A, ForeignKey("appearances.id")),
    _index_of("mentions_by_actor", "actor"),
    sqlite_with_rowid=False,
)

places = Table(
    "places",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("geonames", Integer),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("country", String),
    Column("region", String),
    Column("kind", String),
)

place_mentions = Table(
    "place_mentions",
    metadata,
    Column("article", ReportId, ForeignKey("articles.serial"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("place", String, ForeignKey("places.id"), nullable=False, index=True),
    # Null where a caption alone names it: captions are not in the text.
    Column("start", Integer),
    Column("end", Integer),
    Column("text", Text),
    Column("confidence", Float),
    sqlite_with_rowid=False,
)

# Who did what to whom (PLOVER 2.0), as the report tells it; a row a telling.
events = Table(
    "events",
    metadata,
    Column("id", _E, primary_key=True, autoincrement=False),
    Column("article", ReportId, ForeignKey("articles.serial"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("type", String, nullable=False, index=True),
    # The first of its modes; `event_modes` has all.
    Column("mode", String),
    Column("cameo", String, nullable=False),
    # occurred, ongoing, planned, hypothetical or denied: only the first two have come about.
    Column("status", String, nullable=False, index=True),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("trigger_text", Text, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("place", String, ForeignKey("places.id")),
    # First and last day, both included; the words that tell them.
    Column("from_date", String, index=True),
    Column("to_date", String),
    Column("time_start", Integer),
    Column("time_end", Integer),
    Column("time_text", Text),
    # How many: at least, at most (null where the text sets no bound), whether about; the words that tell it.
    *(
        Column(f"{what}_{part}", type_)
        for what in ("dead", "injured", "crowd")
        for part, type_ in (
            # Crowds of the world and of history are more than 32 bits count.
            ("low", BigInteger),
            ("high", BigInteger),
            ("about", Boolean),
            ("start", Integer),
            ("end", Integer),
            ("text", Text),
        )
    ),
    Column("mutual", Boolean, nullable=False),
    # On whose word; null where the reporter tells it.
    Column("reported_by", _S, ForeignKey("statements.id")),
    # The first event of the report that this one tells again.
    Column("same_as", _E, ForeignKey("events.id")),
    # Which event it tells: the first telling of it among all reports of the story, itself for that one. No foreign key, as
    # that first telling may go away with its report before the others are joined anew.
    Column("event", _E, nullable=False, index=True),
    Column("confidence", Float, nullable=False),
    # Somebody has said that it is none: it answers no question.
    Column("wrong", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("article", "number"),
    _index_of_wrong("events_wrong"),
    # Of later tellings alone: first ones are most rows, and no way to find an event.
    _index_of("events_told_again", "same_as"),
    _index_of("events_by_place", "place"),
    _index_of("events_by_teller", "reported_by"),
)

# Who takes part in an event.
event_parties = Table(
    "event_parties",
    metadata,
    Column("event", _E, ForeignKey("events.id"), primary_key=True),
    # actor or recipient.
    Column("role", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("actor", _A, ForeignKey("appearances.id")),
    # Codes of the words where they mean nobody by name (*Kazakh riot police*).
    Column("country", String),
    Column("sector", String),
    _index_of("parties_by_actor", "actor"),
    _index_of("parties_by_country", "country"),
    _index_of("parties_by_sector", "sector"),
    sqlite_with_rowid=False,
)

event_modes = Table(
    "event_modes",
    metadata,
    Column("event", _E, ForeignKey("events.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("mode", String, nullable=False, index=True),
    sqlite_with_rowid=False,
)

event_contexts = Table(
    "event_contexts",
    metadata,
    Column("event", _E, ForeignKey("events.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("context", String, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# The words that tell where.
event_places = Table(
    "event_places",
    metadata,
    Column("event", _E, ForeignKey("events.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What people have put right of who is who, in the order in which they did; never mixed with what was found.
corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("time", String, nullable=False),
    Column("what", String, nullable=False),
    Column("actor", String, nullable=False),
    # merge: who goes by `actor` from now on. split: the new actor.
    Column("other", String),
    # split: ids of the reports in which it is the new actor, a JSON list.
    Column("reports", Text),
    # split: mentions that are the new actor, a JSON list of [id of the report, start].
    Column("mentions", Text),
    # rename: the name.
    Column("name", String),
    # The words that were typed.
    Column("command", Text, nullable=False),
    # Who made it; null where that is not known.
    Column("who", String),
)

# What people have put right of statements and events, in the order in which they did. A row is what was found and then what
# the amendments of it say, one behind the other.
amendments = Table(
    "amendments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("time", String, nullable=False),
    # Who made it; null where that is not known.
    Column("who", String),
    # wrong: it is none. fix: some of it is otherwise.
    Column("what", String, nullable=False),
    # statement or event.
    Column("of", String, nullable=False),
    # The id of the report. No foreign key: one that comes from another record holds once its report is read.
    Column("report", String, nullable=False, index=True),
    # Which row it is about; both null where what it speaks of is not found in the report, or the report is not there.
    Column("statement", _S, ForeignKey("statements.id")),
    Column("event", _E, ForeignKey("events.id")),
    # As it was found, JSON in the words of the output contract, with the words of the text: by it it is known again, and put back.
    Column("found", Text, nullable=False),
    # What is said instead, JSON in the same words; null where it is wrong.
    Column("said", Text),
    # Other rows of the report that had to follow, as they were found: JSON, {"e3": {"reported_by": "s2"}}; null if there are none.
    Column("moved", Text),
    # The words that were typed.
    Column("command", Text, nullable=False),
    _index_of("amendments_by_statement", "statement"),
    _index_of("amendments_by_event", "event"),
)

# Questions that somebody keeps, to be told of what is new.
watches = Table(
    "watches",
    metadata,
    # By chance, so that nobody guesses it.
    Column("id", String, primary_key=True),
    Column("who", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    # What is asked for: said, events, search ...
    Column("of", String, nullable=False),
    # The fields of the question, JSON.
    Column("asked", Text, nullable=False),
    Column("made", String, nullable=False),
    # Until which moment it was looked at; null where it never was.
    Column("seen", String),
    # The number of the newest report that was on record then, or when it was made: reports with a greater one are new.
    Column("newest", NUMBER, nullable=False),
    # By chance too: the secret part of the address of its feed.
    Column("feed", String, nullable=False, unique=True),
)

# PostgreSQL orders texts as its language does unless it is told to do it by code points, as SQLite does.
for _table in metadata.tables.values():
    for _column in _table.columns:
        if isinstance(_column.type, String):
            _column.type = _column.type.with_variant(type(_column.type)(collation="C"), "postgresql")
