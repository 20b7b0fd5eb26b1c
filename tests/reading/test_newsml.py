"""NewsML-G2 -> articles: one for each item that carries text, errors for those that do not."""

from __future__ import annotations

import base64
import io
import time
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Dateline
from onrecord.errors import UnreadableReportError
from onrecord.reading.newsml import read_newsml
from onrecord.reading.options import Read, ReadOptions

HEADLINE = "Mayor shuts the harbour"
LEAD = "The mayor of Port Elm shut the harbour on Monday until the storm had gone."
SECOND = "“We will not put our workers in danger,” she told reporters."
TEXT = f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}"
BODY = f"{LEAD}\n\n{SECOND}"
BASE64 = base64.b64encode(BODY.encode()).decode()
XHTML = f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{LEAD}</p><p>{SECOND}</p></body></html></inlineXML>'
NITF = f'<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><docdata><doc-id id-string="inner"/></docdata></head><body><body.head><hedline><hl1>Inner headline</hl1></hedline><byline>By Bo Li</byline></body.head><body.content><p>{LEAD}</p><p>{SECOND}</p></body.content></body></nitf></inlineXML>'
REMOTE = '<remoteContent href="http://elm.example/a.jpg" contenttype="image/jpeg"/>'


def make_item(
    *,
    about: str = "",
    meta: str = f"<headline>{HEADLINE}</headline>",
    content: str = XHTML,
    guid: str = 'guid="urn:newsml:elm.example:77" version="3"',
    version: str = "2006-10-01",
) -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/{version}/" {guid}><itemMeta>{about}</itemMeta>'
        f"<contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def make_picture(guid: str = "urn:pic", caption: str = "Boats in Port Elm.") -> str:
    return make_item(
        guid=f'guid="{guid}"',
        about='<itemClass qcode="ninat:picture"/>',
        meta=f'<creditline>Tom Li</creditline><description role="drol:caption">{caption}</description>',
        content=REMOTE,
    )


def make_message(*items: str) -> str:
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{"".join(items)}</itemSet></newsMessage>'


def read(document: str | bytes, *, as_is: bool = False) -> list[Read]:
    data = document.encode() if isinstance(document, str) else document
    return list(read_newsml(io.BytesIO(data), "a.xml", ReadOptions(as_is=as_is)))


def read_one(document: str | bytes, *, as_is: bool = False) -> Article:
    (article,) = read(document, as_is=as_is)
    assert isinstance(article, Article), article
    return article


def refuse(document: str | bytes) -> str:
    (error,) = read(document)
    assert isinstance(error, UnreadableReportError)
    assert len(str(error).splitlines()) == 1
    return str(error)


@pytest.mark.parametrize("version", ["2006-10-01", "2011-01-01", "unknown"])
@pytest.mark.parametrize(
    "content",
    [
        XHTML,
        NITF,
        f'<inlineData contenttype="text/plain">{LEAD}\n\n{SECOND}\n</inlineData>',
        f"<inlineData>{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n</inlineData>",
        f'<inlineData contenttype="text/html">{escape(f"<p>{LEAD}</p><p>{SECOND}</p>")}</inlineData>',
        f'<inlineData encoding="enc:base64">{BASE64}</inlineData>',
        f"<inlineXML><p>{LEAD}</p><p>{SECOND}</p></inlineXML>",
        f"{REMOTE}<inlineXML><sportsml/></inlineXML>{XHTML}",
        f"<inlineData>too short</inlineData>{NITF}",
    ],
    ids=["XHTML", "NITF", "plain", "plain with headline", "HTML", "base64", "bare", "beside others", "the fullest form"],
)  # fmt: skip
def test_every_content_gives_the_same_text(content: str, version: str):
    article = read_one(make_item(content=content, version=version))

    assert article.text == TEXT
    assert article.title == article.frame.headline == HEADLINE


def test_id_is_the_guid_with_its_version():
    assert read_one(make_item()).id == "urn:newsml:elm.example:77:3"


