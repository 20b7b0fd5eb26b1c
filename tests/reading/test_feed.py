"""Feeds -> articles: what carries its report is read, what carries a teaser is named with its page."""

from __future__ import annotations

import contextlib
import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading import feed_entries
from onrecord.reading.feed import MAX_PASSAGE_CHARS, MIN_CONTENT_WORDS, MIN_DESCRIPTION_WORDS, read_feed
from onrecord.reading.feed_entries import MAX_ENTRY_ELEMENTS, is_feed
from onrecord.reading.feed_xml import mend_xml
from onrecord.reading.options import Read, ReadOptions

PARAGRAPHS = (
    "The ferry to Nordhamn was late on Monday because of fog, the harbour master of Sundvik said.",
    "“Nobody should have to wait in the rain,” she told passengers at the quay, adding that a second boat would come.",
    "The company welcomed the plan and said that it would pay for the tickets of all who waited.",
)
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)
LONG = " ".join(PARAGRAPHS * 3)
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(*items: str, head: str = "<title>The Sundvik Echo</title><link>https://echo.example/</link>") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>\n<rss version="2.0" {SPACES}><channel>{head}{inner}</channel></rss>'


def atom(*entries: str, head: str = "<title>The Sundvik Echo</title>", base: str = "") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {base}>{head}{inner}</feed>'


def full(fields: str = "", title: str = "Ferry is late", body: str = BODY) -> str:
    return f"<title>{title}</title>{fields}<content:encoded><![CDATA[{body}]]></content:encoded>"


def read(data: str | bytes, *, as_is: bool = False) -> list[Read]:
    stream = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    return list(read_feed(stream, "in.xml", ReadOptions(as_is=as_is)))


def read_one(data: str | bytes, *, as_is: bool = False) -> Article:
    (article,) = read(data, as_is=as_is)
    assert isinstance(article, Article), article
    return article


def refusal(data: str | bytes, *, as_is: bool = False) -> str:
    (error,) = read(data, as_is=as_is)
    assert isinstance(error, UnreadableReportError)
    assert "\n" not in str(error)
    return str(error)


# What an entry gives.


def test_entry_gives_its_report_under_its_headline():
    article = read_one(rss(full()))

    assert article.text == f"Ferry is late\n\n{TEXT}"
    assert article.title == article.frame.headline == "Ferry is late"
    assert article.origin == "in.xml, entry 1"


def test_fields_of_rss_go_into_the_frame():
    fields = (
        "<link>https://echo.example/ferry?a=1&amp;b=2</link><guid isPermaLink='false'>echo-17</guid>"
        "<pubDate>Fri, 07 Jan 2022 09:30:00 +0100</pubDate><atom:updated>2022-01-08T00:00:00Z</atom:updated>"
        "<dc:creator>Ana Reyes and Bo Li</dc:creator><category>Ports</category><category>Weather</category>"
    )
    article = read_one(rss(full(fields)))

    assert (article.id, article.url, article.outlet) == (
        "echo-17",
        "https://echo.example/ferry?a=1&b=2",
        "The Sundvik Echo",
    )
    assert (article.published, article.frame.published_how, article.frame.updated) == (
        "2022-01-07T09:30:00+01:00",
        "feed entry",
        "2022-01-08T00:00:00+00:00",
    )
    assert article.frame.byline == ("Ana Reyes", "Bo Li")
    assert article.frame.section == "Ports"


def test_fields_of_atom_go_into_the_frame():
    entry = (
        "<title type='html'>Ferry is &lt;em&gt;late&lt;/em&gt;</title><id>tag:echo.example,2022:17</id>"
        "<link rel='enclosure' href='ferry.mp3'/><link href='ferry.html'/>"
        "<published>2022-01-07T09:30:00+01:00</published><updated>2022-01-08T00:00:00Z</updated>"
        "<author><name>Ana Reyes</name><email>ana@echo.example</email></author>"
        f"<category term='prt' label='Ports'/><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{BODY}</div></content>"
    )
    article = read_one(atom(entry, base='xml:base="https://echo.example/news/"'))

    assert article.text == f"Ferry is late\n\n{TEXT}"
    assert (article.id, article.url) == ("tag:echo.example,2022:17", "https://echo.example/news/ferry.html")
    assert (article.published, article.frame.updated) == (
        "2022-01-07T09:30:00+01:00",
        "2022-01-08T00:00:00+00:00",
    )
    assert (article.outlet, article.frame.byline, article.frame.section) == (
        "The Sundvik Echo",
        ("Ana Reyes",),
        "Ports",
    )


