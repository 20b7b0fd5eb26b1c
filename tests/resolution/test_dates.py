"""Hard expressions with the days that they mean; the expression stands in brackets."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.analysis.times import find_times
from onrecord.article import Article, Dateline, Entry, Frame, Span
from onrecord.resolution.calendar import easter, unit_of
from onrecord.resolution.dates import ResolvedTime, date_article, report_day, resolve_times

WEDNESDAY = "2022-01-12"
Ends = tuple[str | None, str | None]


def resolve(marked: str, published: str | None) -> ResolvedTime:
    """The time that stands in brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = date_article(Article(id="a", text=text, published=published))
    exact = [t for t in found if t.span == Span(start, end)]
    assert exact, [t.span.of(text) for t in found]
    return exact[0]


def ends(time: ResolvedTime) -> Ends:
    return (
        time.first.isoformat() if time.first else None,
        time.last.isoformat() if time.last else None,
    )


def to_ends(written: str) -> Ends:
    """`2022-01-12`, `2021`, `2021-12`, `A/B`; `?` for none."""
    if "/" in written:
        a, b = written.split("/")
        return (None if a == "?" else a, None if b == "?" else b)
    if written == "?":
        return (None, None)
    if len(written) == 4:
        return (f"{written}-01-01", f"{written}-12-31")
    if len(written) == 7:
        month = unit_of("month", date.fromisoformat(f"{written}-01"))
        assert month.first
        assert month.last
        return (month.first.isoformat(), month.last.isoformat())
    return (written, written)