@pytest.mark.parametrize(
    ("guid", "begins"), [('guid="urn:7"', "urn:7"), ("", "r-"), ('guid="' + "x" * 400 + '"', "r-")], ids=["no version", "none", "endless"]
)  # fmt: skip
def test_id_without_a_version(guid: str, begins: str):
    assert read_one(make_item(guid=guid)).id.startswith(begins)


def test_item_speaks_before_the_document_inside():
    article = read_one(make_item(content=NITF))

    assert (article.title, article.id) == (HEADLINE, "urn:newsml:elm.example:77:3")
    assert article.frame.byline == ("Bo Li",)


@pytest.mark.parametrize(
    ("about", "meta", "published", "updated", "how"),
    [
        ("<versionCreated>2022-01-07T09:30:00+01:00</versionCreated>", "", "2022-01-07T09:30:00+01:00", None, "NewsML-G2 versionCreated"),
        ("<firstCreated>2022-01-07T09:30:00Z</firstCreated><versionCreated>2022-01-07T12:00:00+01:00</versionCreated>", "", "2022-01-07T09:30:00+00:00", "2022-01-07T12:00:00+01:00", "NewsML-G2 firstCreated"),
        ("<firstCreated>2022-01-07T09:30:00Z</firstCreated><versionCreated>2022-01-07T09:30:00Z</versionCreated>", "", "2022-01-07T09:30:00+00:00", None, "NewsML-G2 firstCreated"),
        ("", "<contentCreated>2022-01-07</contentCreated>", "2022-01-07", None, "NewsML-G2 contentCreated"),
        ("<firstCreated>2022-01-07T06:00:00Z</firstCreated><embargoed>2022-01-07T12:00:00Z</embargoed>", "", "2022-01-07T12:00:00+00:00", None, "NewsML-G2 embargoed"),
        ("<versionCreated>soon</versionCreated>", "", None, None, None),
    ],
    ids=["version", "first and later", "first version", "content", "embargo", "none"],
)  # fmt: skip
def test_times_keep_their_zone(
    about: str, meta: str, published: str | None, updated: str | None, how: str | None
):
    article = read_one(make_item(about=about, meta=meta))

    assert (article.published, article.frame.updated, article.frame.published_how) == (
        published,
        updated,
        how,
    )


@pytest.mark.parametrize(
    ("meta", "names"),
    [
        ("<by>By Ana Reyes and Bo Li</by><creator><name>Ena Desk</name></creator>", ("Ana Reyes", "Bo Li")),
        ("<creator><name>Ana Reyes</name></creator><creator literal='Bo Li'/>", ("Ana Reyes", "Bo Li")),
        (
            "<creator qcode='codes:123'/><creator type='cptype:organisation'><name>Elm News</name></creator>",
            (),
        ),
        ("", ()),
    ],
    ids=["printed", "creators", "no people", "none"],
)
def test_byline_names_people(meta: str, names: tuple[str, ...]):
    assert read_one(make_item(meta=meta)).frame.byline == names


def test_contributors_and_editors_are_told_apart():
    meta = '<contributor role="crol:editor"><name>Tom Li</name></contributor><contributor><name>Bo Li</name></contributor>'
    frame = read_one(make_item(meta=meta)).frame

    assert (frame.editors, frame.contributors) == (("Tom Li",), ("Bo Li",))


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ("<dateline>PORT ELM, Jan 7 (Reuters) -</dateline>", Dateline("PORT ELM", "Jan 7", "Reuters")),
        ("<located qcode='c:1'><name>Port Elm</name><broader><name>Elmland</name></broader></located>", Dateline("Port Elm")),
        ("<dateline>Port Elm (dpa) -</dateline>", Dateline("Port Elm", None, "dpa")),
        ("<dateline>Port Elm, 7 Jan 2022 (ena) -</dateline>", Dateline("Port Elm", "7 Jan 2022", "ena")),
        ("<dateline>PORT ELM</dateline><located><name>Hollow Isle</name></located>", Dateline("PORT ELM")),
    ],
    ids=["dateline", "located", "small letters", "small letters and day", "both"],
)  # fmt: skip
def test_dateline_goes_into_the_frame(meta: str, expected: Dateline):
    assert read_one(make_item(meta=meta)).frame.dateline == expected


