"""Plain text -> article: paragraphs whole, furniture out, frame filled, nothing else lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Dateline
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import MAX_ARTICLE_CHARS, check_length
from onrecord.reading.text import paragraphs_in, read_as_is, read_text

REPORT = """\
Harbour must open, union leader says

  • Harbour must open: union leader says
  • City will pay – says Reyes

HULL, May 2 (Example) – The harbour must be opened, union leader Ana Reyes told Example on Sunday. read more

Sign up now for FREE unlimited access to our site

“We have waited long enough,” she said.

A crane stands idle in the harbour on May 1. EXAMPLE/ Jo Kim

A crane stands idle in the harbour on May 1. REUTERS / Jo Kim

She did not say when the strike would end.

Reporting by Tom Li; Editing by Al Day

Our Standards: The Example Principles.

Leave a Comment
"""


@pytest.fixture(scope="module")
def article() -> Article:
    return read_text(REPORT, "harbour.txt")


def test_clean_text_keeps_headline_bullets_and_body_only(article: Article):
    assert article.text.split("\n\n") == [
        "Harbour must open, union leader says",
        "Harbour must open: union leader says",
        "City will pay – says Reyes",
        "HULL, May 2 (Example) – The harbour must be opened, union leader Ana Reyes told Example on Sunday.",
        "“We have waited long enough,” she said.",
        "A crane stands idle in the harbour on May 1. EXAMPLE/ Jo Kim",
        "She did not say when the strike would end.",
    ]


def test_frame_is_filled(article: Article):
    frame = article.frame
    assert frame.headline == article.title == "Harbour must open, union leader says"
    assert frame.bullets == ("Harbour must open: union leader says", "City will pay – says Reyes")
    assert frame.dateline == Dateline("HULL", "May 2", "Example")
    assert (frame.byline, frame.editors) == (("Tom Li",), ("Al Day",))
    assert frame.captions == ("A crane stands idle in the harbour on May 1.",)
    assert frame.credits == ("REUTERS / Jo Kim",)


def test_furniture_is_kept_with_its_place(article: Article):
    places = [(f.text, article.text[: f.before].rsplit("\n\n", 1)[-1][-12:]) for f in article.furniture]
    assert places == [
        ("read more", "e on Sunday."),
        ("Sign up now for FREE unlimited access to our site", "e on Sunday."),
        ("Our Standards: The Example Principles.", "e would end."),
        ("Leave a Comment", "e would end."),
    ]


def test_dateline_is_found_behind_a_headline_with_a_full_stop():
    article = read_text("Mayor shuts harbour after storm.\n\nHULL (AP) — The mayor shut the harbour.", "a")

    assert article.frame.headline == "Mayor shuts harbour after storm."
    assert article.frame.dateline == Dateline("HULL", None, "AP")


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Mayor shuts harbour\n\nThe mayor shut it.", "Mayor shuts harbour"),
        ("# Mayor shuts harbour\n\nThe mayor shut it.", "Mayor shuts harbour"),
        ("#Harbour marchers win\n\nThe mayor gave in.", "#Harbour marchers win"),
        (
            "Mayor Shuts Hull Harbour After Storm.\n\nThe mayor shut it.",
            "Mayor Shuts Hull Harbour After Storm.",
        ),
        ("Mayor shuts harbour.\n\nBy Ana Reyes\n\nThe mayor shut it.", "Mayor shuts harbour."),
        ("Strike ends in the U.S.\n\nThe strike is over.", "Strike ends in the U.S."),
        ("The mayor shut the harbour on Monday.\n\nShe gave no reason.", None),
        ("HULL (AP) — The harbour is shut\n\nIt rained.", None),
        ("NATO – leaders meet in Hull\n\nThey met on Monday.", "NATO – leaders meet in Hull"),
        ("HULL – The harbour is shut.\n\nIt rained.", None),
        ("word " * 31 + "\n\nIt rained.", None),
    ],
)
def test_headline_is_told_from_a_first_sentence(text: str, headline: str | None):
    assert read_text(text, "a").frame.headline == headline


def test_byline_gives_place_day_and_agency_where_no_dateline_does():
    article = read_text(
        "Harbour shut\n\nBy Ana Reyes and Tom Li, Reuters\n\nIt was shut on Monday, the mayor said.", "a"
    )
    placed = read_text("Harbour shut\n\nBy our correspondent in Port Elm\n\nIt was shut on Monday.", "a")
    dated = read_text("Harbour shut\n\nBy Ana Reyes | March 12, 2024\n\nIt was shut on Monday.", "a")

    assert (article.frame.byline, article.frame.agency) == (("Ana Reyes", "Tom Li"), "Reuters")
    assert (placed.frame.byline, placed.frame.dateline) == ((), Dateline("Port Elm"))
    assert (dated.published, dated.text) == ("2024-03-12", "Harbour shut\n\nIt was shut on Monday.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"], ids=repr)
def test_paragraphs_are_found_whatever_ends_a_line(end: str):
    text = end.join(
        ["The mayor spoke to us on Monday at the harbour.", "", "the union did not.", "", "It rained."]
    )

    assert read_text(text, "a").text.count("\n\n") == 2


def test_hard_wrapped_paragraph_is_joined():
    text = (
        "The mayor of the town said on Monday that the\n"
        "harbour would stay shut until the storm had gone\n"
        "and the cranes had been looked at.\n\n"
        "The union said that it would wait."
    )
    assert read_text(text, "a").text.split("\n\n") == [
        "The mayor of the town said on Monday that the harbour would stay shut until the storm had gone and the cranes had been looked at.",
        "The union said that it would wait.",
    ]


def test_hard_wrapped_paragraphs_without_blank_lines_are_parted():
    text = (
        "The mayor of the town said on Monday that the\n"
        "harbour would stay shut until the storm had gone\n"
        "and the cranes were safe.\n"
        "The union said that it would wait for that, but\n"
        "not for long, and that its members had no money\n"
        "left."
    )
    assert len(read_text(text, "a").text.split("\n\n")) == 2


@pytest.mark.parametrize(
    "rows",
    [
        ["Mayor shuts the harbour after a night of storms", "Union says it will wait a week but no longer"],
        ["Mayor shuts the harbour after a night of storms", "By Ana Reyes"],
        ["• the harbour is shut until the storm has gone", "• the union will wait for it, but not for long"],
    ],
    ids=["headlines", "byline", "bullets"],
)
def test_lines_that_stand_alone_are_not_joined(rows: list[str]):
    assert " ".join(rows) not in read_text("\n".join(rows) + "\n\nIt rained.", "a").text


def test_bullets_of_the_body_keep_their_place():
    body = (
        "The mayor named her reasons on Monday, and the union named its own.\n\n• The storm\n\n• The cranes"
    )

    assert read_text("Harbour shut\n\n" + body, "a").text.endswith("• The storm\n\n• The cranes")


def test_characters_without_width_go():
    assert read_text("\ufeffThe har\u00adbour is\u200b shut.", "a").text == "The harbour is shut."


def test_marks_of_direction_stay_only_where_a_script_needs_them():
    text = "\u200eThe har\u200dbour\u200f is \u202ashut\u202c.\u200e\n\nIt is called \u0645\u06cc\u200c\u0631\u0648\u0645 there.\u2069"

    assert read_text(text, "a").text == (
        "The harbour is shut.\n\nIt is called \u0645\u06cc\u200c\u0631\u0648\u0645 there."
    )


def test_torn_paragraph_is_joined_before_a_name():
    torn = "The council of the port said on Monday that the harbour would be shut for a week, and its speaker, Ilse"
    text = f"Harbour shut\n\nIt was shut on Monday.\n\n{torn}\n\nADVERTISEMENT\n\nMaran, gave no reason."

    assert f"{torn} Maran, gave no reason." in read_text(text, "a").text


def test_heading_is_not_joined_to_what_follows():
    text = "Harbour shut\n\nIt was shut on Monday.\n\nWhat comes next\n\nADVERTISEMENT\n\nThe mayor gave no reason."

    assert "What comes next\n\nThe mayor" in read_text(text, "a").text


def test_foreign_report_is_named():
    text = (
        "Die Stadt hat am Montag mitgeteilt, dass die Brücke gesperrt bleibt. Der Bürgermeister sagte das. "
        * 3
    )
    assert read_text(text, "a").language == "de"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "1234 5678\n* * *", "“” …"], ids=["empty", "blank", "digits", "marks"]
)
def test_text_without_words_is_refused(text: str):
    with pytest.raises(UnreadableReportError, match=r"a\.txt: there are no words"):
        read_text(text, "a.txt")


def test_furniture_alone_is_refused():
    with pytest.raises(UnreadableReportError, match="no words"):
        read_text("Sign up now\n\nRead more\n\nLeave a comment", "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor said that. " * 1_000_000, id="20 MB"),
        pytest.param("a" * 1_000_000, id="a line of a million characters"),
    ],
)
def test_far_too_long_text_is_refused(text: str):
    with pytest.raises(UnreadableReportError, match=f"limit {MAX_ARTICLE_CHARS:,}"):
        check_length(text, "a.txt")


@pytest.mark.parametrize("unit", ["a", "A, ", " \t", "a\n", "• ", "“” ", "by ", "-", "\n\n x"])
def test_longest_text_takes_no_time(unit: str):
    begin = time.process_time()
    read_text("The mayor " + (unit * MAX_ARTICLE_CHARS)[: MAX_ARTICLE_CHARS // 2], "a")
    assert time.process_time() - begin < 15


def test_as_is_changes_nothing():
    text = "  Read more\r\n\r\n• The harbour\x00 is shut. read more "

    assert read_as_is(text, id=None, title=None, published=None, origin="a").text == text


def test_as_is_keeps_what_the_input_says():
    article = read_as_is("It rained.", id="7", title="Rain", published="2021-05-02", origin="a")

    assert (article.id, article.title, article.frame.headline, article.published) == (
        "7",
        "Rain",
        "Rain",
        "2021-05-02",
    )


_lines = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(REPORT.split("\n")),
        st.sampled_from(["-", "•", "By", "}", "#", "The harbour is shut. read more", "(Photo: Jo Kim)"]),
    ),
    max_size=12,
).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(_lines)
@example("\ufeff")
@example("\x00a")
def test_any_text_gives_an_article_or_one_clear_error(text: str):
    try:
        article = read_text(text, "a.txt")
    except UnreadableReportError:
        return
    assert all(0 <= f.before <= len(article.text) for f in article.furniture)
    assert all(p.strip() for p in article.text.split("\n\n"))
    assert article == read_text(text, "elsewhere.txt")


@settings(max_examples=100, deadline=None)
@given(_lines)
def test_clean_text_has_only_what_was_given(text: str):
    try:
        article = read_text(text, "a.txt")
    except UnreadableReportError:
        return
    given_text = "".join(text.split())
    for paragraph in article.text.split("\n\n"):
        bare = "".join(paragraph.split())
        assert set(bare) <= set(given_text)
    assert len("".join(article.text.split())) <= len(given_text)


def test_address_below_a_paragraph_is_no_row_of_it():
    rows = "The mayor shut the harbour of Port Elm on Friday, as a storm was near.\nhttps://elm.example/1"

    assert paragraphs_in(rows) == rows.split("\n")
