"""NITF -> article: body, frame, and every way in which the XML can be bad."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Dateline
from onrecord.errors import UnreadableReportError
from onrecord.reading.news_xml import MAX_NODES, MAX_XML_BYTES
from onrecord.reading.nitf import read_nitf
from onrecord.reading.options import Read, ReadOptions

HEADLINE = "Mayor shuts the harbour"
LEAD = "The mayor of Port Elm shut the harbour on Monday until the storm had gone."
SECOND = "“We will not put our workers in danger,” she told reporters."


def make_nitf(
    *,
    docdata: str = "",
    head: str = "",
    body_head: str = f"<hedline><hl1>{HEADLINE}</hl1></hedline>",
    content: str = f"<p>{LEAD}</p><p>{SECOND}</p>",
    end: str = "",
    doctype: str = "",
) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<nitf><head><docdata>{docdata}</docdata>{head}</head><body>'
        f"<body.head>{body_head}</body.head><body.content>{content}</body.content><body.end>{end}</body.end></body></nitf>"
    )


def read(document: str | bytes, *, as_is: bool = False) -> list[Read]:
    data = document.encode() if isinstance(document, str) else document
    return list(read_nitf(io.BytesIO(data), "a.xml", ReadOptions(as_is=as_is)))


def read_one(document: str | bytes, *, as_is: bool = False) -> Article:
    (article,) = read(document, as_is=as_is)
    assert isinstance(article, Article), article
    return article


def refuse(document: str | bytes) -> str:
    (error,) = read(document)
    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith("a.xml")
    assert len(str(error).splitlines()) == 1
    return str(error)


def test_text_is_the_headline_and_the_paragraphs():
    article = read_one(make_nitf())

    assert article.text == f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}"
    assert article.title == article.frame.headline == HEADLINE


def test_headline_that_the_body_repeats_stands_once():
    assert read_one(make_nitf(content=f"<p>{HEADLINE}</p><p>{LEAD}</p>")).text == f"{HEADLINE}\n\n{LEAD}"


@pytest.mark.parametrize("headline", ["Sign up now", "By Land and Sea", "Advertisement", "Related:"])
def test_headline_stays_first_whatever_it_looks_like(headline: str):
    article = read_one(make_nitf(body_head=f"<hedline><hl1>{headline}</hl1></hedline>"))

    assert article.text.startswith(f"{headline}\n\n{LEAD}")
    assert article.frame.headline == headline
    assert all(0 <= f.before <= len(article.text) and f.text != headline for f in article.furniture)


def test_second_headline_follows_the_first():
    head = f"<hedline><hl1>{HEADLINE}</hl1><hl2>Union welcomes the plan</hl2><hl2>MAYOR SHUTS THE HARBOUR</hl2><hl2>Mayor shuts the harbour, and boats</hl2></hedline>"

    assert read_one(make_nitf(body_head=head)).text.split("\n\n")[:3] == [
        HEADLINE,
        "Union welcomes the plan",
        LEAD,
    ]


def test_flash_is_its_headline():
    assert read_one(make_nitf(content="")).text == HEADLINE


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<hl2>Ferries</hl2><p>None sails.</p>", ["Ferries", "None sails."]),
        ("<bq><block><p>We pay.</p></block><credit>Town hall</credit></bq>", ["We pay.", "Town hall"]),
        ("<p>One.</p><ul><li>Two boats</li><li>Three boats</li></ul>", ["One.", "Two boats", "Three boats"]),
        ("<table><tr><td>Boat</td><td><p>Crew</p></td></tr><tr><td>Elm</td><td>7</td></tr></table>", ["Boat | Crew", "Elm | 7"]),
        ("<p>The <person>Ann Lee</person>\n  <org>union</org> agreed.</p>", ["The Ann Lee union agreed."]),
        ("<p>Pier road.<br/><br/>Ferry lane.</p>", ["Pier road.", "Ferry lane."]),
        ("<p><frac><frac-num>1</frac-num><frac-sep/><frac-den>2</frac-den></frac> a mile.</p>", ["1/2 a mile."]),
        ("<p>$1<frac><frac-num>1</frac-num><frac-sep/><frac-den>2</frac-den></frac> million.</p>", ["$1 1/2 million."]),
        ("<p>A<note><body.content><p>Eds: see photo</p></body.content></note> pier.</p>", ["A", "pier."]),
    ],
    ids=["subheading", "block quotation", "list", "table", "names", "double break", "fraction", "fraction behind a number", "note"],
)  # fmt: skip
def test_body_elements_are_read_as_printed(content: str, expected: list[str]):
    assert read_one(make_nitf(content=content), as_is=True).text.split("\n\n") == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<q>We pay</q>, she said.", "“We pay”, she said."),
        ("“<q>We pay</q>”, she said.", "“We pay”, she said."),
        ("<q>“We pay”</q>, she said.", "“We pay”, she said."),
        ("<q/>She said so.", "She said so."),
    ],
    ids=["without marks", "marks around", "marks inside", "empty"],
)
def test_quotation_has_its_marks_once(markup: str, expected: str):
    assert read_one(make_nitf(content=f"<p>{markup}</p>"), as_is=True).text == expected


def test_list_at_the_top_gives_the_bullets():
    content = f"<ul><li>Ferries stay in port</li><li>City will pay</li></ul><p>{LEAD}</p>"
    article = read_one(make_nitf(content=content))

    assert article.frame.bullets == ("Ferries stay in port", "City will pay")
    assert article.text == f"{HEADLINE}\n\nFerries stay in port\n\nCity will pay\n\n{LEAD}"


def test_abstract_that_the_body_begins_with_stands_once():
    head = f"<hedline><hl1>{HEADLINE}</hl1></hedline><abstract><p>{LEAD}</p></abstract>"

    assert read_one(make_nitf(body_head=head)).text.count(LEAD) == 1


def test_abstract_that_an_archive_has_made_is_not_the_reports():
    head = f"<hedline><hl1>{HEADLINE}</hl1></hedline><abstract><p>Mayor Holm shuts harbour of Port Elm (M)</p></abstract>"

    assert read_one(make_nitf(body_head=head)).text == f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}"


def test_first_paragraph_that_an_archive_keeps_apart_stands_once():
    content = f'<block class="lead_paragraph"><p>{LEAD}</p></block><block class="full_text"><p>{LEAD}</p><p>{SECOND}</p></block>'

    assert read_one(make_nitf(content=content)).text == f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<byline>By <person>Ana Reyes</person> and <person>Bo Li</person></byline>", ("Ana Reyes", "Bo Li")),
        ("<byline>By ANA REYES<byttl>Courier Writer</byttl></byline>", ("ANA REYES",)),
        ("<byline>By Ana Reyes and Bo Li, Courier Writers</byline>", ("Ana Reyes", "Bo Li")),
        ("<byline>By JUAN PABLO LOPEZ</byline><byline class='normalized_byline'>LOPEZ, J P</byline>", ("JUAN PABLO LOPEZ",)),
        ("<byline><person><name.given>Ana</name.given><name.family>Reyes</name.family></person></byline>", ("Ana Reyes",)),
        ("<byline>By ANA REYES,</byline><byline>Special to The Elm Times</byline>", ("ANA REYES",)),
        ("<byline/>", ()),
    ],
    ids=["persons", "title apart", "title behind", "capitals and catalogue", "parts of a name", "two lines", "empty"],
)  # fmt: skip
def test_byline_names_people(byline: str, names: tuple[str, ...]):
    assert read_one(make_nitf(body_head=byline)).frame.byline == names


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("<location>PORT ELM</location>, <story.date norm='20220107'>Jan 7</story.date>", Dateline("PORT ELM", "Jan 7")),
        ("<location>PORT ELM, Elmland (AP)</location>", Dateline("PORT ELM, Elmland", None, "AP")),
        ("PORT ELM, Jan 7 (Reuters) -", Dateline("PORT ELM", "Jan 7", "Reuters")),
        ("Port Elm", Dateline("Port Elm")),
        ("", Dateline()),
    ],
    ids=["elements", "agency in the place", "as a line", "place", "empty"],
)  # fmt: skip
def test_dateline_goes_into_the_frame(dateline: str, expected: Dateline):
    assert read_one(make_nitf(body_head=f"<dateline>{dateline}</dateline>")).frame.dateline == expected


@pytest.mark.parametrize(
    ("docdata", "head", "published", "updated", "how"),
    [
        ('<date.issue norm="20220107T093000Z"/>', "", "2022-01-07T09:30:00+00:00", None, "NITF issue date"),
        ('<date.issue norm="20220107T0930+0100"/>', "", "2022-01-07T09:30:00+01:00", None, "NITF issue date"),
        ('<date.issue norm="2022-01-07T09:30:00-05:00"/>', "", "2022-01-07T09:30:00-05:00", None, "NITF issue date"),
        ('<date.issue norm="20220107T060000Z"/><date.release norm="20220107T120000Z"/>', "", "2022-01-07T12:00:00+00:00", None, "NITF release date"),
        ("", '<pubdata date.publication="20220107T000000"/>', "2022-01-07", None, "NITF publication date"),
        ('<date.issue norm="20220107T093000Z"/>', '<revision-history norm="20220107T110000Z"/><revision-history norm="20220107T100000Z"/>', "2022-01-07T09:30:00+00:00", "2022-01-07T11:00:00+00:00", "NITF issue date"),
        ('<date.issue norm="20220107T093000Z"/>', '<revision-history norm="20220107T113000"/>', "2022-01-07T09:30:00+00:00", None, "NITF issue date"),
        ('<date.issue norm="99999999T999999Z"/>', "", None, None, None),
        ("", "", None, None, None),
    ],
    ids=["issue", "zone", "with signs", "embargo", "day", "revised", "not comparable", "no day", "none"],
)  # fmt: skip
def test_times_keep_their_zone(
    docdata: str, head: str, published: str | None, updated: str | None, how: str | None
):
    article = read_one(make_nitf(docdata=docdata, head=head))

    assert (article.published, article.frame.updated, article.frame.published_how) == (
        published,
        updated,
        how,
    )


def test_what_the_document_says_of_itself_is_kept():
    article = read_one(
        make_nitf(
            docdata='<doc-id regsrc="ena" id-string="elm-77"/><ed-msg info="CORRECTS the mayor\'s name"/><ed-msg info="With photo"/>',
            head='<pubdata name="The Elm Courier" position.section="Harbour" ex-ref="https://elm.example/77"/>',
            body_head=f"<hedline><hl1>{HEADLINE}</hl1></hedline><distributor>Elm News Agency</distributor>",
            end="<tagline>(Reporting by Ana Reyes; Editing by Tom Li)</tagline><tagline>Ana Reyes keeps a boat.</tagline>",
        )
    )

    assert (article.id, article.outlet, article.url) == (
        "elm-77",
        "The Elm Courier",
        "https://elm.example/77",
    )
    assert (article.frame.section, article.frame.agency) == ("Harbour", "Elm News Agency")
    assert article.frame.corrections == ("CORRECTS the mayor's name",)
    assert (article.frame.byline, article.frame.editors) == (("Ana Reyes",), ("Tom Li",))
    assert [(f.text, f.why, f.before) for f in article.furniture] == [
        ("Ana Reyes keeps a boat.", "about the author", len(article.text))
    ]


def test_captions_and_credits_are_no_text():
    media = (
        '<media media-type="image"><media-reference source="file:///etc/passwd"/><media-caption><p>Boats in Port Elm.</p></media-caption>'
        "<media-producer>Tom Li</media-producer></media>"
    )
    article = read_one(make_nitf(content=f"{media}<p>{LEAD}</p>"))

    assert (article.frame.captions, article.frame.credits) == (("Boats in Port Elm.",), ("Tom Li",))
    assert article.text == f"{HEADLINE}\n\n{LEAD}"


def test_correction_of_an_archive_goes_into_the_frame():
    article = read_one(
        make_nitf(content=f'<p>{LEAD}</p><block class="correction_text"><p>The day was wrong.</p></block>')
    )

    assert article.frame.corrections == ("The day was wrong.",)
    assert "wrong" not in article.text


def test_as_is_text_is_the_body_alone():
    article = read_one(
        make_nitf(content="<p>Sign up now</p><p>It rained.</p>", docdata='<doc-id id-string="x"/>'),
        as_is=True,
    )

    assert (article.text, article.title, article.id) == ("Sign up now\n\nIt rained.", HEADLINE, "x")
    assert article.furniture == ()


def test_document_without_an_id_gets_one_from_its_text():
    assert read_one(make_nitf()).id.startswith("r-")


def test_original_leads_back_to_the_file():
    document = make_nitf().encode()
    original = read_one(document).original

    assert original is not None
    assert (original.data, original.codec, original.is_markup) == (document, "utf-8", True)


def test_several_documents_are_told_apart():
    inner = make_nitf().partition("?>")[2]
    killed = inner.replace("<docdata>", '<docdata management-status="canceled">')
    found = read(f"<box>{inner}{killed}{inner}</box>")

    assert [type(f).__name__ for f in found] == ["Article", "UnreadableReportError", "Article"]
    assert "a.xml, document 2: its sender has marked it canceled" in str(found[1])
    assert isinstance(found[2], Article)
    assert found[2].origin == "a.xml, document 3"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_encoding_that_is_not_the_declared_one_is_told(encoding: str):
    assert (
        "Café Élan"
        in read_one(make_nitf(content="<p>Café Élan shut, its owner said.</p>").encode(encoding)).text
    )


def test_namespaces_are_passed_over():
    document = (
        make_nitf()
        .replace("<nitf>", '<n:nitf xmlns:n="urn:x" xmlns="urn:y">')
        .replace("</nitf>", "</n:nitf>")
    )

    assert read_one(document).title == HEADLINE


@pytest.mark.parametrize(
    ("doctype", "written", "expected"),
    [
        ("", "caf&eacute;&nbsp;Elm &mdash; shut", "café Elm — shut"),
        ('<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">', "caf&eacute; shut", "café shut"),
        ('<!DOCTYPE nitf [<!ENTITY co "Elm Ferries">]>', "&co; shut", "Elm Ferries shut"),
        ('<!DOCTYPE nitf [<!ENTITY l SYSTEM "file:///etc/passwd">]>', "it &l; shut", "it &l; shut"),
        ("", "it &zz; shut", "it &zz; shut"),
    ],
    ids=["HTML's", "DTD elsewhere", "declared", "another file", "unknown"],
)
def test_entities(doctype: str, written: str, expected: str):
    assert read_one(make_nitf(doctype=doctype, content=f"<p>{written}</p>"), as_is=True).text == expected


BOMB = '<!DOCTYPE nitf [<!ENTITY a "elmelmelm">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"", "empty"),
        (b"The mayor spoke.", "not whole XML"),
        (make_nitf().encode()[:-30], "not whole XML"),
        (make_nitf(doctype=BOMB, content="<p>&i;</p>").encode(), "not whole XML"),
        (make_nitf(content="<p>" * 100_000).encode(), "not whole XML"),
        (b"<a><b>It rained.</b></a>", "not NITF"),
        (make_nitf(body_head="", content="").encode(), "no words"),
        (make_nitf(docdata="x").replace("<docdata>", '<docdata management-status="Withheld">').encode(), "marked it withheld"),
        (make_nitf(content="<p>word </p>" * 130_000).encode(), "more than one report has"),
        (make_nitf(content="<b/>" * MAX_NODES).encode(), "signs of markup"),
        (b"\x89PNG\r\n", "a PNG picture"),
    ],
    ids=["empty", "text", "cut off", "bomb", "deep", "other XML", "no words", "withheld", "long", "nodes", "picture"],
)  # fmt: skip
def test_unreadable_file_is_named(document: bytes, says: str):
    started = time.process_time()

    assert says in refuse(document)
    assert time.process_time() - started < 5


def test_file_that_is_too_large_is_not_read_on():
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= MAX_XML_BYTES + 1
            return b" " * size

    (error,) = read_nitf(Endless(), "a.xml", ReadOptions())  # type: ignore[arg-type]
    assert "20 MB" in str(error)


GOOD = make_nitf(
    docdata='<doc-id id-string="elm-77"/><date.issue norm="20220107T093000Z"/>',
    content=f"<ul><li>One</li></ul><p>{LEAD} <q>We pay</q></p><media><media-caption>Boats.</media-caption></media><table><tr><td>a</td></tr></table>",
    end="<tagline>(Reporting by Ana Reyes; Editing by Tom Li)</tagline>",
).encode()


def check(data: bytes) -> None:
    first, again = read(data), read(data)
    assert [str(r) for r in first] == [str(r) for r in again]
    for one in first:
        if isinstance(one, Article):
            assert one.text.strip()
            assert all(0 <= f.before <= len(one.text) for f in one.furniture)
        else:
            assert len(str(one).splitlines()) == 1
    assert all(isinstance(r, (Article, UnreadableReportError)) for r in read(data, as_is=True))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(data: bytes):
    check(data)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(GOOD)))
def test_file_cut_off_anywhere_is_read_or_named(end: int):
    check(GOOD[:end])


PIECES = st.sampled_from([b"<", b">", b"</p>", b"<p>", b"&amp;", b"&x;", b"\x00", b"\xff", b"<q>", b"<!--", b'"', b"<nitf>", b"<br/>"])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), PIECES | st.binary(max_size=8))
def test_file_changed_anywhere_is_read_or_named(at: int, gone: int, put: bytes):
    check(GOOD[:at] + put + GOOD[at + gone :])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_headline_stands_first(words: str):
    from xml.sax.saxutils import escape

    clean = "".join(c for c in words if c.isprintable())
    found = read(make_nitf(body_head=f"<hedline><hl1>{escape(clean)}</hl1></hedline>"))

    for one in found:
        if isinstance(one, Article) and clean.strip() and one.frame.headline:
            assert one.text.startswith(one.frame.headline)