def test_provider_and_source_are_outlet_and_agency():
    article = read_one(
        make_item(
            about='<provider qcode="nprov:ElmCourier"/>',
            meta='<infoSource literal="x"><name>Elm News Agency</name></infoSource>',
        )
    )

    assert (article.outlet, article.frame.agency) == ("ElmCourier", "Elm News Agency")


@pytest.mark.parametrize(
    ("about", "meta", "section"),
    [
        ("<service qcode='svc:1'><name>Harbour desk</name></service>", "", "Harbour desk"),
        ("<service qcode='svc:2'><name>English wire</name></service>", "", None),
        ("", "<subject type='x:desk'><name>Harbour</name></subject>", "Harbour"),
        ("", "<slugline role='x:section'>HARBOUR</slugline>", "HARBOUR"),
        (
            "",
            "<subject qcode='medtop:11000000'><name>politics</name></subject><genre qcode='genre:Current'/>",
            None,
        ),
    ],
    ids=["service", "service that is no desk", "subject", "slugline", "no desk"],
)
def test_section_is_what_says_that_it_is_a_desk(about: str, meta: str, section: str | None):
    assert read_one(make_item(about=about, meta=meta)).frame.section == section


def test_notes_of_a_change_are_corrections():
    about = (
        "<edNote>Corrects the name in paragraph 2</edNote><edNote>Photos to come</edNote>"
        '<signal qcode="sig:correction"/><signal qcode="sig:cwarn"><name>Content warning</name></signal>'
    )

    assert read_one(make_item(about=about)).frame.corrections == (
        "correction",
        "Corrects the name in paragraph 2",
    )


@pytest.mark.parametrize("code", ['qcode="stat:canceled"', 'qcode="stat:withheld"', 'uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"'])  # fmt: skip
def test_item_taken_back_is_named(code: str):
    assert "urn:newsml:elm.example:77 is marked" in refuse(make_item(about=f"<pubStatus {code}/>"))


def test_usable_item_is_read():
    assert read_one(make_item(about='<pubStatus qcode="stat:usable"/>')).text == TEXT


def test_each_item_has_its_place():
    found = read(make_message(make_item(), make_item(content=""), "<packageItem/>", make_item()))

    assert [r.origin if isinstance(r, Article) else str(r)[:14] for r in found] == [
        "a.xml, item 1", "a.xml, item 2:", "a.xml, item 3",
    ]  # fmt: skip


def test_content_elsewhere_is_named_and_not_fetched():
    error = refuse(
        make_item(content='<remoteContent href="http://127.0.0.1:9/a.xml" contenttype="text/xml"/>')
    )

    assert "at http://127.0.0.1:9/a.xml (text/xml), which is not fetched" in error


def test_caption_goes_to_the_only_text():
    article = read_one(make_message(make_item(), make_picture()))

    assert (article.frame.captions, article.frame.credits) == (("Boats in Port Elm.",), ("Tom Li",))
    assert article.text == TEXT


def test_caption_goes_to_the_text_that_names_the_picture():
    linked = make_item(about='<link rel="irel:seeAlso" residref="urn:pic"/>')
    first, second, error = read(make_message(make_item(), linked, make_picture(), make_picture("urn:other")))

    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.frame.captions, second.frame.captions) == ((), ("Boats in Port Elm.",))
    assert "urn:other" in str(error)


def test_caption_goes_to_the_text_in_the_same_group_of_a_package():
    group = '<packageItem><groupSet><group><itemRef residref="urn:text"/><itemRef residref="urn:pic"/></group></groupSet></packageItem>'
    packed = make_item(guid='guid="urn:text"')
    other, found = read(make_message(group, make_item(), packed, make_picture()))

    assert isinstance(other, Article)
    assert isinstance(found, Article)
    assert (other.frame.captions, found.frame.captions) == ((), ("Boats in Port Elm.",))


