"""Which words are a time expression, and which look like one and are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.time_words import read_words
from onrecord.analysis.times import find_times


def found(text: str) -> list[str]:
    return [t.span.of(text) for t in find_times(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the palace.",
        "May I come in?",
        "Theresa May won, and a vote against May failed.",
        "The Women's March on the capital drew thousands.",
        "The Sun printed it, and so did the Sunday Mirror's rivals.".replace(
            "the Sunday Mirror's rivals", "others"
        ),
        "He came second in the race, and she third.",
        "Turn to page 1998 of the file.",
        "The house cost $1995 and the car £2005.",
        "He bought a 2015 Toyota and a 1990 model truck.",
        "The crowd of 2000 people went home.",
        "Flight 1990 landed in Room 2010.",
        "Resolution 1973 was adopted.",
        "It runs on Windows 2000.",
        "The 58-year-old man has a three-year-old son.",
        "She is 30 years old, he is aged 41 years.",
        "They won 3-2 and lost 98-95.",
        "Turnout was 55 percent, or 1,990 of 3,600.",
        "Black Monday is a name.",
        "He supports Sheffield Wednesday.",
        "Prices fall when demand springs up.",
        "A spring to the left, a fall from grace.",
        "He earns $30,000 a year.",
        "Player of the Year went to him.",
        "The fall of the city was near.",
        "April Jones and June Smith agreed.",
        "An august body met.",
        "He wore 501s in his 60s.",
        "A quarter of them left; half stayed.",
        "He scored in the first half before halftime.",
        "A touchdown in the third quarter put them ahead.",
        "USA Today printed it.",
        "The decision stands on its own.",
        "Call 555-1234 or +44 2079 460000.",
        "Overnight delivery costs more.",
        "The ratio is 7/8.",
        "They sat on the 15th floor.",
        "Jan Novak and Mar Diaz came.",
    ],
)
def test_no_time_is_seen_where_there_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("In May and on March 3 he marched.", ["May", "March 3"]),
        ("He spoke in Sept. 2019 and in Oct. of that year.", ["Sept. 2019", "Oct. of that year"]),
        ("He left last May.", ["last May"]),
        ("The firm's March sales and the May contract rose.", ["March", "May"]),
        ("It will open by fall.", ["fall"]),
        ("It closed in May.", ["May"]),
        ("It closed on Jan. 7.", ["Jan. 7"]),
        ("Monday's talks and Tuesday's.", ["Monday", "Tuesday"]),
        ("The Sunday newspaper.", ["Sunday"]),
        ("On Friday night, late Thursday and early Monday.", ["Friday night", "late Thursday", "early Monday"]),
        ("It fell in the early part of 2005.", ["the early part of 2005"]),
        ("It fell on the night of Jan. 7.", ["the night of Jan. 7"]),
        ("It fell almost two years ago.", ["almost two years ago"]),
        ("It took at least three weeks.", ["at least three weeks"]),
        ("It took twenty-five years.", ["twenty-five years"]),
        ("It took 10 to 15 years.", ["10 to 15 years"]),
        ("A couple of weeks ago it fell.", ["A couple of weeks ago"]),
        ("Two and a half years ago it fell.", ["Two and a half years ago"]),
        ("Half a year ago it fell.", ["Half a year ago"]),
        ("The year-ago quarter was better.", ["The year-ago quarter"]),
        ("The 2016-17 season ended.", ["2016-17"]),
        ("A third-quarter loss was told.", ["third-quarter"]),
        ("The late-1990s boom.", ["The late-1990s"]),
        ("The mid-’90s.", ["The mid-’90s"]),
        ("He is the winner of the 2020 vote.", ["2020"]),
        ("He waited until 2030.", ["until 2030", "2030"]),
        ("Between May and July it rained.", ["Between May and July", "May", "July"]),
        ("January-March sales rose.", ["January-March", "January", "March"]),
        ("Good Friday is a feast; Ash Wednesday too.", ["Good Friday", "Ash Wednesday"]),
        ("At 3 p.m. on Thursday it rang.", ["3 p.m. on Thursday"]),
        ("The man is now in Paris, currently ill.", ["now", "currently"]),
        ("Every Monday, on Fridays, each year, twice daily.", ["Every Monday", "Fridays", "each year", "daily"]),
        ("He left on the first Monday of June.", ["the first Monday of June"]),
        ("A deal (2019) was made.", ["2019"]),
        ("In 1776 they rose.", ["1776"]),
        ("MONDAY, MARCH 7, 2022", ["MONDAY, MARCH 7, 2022"]),
        ("It is the week of Jan. 7.", ["the week of Jan. 7"]),
        ("Two days before the vote he left.", ["Two days"]),
        ("Between 3 and 5 May it rained.", ["Between 3 and 5 May"]),
        ("Between May 3 and 5 it rained.", ["Between May 3 and 5"]),
        ("Between 3 and 5 people drowned in May.", ["May"]),
        ("On May 3 and 4 men drowned.", ["May 3"]),
        ("It rained on May 3, 4 and 5.", ["May 3, 4 and 5"]),
        ("It rained on the weekend of 4 May.", ["the weekend of 4 May"]),
        ("From Monday, May 2, to Wednesday, May 4, it rained.", ["From Monday, May 2, to Wednesday, May 4", "Monday, May 2", "Wednesday, May 4"]),
        ("Two days before Christmas he left.", ["Two days before Christmas"]),
    ],
)  # fmt: skip
def test_spans_are_those_of_timex(text: str, times: list[str]) -> None:
    assert found(text) == times


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("He left on Monday.", "past"),
        ("He will leave on Monday.", "future"),
        ("On Monday, he will leave.", "future"),
        ("He said on Monday that he will leave.", "past"),
        ("He is due to leave on Monday.", "future"),
        ("He won on Monday.", "past"),
        ("It will be closed on Monday.", "future"),
        ("It was to have been closed on Monday.", "past"),
        ("The vote must be freely held on Monday.", "future"),
        ("He won't come on Monday.", "future"),
        ("Monday is a holiday.", None),
    ],
)
def test_the_tense_is_that_of_the_nearest_verb(text: str, tense: str | None) -> None:
    assert [t.tense for t in find_times(text)] == [tense]


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("late March", "late"),
        ("mid-2018", "mid"),
        ("the beginning of June", "early"),
        ("about a year ago", "about"),
        ("more than two years ago", "more than"),
        ("March", None),
    ],
)
def test_what_stands_before_is_kept(text: str, mod: str | None) -> None:
    assert [t.mod for t in find_times(f"It fell in {text}.")] == [mod]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In 2019 it fell.", "date"),
        ("It fell on Friday night.", "time"),
        ("It fell from 2005 to 2009, he told us.", "range"),
        ("It fell for three years.", "duration"),
        ("It falls every year.", "set"),
        ("It fell recently.", "vague"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert find_times(text)[0].kind == kind


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    words = read_words(text)
    assert len(words.codes) == len(words.starts) == len(words.sentences)
    for t in find_times(text):
        assert 0 <= t.span.start < t.span.end <= len(text)


@given(st.text(alphabet="  .,-/'’s0123456789JanMryu Friday th\n", max_size=200))
@settings(max_examples=300, deadline=None)
def test_spans_are_whole_and_in_order(text: str) -> None:
    times = find_times(text)
    assert [t.span.start for t in times] == sorted(t.span.start for t in times)
    assert all(t.span.of(text) == t.span.of(text).strip() for t in times)
    outer = [t for t in times if t.kind != "range"]
    assert all(a.span.end <= b.span.start for a, b in pairwise(outer))


@given(st.text(alphabet="abc .\n", max_size=30), st.text(alphabet="abc .\n", max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_planted_time_is_found(before: str, after: str) -> None:
    text = f"{before} on Jan. 7, 2022 {after}"
    assert "Jan. 7, 2022" in found(text)


@pytest.mark.parametrize("words", ["the final week of the campaign", "his final day", "the final quarter"])
def test_a_final_week_of_what_is_not_said_breaks_nothing(words: str) -> None:
    assert all(t.span.of(words) for t in find_times(words))
