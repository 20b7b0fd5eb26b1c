"""What the markup of a page says about its report."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.blocks import parse_page
from onrecord.reading.page_metadata import PageMetadata, plain, read_metadata

REPORT = {"@type": "NewsArticle", "headline": "Bridge opens in Varn", "datePublished": "2021-05-02"}


def read(head: str) -> PageMetadata:
    root = parse_page(f"<html><head>{head}</head><body><p>It rained.</p></body></html>")
    assert root is not None
    return read_metadata(root)


def linked(*values: Any, tag: str = '<script type="application/ld+json">') -> PageMetadata:
    """The metadata of a page with these values, or strings, as JSON-LD."""
    scripts = (v if isinstance(v, str) else json.dumps(v) for v in values)
    return read("".join(f"{tag}{script}</script>" for script in scripts))


def report(**fields: Any) -> PageMetadata:
    return linked({**REPORT, **fields})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Bridge  opens\n", "Bridge opens"),
        ("Bridge &amp; pier", "Bridge & pier"),
        ("The <i>Mary</i>’s crew", "The Mary’s crew"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("One<br/>two", "One two"),
        ("Rain < 3% and wind > 2%", "Rain < 3% and wind > 2%"),
        ("caf&eacute &nbsp bar", "café bar"),
        ("Bridge \ud83d", "Bridge"),
        ("Bri\x00dge", "Bridge"),
        ("الجسر", "الجسر"),
        ("", None),
        (" \n", None),
        ("<b></b>", None),
        (7, None),
        (None, None),
        (True, None),
        (["Bridge"], None),
        ({"@value": "Bridge"}, None),
    ],
    ids=repr,
)
def test_plain_is_words_without_markup_or_nothing(value: Any, text: str | None):
    assert plain(value) == text


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80))
def test_plain_text_can_be_written_anywhere(value: str):
    text = plain(value)
    assert text is None or (text == text.strip() and text.encode() and "\x00" not in text)


@pytest.mark.parametrize("kind", ["name", "property", "itemprop"])
def test_meta_elements_are_read_whatever_they_are_named_by(kind: str):
    assert read(f"<meta {kind}='OG:Title' content=' Bridge  opens '>").meta == {"og:title": "Bridge opens"}


def test_the_first_of_two_meta_elements_is_taken():
    assert read("<meta name=date content=a><meta name=date content=b>").meta == {"date": "a"}


@pytest.mark.parametrize(
    "element", ["<meta>", "<meta name=a>", "<meta content=a>", "<META NAME='' CONTENT=' '>"]
)
def test_meta_elements_that_say_nothing_are_passed_over(element: str):
    assert read(element).meta == {}


def test_all_author_elements_count_each_once():
    head = "<meta name=author content='Ana Reyes'><meta property='article:author' content='Tom Li'><meta name=byl content='Ana Reyes'>"
    assert read(head).authors_meta == ("Ana Reyes", "Tom Li")


@pytest.mark.parametrize(
    "value",
    [
        REPORT,
        [REPORT],
        [[{"@type": "WebPage"}], REPORT],
        {"@graph": [{"@type": "Organization", "name": "The Echo"}, REPORT]},
        {"@type": "WebPage", "mainEntity": REPORT},
        {**REPORT, "@type": ["Thing", "NewsArticle"]},
        {**REPORT, "@type": "https://schema.org/ReportageNewsArticle"},
        {**REPORT, "@type": "LiveBlogPosting"},
    ],
    ids=[
        "alone",
        "in a list",
        "list in list",
        "graph",
        "main entity",
        "two types",
        "type as address",
        "live blog",
    ],
)
def test_a_report_is_found_wherever_it_stands(value: Any):
    assert linked(value).linked_text("headline") == "Bridge opens in Varn"


@pytest.mark.parametrize(
    "script",
    [
        f"<![CDATA[{json.dumps(REPORT)}]]>",
        f"//<![CDATA[\n{json.dumps(REPORT)}\n//]]>",
        f"/* <![CDATA[ */ {json.dumps(REPORT)} /* ]]> */",
        f"<!--\n{json.dumps(REPORT)}\n-->",
        f"{json.dumps(REPORT)};",
        f"\ufeff {json.dumps(REPORT)}",
        json.dumps(REPORT) * 2,
        json.dumps(REPORT).replace("Bridge ", "Bridge\n"),
    ],
    ids=["CDATA", "CDATA in line comments", "CDATA in comments", "comment", "semicolon", "mark", "twice", "raw line break"],
)  # fmt: skip
def test_what_pages_wrap_around_their_data_is_not_read(script: str):
    assert linked(script).linked_text("headline") == "Bridge opens in Varn"


@pytest.mark.parametrize("tag", ["<SCRIPT TYPE='Application/LD+JSON'>", "<script type='application/ld+json; charset=utf-8'>"])  # fmt: skip
def test_data_is_known_by_its_type_however_written(tag: str):
    assert linked(REPORT, tag=tag).linked_text("headline") == "Bridge opens in Varn"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": ', '{"@type": "NewsArticle",}', "", "null", "3", "NaN", '"NewsArticle"', "[]", "{}",
        "<![CDATA[", "[" * 100_000, '{"@graph":' * 50_000, '{"@type": "NewsArticle", "a": ' + "9" * 5_000 + "}",
        "{'@type': 'NewsArticle'}",
    ],
    ids=[
        "cut off", "comma too many", "empty", "null", "number", "NaN", "string", "empty list", "empty object",
        "CDATA alone", "deep list", "deep object", "huge number", "single quotes",
    ],
)  # fmt: skip
def test_broken_data_is_passed_over_and_the_next_is_read(script: str):
    assert linked(script, REPORT).linked_text("datePublished") == "2021-05-02"


def test_a_report_with_a_headline_goes_before_one_without():
    assert linked({"@type": "Article", "url": "a"}, REPORT).linked_text("headline") == "Bridge opens in Varn"


def test_the_report_that_the_title_names_goes_before_others_on_the_page():
    other = {"@type": "NewsArticle", "headline": "Rain in the hills"}
    head = "".join(f'<script type="application/ld+json">{json.dumps(i)}</script>' for i in (other, REPORT))
    assert (
        read("<title>Bridge opens in Varn | Echo</title>" + head).linked_text("headline")
        == REPORT["headline"]
    )


def test_authors_and_publisher_told_by_reference_are_looked_up():
    found = linked(
        {
            "@graph": [
                {**REPORT, "author": [{"@id": "#ana"}, {"@id": "#gone"}], "publisher": {"@id": "#us"}},
                {"@type": "Person", "@id": "#ana", "name": "Ana Reyes"},
                {"@type": "Organization", "@id": "#us", "name": "The Varn Echo"},
            ]
        }
    )
    assert (found.linked_authors(), found.linked_publisher()) == (("Ana Reyes",), "The Varn Echo")


def test_an_author_named_in_the_publishers_object_can_be_referred_to():
    page = {"@type": "WebPage", "author": {"@id": "#ana", "@type": "Person", "name": "Ana Reyes"}}
    assert linked(page, {**REPORT, "author": {"@id": "#ana"}}).linked_authors() == ("Ana Reyes",)


def test_a_web_page_tells_the_day_where_no_report_is_described():
    found = linked({"@graph": [{"@type": "WebPage", "datePublished": "2021-05-02T08:00:00+02:00"}]})
    assert (found.linked, found.page_text("datePublished")) == ({}, "2021-05-02T08:00:00+02:00")


def test_days_and_author_are_read_from_broken_data():
    found = linked(
        '{"@type": "NewsArticle", "headline": "The "new" bridge", "datePublished": "2021-05-02", "author": {"@type": "Person", "name": "Ana Reyes"}}'
    )
    assert (found.linked_text("datePublished"), found.linked_authors()) == ("2021-05-02", ("Ana Reyes",))


def test_broken_data_of_another_thing_is_not_read():
    assert (
        linked('{"@type": "VideoObject", "name": "The "new" bridge", "datePublished": "2021-05-02"}').linked
        == {}
    )


def test_the_creator_is_the_author_where_no_author_is_told():
    assert report(creator=["Ana Reyes"]).linked_authors() == ("Ana Reyes",)


def test_what_is_no_report_is_not_read():
    assert linked({"@type": "Organization", "headline": "Us"}).linked == {}


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ana Reyes", ("Ana Reyes",)),
        (["Ana Reyes", "Tom Li", "Ana Reyes"], ("Ana Reyes", "Tom Li")),
        ({"@type": "Person", "name": "Ana Reyes"}, ("Ana Reyes",)),
        ([[{"name": "Ana Reyes"}], [["Tom Li"]]], ("Ana Reyes", "Tom Li")),
        ({"name": ["Ana Reyes", "Tom Li"]}, ("Ana Reyes", "Tom Li")),
        ([{"@type": "Organization", "name": "The Echo"}, {"@type": "Person", "name": "Ana Reyes"}], ("Ana Reyes",)),
        ({"@type": ["Organization"], "name": "The Echo"}, ("The Echo",)),
        (3, ()),
        ([None, True, 1.5, {}], ()),
        ({"name": {"name": "Ana Reyes"}}, ()),
        ({"@type": {"a": 1}, "name": "Ana Reyes"}, ("Ana Reyes",)),
        ("  ", ()),
        (None, ()),
    ],
    ids=[
        "string", "strings", "person", "lists in lists", "names in one person", "person before organisation", "organisation",
        "number", "wrong types", "name is an object", "type is an object", "blank", "none",
    ],
)  # fmt: skip
def test_authors_are_persons_or_else_organisations(author: Any, names: tuple[str, ...]):
    assert report(author=author).linked_authors() == names


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ({"name": "The Varn Echo"}, "The Varn Echo"),
        ("The Varn Echo", "The Varn Echo"),
        ([[{"name": "The Varn Echo"}]], "The Varn Echo"),
        ({"@id": "#us"}, None),
        (5, None),
        ([], None),
    ],
    ids=["object", "string", "lists in lists", "reference", "number", "empty"],
)
def test_publisher_is_named_in_many_ways(publisher: Any, name: str | None):
    assert report(publisher=publisher).linked_publisher() == name


def test_the_first_of_a_list_of_sections_is_taken():
    assert report(articleSection=[None, "World", "Varn"]).linked_text("articleSection") == "World"


def test_entries_of_a_live_blog_keep_their_order_and_paragraphs():
    found = report(
        **{
            "@type": "LiveBlogPosting",
            "liveBlogUpdate": [
                {"headline": "Rain &amp; wind", "datePublished": "2021-05-02T10:00Z", "articleBody": "One.\n \n<b>Two</b>."},
                {"headline": None, "articleBody": 5},
            ],
        }
    ).entries  # fmt: skip

    assert [(e.headline, e.published, e.body) for e in found] == [
        ("Rain & wind", "2021-05-02T10:00Z", "One.\nTwo."),
        (None, None, None),
    ]


@pytest.mark.parametrize("updates", [7, "soon", [[]], [None, "x"], True, {"articleBody": ["a"]}], ids=repr)
def test_entries_of_wrong_types_give_no_text(updates: Any):
    assert all(e.body is None for e in report(liveBlogUpdate=updates).entries)


def test_many_objects_are_read_in_good_time():
    begun = time.perf_counter()
    linked("[" + "1," * 400_000 + "1]")
    assert time.perf_counter() - begun < 2


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["NewsArticle", "Ana Reyes"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "name", "author", "headline", "publisher", "liveBlogUpdate"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(JSON, JSON, JSON)
def test_data_of_any_shape_gives_strings_or_nothing(author: Any, publisher: Any, updates: Any):
    found = report(author=author, publisher=publisher, liveBlogUpdate=updates, headline=author)

    assert all(isinstance(name, str) and name for name in found.linked_authors())
    assert found.linked_publisher() is None or isinstance(found.linked_publisher(), str)
    assert found.linked_text("headline") is None or isinstance(found.linked_text("headline"), str)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200))
def test_data_cut_off_anywhere_is_no_danger(length: int):
    assert linked(json.dumps({"@graph": [REPORT]})[:length]).linked_text("headline") in (
        None,
        REPORT["headline"],
    )