def test_fields_of_rss_1_go_into_the_frame():
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{SPACES}><channel rdf:about="https://echo.example/"><title>Echo</title></channel>'
        f'<item rdf:about="https://echo.example/17"><dc:date>2022-01-07</dc:date><dc:subject>Ports</dc:subject>{full()}</item></rdf:RDF>'
    )
    article = read_one(feed)

    assert article.id == article.url == "https://echo.example/17"
    assert (article.published, article.outlet, article.frame.section) == ("2022-01-07", "Echo", "Ports")


def test_what_a_feed_does_not_say_is_unknown():
    article = read_one(rss(full(), head=""))

    assert (article.published, article.outlet, article.url) == (None, None, None)
    assert (article.frame.published_how, article.frame.updated, article.frame.section) == (None, None, None)
    assert article.frame.byline == ()
    assert article.id.startswith("r-")


def test_update_is_no_publication():
    entry = f"<title>Ferry</title><updated>2022-01-08T00:00:00Z</updated><content>{LONG}</content>"
    article = read_one(atom(entry))

    assert (article.published, article.frame.updated) == (None, "2022-01-08T00:00:00+00:00")


@pytest.mark.parametrize(
    ("given_time", "expected"),
    [
        ("Fri, 07 Jan 2022 09:30:00 GMT", "2022-01-07T09:30:00+00:00"),
        ("Fri, 07 Jan 2022 09:30:00 EST", "2022-01-07T09:30:00-05:00"),
        ("07 Jan 2022 09:30 PDT", "2022-01-07T09:30:00-07:00"),
        ("Fri, 07 Jan 22 09:30:00 UT", "2022-01-07T09:30:00+00:00"),
        ("Thu, 07 Jan 99 09:30:00 +0000", "1999-01-07T09:30:00+00:00"),
        ("2022-01-07T09:30:00.123-03:30", "2022-01-07T09:30:00-03:30"),
        ("2022-01-07", "2022-01-07"),
        ("Fri, 07 Jan 2022 09:30:00 QQQ", "2022-01-07T09:30:00"),
        ("2022", None),
        ("yesterday", None),
        ("Fri, 35 Jan 2022 09:30:00 GMT", None),
        ("", None),
    ],
)
def test_times_keep_their_zone(given_time: str, expected: str | None):
    assert read_one(rss(full(f"<pubDate>{given_time}</pubDate>"))).published == expected


@pytest.mark.parametrize(
    ("fields", "byline"),
    [
        ("<author>ana@echo.example (Ana Reyes)</author>", ("Ana Reyes",)),
        ("<author>ana@echo.example</author>", ()),
        ("<dc:creator>By Ana Reyes</dc:creator><dc:creator>Bo Li</dc:creator>", ("Ana Reyes", "Bo Li")),
        ("<dc:creator>The Sundvik Echo</dc:creator>", ()),
        ("<dc:creator>admin</dc:creator>", ()),
        ("<dc:creator>" + "Ana " * 100 + "</dc:creator>", ()),
    ],
    ids=["name behind mail", "mail alone", "two fields", "the outlet", "log-in name", "far too long"],
)
def test_authors_are_people(fields: str, byline: tuple[str, ...]):
    assert read_one(rss(full(fields))).frame.byline == byline


def test_printed_byline_goes_before_a_log_in_name():
    article = read_one(rss(full("<dc:creator>areyes</dc:creator>", body="<p>By Ana Reyes</p>" + BODY)))

    assert article.frame.byline == ("Ana Reyes",)


@pytest.mark.parametrize(
    ("source", "byline"), [("", ("Bo Li",)), ("<source><title>Ferry Times</title></source>", ())]
)
def test_author_of_the_feed_is_that_of_its_own_entries(source: str, byline: tuple[str, ...]):
    entry = f"<title>Ferry is late</title>{source}<content>{LONG}</content>"

    assert read_one(atom(entry, head="<author><name>Bo Li</name></author>")).frame.byline == byline