@pytest.mark.parametrize(
    "written",
    ["Boats in Port Elm. ENA/Tom Li", "Boats in Port Elm. (ENA/Tom Li)"],
    ids=["behind", "brackets"],
)
def test_credit_behind_a_caption_stands_once(written: str):
    picture = make_picture(caption=written).replace("<creditline>Tom Li", "<creditline>ENA/Tom Li")
    frame = read_one(make_message(make_item(), picture)).frame

    assert (frame.captions, frame.credits) == (("Boats in Port Elm.",), ("ENA/Tom Li",))


WIRE = """<p>(Updates with union’s statement)</p><p>* Harbour shut from midnight</p><p>* Union welcomes decision</p><p>By Ana Reyes</p>
<p>PORT ELM, Jan 7 (Reuters) - The mayor shut the harbour on Friday (adds to the ban of boats).</p><p>“It comes late,” Maran said.</p>
<p>(Reporting by Ana Reyes; Editing by Tom Orr)</p><p>((ana@wire.example; +44 20 0000 0000))</p><p>Keywords: PORTELM HARBOUR/ (UPDATE 2)</p>"""


def make_page(body: str) -> str:
    return f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html></inlineXML>'


def test_what_a_wire_puts_around_a_report_is_not_its_text():
    about = "<edNote>Updates with union’s statement</edNote><edNote>Embargoed to 0001 Saturday</edNote>"
    article = read_one(make_item(about=about, content=make_page(WIRE)))

    assert article.text.split("\n\n") == [
        HEADLINE,
        "Harbour shut from midnight",
        "Union welcomes decision",
        "PORT ELM, Jan 7 (Reuters) - The mayor shut the harbour on Friday (adds to the ban of boats).",
        "“It comes late,” Maran said.",
    ]
    assert article.frame.corrections == ("Updates with union’s statement",)
    assert (article.frame.byline, article.frame.editors) == (("Ana Reyes",), ("Tom Orr",))
    assert [(f.why, f.before) for f in article.furniture] == [
        ("note to editors", len(HEADLINE)),
        ("contact", len(article.text)),
        ("keywords", len(article.text)),
    ]


@pytest.mark.parametrize(
    ("end", "why"),
    [("ar-bl/ca/to", "sign-off"), ("--ENA", "sign-off"), ("end", "separator"), ("-30-", "separator"), ("###", "separator"), ("ENA 0800GMT 07-01-22", "time"),
     (escape('<org idsrc="isin" value="EX1">Orrin Terminals</org>'), "code")],
    ids=["initials", "agency", "end", "30", "signs", "time", "company"],
)  # fmt: skip
def test_line_that_a_desk_puts_at_the_end_is_cut(end: str, why: str):
    article = read_one(make_item(content=make_page(f"<p>{LEAD}</p><p>{SECOND}</p><p>{end}</p>")))

    assert article.text == TEXT
    assert [f.why for f in article.furniture] == [why]


@pytest.mark.parametrize(
    "line", ["and/or", "The end.", "end of the pier", "Keywords: two, she said, were missing. " * 9]
)
def test_line_that_only_looks_like_a_desks_stays(line: str):
    content = make_page(f"<p>{LEAD}</p><p>{line}</p><p>{SECOND}</p>")

    assert line.strip() in read_one(make_item(content=content)).text


def test_sections_that_a_class_marks_are_no_text():
    body = (
        f'<header><h1>{HEADLINE}</h1><p class="byline">By Ana Reyes, ENA</p></header><section class="main"><p>{LEAD}</p><p>{SECOND}</p></section>'
        '<section class="notepad"><h2># Notebook</h2><p>Author: Ana Reyes, +49 30 000</p></section>'
    )
    article = read_one(make_item(content=make_page(body)))

    assert article.text == TEXT
    assert article.frame.byline == ("Ana Reyes",)
    assert [(f.text, f.why) for f in article.furniture] == [
        ("# Notebook Author: Ana Reyes, +49 30 000", "note to editors")
    ]