# Published on Wednesday, 12 January 2022.
CASES = [
    # days by name
    ("She was born on [Jan. 7, 2019], a Monday.", "2019-01-07"),
    ("She was born on [7 January 2019].", "2019-01-07"),
    ("She was born on [January 7th, 2019].", "2019-01-07"),
    ("She was born on [the 7th of January 2019].", "2019-01-07"),
    ("It opened on [Monday, January 7, 2019].", "2019-01-07"),
    ("It opened on [Sat. Jan. 8 2022] to crowds.", "2022-01-08"),
    ("It opened on [2019-01-07] to crowds.", "2019-01-07"),
    ("Filed [25/12/2021 at noon].", "2021-12-25"),
    ("Filed [12/25/2021 at noon].", "2021-12-25"),
    ("Filed [7.1.2022] in Berlin.", "2022-01-07"),
    ("Filed [01/11/2022] in Boston.", "2022-01-11"),
    ("Filed [07/01/2022] in London.", "2022-01-07"),
    ("Filed [05/04/2015] somewhere.", "?"),
    ("Filed [12/25/89] in Boston.", "1989-12-25"),
    ("Filed [12-25-2021] in Boston.", "2021-12-25"),
    ("Filed [12-25-89] in Boston.", "1989-12-25"),
    ("The port closed on [Jan. 7].", "2022-01-07"),
    ("The port closed on [Dec. 30].", "2021-12-30"),
    ("The port will open on [Jan. 20].", "2022-01-20"),
    ("The port will open on [Dec. 30].", "2022-12-30"),
    ("The vote is due on [March 4].", "2022-03-04"),
    ("The strike of [Oct. 3] is over.", "2021-10-03"),
    ("It closed on [Feb. 29].", "2020-02-29"),
    ("It closed on [Feb. 30, 2019].", "?"),
    ("They met on [Jan. 3-5].", "2022-01-03/2022-01-05"),
    ("They met on [3-5 January 2020].", "2020-01-03/2020-01-05"),
    ("They met on [Jan. 4 and 5].", "2022-01-04/2022-01-05"),
    ("The towers fell on [9/11], he said.", "2001-09-11"),
    ("He lost a son in the [Sept. 11] attacks.", "2001-09-11"),
    ("The shop opened on [Sept. 11].", "2021-09-11"),
    ("It happened on [June 5 last year].", "2021-06-05"),
    ("The deal was signed on [the 10th].", "2022-01-10"),
    # days of the week
    ("He resigned on [Monday].", "2022-01-10"),
    ("He resigned on [Wednesday].", "2022-01-12"),
    ("He resigned on [Thursday].", "2022-01-06"),
    ("He will resign on [Thursday].", "2022-01-13"),
    ("He is expected to resign on [Monday].", "2022-01-17"),
    ("He resigned [last Monday].", "2022-01-10"),
    ("He resigned [last Wednesday].", "2022-01-05"),
    ("Talks start [next Thursday].", "2022-01-20"),
    ("Talks start [next Monday].", "2022-01-17"),
    ("Talks start [this Friday].", "2022-01-14"),
    ("Talks ended [this past Friday].", "2022-01-07"),
    ("He resigned [early Friday].", "2022-01-07"),
    ("He resigned on [Friday night].", "2022-01-07"),
    ("He resigned late on [Friday].", "2022-01-07"),
    ("He resigned on [Friday] and will speak on Thursday.", "2022-01-07"),
    ("He resigned on Friday and will speak on [Thursday].", "2022-01-13"),
    ("He told reporters on [Friday] that talks would go on.", "2022-01-07"),
    ("[Thursday]'s talks will be the last.", "2022-01-13"),
    ("He left on [Thursday of last week].", "2022-01-06"),
    ("He left [a week ago Tuesday].", "2022-01-04"),
    ("He will leave [a week from Friday].", "2022-01-21"),
    ("The shop opened at [3 p.m. on Friday].", "2022-01-07"),
    ("The shop opened on [Jan. 7 at 10:30 a.m.] sharp.", "2022-01-07"),
    # days counted from the report's
    ("He spoke [today].", "2022-01-12"),
    ("He spoke [yesterday].", "2022-01-11"),
    ("He spoke [yesterday morning].", "2022-01-11"),
    ("He speaks [tomorrow].", "2022-01-13"),
    ("He speaks [tonight].", "2022-01-12"),
    ("He spoke [this morning].", "2022-01-12"),
    ("He spoke [last night].", "2022-01-11"),
    ("Snow fell [overnight].", "2022-01-11/2022-01-12"),
    ("He spoke [the day before yesterday].", "2022-01-10"),
    ("He speaks [the day after tomorrow].", "2022-01-14"),
    ("He left [five days ago].", "2022-01-07"),
    ("He left [10 days ago].", "2022-01-02"),
    ("He left [two years ago today].", "2020-01-12"),
    ("He will leave [two weeks from today].", "2022-01-26"),
    # weeks, weekends
    ("He left [last week].", "2022-01-03/2022-01-09"),
    ("He left [this week].", "2022-01-10/2022-01-16"),
    ("He leaves [next week].", "2022-01-17/2022-01-23"),
    ("He leaves [early next week].", "2022-01-17/2022-01-23"),
    ("He left [two weeks ago].", "2021-12-27/2022-01-02"),
    ("He left [the week before last].", "2021-12-27/2022-01-02"),
    ("He left over [the weekend].", "2022-01-08/2022-01-09"),
    ("He left [last weekend].", "2022-01-08/2022-01-09"),
    ("He will leave [this weekend].", "2022-01-15/2022-01-16"),
    ("He left in [the week of Dec. 6].", "2021-12-06/2021-12-12"),
    ("He left in [the second week of March 2021].", "2021-03-08/2021-03-14"),
    ("He left on [the last Monday in May 2021].", "2021-05-31"),
    ("He left on [the first Sunday of October 2021].", "2021-10-03"),
    # months
    ("He left [last month].", "2021-12"),
    ("He left [this month].", "2022-01"),
    ("He leaves [next month].", "2022-02"),
    ("He left [three months ago].", "2021-10"),
    ("He left [18 months ago].", "2020-07"),
    ("He left in [December].", "2021-12"),
    ("He left in [March].", "2021-03"),
    ("He will leave in [March].", "2022-03"),
    ("He left in [late March].", "2021-03"),
    ("He left [last March].", "2021-03"),
    ("He left in [May].", "2021-05"),
    ("He left in [March 2019].", "2019-03"),
    ("He left in [March of last year].", "2021-03"),
    ("He left in [March last year].", "2021-03"),
    ("He left at [the end of March].", "2021-03"),
    ("He left in [mid-January].", "2022-01"),
    ("He left in [May] and June 2018.", "2018-05"),
    ("He left in May and [June 2018].", "2018-06"),
    # quarters, halves, seasons, holidays
    ("Profit fell in [the third quarter].", "2021-07-01/2021-09-30"),
    ("Profit fell in [the fourth quarter].", "2021-10-01/2021-12-31"),
    ("Profit fell in [the third quarter of 2019].", "2019-07-01/2019-09-30"),
    ("Profit fell in [the third quarter of last year].", "2021-07-01/2021-09-30"),
    ("Profit fell in [Q3 2019].", "2019-07-01/2019-09-30"),
    ("[Third-quarter] profit fell.", "2021-07-01/2021-09-30"),
    ("Profit fell [last quarter].", "2021-10-01/2021-12-31"),
    ("Profit fell in [the latest quarter].", "2021-10-01/2021-12-31"),
    ("Profit fell in [the first half of 2021].", "2021-01-01/2021-06-30"),
    ("Profit fell in [the second half of last year].", "2021-07-01/2021-12-31"),
    ("Profit fell in [the first nine months of 2021].", "2021-01-01/2021-09-30"),
    ("It burned in [summer 2021].", "2021-06-01/2021-08-31"),
    ("It burned in [the summer of 2021].", "2021-06-01/2021-08-31"),
    ("It burned [last summer].", "2021-06-01/2021-08-31"),
    ("It will open [next spring].", "2022-03-01/2022-05-31"),
    ("It froze in [the winter of 2020].", "2020-12-01/2021-02-28"),
    ("It burned on [Christmas Eve].", "2021-12-24"),
    ("It burned on [Christmas Day 2019].", "2019-12-25"),
    ("It burned on [New Year's Eve].", "2021-12-31"),
    ("It burned on [Thanksgiving].", "2021-11-25"),
    ("It burned on [Good Friday].", "2021-04-02"),
    ("It will open on [Easter Monday].", "2022-04-18"),
    ("Shops were full on [Black Friday].", "?"),
    ("Shops were full on [Black Friday 2021].", "2021-11-26"),
    ("It burned during [Ramadan].", "?"),
    ("He left [two days before Christmas].", "2021-12-23"),
    # years, decades, centuries
    ("He left in [2019].", "2019"),
    ("He ran in the [2019] election.", "2019"),
    ("He left in [mid-2018].", "2018"),
    ("He left in [early 2018].", "2018"),
    ("He left [last year].", "2021"),
    ("He left [earlier this year].", "2022"),
    ("He leaves [next year].", "2023"),
    ("He left [a year ago].", "2021"),
    ("He left [about three years ago].", "2019"),
    ("He left [two decades ago].", "2002"),
    ("He left [more than 20 years ago].", "2002"),
    ("He left in ['98].", "1998"),
    ("Spending rose in [fiscal 1990].", "1990"),
    ("Spending rose in [the fiscal year 1990].", "1990"),
    ("He led [the 1990s] boom.", "1990-01-01/1999-12-31"),
    ("He left in [the early 1990s].", "1990-01-01/1999-12-31"),
    ("He left in [the '90s].", "1990-01-01/1999-12-31"),
    ("He left in [the nineties].", "1990-01-01/1999-12-31"),
    ("It was built in [the 19th century].", "1800-01-01/1899-12-31"),
    ("It will end by [the end of the year].", "2022"),
    ("It will end by [year-end].", "2022"),
    # ranges
    ("He has waited [since Monday].", "2022-01-10/?"),
    ("He has waited since [Monday].", "2022-01-10"),
    ("He has led it [since 2019].", "2019-01-01/?"),
    ("It will stay shut [until Friday].", "?/2022-01-14"),
    ("It will run [through 2025].", "?/2025-12-31"),
    ("He led it [from 2005 to 2009].", "2005-01-01/2009-12-31"),
    ("He led it from [2005] to 2009.", "2005"),
    ("He led it [between 2005 and 2009].", "2005-01-01/2009-12-31"),
    ("He led it in [2005-2009].", "2005-01-01/2009-12-31"),
    ("The [2016-17] season was short.", "2016-01-01/2017-12-31"),
    ("The [1999-00] season was short.", "1999-01-01/2000-12-31"),
    ("It rained [from January to March 2019].", "2019-01-01/2019-03-31"),
    ("It rained from [January] to March 2019.", "2019-01"),
    ("It rained [from November to March].", "2020-11-01/2021-03-31"),
    ("It rained in [the past five years].", "2017-01-12/2022-01-12"),
    ("It rained for [the last three months].", "2021-10-12/2022-01-12"),
    ("It rained over [the past week].", "2022-01-05/2022-01-12"),
    ("It will rain for [the next three days].", "2022-01-12/2022-01-15"),
    ("He was there [from Thursday on].", "2022-01-06/?"),
    # against the time last mentioned
    ("The mine closed on May 3, 2021. [Two days earlier] a shaft had flooded.", "2021-05-01"),
    ("The mine closed on May 3, 2021; [the day before], a shaft had flooded.", "2021-05-02"),
    ("The mine closed on May 3, 2021. It reopened [the next day].", "2021-05-04"),
    ("The mine closed on May 3, 2021. It reopened [the following month].", "2021-06"),
    ("The mine closed on May 3, 2021. It reopened [later that year].", "2021"),
    ("The mine closed on May 3, 2021. [That week] two shafts flooded.", "2021-05-03/2021-05-09"),
    ("The mine closed on May 3, 2021. It reopened [the following Thursday].", "2021-05-06"),
    ("The mine closed on May 3, 2021. It reopened [a week later].", "2021-05-10/2021-05-16"),
    ("The mine closed on May 3, 2021. It reopened on [the 20th].", "2021-05-20"),
    ("The mine closed on May 3, 2021, and at [9 a.m.] the owner spoke.", "2021-05-03"),
    ("The mine closed in 2012. [Two days earlier] a shaft had flooded.", "?"),
    ("The mine closed in 2012. [Two years later] it reopened.", "2014"),
    ("The mine closed in 2012 and reopened [the following year].", "2013"),
    ("Sales fell in March, from 9 tonnes [a year earlier].", "2020-03"),
    ("Sales fell in the third quarter, from 9 tonnes [a year earlier].", "2020-07-01/2020-09-30"),
    ("Sales fell in the third quarter from [the year-ago period].", "2020-07-01/2020-09-30"),
    ("Sales fell in the third quarter from [the same period a year earlier].", "2020-07-01/2020-09-30"),
    ("Sales fell in the third quarter. In [the quarter], the firm lost two ships.", "2021-07-01/2021-09-30"),
    ("Sales fell in the third quarter. In [the 2019 quarter], they rose.", "2019-07-01/2019-09-30"),
    ("Sales fell in [the 2019 third quarter].", "2019-07-01/2019-09-30"),
    ("It happened on [Friday the 13th].", "2021-08-13"),
    ("Wheat for [March] delivery fell.", "2022-03"),
    (
        "Sales fell in the third quarter. On Jan. 5 a ship sank. Profit was 2, against 3 [a year earlier].",
        "2020-07-01/2020-09-30",
    ),
    ("[Two days earlier] a shaft had flooded.", "?"),
    ("[The day before], a shaft had flooded.", "?"),
    ("In 1987 the pit was sold, and in [March] it was shut.", "1987-03"),
    ("The pit, sold in 1987, was shut in [March].", "2021-03"),
    # ranges (the report's day is a Wednesday)
    ("The fair ran [between 3 and 5 January].", "2022-01-03/2022-01-05"),
    ("The fair ran [between Jan. 3 and 5], she said.", "2022-01-03/2022-01-05"),
    ("The fair ran [from the 3rd to the 5th of May 2021].", "2021-05-03/2021-05-05"),
    ("The fair ran [3-5 May 2021].", "2021-05-03/2021-05-05"),
    ("The fair ran [May 3–5, 2021].", "2021-05-03/2021-05-05"),
    ("The fair ran on [3, 4 and 5 May 2021].", "2021-05-03/2021-05-05"),
    ("The fair ran on 3 and [9 May 2021].", "2021-05-09"),
    ("The fair ran [from Dec. 30, 2020, to Jan. 2, 2021].", "2020-12-30/2021-01-02"),
    ("The fair ran [from 29 to 31 April].", "?"),
    ("The road was shut [from Monday to Wednesday].", "2022-01-10/2022-01-12"),
    ("The road was shut [from Saturday to Monday].", "2022-01-08/2022-01-10"),
    ("The road was shut from [Thursday] to Monday.", "2022-01-06"),
    ("The road was shut [Monday through Wednesday last week].", "2022-01-03/2022-01-05"),
    ("The road was shut from [Monday] to Wednesday last week.", "2022-01-03"),
    ("Last week, [from Monday to Wednesday], the road was shut.", "2022-01-03/2022-01-05"),
    ("The road will be closed [from Monday to Wednesday].", "2022-01-17/2022-01-19"),
    ("The road will be closed from Monday to [Wednesday] next year.", "2022-01-19"),
    ("The road will be closed from [Tuesday] until Monday.", "2022-01-18"),
    ("The shop is open [Monday to Friday].", "?"),
    ("The shop is open from [Monday] to Friday.", "?"),
    ("The fair fell on [the weekend of 8 January].", "2022-01-08/2022-01-09"),
    ("The fair fell on [the weekend of Friday, Jan. 7].", "2022-01-08/2022-01-09"),
    ("The fair fell on [the weekend of 5 January].", "?"),
    ("The fair fell on [the weekend of Jan. 8 and 9].", "2022-01-08/2022-01-09"),
    ("The fair fell in [the week of Jan. 3-7].", "2022-01-03/2022-01-07"),
    # what has no place on the calendar
    ("He waited for [three years].", "?"),
    ("He waited for [years].", "?"),
    ("A [six-month] ban was lifted.", "?"),
    ("He has been ill [recently].", "?"),
    ("He left [several weeks ago].", "?"),
    ("They meet [every Monday].", "?"),
    ("They meet on [Mondays].", "?"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "days"), CASES, ids=[c[0] for c in CASES])