@pytest.mark.parametrize(
    "source", ["<source url='https://times.example/feed'>Ferry Times</source>", "<atom:source><atom:title>Ferry Times</atom:title></atom:source>"]
)  # fmt: skip
def test_outlet_is_the_source_that_an_entry_was_taken_from(source: str):
    assert read_one(rss(full(source))).outlet == "Ferry Times"


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("<link> https://echo.example/1 </link>", "https://echo.example/1"),
        ("<link>/1</link>", "https://echo.example/1"),
        ("<guid>https://echo.example/1</guid>", "https://echo.example/1"),
        ("<guid>17</guid>", None),
        ("<guid isPermaLink='false'>https://echo.example/1</guid>", None),
        ("<link>https://echo.example/?a=1&b=2</link>", "https://echo.example/?a=1&b=2"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>http://[::1/</link>", None),
        ("<atom:link rel='replies' href='https://echo.example/1#c'/>", None),
        ("<link>https://proxy.example/1</link><feedburner:origLink>https://echo.example/1</feedburner:origLink>", "https://echo.example/1"),
    ],
    ids=["blanks", "relative", "permalink", "number", "no permalink", "bare ampersand", "script", "malformed", "comments", "behind a proxy"],
)  # fmt: skip
def test_address_is_that_of_the_page(fields: str, url: str | None):
    assert read_one(rss(full(fields))).url == url


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Q&amp;A: ferry &amp;#8217;s fog", "Q&A: ferry ’s fog"),
        ("Q&A on the ferry", "Q&A on the ferry"),
        ("Ferry&nbsp;is<br/>\n late", "Ferry is late"),
        ("<![CDATA[Ferry <i>is</i> late]]>", "Ferry is late"),
        ("&lt;b&gt;Ferry&lt;/b&gt; &amp;amp; bus", "Ferry & bus"),
        ("Ferry, 3 &lt; 4", "Ferry, 3 < 4"),
    ],
)
def test_headline_is_plain(title: str, headline: str):
    assert read_one(rss(full(title=title))).frame.headline == headline


def test_title_of_a_picture_is_not_the_headline():
    assert read_one(rss(full("<media:title>A ferry</media:title>", title=""))).frame.headline is None


def test_headline_stands_once():
    assert read_one(rss(full(body="<h2>Ferry is late</h2>" + BODY))).text.count("Ferry is late") == 1


def test_section_that_is_none_is_passed_over():
    fields = "<category>Uncategorized</category><category>https://echo.example/tag/1</category><category>Ports</category>"

    assert read_one(rss(full(fields))).frame.section == "Ports"


def test_furniture_of_the_publishing_system_is_cut():
    notice = "The post Ferry is late appeared first on The Sundvik Echo."
    article = read_one(rss(full(body=f"{BODY}<p>Read more: Bus is late</p><p>{notice}</p>")))

    assert article.text.endswith(PARAGRAPHS[-1])
    assert [f.text for f in article.furniture] == ["Read more: Bus is late", notice]
    assert all(f.before <= len(article.text) for f in article.furniture)


@pytest.mark.parametrize("kind", ["", "type='text'", "type='text/plain'"])
def test_plain_content_keeps_its_paragraphs(kind: str):
    assert (
        read_one(atom(f"<title>Ferry is late</title><content {kind}>{TEXT}</content>")).text
        == f"Ferry is late\n\n{TEXT}"
    )


def test_paragraphs_by_line_breaks_are_kept():
    assert read_one(rss(full(body="<br><br>".join(PARAGRAPHS)))).text == f"Ferry is late\n\n{TEXT}"


def test_script_in_an_entry_is_no_text():
    article = read_one(rss(full(body=f"<script>steal()</script>{BODY}<style>p {{}}</style>")))

    assert article.text == f"Ferry is late\n\n{TEXT}"


def test_as_is_text_is_what_the_feed_carries():
    article = read_one(rss(full("<guid>1</guid><pubDate>2022-01-07</pubDate>")), as_is=True)

    assert article.text == BODY
    assert (article.id, article.title, article.published) == ("1", "Ferry is late", "2022-01-07")