def test_contributor_who_is_the_author_is_in_the_byline():
    meta = '<contributor role="x:author"><name>Ana Reyes</name></contributor><contributor><name>Bo Li</name></contributor>'
    frame = read_one(make_item(meta=meta)).frame

    assert (frame.byline, frame.contributors) == (("Ana Reyes",), ("Bo Li",))


def test_as_is_text_is_untouched():
    article = read_one(make_item(content="<inlineData> It rained.\n\nSign up now\n</inlineData>"), as_is=True)

    assert (article.text, article.title) == (" It rained.\n\nSign up now\n", HEADLINE)


@pytest.mark.parametrize(
    ("tag", "language"), [("en-GB", "en"), ("x", None), ("", None)], ids=["region", "no code", "empty"]
)
def test_language_of_a_text_too_short_to_tell(tag: str, language: str | None):
    item = make_item(meta=f'<language tag="{tag}"/>', content="<inlineData>Elm.</inlineData>")

    assert read_one(item).language == language


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("", "empty"),
        (make_item()[:-20], "not whole XML"),
        ("<packageItem/>", "a package"),
        ("<NewsML><NewsItem/></NewsML>", "NewsML 1"),
        ("<rss/>", "not NewsML-G2"),
        (make_item(content=""), "carries no content"),
        (make_item(meta="", content="<inlineData> </inlineData>"), "no words"),
        (make_item(content="<inlineXML/>"), "inlineXML is empty"),
        (make_item(content="<inlineXML><sportsml/></inlineXML>"), "XML of 'sportsml'"),
        (make_item(content='<inlineData contenttype="application/pdf">x</inlineData>'), "application/pdf"),
        (make_item(content='<inlineData encoding="enc:zip">x</inlineData>'), "encoded as"),
        (make_item(content='<inlineData encoding="base64">x</inlineData>'), "damaged base64"),
        (make_item(content=f"<inlineData>{escape('<nitf><body>')}</inlineData>"), "not whole XML"),
        (make_item(content="<inlineXML>" + "<div>" * 100_000), "not whole XML"),
        (make_item(content=f'<inlineData contenttype="text/html" encoding="base64">{base64.b64encode(b"<b>" * 1_100_000).decode()}</inlineData>'), "signs of markup"),
        (make_item(guid='guid="a&#10;b&#x85;c"', content=""), "a�b�c"),
    ],
    ids=["empty", "cut off", "package", "NewsML 1", "feed", "no content", "no words", "empty XML", "other XML", "PDF",
         "zip", "bad base64", "broken NITF inside", "deep", "nodes in base64", "lines in a guid"],
)  # fmt: skip
def test_unreadable_item_is_named(document: str, says: str):
    assert says in refuse(document)


def test_nested_marks_take_no_long_time():
    started = time.process_time()
    read(
        make_item(
            content=make_page(
                '<div class="notes">x' * 120
                + "<q> " * 120
                + "<b> </b>" * 200_000
                + "</q>" * 120
                + "</div>" * 120
            )
        )
    )

    assert time.process_time() - started < 5


def test_many_items_take_no_long_time():
    started = time.process_time()
    found = read(make_message(*[make_picture(f"urn:{n}") for n in range(3000)], make_item(), make_item()))

    assert len(found) == 3002
    assert time.process_time() - started < 5


GOOD = make_message(
    make_item(about="<firstCreated>2022-01-07T09:30:00Z</firstCreated>"),
    make_picture(),
    make_item(content=NITF),
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


PIECES = st.sampled_from([b"<", b">", b"</p>", b"&amp;", b"&x;", b"\x00", b"\xff", b"<inlineData>", b'"', b"<newsItem>", b"base64"])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), PIECES | st.binary(max_size=8))
def test_file_changed_anywhere_is_read_or_named(at: int, gone: int, put: bytes):
    check(GOOD[:at] + put + GOOD[at + gone :])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_inline_data_is_read_or_named(words: str):
    clean = "".join(c for c in words if c.isprintable() or c in "\n\t")

    check(make_item(content=f"<inlineData>{escape(clean)}</inlineData>").encode("utf-8", "replace"))
