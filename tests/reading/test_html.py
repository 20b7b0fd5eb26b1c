"""Pages -> article, whatever the markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UnreadableReportError
from onrecord.reading.html import MAX_BLOCKS, MAX_HTML_CHARS, cut_code, is_html, read_html

BODY = (
    "<p>The mayor of Hull said on Monday that the harbour would stay shut until the storm had gone.</p>"
    "<p>“We will not put our workers in danger,” she told reporters at the town hall, adding that the city would pay.</p>"
    "<p>The union welcomed the plan and said that it would not strike before the summer.</p>"
)


def make_page(body: str = BODY, title: str = "Mayor shuts the harbour", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>Mayor shuts the harbour</h1>{body}</article></body></html>"


def read_or_refuse(page: str) -> str:
    """The article's text, or why there is none."""
    try:
        article = read_html(page, "a.html")
    except UnreadableReportError as error:
        return str(error)
    assert all(0 <= f.before <= len(article.text) for f in article.furniture)
    return article.text


def test_page_gives_headline_and_paragraphs():
    article = read_html(make_page(), "a.html")

    paragraphs = article.text.split("\n\n")
    assert paragraphs[0] == article.frame.headline == "Mayor shuts the harbour"
    assert len(paragraphs) == 4


def test_headline_stands_once():
    assert read_html(make_page("<p>News</p>" + BODY), "a.html").text.count("Mayor shuts the harbour") == 1


def test_metadata_goes_into_the_frame():
    head = (
        '<meta property="og:site_name" content="The Hull Echo"><meta name="author" content="Ana Reyes">'
        '<meta property="article:published_time" content="2021-05-02T10:00:00Z">'
        '<link rel="canonical" href="https://echo.example/harbour">'
    )
    article = read_html(make_page(head=head), "a.html")

    assert (article.outlet, article.published, article.url) == (
        "The Hull Echo",
        "2021-05-02T10:00:00+00:00",
        "https://echo.example/harbour",
    )
    assert article.frame.byline == ("Ana Reyes",)


@pytest.mark.parametrize(
    "title",
    [
        "Mayor shuts the harbour - The Hull Echo",
        "Mayor shuts the harbour | News | Hull Echo",
        "Mayor shuts the harbour – Hull Echo",
    ],
)
def test_headline_leaves_out_the_outlet(title: str):
    page = f"<html><head><title>{title}</title><meta property='og:title' content='{title}'><meta property='og:site_name' content='The Hull Echo'></head><body>{BODY}</body></html>"

    assert read_html(page, "a.html").title == "Mayor shuts the harbour"


def test_headline_keeps_its_own_dash():
    page = make_page(title="City will pay for the harbour – says Reyes").replace(
        "<h1>Mayor shuts the harbour</h1>", ""
    )

    assert read_html(page, "a.html").title == "City will pay for the harbour – says Reyes"


def test_the_address_at_which_a_page_was_found_tells_the_day_if_the_page_does_not():
    found_at = "https://echo.example/2021/05/02/harbour"
    own = "<link rel='canonical' href='https://echo.example/2021/05/01/harbour'>"

    assert read_html(make_page(), "a.html").published is None
    assert read_html(make_page(), "a.html", address=found_at).published == "2021-05-02"
    assert read_html(make_page(head=own), "a.html", address=found_at).published == "2021-05-01"


def test_rows_of_a_table_in_a_report_are_the_reports():
    towns = ("Varn", "Ostrel", "Dunmere", "Tolbeck", "Saltry", "Wexmoor", "Brindle", "Carrow")
    rows = "".join(f"<tr><td>{town}</td><td>{n * 370}</td></tr>" for n, town in enumerate(towns, 1))
    article = read_html(make_page(f"{BODY}<table>{rows}</table>{BODY}"), "a.html")

    assert all(town in article.text for town in towns)
    assert not article.furniture