# Whole reports and teasers.


def test_teaser_is_refused_with_its_page():
    item = "<title>Ferry is late</title><link>https://echo.example/1?a=1&amp;b=2</link><description>Fog over the fjord.</description>"

    assert refusal(rss(item)) == (
        "in.xml, entry 1 (“Ferry is late”): the feed carries no full text, only 4 words of it. "
        "Read the page itself: onrecord read 'https://echo.example/1?a=1&b=2'"
    )


@pytest.mark.parametrize(
    "item",
    [
        "",
        "<title>Ferry is late</title>",
        f"<description>{'word ' * (MIN_DESCRIPTION_WORDS - 1)}</description>",
        f"<content:encoded>{'word ' * (MIN_CONTENT_WORDS - 1)}</content:encoded>",
        f"<description>{LONG} [&#8230;]</description>",
        f"<description>{LONG} [...] &lt;a href='/1'&gt;Continue reading&lt;/a&gt;</description>",
        full(body=f"{BODY}<p><a href='/1'>Continue reading Ferry is late</a></p>"),
        full(body=f"{BODY}<p>A second boat …</p>"),
        full(body=f"{BODY}<p>Read more</p>"),
        full(body=f"{BODY}<p>It was [&hellip;]</p><p>The post Ferry is late appeared first on Echo.</p>"),
        f"<description>{TEXT}</description><content:encoded>{TEXT}</content:encoded>",
        "<content:encoded><![CDATA[<img src='https://echo.example/1.jpg'>]]></content:encoded>",
    ],
    ids=["nothing", "headline", "short description", "few words", "cut off", "goes on", "goes on behind a link", "trails off", "read more", "cut off before a notice", "description twice", "picture"],
)  # fmt: skip
def test_beginnings_are_refused(item: str):
    assert "the feed carries no full text" in refusal(rss(item))


@pytest.mark.parametrize(
    "item",
    [
        f"<description>{LONG}</description>",
        f"<description>&lt;p&gt;{LONG}&lt;/p&gt;</description>",
        f"<description>{LONG} They “will wait …”</description>",
        f"<description>Fog.</description><content:encoded>{LONG}</content:encoded>",
        f"<content:encoded>Fog.</content:encoded><description>{LONG}</description>",
        full(body=f"{BODY}<p>Read more: Bus is late</p>"),
        full(body=BODY + "<p>He told them to continue reading.</p>"),
        f"<xhtml:body xmlns:xhtml='http://www.w3.org/1999/xhtml'><xhtml:p>{LONG}</xhtml:p></xhtml:body>",
        f"<summary>{LONG}</summary>",
    ],
    ids=["description", "description with markup", "dots in the end", "content beside a teaser", "description beside a caption", "related story", "words of a teaser", "xhtml", "summary"],
)  # fmt: skip
def test_whole_reports_are_read(item: str):
    assert PARAGRAPHS[0] in read_one(rss(item)).text


@pytest.mark.parametrize(
    "content",
    [
        "<content src='ferry.html' type='text/html'/>",
        f"<content type='application/octet-stream'>{LONG}</content>",
        f"<content type='image/png'>{LONG}</content>",
        f"<content mode='base64'>{LONG}</content>",
    ],
    ids=["elsewhere", "bytes", "picture", "base64"],
)
def test_content_that_is_no_text_is_not_read(content: str):
    assert "no full text" in refusal(atom(f"<title>Ferry is late</title>{content}"))


def test_bad_entries_do_not_stop_the_good_ones():
    reads = read(rss("<title>One</title>", full("<guid>2</guid>"), "", full("<guid>4</guid>")))

    assert [r.id if isinstance(r, Article) else None for r in reads] == [None, "2", None, "4"]


# Broken and hostile feeds.


@pytest.mark.parametrize(
    "end", ["", "</p>", "</div></p>", "<br>", "<p>", "<b>", "<", "&", "</item2>", "<x:y>", "<a href=x y>"]
)
def test_broken_markup_stays_within_its_entry(end: str):
    reads = read(rss(f"<title>One</title><description>{LONG}{end}</description>", full("<guid>2</guid>")))

    assert [isinstance(r, Article) for r in reads] == [True, True]
    assert PARAGRAPHS[0] in reads[0].text  # type: ignore[union-attr]