def test_an_expression_means_these_days(marked: str, days: str) -> None:
    assert ends(resolve(marked, WEDNESDAY)) == to_ends(days)


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 150


# Without a day to count from, only what the text dates itself has days.
@pytest.mark.parametrize(
    ("marked", "days"),
    [
        ("He left [last week].", "?"),
        ("He left on [Monday].", "?"),
        ("He left on [Jan. 7].", "?"),
        ("He was away [between 3 and 5 May].", "?"),
        ("He was away [from Monday to Wednesday].", "?"),
        ("He was away [the weekend of 4 May].", "?"),
        ("He left in [March].", "?"),
        ("He left [two years ago].", "?"),
        ("He waited [the past five years].", "?"),
        ("Snow fell [overnight].", "?"),
        ("He led it [since Monday].", "?"),
        ("It opened on [Christmas Eve].", "?"),
        ("Profit fell in [the third quarter].", "?"),
        ("He left at [the end of the year].", "?"),
        ("He left in [2019].", "2019"),
        ("He left on [Jan. 7, 2019].", "2019-01-07"),
        ("He left in 2019 and came back [a year later].", "2020"),
        ("He left in ['98].", "1998"),
        ("He led [the '90s] boom.", "1990-01-01/1999-12-31"),
        ("Filed [13/01/2022].", "2022-01-13"),
        ("Filed [07/01/2022].", "?"),
    ],
)
def test_no_day_is_invented(marked: str, days: str) -> None:
    assert ends(resolve(marked, None)) == to_ends(days)


