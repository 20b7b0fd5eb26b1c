"""Rows -> articles: maps, usual names, given dates, wrong types."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError, UsageError
from onrecord.reading.columns import KNOWN_COLUMNS, check_columns, find_columns, parse_map, row_to_article
from onrecord.reading.given_dates import GivenDates, read_given_date
from onrecord.reading.options import ReadOptions

TEXT = "The mayor of Velm shut the harbour on Monday, and said that it would stay shut until the spring."
PAGE = f"<html><head><title>Page of Velm</title></head><body><article><h1>Harbour of Velm shut</h1><p>{TEXT}</p><p>“We will pay,” she said at the town hall, where the union had waited for her since noon.</p></article></body></html>"


def read(row: dict[str, object], columns: dict[str, str] | None = None, *, as_is: bool = False) -> Article:
    columns = columns or {}
    return row_to_article(row, columns, "rows, line 3", ReadOptions(as_is=as_is, columns=columns))


# The map


def test_map_is_read():
    assert parse_map("text=Story Body, published = date") == {"text": "Story Body", "published": "date"}


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param("body=text", "'body' is no field", id="unknown field"),
        pytest.param("language=lang", "'language' is no field", id="language is not given"),
        pytest.param("text", "'text' has no =", id="no equals sign"),
        pytest.param("text=", "'text' is given no column", id="no column"),
        pytest.param("text=a,text=b", "'text' stands twice", id="twice"),
        pytest.param("", "empty", id="nothing"),
        pytest.param("text=a,,title=b", "empty", id="empty piece"),
    ],
)
def test_fault_in_map_is_named(words: str, fault: str):
    with pytest.raises(UsageError, match=fault):
        parse_map(words)


def test_all_faults_of_a_map_are_named_at_once():
    with pytest.raises(UsageError) as caught:
        parse_map("body=text,title,url=a,url=b")

    assert all(part in str(caught.value) for part in ("'body'", "'title'", "'url'"))


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_map_is_read_or_refused(words: str):
    try:
        columns = parse_map(words)
    except UsageError:
        columns = {}
    assert columns.keys() <= KNOWN_COLUMNS.keys()


# Columns


@pytest.mark.parametrize("name", KNOWN_COLUMNS["text"])
@pytest.mark.parametrize("written", [str.lower, str.upper, str.title])
def test_text_is_found_under_its_usual_names(name: str, written):
    assert read({written(name): TEXT}).text == TEXT


@pytest.mark.parametrize("name", KNOWN_COLUMNS["published"])
def test_day_is_found_under_its_usual_names(name: str):
    article = read({"text": TEXT, name: "7 January 2022"})

    assert (article.published, article.frame.published_how) == ("2022-01-07", "given")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        (name, ours)
        for ours in ("title", "outlet", "url", "section", "id")
        for name in KNOWN_COLUMNS[ours]
        if ours != "section"
    ],
)
def test_other_fields_are_found_under_their_usual_names(name: str, ours: str):
    assert getattr(read({"text": TEXT, name: "Given Words"}), ours) == "Given Words"


def test_section_and_byline_go_into_the_frame():
    frame = read({"text": TEXT, "section": "Harbours", "author": "By Ana Reyes and Tom Li"}).frame

    assert (frame.section, frame.byline) == ("Harbours", ("Ana Reyes", "Tom Li"))


def test_map_wins_over_usual_names():
    assert read({"text": "Not this one.", "Story": TEXT}, {"text": "story"}).text == TEXT


def test_mapped_column_is_not_taken_for_another_field():
    article = read({"title": TEXT, "body": "Not this one."}, {"text": "title"}, as_is=True)

    assert (article.text, article.title) == (TEXT, None)


def test_name_in_the_same_letters_is_preferred():
    assert find_columns(["Text", "text"], {})["text"] == ("text",)


def test_first_column_with_something_in_it_is_taken():
    assert read({"text": None, "body": "", "content": TEXT}).text == TEXT


def test_given_title_replaces_the_guess():
    article = read({"text": f"Harbour shut\n\n{TEXT}", "title": "  Velm's harbour\n shut "})

    assert article.title == article.frame.headline == "Velm's harbour shut"


def test_given_title_is_the_first_paragraph_of_the_text():
    article = read({"text": f"{TEXT}\n\nRead more", "title": "Velm's harbour shut"})

    assert article.text == f"Velm's harbour shut\n\n{TEXT}"
    assert all(f.before == len(article.text) for f in article.furniture)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (f"Velm's harbour shut\n\n{TEXT}", ReadOptions()),
        (TEXT, ReadOptions(as_is=True)),
        (TEXT, ReadOptions(jsonl=True)),
    ],
    ids=["it stands there", "as is", "JSON lines"],
)
def test_given_title_is_not_put_before_the_text(text: str, options: ReadOptions):
    row = {"text": text, "title": "Velm's harbour shut"}

    assert row_to_article(row, {}, "rows, line 3", options).text == text


def test_page_keeps_its_own_headline():
    article = read({"content": PAGE, "title": "Page of Velm"})

    assert article.text.startswith("Harbour of Velm shut\n\n")


def test_page_is_read_as_a_page():
    article = read({"content": PAGE, "url": "http://echo.example/1"})

    assert article.frame.headline == "Harbour of Velm shut"
    assert "<p>" not in article.text
    assert article.url == "http://echo.example/1"


def test_text_as_bytes_is_decoded():
    assert "“We will pay,”" in read({"content": PAGE.encode("cp1252")}).text


@pytest.mark.parametrize("text", [PAGE, f"  {TEXT}\r\n\r\nread more", "\n"])
def test_as_is_text_is_untouched(text: str):
    assert read({"text": text, "title": "T"}, as_is=True).text == text


def test_article_knows_its_row():
    assert read({"text": TEXT}).origin == "rows, line 3"


# Types


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a 1", "a 1"),
        (7, "7"),
        (7.0, "7"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_id_is_kept(value: object, expected: str):
    assert read({"id": value, "text": TEXT}).id == expected


@pytest.mark.parametrize("value", [None, float("nan")])
def test_missing_id_comes_from_the_content(value: object):
    assert read({"id": value, "text": TEXT}).id == read({"text": TEXT}).id


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param("Ana Reyes", ("Ana Reyes",), id="one"),
        pytest.param(["Ana Reyes", "Tom Li"], ("Ana Reyes", "Tom Li"), id="a list"),
        pytest.param({"name": "Ana Reyes"}, ("Ana Reyes",), id="an object"),
        pytest.param([{"name": "Ana Reyes"}], ("Ana Reyes",), id="objects"),
        pytest.param("['Ana Reyes', \"Tom O'Hara\"]", ("Ana Reyes", "Tom O'Hara"), id="a list in a cell"),
        pytest.param("Reyes, Ana; Li, Tom", ("Ana Reyes", "Tom Li"), id="surname first"),
        pytest.param("", (), id="empty"),
        pytest.param("[]", (), id="an empty list in a cell"),
    ],
)
def test_names_are_found_in_what_columns_hold(value: object, names: tuple[str, ...]):
    assert read({"text": TEXT, "authors": value}).frame.byline == names


def test_outlet_is_the_name_in_an_object():
    assert read({"text": TEXT, "source": {"id": None, "name": "The Velm Echo"}}).outlet == "The Velm Echo"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"id": "a"}, id="no text"),
        pytest.param({"text": None}, id="null"),
        pytest.param({"text": ""}, id="empty"),
        pytest.param({"text": 5}, id="number"),
        pytest.param({"text": [TEXT]}, id="list"),
        pytest.param({"text": TEXT, "title": 5}, id="title is a number"),
        pytest.param({"text": TEXT, "url": ["http://echo.example/"]}, id="address is a list"),
        pytest.param({"text": TEXT, "id": True}, id="id is a truth value"),
        pytest.param({"text": TEXT, "id": 10**5000}, id="id is a huge number"),
        pytest.param({"text": TEXT, "byline": 5}, id="byline is a number"),
        pytest.param({"text": TEXT, "title": "long " * 2_000}, id="title is a text"),
        pytest.param({"text": b"\x00\x01\x02" * 40}, id="binary"),
        pytest.param({"text": "... 12"}, id="no words"),
        pytest.param({"text": "The mayor said. " * 60_000}, id="too long"),
    ],
)
def test_row_that_is_no_report_is_named(row: dict[str, object]):
    with pytest.raises(UnreadableReportError, match=r"\Arows, line 3\b.*[.)]\Z") as caught:
        read(row)

    assert "\n" not in str(caught.value)


def test_too_long_a_text_is_refused_as_is_too():
    with pytest.raises(UnreadableReportError, match="more than one report"):
        read({"text": "The mayor said. " * 60_000}, as_is=True)


@pytest.mark.parametrize(
    "row", [{"source": 5}, {"author": 5}, {"headline": [1]}, {"guid": {}}, {"link": 1.5}]
)
def test_usual_name_that_holds_something_else_does_no_harm(row: dict[str, object]):
    assert read({"text": TEXT} | row).text == TEXT


def test_column_that_only_the_map_names_must_fit():
    with pytest.raises(UnreadableReportError, match="--map outlet="):
        read({"text": TEXT, "paper": 5}, {"outlet": "paper"})


def test_missing_column_is_named_with_those_that_there_are():
    with pytest.raises(UnreadableReportError, match=r"no column 'story'.*'a', 'b'.*--map text="):
        read({"a": TEXT, "b": 1}, {"text": "story"})


def test_table_without_mapped_columns_is_refused_at_once():
    with pytest.raises(UnreadableReportError, match="'kicker', 'paper'"):
        check_columns(["text", "date"], {"title": "kicker", "outlet": "paper"}, "a.csv")


# Dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2022-01-07", "2022-01-07", id="ISO day"),
        pytest.param("2022-01-07T09:30:00+05:30", "2022-01-07T09:30:00+05:30", id="ISO time"),
        pytest.param("2022-01-07T09:30:00Z", "2022-01-07T09:30:00Z", id="ISO time in UTC stays as it is"),
        pytest.param("1851-09-18", "1851-09-18", id="old ISO day"),
        pytest.param("2022-01-07 09:30:00", "2022-01-07T09:30:00", id="as databases write"),
        pytest.param("Fri, 07 Jan 2022 09:30:00 +0100", "2022-01-07T09:30:00+01:00", id="as mails have it"),
        pytest.param(" January 7, 2022 ", "2022-01-07", id="as people write"),
        pytest.param("20220107", "2022-01-07", id="compact"),
        pytest.param(20220107, "2022-01-07", id="compact number"),
        pytest.param("20220107093000", "2022-01-07T09:30:00", id="compact time"),
        pytest.param(1641547800, "2022-01-07T09:30:00+00:00", id="seconds"),
        pytest.param(1641547800000, "2022-01-07T09:30:00+00:00", id="milliseconds"),
        pytest.param("1641547800.5", "2022-01-07T09:30:00+00:00", id="seconds as text"),
        pytest.param(date(2022, 1, 7), "2022-01-07", id="date"),
        pytest.param(datetime(2022, 1, 7, 9, 30, tzinfo=UTC), "2022-01-07T09:30:00+00:00", id="time"),
        pytest.param("2022/01/07", "2022-01-07", id="year first, slashes"),
        pytest.param("2022/01/07 09:30", "2022-01-07T09:30:00", id="year first with a time"),
        pytest.param("7-Jan-2022", "2022-01-07", id="hyphens and a name"),
        pytest.param("Fri Jan 07 18:23:04 +0000 2022", "2022-01-07T18:23:04+00:00", id="year last"),
        pytest.param("Fri Jan  7 18:23:04 2022", "2022-01-07T18:23:04", id="as C writes"),
        pytest.param("07.01.2022", "2022-01-07", id="full stops"),
        pytest.param("13/01/2022", "2022-01-13", id="no month 13"),
        pytest.param("01-13-2022", "2022-01-13", id="no month 13 either"),
        pytest.param("07/07/2022", "2022-07-07", id="the same either way"),
        pytest.param("01/07/2022", None, id="January or July"),
        pytest.param("01-07-2022 10:30 PM", None, id="January or July at night"),
        pytest.param("41/01/2022", None, id="no such day in numbers"),
        pytest.param("last Friday", None, id="words"),
        pytest.param("2022-13-41", None, id="no such day"),
        pytest.param("20221341", None, id="no such compact day"),
        pytest.param("0001-01-01", None, id="a database's unknown"),
        pytest.param(0, None, id="zero"),
        pytest.param(float("nan"), None, id="not a number"),
        pytest.param(float("inf"), None, id="infinite"),
        pytest.param(True, None, id="true"),
        pytest.param(None, None, id="null"),
        pytest.param({"$date": 1}, None, id="object"),
        pytest.param("٢٠٢٢٠١٠٧", None, id="Arabic digits"),
    ],
)
def test_given_date_is_read(value: object, expected: str | None):
    assert read_given_date(value) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param(["13/01/2022"], "2022-07-01", id="day first"),
        pytest.param(["1/13/2022 09:00"], "2022-01-07", id="month first"),
        pytest.param(["13-01-2022", "2022-02-03", None, 5], "2022-07-01", id="day first with hyphens"),
        pytest.param(["02/03/2022"], None, id="neither"),
        pytest.param(["13/01/2022", "01/13/2022"], None, id="both"),
        pytest.param(["41/01/2022"], None, id="no day"),
    ],
)
def test_order_of_day_and_month_is_that_of_the_file(others: list[object], expected: str | None):
    dates = GivenDates()
    for value in [*others, "01/07/2022"]:
        dates.look_at(value)

    assert dates.read(["01/07/2022"]) == expected


def test_days_that_are_not_read_are_counted_once_a_file(caplog: pytest.LogCaptureFixture):
    dates = GivenDates()
    for value in ("01/07/2022", "02/07/2022", "soon", "", None, float("nan"), "2022-01-07"):
        dates.read([value])
    dates.tell("a.csv")

    assert [r.message.partition(" read, ")[0] for r in caplog.records] == [
        "a.csv: 2 days of publication are not",
        "a.csv: a day of publication is not",
    ]
    assert "'01/07/2022'" in caplog.text
    assert "'soon'" in caplog.text


def test_file_of_read_days_is_not_spoken_of(caplog: pytest.LogCaptureFixture):
    dates = GivenDates()
    dates.read(["2022-01-07"])
    dates.read([None])
    dates.tell("a.csv")

    assert not caplog.records


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from("/-"), st.booleans())
@settings(max_examples=100, deadline=None)
def test_day_in_numbers_is_read_in_the_order_that_is_known(day: date, mark: str, is_day_first: bool):
    written = day.strftime(f"%d{mark}%m{mark}%Y" if is_day_first else f"%m{mark}%d{mark}%Y")
    assert read_given_date(written, is_day_first=is_day_first) == day.isoformat()


def test_no_date_is_no_error():
    article = read({"text": TEXT, "published": "soon"})

    assert (article.published, article.frame.published_how) == (None, None)


def test_first_column_with_a_date_in_it_is_taken():
    assert read({"text": TEXT, "date": "unknown", "timestamp": 1641547800}).published is not None


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.datetimes(), st.none()))
@settings(max_examples=200, deadline=None)
def test_any_value_gives_an_iso_date_or_none(value: object):
    found = read_given_date(value)
    assert found is None or datetime.fromisoformat(found)


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.binary(max_size=20)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.one_of(
    st.sampled_from([n for names in KNOWN_COLUMNS.values() for n in names]), st.text(max_size=6)
)


@given(st.dictionaries(NAMES, VALUES, max_size=6), st.dictionaries(st.sampled_from(list(KNOWN_COLUMNS)), NAMES, max_size=2), st.booleans())  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_row_gives_an_article_or_one_clear_error(
    row: dict[str, object], columns: dict[str, str], as_is: bool
):
    try:
        origin = read(row, columns, as_is=as_is).origin
    except UnreadableReportError as error:
        origin = str(error)[: len("rows, line 3")]
    assert origin == "rows, line 3"