def test_undeclared_prefixes_are_understood():
    article = read_one(
        f"<rss><channel><item>{full('<dc:creator>Ana Reyes</dc:creator>')}</item></channel></rss>"
    )

    assert article.frame.byline == ("Ana Reyes",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_declared_encodings_are_read(encoding: str):
    name = encoding.removesuffix("-sig")
    feed = rss(full(title="Fähre ist spät")).replace('"1.0"', f'"1.0" encoding="{name}"')

    assert read_one(feed.encode(encoding, "xmlcharrefreplace")).title == "Fähre ist spät"


def test_wrongly_declared_encoding_is_seen_through():
    feed = rss(full(title="Fähre ist spät")).replace('"1.0"', '"1.0" encoding="iso-8859-1"')

    assert read_one(feed.encode()).title == "Fähre ist spät"


@pytest.mark.parametrize("cut", [60, 400, 1_000, -30, -1])
def test_feed_that_breaks_off_is_named_once_in_the_end(cut: int):
    feed = rss(full("<guid>1</guid>"), full("<guid>2</guid>")).encode()
    *articles, error = read(feed[:cut])

    assert "breaks off" in str(error)
    assert all(isinstance(a, Article) and a.text == f"Ferry is late\n\n{TEXT}" for a in articles)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "is empty"),
        ("The ferry is late.", "no RSS or Atom feed"),
        ("<html><body>rss</body></html>", "no RSS or Atom feed"),
        ("<!-- <rss> --><nitf/>", "no RSS or Atom feed"),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "no RSS or Atom feed"),
        ("<rss/>", "has no entries"),
        ("<rss><channel/></rss>", "has no entries"),
        ("<rss", "no RSS or Atom feed"),
        (b"\x1f\x8b\x08", "gzip archive"),
        (b"<rss>" + bytes(range(1, 32)) * 9 + b"</rss>", "binary"),
    ],
)
def test_what_is_no_feed_is_refused(data: str | bytes, why: str):
    assert why in refusal(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<rss>", True),
        (
            "\ufeff\n<?xml version='1.0'?><!-- a feed --><!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'>",
            True,
        ),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", True),
        ("<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", True),
        ("<entry xmlns='http://www.w3.org/2005/Atom'>", True),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", True),
        ("<feed xmlns='urn:stock'>", False),
        ("<newsItem>", False),
        ("<rssx>", False),
        ("<!-- <rss>", False),
        ("rss", False),
        ("", False),
    ],
)
def test_feeds_are_recognised(text: str, expected: bool):
    assert is_feed(text) is expected


def declaring(subset: str, title: str) -> str:
    return rss(full(title=title)).replace("<rss", f"<!DOCTYPE rss [{subset}]><rss", 1)