@pytest.mark.parametrize(
    ("published", "weekday", "day"),
    [
        ("2022-01-03", "Sunday", "2022-01-02"),
        ("2022-01-02", "Sunday", "2022-01-02"),
        ("2022-03-01", "Monday", "2022-02-28"),
        ("2020-03-01", "Saturday", "2020-02-29"),
    ],
)
def test_weekdays_go_back_over_months(published: str, weekday: str, day: str) -> None:
    assert ends(resolve(f"He left on [{weekday}].", published)) == (day, day)


@pytest.mark.parametrize(
    ("text", "published", "dateline", "day"),
    [
        ("Rain.", "2022-01-08T09:00:00Z", None, "2022-01-08"),
        ("Rain.", "2022-01-08", "Jan.7", "2022-01-07"),
        ("Rain.", "2022-01-02", "Dec. 31", "2021-12-31"),
        ("Rain.", "2022-01-08", "7 January", "2022-01-07"),
        ("Rain.", "2022-06-08", "Jan. 7", "2022-06-08"),
        ("Rain.", None, "Jan. 7, 2022", "2022-01-07"),
        ("Rain.", None, "Jan. 7", None),
        ("Rain.", None, None, None),
        ("LONDON, Jan. 7, 2022 (Reuters) – Rain.", None, None, "2022-01-07"),
    ],
)
def test_a_report_counts_from_its_dateline_or_publication(
    text: str, published: str | None, dateline: str | None, day: str | None
) -> None:
    article = Article(
        id="a", text=text, published=published, frame=Frame(dateline=Dateline("LONDON", dateline))
    )
    on = report_day(article)
    assert (on.isoformat() if on else None) == day