def test_page_saved_inside_a_page_gives_no_code():
    inner = "<html><body><script>const copy = () => { document.body.append(1); };</script></body></html>"
    article = read_html(make_page(BODY + f"<noscript><iframe>{inner}</iframe></noscript>"), "a.html")

    assert "const copy" not in article.text


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        pytest.param("a<script>x</script>b<STYLE>y</Style >c", "abc", id="whatever the case"),
        pytest.param("İ<svg><style>x</style></svg>b", "İb", id="one within another"),
        pytest.param("a<script>x<style>y</script>b", "ab", id="begun within another"),
        pytest.param("a<script>x", "a<script>x", id="left open"),
        pytest.param(
            '<script type="application/LD+json">{}</script><script>x</script>',
            '<script type="application/LD+json">{}</script>',
            id="metadata",
        ),
    ],
)
def test_code_is_cut_and_metadata_stays(markup: str, left: str):
    assert cut_code(markup) == left


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html>",
        "  <!-- one --><!-- two -->\n<p>Hello",
        '<?xml version="1.0"?><html>',
        "\ufeff<DIV class='a'>",
    ],
)
def test_pages_are_recognised(text: str):
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The harbour <b>is</b> shut.",
        "< 5 per cent",
        "<!-- never closed",
        "<!-- a --> Harbour",
        "<picture>",
    ],
)
def test_texts_are_not_pages(text: str):
    assert not is_html(text)


@pytest.mark.parametrize("text", ["<!-- -->" * 20_000, "<!--" * 20_000, "<?xml >" * 5_000, " " * 100_000])
def test_comments_without_end_take_no_time(text: str):
    begin = time.process_time()
    is_html(text)
    assert time.process_time() - begin < 2


HOSTILE = {
    "deep nesting": "<div>" * 20_000 + BODY,
    "deep inline nesting": "<p>" + "<b>" * 20_000 + "words",
    "unclosed paragraphs": "<p>The mayor said so." * 2_000,
    "unclosed scripts": "<script>" * 50_000,
    "script flood": "<script>x()</script>" * 20_000 + BODY,
    "unclosed comment": "<!-- " + BODY,
    "unclosed style": "<style>a{" + BODY,
    "zero bytes": "\x00".join(BODY),
    "open angles": "<" * 100_000,
    "attributes": "<p " + "a=1 " * 50_000 + ">x</p>",
    "bad references": "<p>" + "&#xD800;&#0;&bogus;" * 5_000,
    "nested tables": "<table><tr><td>" * 2_000 + "x",
    "broken json": '<script type="application/ld+json">' + '{"a":' * 5_000 + "</script>" + BODY,
    "lone surrogate": "<p>\ud800</p>" + BODY,
    "letter that grows": "<p>İİİ</p><script>İ</script>" + BODY,
    "wrong declaration": '<meta charset="utf-16">' + BODY,
    "frames": "<frameset>" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_gives_an_article_or_one_clear_error(name: str):
    begin = time.process_time()
    text = read_or_refuse("<html><body>" + HOSTILE[name])
    assert text.strip()
    assert "\x00" not in text
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<html></html>", id="empty"),
        pytest.param("<html><body><nav><a href='/'>1</a></nav></body></html>", id="no words"),
        pytest.param("<html>" + " " * MAX_HTML_CHARS, id="too large"),
        pytest.param("<html><body>" + "<br>" * 1_500_000, id="too much markup"),
    ],
)
def test_page_without_an_article_is_refused(page: str):
    with pytest.raises(UnreadableReportError, match=r"^a\.html: "):
        read_html(page, "a.html")


_markup = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            "<p> </p> <div> </div> <script> </script> <!-- --> <b <a href= > <table> <td> </html> <title> <h1> & &#0;".split()
        ),
        st.just(BODY),
    ),
    max_size=25,
).map("".join)


@settings(max_examples=100, deadline=None)
@given(_markup)
def test_any_markup_gives_an_article_or_one_clear_error(markup: str):
    assert read_or_refuse("<html>" + markup).strip()


PICTURE = "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>"