@pytest.mark.parametrize(
    "feed",
    [
        declaring("<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 12)), "Ferry &a11;"),
        declaring(f"<!ENTITY a '{'a' * 50_000}'>", "Ferry " + "&a;" * 100),
        declaring("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "Ferry &a;"),
        declaring("<!ENTITY a SYSTEM 'http://127.0.0.1:9/'>", "Ferry &a;"),
        declaring("<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;", "Ferry &a;"),
        declaring("<!ENTITY a \"]><rss><channel><item><title>Other\">", "Ferry &a;"),
    ],
    ids=["billion laughs", "quadratic", "file", "address", "parameter", "quoted end"],
)  # fmt: skip
def test_entities_are_not_expanded(feed: str):
    for result in read(feed):
        assert "root:" not in (result.text if isinstance(result, Article) else str(result))
        assert not isinstance(result, Article) or len(result.text) < 2_000


def test_declared_attributes_are_not_added():
    feed = declaring(f"<!ATTLIST p x CDATA '{'a' * 50_000}'>", "Ferry").replace(
        "<title>", "<p/>" * 5_000 + "<title>"
    )
    start = time.monotonic()

    assert len(read(feed)) == 1
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "noise",
    ["<a>", "<a ", "<a/>", "<", "&", "&x;", "</a>", "<!--", "<![CDATA[", "<?", "<!", "<a b='", "<a><b></a>", "]", "xmlns:a='b' ", "<title>a</title>"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["channel", "entry", "title"])
def test_noise_takes_no_time(noise: str, place: str):
    before = {"channel": "", "entry": "<item>", "title": "<item><title>"}[place]
    start = time.monotonic()
    read(f"<rss><channel>{before}{noise * (60_000 // len(noise))}</item></channel></rss>")

    assert time.monotonic() - start < 5


@pytest.mark.parametrize("markup", ["<br>", "<p>a", "<div>", "<b>a", "a<br>", "<a href=x>a"])
def test_hostile_markup_takes_no_time(markup: str):
    start = time.monotonic()
    read(rss(full(body=BODY + markup * (40_000 // len(markup)))))

    assert time.monotonic() - start < 8


def test_deep_markup_keeps_its_text():
    article = read_one(
        atom(f"<title>Ferry</title><content type='xhtml'>{'<div>' * 1_000}{BODY}{'</div>' * 1_000}</content>")
    )

    assert PARAGRAPHS[0] in article.text


def test_entry_of_too_many_elements_is_refused():
    reads = read(rss("<x/>" * (MAX_ENTRY_ELEMENTS + 1), full()))

    assert "elements" in str(reads[0])
    assert isinstance(reads[1], Article)


def test_entry_of_too_much_text_is_refused():
    assert "characters" in refusal(rss(full(body="a " * MAX_PASSAGE_CHARS)))


def test_feed_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feed_entries, "MAX_FEED_BYTES", 1_000)

    assert "more than" in refusal(rss(full() * 9))


GOOD = rss(
    full("<guid>1</guid><pubDate>2022-01-07</pubDate>"),
    f"<title>Two</title><description>{LONG}</description>",
).encode()


def check(data: bytes) -> None:
    reads = read(data)
    for result in reads:
        assert isinstance(result, Article | UnreadableReportError)
        if isinstance(result, Article):
            assert result.text.strip()
            assert all(0 <= f.before <= len(result.text) for f in result.furniture)
        else:
            assert len(str(result).splitlines()) == 1
    assert [str(r) for r in read(data)] == [str(r) for r in reads]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes):
    check(data)
    check(b"<rss><channel><item>" + data + b"</item></channel></rss>")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=12)),
        min_size=1,
        max_size=4,
    )
)
def test_damaged_feeds_are_read_or_refused(damages: list[tuple[int, int, bytes]]):
    data = GOOD
    for at, length, instead in damages:
        data = data[:at] + instead + data[at + length :]
    check(data)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, len(GOOD)))
def test_feeds_cut_anywhere_are_read_or_refused(cut: int):
    check(GOOD[:cut])


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("<>/abx='\"&;#! -:[]?"), st.characters()), max_size=60))
def test_mended_xml_is_well_formed(text: str):
    mended = "".join(mend_xml(f"<rss><b>{text}]]>--></b></rss>", 0))
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with contextlib.suppress(etree.XMLSyntaxError):
        etree.fromstring(mended.encode(), parser)
    faults = {error.type_name for error in parser.error_log}

    # Text in CDATA that is left open, or behind a `</rss>`, is no fault of the mending.
    assert not {f for f in faults if not f.startswith("NS_")} - {
        "ERR_TAG_NOT_FINISHED",
        "ERR_DOCUMENT_END",
        "ERR_CDATA_NOT_FINISHED",
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["<item>", "</item>", "<title>", "</title>", "<p>", "</p>", "<![CDATA[", "]]>", "<!--", "-->", "&", "&lt;", "&#0;", "a", " ", "<entry/>", "<link href='/'/>", "\x00", "<a b='c>", "</channel>", "<content:encoded>", LONG]), max_size=25))  # fmt: skip
def test_any_order_of_tags_is_read_or_refused(parts: list[str]):
    check(("<rss><channel>" + "".join(parts)).encode())


@pytest.mark.parametrize(
    "seed", sorted((Path(__file__).parents[2] / "fuzz/corpus/feed").iterdir()), ids=lambda p: p.name
)
def test_odd_feeds_are_read_or_refused(seed: Path):
    check(seed.read_bytes())