def test_an_entry_of_a_live_blog_counts_from_its_own_day() -> None:
    text = "Rain stopped yesterday.\n\nRain began yesterday."
    entries = (Entry(Span(0, 23), None, "2022-01-12T08:00:00Z"), Entry(Span(25, 46), None, "2022-01-10"))
    article = Article(id="a", text=text, published="2022-01-12", frame=Frame(entries=entries))
    assert [ends(t)[0] for t in date_article(article)] == ["2022-01-11", "2022-01-09"]


@pytest.mark.parametrize(
    ("year", "day"), [(1961, "04-02"), (2000, "04-23"), (2022, "04-17"), (2038, "04-25")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"


WORDS = """the a of in since until from to and last next this past that same two 3 17 45 1990 2019 1000 2099 1990s 90s ' 's - , . / \n
    year years month week day days quarter half century decade weekend Monday Friday Jan. May March December ago
    earlier later before after first second third early late mid end morning night today tomorrow Christmas Easter
    summer fall fiscal period year-ago ended will said every for now 9 / 11 3 p.m. at overnight""".split(" ")


@given(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.sampled_from([None, "0001-01-01", "2022-01-12", "9999-12-31"]),
)
@settings(max_examples=400, deadline=None)
@example("first 3 years of 9999-12 the next 45 years since last century", "9999-12-31")
def test_days_are_in_order(text: str, published: str | None) -> None:
    for found in date_article(Article(id="a", text=text, published=published)):
        assert text[found.span.start : found.span.end].strip()
        if found.first and found.last:
            assert found.first <= found.last


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_the_same_text_gives_the_same_days(text: str) -> None:
    article = Article(id="a", text=text, published=WEDNESDAY)
    assert date_article(article) == date_article(article)


@pytest.mark.parametrize(
    "piece",
    ["the port shut on Thursday, Jan. 7, and two days later ", "the last ", "1990-", "Jan. 7 ", "a week from ", "the first week of ", "9/", "1.", "from May to "],
)  # fmt: skip
def test_a_long_line_takes_little_time(piece: str) -> None:
    """A quarter of a megabyte: prose takes a tenth of a second, a line of nothing but dates one or two."""
    text = piece * (250_000 // len(piece))
    begin = time.process_time()
    resolve_times(find_times(text), date(2022, 1, 12))
    assert time.process_time() - begin < 10
