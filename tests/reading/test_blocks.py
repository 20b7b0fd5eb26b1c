"""The lines of a page, as a reader sees them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from onrecord.reading.blocks import Block, parse_page, read_blocks, text_of

PAGE = (
    "<html><head><title>Bridge opens</title></head><body><nav><a href='/'>Home</a></nav><main><article>"
    "<h1>Bridge opens</h1><p>It <b>rained</b> in Varn &amp; Oster.</p><figure><img><figcaption>A pier.</figcaption>"
    "</figure></article></main><footer>The Varn Echo</footer></body></html>"
)


def texts(markup: str) -> list[str]:
    return [b.text for b in read_blocks(markup)]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<P>One<BR>Two</P><DIV>Three", ["One", "Two", "Three"]),
        ("<div>One<br><br/>Two<br>\n<br>Three</div>", ["One", "Two", "Three"]),
        ("<p>It <b>rain</b>ed <a>all</a> day</p>", ["It rained all day"]),
        ("<p>One\n   two\t\xa0three</p>", ["One two three"]),
        ("<table><tr><td>One<td>Two<tr><td>Three</table>", ["One", "Two", "Three"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("loose words", ["loose words"]),
        ("<div>before<p>in</p>behind</div>", ["before", "in", "behind"]),
        ("<p>caf&eacute; &amp; bar</p>", ["café & bar"]),
        ("<p>caf&eacute &#8217s</p>", ["café ’s"]),
        ("<p>قال الوزير</p><p>部长说。</p>", ["قال الوزير", "部长说。"]),
        ("<p><![CDATA[ secret ]]>seen</p>", ["seen"]),
        ("<?xml version='1.0' encoding='utf-16'?><html><p>café</p></html>", ["café"]),
        ("<meta charset='utf-16'><p>café</p>", ["café"]),
        ("<o:p>One</o:p>", ["One"]),
        ("\ufeff<p>One", ["One"]),
    ],
    ids=[
        "paragraphs", "capital tags", "line breaks", "inline", "blanks", "layout table", "list", "no markup", "mixed",
        "entity", "entity without semicolon", "other scripts", "CDATA", "XML declaration", "wrong charset",
        "foreign tag", "byte order mark",
    ],
)  # fmt: skip
def test_a_line_ends_where_a_reader_sees_it_end(markup: str, lines: list[str]):
    assert texts(markup) == lines


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>let a = 'word'</script>",
        "<style>p {color: red}</style>",
        "<!-- a comment -->",
        "<noscript>Turn it on</noscript>",
        "<textarea>Your comment</textarea>",
        "<select><option>English</select>",
        "<svg><title>Logo</title></svg>",
        "<template><b>Later</b></template>",
        "<iframe>No frames</iframe>",
    ],
    ids=lambda markup: markup[1:].split(">")[0],
)
def test_what_is_not_seen_is_no_line_and_tears_none(unseen: str):
    assert texts(f"<p>It rained {unseen}all day</p>") == ["It rained all day"]


@pytest.mark.parametrize("markup", ["", "  \n", "<!-- x -->", "<p></p>", "<img src=a>", "<script>x"])
def test_nothing_to_see_is_no_line(markup: str):
    assert read_blocks(markup) == []


def test_a_block_knows_its_tag_and_sections():
    blocks = {b.text: b for b in read_blocks(PAGE)}

    assert blocks["Home"].sections == {"nav"}
    assert (blocks["Bridge opens"].tag, blocks["Bridge opens"].sections) == ("h1", {"main", "article"})
    assert blocks["A pier."].sections == {"main", "article", "figure", "figcaption"}
    assert blocks["The Varn Echo"].tag == "footer"


def test_the_head_of_a_page_is_no_line():
    assert texts(PAGE).count("Bridge opens") == 1


def test_a_section_ends_where_it_is_closed():
    assert [b.sections for b in read_blocks("<nav>One</nav><p>Two</p>")] == [{"nav"}, frozenset()]


def test_hints_are_words_around_nearest_first():
    (block,) = read_blocks("<div id='story_main'><p class='Byline  article__author'>Ana Reyes</p></div>")
    assert block.hints == ("byline", "article", "author", "story", "main")


def test_hints_stand_once():
    (block,) = read_blocks("<div class='story'><p class='story text story'>It rained.</p></div>")
    assert block.hints == ("story", "text")


@pytest.mark.parametrize(
    ("markup", "share"),
    [
        ("<p><a>abcd</a></p>", 1.0),
        ("<p>ab<a>ab</a></p>", 0.5),
        ("<p>abcd</p>", 0.0),
        ("<a href=x><p>abcd</p></a>", 1.0),
        ("<p>ab<a>ab", 0.5),
    ],
    ids=["all", "half", "none", "link around the paragraph", "link left open"],
)
def test_link_share_is_the_part_that_is_links(markup: str, share: float):
    assert read_blocks(markup)[0].link_share == share


def test_a_link_ends_with_its_paragraph():
    assert [b.link_share for b in read_blocks("<p><a>One</a></p><p>Two</p>")] == [1.0, 0.0]


def test_a_page_with_a_tag_left_open_in_each_paragraph_is_read_to_its_end():
    lines = [f"Line {n}" for n in range(800)]
    assert texts("".join(f"<p><font>{line}</p>" for line in lines)) == lines


@pytest.mark.parametrize(
    "tag", ["<div>", "<b>", "<p><font>", "<table><tr><td>", "<a>", "<ul><li>", "<article>"]
)
def test_deep_nesting_neither_breaks_nor_loses_what_stands_before(tag: str):
    begun = time.perf_counter()
    found = texts("<p>First</p>" + tag * 100_000 + "deep")
    assert found[0] == "First"
    assert time.perf_counter() - begun < 3


def test_sections_of_a_deep_page_are_not_counted_anew_for_each_line():
    begun = time.perf_counter()
    assert len(read_blocks("<article><div>" * 900 + "<p>a</p>" * 20_000)) == 20_000
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize("markup", ["<p>a\x00b</p>", "\x00", "<p>\ud800</p>", "<p\x00>a</p>"])
def test_characters_that_no_page_has_are_no_danger(markup: str):
    assert all(isinstance(b, Block) for b in read_blocks(markup))


def test_a_line_may_be_very_long():
    assert len(texts(f"<p>{'word ' * 200_000}</p>")[0]) == 5 * 200_000 - 1


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("<h1>Bridge<br>opens</h1>", "Bridge opens"),
        ("<h1><span>Bridge</span> <em>opens</em></h1>", "Bridge opens"),
        ("<h1><div>Bridge</div><div>opens</div></h1>", "Bridge opens"),
        ("<h1><style>h1 {}</style>Bridge opens</h1>", "Bridge opens"),
        ("<h1><img alt='The Echo'></h1>", ""),
    ],
    ids=["line break", "inline", "blocks", "style inside", "picture"],
)
def test_text_of_a_heading_is_what_is_seen_of_it(heading: str, words: str):
    root = html.document_fromstring(f"{heading}behind it")
    assert text_of(root.find(".//h1")) == words


PIECES = st.sampled_from(
    "<p> </p> <div class='a b'> </div> <a href=x> </a> <br> <script> </script> <!-- --> <td> <table> </table> <nav> <svg> "
    '</svg> &amp; &eacute <![CDATA[ ]]> <h1> </h1> word ر 部 < > " <P <title> <textarea> \x00'.split(" ")
)


def check(markup: str) -> None:
    blocks = read_blocks(markup)
    for block in blocks:
        assert block.text == " ".join(block.text.split())
        assert block.text
        assert block.tag
        assert 0.0 <= block.link_share <= 1.0
    assert read_blocks(markup) == blocks


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_soup_of_tags_gives_whole_lines(markup: str):
    check(markup)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_string_gives_whole_lines(markup: str):
    check(markup)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)))
def test_any_piece_of_a_page_gives_whole_lines(start: int, end: int):
    check(PAGE[min(start, end) : max(start, end)])


def test_a_page_is_parsed_once_and_read_often():
    root = parse_page(PAGE)
    assert root is not None
    assert parse_page("") is None