@pytest.mark.parametrize(
    "picture",
    [
        PICTURE.format("Ferries lie at the quay of Varn. REUTERS/Pavel Orlo"),
        PICTURE.format(
            "<p>Ferries lie at the quay of Varn.</p><p class='photo-credit'>REUTERS/Pavel Orlo</p>"
        ),
        "<div><img src='a.jpg'><p class='caption'>Ferries lie at the quay of Varn.</p><p>REUTERS/Pavel Orlo</p></div>",
    ],
    ids=["one line", "two lines", "class"],
)
@pytest.mark.parametrize("place", ["above", "within", "behind"])
def test_captions_and_credits_of_figures_go_into_the_frame(picture: str, place: str):
    first, second, third = (f"{p}</p>" for p in BODY.split("</p>")[:3])
    bodies = {
        "above": picture + BODY,
        "within": first + picture + second + third,
        "behind": BODY + picture,
    }
    article = read_html(make_page(bodies[place]), "a.html")

    assert article.frame.captions == ("Ferries lie at the quay of Varn.",)
    assert article.frame.credits == ("REUTERS/Pavel Orlo",)
    assert "Ferries" not in article.text


@pytest.mark.parametrize(
    "other",
    [
        "<div class='related'><div><div><div>"
        + PICTURE.format("A storm in Hull.")
        + "</div></div></div></div>",
        "<aside>" + PICTURE.format("A storm in Hull.") + "</aside>",
        PICTURE.format("<a href='/storm'>A storm in Hull.</a>"),
        "<figure><blockquote>The storm is no danger to anybody in Hull.</blockquote></figure>",
    ],
    ids=["related", "aside", "link", "pulled quotation"],
)
def test_figures_of_other_reports_are_not_this_ones(other: str):
    first, rest = BODY.split("</p>", 1)
    article = read_html(make_page(f"{first}</p>{other}{rest}"), "a.html")

    assert article.frame.captions == article.frame.credits == ()


def test_a_figure_gives_the_year_that_the_dateline_leaves_out():
    body = "<p>HULL, Jan. 2 (Reuters) - " + BODY.removeprefix("<p>")
    picture = PICTURE.format("The harbour of Hull, December 31, 2020. REUTERS/Pavel Orlo")
    article = read_html(make_page(body + picture), "a.html")

    assert article.published == "2021-01-02"


def test_a_paragraph_that_a_figure_has_torn_is_joined_again():
    torn = BODY.replace(
        "until the storm", "</p>" + PICTURE.format("The quay on Sunday.") + "<p>until the storm"
    )
    article = read_html(make_page(torn), "a.html")

    assert "would stay shut until the storm had gone." in article.text
    assert article.frame.captions == ("The quay on Sunday.",)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<p>The mayor said no. " * (MAX_BLOCKS + 1), "lines"),
        ("<p>" + "The mayor said no. " * 90_000, "characters of text"),
    ],
    ids=["lines", "text"],
)
def test_a_page_that_would_take_long_is_refused_before_it_is_read(body: str, why: str):
    with pytest.raises(UnreadableReportError, match=why):
        read_html(make_page(body), "a.html")


def test_an_agency_that_metadata_calls_the_author_is_the_reports_agency():
    article = read_html(make_page(head='<meta name="author" content="Reuters">'), "a.html")

    assert article.frame.agency == "Reuters"


def test_what_a_reader_sees_in_the_article_and_the_extractor_drops_is_furniture_with_its_place():
    dropped = """<aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Ferry fares rise in Orvale</a></li></ul></aside>
    <div class="ad">Advertisement</div>"""
    foot = "<footer><p>© 2024 Orvale Echo. All rights reserved.</p></footer>"
    page = make_page(
        f"{BODY}{dropped}{BODY.replace('Monday', 'Friday')}{foot}</article><footer>About us</footer><article>"
    )
    article = read_html(page, "a.html")

    texts = [f.text for f in article.furniture]
    assert texts == [
        "Related stories",
        "Ferry fares rise in Orvale",
        "Advertisement",
        "© 2024 Orvale Echo. All rights reserved.",
    ]
    assert all(article.text[f.before :].startswith("\n\n") for f in article.furniture[:3])
    assert article.furniture[3].before == len(article.text)
    assert not any(text in article.text for text in texts)
