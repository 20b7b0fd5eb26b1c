"""Mails and mailboxes -> articles, whatever their headers, encodings and parts."""

from __future__ import annotations

import base64
import io
import quopri
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.mail import MAX_FORWARDS, read_mail, read_mbox
from onrecord.reading.mail_message import MAX_MESSAGE_BYTES, MAX_PARTS
from onrecord.reading.options import Read, ReadOptions

SUBJECT = "Harbour stays shut"
LEAD = "The mayor of Port Elm said on Monday that the harbour would stay shut until the storm had gone."
SECOND = "“We will not put our workers in danger,” she told reporters at the town hall."
HEADERS = (
    "From: The Elm Courier <news@elm.example>\n"
    f"Subject: {SUBJECT}\n"
    "Date: Fri, 7 Jan 2022 09:30:00 +0100\n"
    "Message-ID: <77@elm.example>\n"
    "List-Unsubscribe: <https://elm.example/unsubscribe>\n"
)
TYPE = "Content-Type: text/plain; charset=utf-8\n"
PAGE = (
    "<html><head><title>Letter 12</title></head><body><div style='display:none'>A look inside</div><table><tr><td>"
    f"<table><tr><td>{LEAD}</td></tr><tr><td>{SECOND}</td></tr></table></td></tr></table></body></html>"
)


def make_mail(body: str = f"{LEAD}\n\n{SECOND}\n", *, headers: str = HEADERS, type: str = TYPE) -> bytes:
    return f"{headers}{type}\n{body}".encode()


def make_parts(*parts: str, kind: str = "mixed", boundary: str = "=_x") -> tuple[str, str]:
    """The content type and the body of a multipart."""
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n', f"{body}--{boundary}--\n"


def make_multipart(*parts: str, kind: str = "mixed", headers: str = HEADERS) -> bytes:
    type, body = make_parts(*parts, kind=kind)
    return make_mail(body, headers=headers, type=type)


def read(data: bytes, *, as_is: bool = False) -> list[Read]:
    return list(read_mail(io.BytesIO(data), "a.eml", ReadOptions(as_is=as_is)))


def read_box(data: bytes) -> list[Read]:
    return list(read_mbox(io.BytesIO(data), "a.mbox", ReadOptions()))


def only(found: list[Read]) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def refuse(data: bytes) -> str:
    (error,) = read(data)
    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith("a.eml")
    assert len(str(error).splitlines()) == 1
    return str(error)


def test_message_gives_subject_and_paragraphs():
    article = only(read(make_mail()))

    assert article.text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"
    assert article.title == article.frame.headline == SUBJECT


def test_headers_go_into_the_article():
    article = only(read(make_mail()))

    assert (article.id, article.outlet) == ("77@elm.example", "The Elm Courier")
    assert (article.published, article.frame.published_how) == ("2022-01-07T09:30:00+01:00", "mail header")


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"], ids=["CRLF", "CR", "LF"])
def test_line_ends_make_no_difference(end: bytes):
    assert only(read(make_mail().replace(b"\n", end))).text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\n\n"], ids=["mark", "blank lines"])
def test_what_stands_before_the_headers_is_passed_over(bom: bytes):
    assert only(read(bom + make_mail())).title == SUBJECT


def test_message_saved_as_utf_16_is_read():
    assert only(read(make_mail().decode().encode("utf-16"))).text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("=?utf-8?q?Caf=C3=A9_shut?=", "Café shut"),
        ("=?iso-8859-1?B?Q2Fm6SBzaHV0?=", "Café shut"),
        ("=?utf-8?q?Caf=C3=A9?=\n =?utf-8?q?_shut?=", "Café shut"),
        ("Café shut", "Café shut"),
        ("Harbour\n shut", "Harbour shut"),
        ("Re: FW: Harbour shut", "Harbour shut"),
        ("=?klingon?q?abc?=", "abc"),
        ("=?utf-8?b?!!!?= shut", None),
        ("By Land and Sea", "By Land and Sea"),
        ("", LEAD),
    ],
    ids=["words in quoted-printable", "words in base64", "two words", "raw UTF-8", "folded", "answers", "no such charset",
         "broken base64", "like a byline", "empty"],
)  # fmt: skip
def test_headline_is_the_decoded_subject(subject: str, headline: str | None):
    article = only(read(make_mail(headers=f"From: a@b.example\nSubject: {subject}\n")))

    assert article.text.endswith(f"{LEAD}\n\n{SECOND}")
    if headline is not None:
        assert article.text.startswith(headline)


def test_raw_latin_1_in_a_subject_is_read():
    assert (
        only(read(make_mail(headers="From: a@b\nSubject: CAFE shut\n").replace(b"CAFE", b"Caf\xe9"))).title
        == "Café shut"
    )


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Fri, 7 Jan 2022 09:30:00 +0100", "2022-01-07T09:30:00+01:00"),
        ("7 Jan 2022 09:30 GMT", "2022-01-07T09:30:00+00:00"),
        ("Fri, 7 Jan 2022 09:30:00 -0000", "2022-01-07T09:30:00"),
        ("Fri, 07 Jan 2022 09:30:00 EST", "2022-01-07T09:30:00-05:00"),
        ("2022-01-07T09:30:00Z", "2022-01-07T09:30:00+00:00"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Fri, 99 Jan 99999999999999 99:99", None),
        ("soon", None),
    ],
    ids=["zone", "no day name", "zone unknown", "named zone", "ISO", "clock never set", "endless", "no date"],
)
def test_published_is_the_date_with_its_zone(date: str, published: str | None):
    article = only(read(make_mail(headers=f"From: a@b.example\nDate: {date}\n")))

    assert article.published == published
    assert article.frame.published_how == ("mail header" if published else None)


@pytest.mark.parametrize(
    ("sender", "outlet"),
    [
        ("The Elm Courier <news@elm.example>", "The Elm Courier"),
        ('"Courier, The Elm" <news@elm.example>', "Courier, The Elm"),
        ("=?utf-8?q?Caf=C3=A9_Elm?= <news@elm.example>", "Café Elm"),
        ('"=?utf-8?q?Caf=C3=A9_Elm?=" <news@elm.example>', "Café Elm"),
        ("news@elm.example", None),
        ('"news@elm.example" <news@elm.example>', None),
        ("The Elm Courier", "The Elm Courier"),
        ("<<<(((", None),
        ("", None),
    ],
    ids=[
        "name",
        "quoted",
        "encoded",
        "encoded in quotes",
        "address",
        "address as name",
        "name alone",
        "broken",
        "empty",
    ],
)
def test_outlet_is_the_senders_name(sender: str, outlet: str | None):
    article = only(read(make_mail(headers=f"From: {sender}\nSubject: {SUBJECT}\n")))

    assert article.outlet == outlet or (sender == "<<<(((" and article.outlet is not None)


def test_headers_as_outlook_saves_them_are_read():
    headers = f"From:\tThe Elm Courier\nSent:\tFriday, January 7, 2022 9:30 AM\nTo:\tReaders\nSubject:\tFW: {SUBJECT}\n"
    article = only(read(make_mail(headers=headers)))

    assert (article.outlet, article.published, article.title) == (
        "The Elm Courier",
        "2022-01-07T09:30:00",
        SUBJECT,
    )


@pytest.mark.parametrize(
    ("id", "expected"), [("<a@b>", "a@b"), ("a@b", "a@b"), ("<" + "a" * 300 + "@b>", "r-"), ("", "r-")], ids=["angles", "bare", "endless", "none"]
)  # fmt: skip
def test_id_is_the_message_id(id: str, expected: str):
    assert only(read(make_mail(headers=f"From: a@b\nMessage-ID: {id}\n"))).id.startswith(expected)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "unheard-of"])
@pytest.mark.parametrize(
    "charset", ["utf-8", "cp1252", "koi8-r", "gb2312", "us-ascii", "klingon", "punycode"]
)
def test_every_encoding_and_charset_is_read(encoding: str, charset: str):
    words = (
        "Мэр закрыл гавань." if charset == "koi8-r" else "市长关闭了港口。" if charset == "gb2312" else SECOND
    )
    codec = charset if charset in ("utf-8", "cp1252", "koi8-r", "gb2312") else "utf-8"
    data = f"{LEAD}\n\n{words}".encode(codec)
    sent = (
        quopri.encodestring(data)
        if encoding == "quoted-printable"
        else base64.encodebytes(data)
        if encoding == "base64"
        else data
    )
    head = f"{HEADERS}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"

    assert only(read(head.encode() + sent)).text == f"{SUBJECT}\n\n{LEAD}\n\n{words}"


def test_base64_that_ends_too_soon_is_read_so_far():
    sent = base64.encodebytes(f"{LEAD}\n\n{SECOND}".encode())[:-9].decode()
    article = only(read(make_mail(sent, type="Content-Transfer-Encoding: base64\n")))

    assert LEAD in article.text
    assert sent[:40] not in article.text


def test_page_is_read_before_the_plain_text():
    mail = make_multipart(f"{TYPE}\nSee the page for what the mayor said of the harbour.", f"Content-Type: text/html; charset=utf-8\n\n{PAGE}", kind="alternative")  # fmt: skip
    article = only(read(mail))

    assert article.text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"


def test_layout_tables_leave_no_trace():
    text = only(read(make_mail(PAGE, type="Content-Type: text/html; charset=utf-8\n"))).text

    assert "|" not in text
    assert "Letter 12" not in text
    assert "A look inside" not in text


def test_page_that_does_not_say_that_it_is_one_is_read_as_one():
    assert only(read(make_mail(PAGE))).text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"


def test_plain_text_is_read_where_the_page_holds_nothing():
    mail = make_multipart(f"{TYPE}\n{LEAD}", "Content-Type: text/html\n\n<html><body><img src='http://127.0.0.1:9/a'></body></html>", kind="alternative")  # fmt: skip

    assert only(read(mail)).text == f"{SUBJECT}\n\n{LEAD}"


def test_page_of_many_sections_is_read_by_its_lines():
    page = "".join(f"<div><div>The ferry of pier {n} sails.</div></div>" for n in range(6000))
    started = time.process_time()
    article = only(read(make_mail(page, type="Content-Type: text/html\n")))

    assert "pier 5999 " in article.text
    assert time.process_time() - started < 10


def test_texts_between_attachments_are_joined():
    mail = make_multipart(f"{TYPE}\n{LEAD}", "Content-Type: image/png\n\nx", f"{TYPE}\n{SECOND}")

    assert only(read(mail)).text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"


def test_attachments_are_not_opened():
    mail = make_multipart(
        f"{TYPE}\n{LEAD}",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nNot me.",
        "Content-Type: text/html; name=b.html\n\n<p>Nor me.</p>",
    )

    assert only(read(mail)).text == f"{SUBJECT}\n\n{LEAD}"


def test_flowed_lines_are_made_whole():
    body = LEAD.replace(" said", " \nsaid").replace(" would", " \nwould") + f"\n\n{SECOND}\n"

    assert only(read(make_mail(body, type="Content-Type: text/plain; charset=utf-8; format=flowed\n"))).text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"  # fmt: skip


def test_flowed_words_are_joined_where_the_sender_says_so():
    body = LEAD.replace("harbour", "har \nbour")
    type = "Content-Type: text/plain; format=flowed; delsp=yes\n"

    assert only(read(make_mail(body, type=type))).text == f"{SUBJECT}\n\n{LEAD}"


@pytest.mark.parametrize(
    ("tail", "cut"),
    [
        ("-- \nAna Reyes\nElm Courier\n", [("-- \nAna Reyes\nElm Courier", "signature")]),
        ("On Fri, 7 Jan 2022, Tom Li wrote:\n> Hello\n>\n> Tom\n", [("On Fri, 7 Jan 2022, Tom Li wrote:\n> Hello\n>\n> Tom", "quoted reply")]),
        ("On Fri, 7 Jan 2022, Tom Li\n<tom@elm.example> wrote:\n\n> Hello\n", [("On Fri, 7 Jan 2022, Tom Li\n<tom@elm.example> wrote:\n\n> Hello", "quoted reply")]),
        ("-- \nAna\n\nOn Friday Tom wrote:\n> Hello\n", [("-- \nAna", "signature"), ("On Friday Tom wrote:\n> Hello", "quoted reply")]),
    ],
    ids=["signature", "reply", "reply on two lines", "both"],
)  # fmt: skip
def test_what_mail_programs_add_is_furniture(tail: str, cut: list[tuple[str, str]]):
    article = only(read(make_mail(f"{LEAD}\n\n{SECOND}\n\n{tail}")))

    assert article.text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"
    assert [(f.text, f.why) for f in article.furniture] == cut
    assert {f.before for f in article.furniture} == {len(article.text)}


@pytest.mark.parametrize(
    "tail",
    ["--\nThe ferry sails.", "> The ferry sails.", "On Friday Tom wrote:\n> Hello\n\nHe was wrong about the ferry.", "-- \n" + "The ferry sails.\n" * 20],
    ids=["no mark of a signature", "no one wrote", "an answer below", "too long"],
)  # fmt: skip
def test_what_is_not_surely_added_stays(tail: str):
    assert "ferry" in only(read(make_mail(f"{LEAD}\n\n{tail}"))).text


def test_attached_message_is_read_on_its_own():
    inner = make_mail(
        SECOND, headers="From: Bo <bo@x.example>\nSubject: The other pier\nMessage-ID: <2@x>\n"
    ).decode()
    outer, attached = read(make_multipart(f"{TYPE}\n{LEAD}", f"Content-Type: message/rfc822\n\n{inner}"))

    assert isinstance(outer, Article)
    assert isinstance(attached, Article)
    assert (outer.text, outer.origin) == (f"{SUBJECT}\n\n{LEAD}", "a.eml")
    assert (attached.text, attached.origin, attached.id) == (
        f"The other pier\n\n{SECOND}",
        "a.eml, attachment 1",
        "2@x",
    )


def test_message_that_only_hands_on_is_no_error():
    found = read(make_multipart(f"Content-Type: message/rfc822\n\n{make_mail().decode()}"))

    assert only(found).origin == "a.eml, attachment 1"


def test_messages_forwarded_without_end_are_named():
    data = make_mail("x", type="Content-Type: message/rfc822\n\n" * (MAX_FORWARDS + 5))

    assert f"more than {MAX_FORWARDS} times over" in refuse(data)


def test_as_is_text_is_untouched():
    body = "It  rained.\r\n\r\nSign up now\r\n-- \r\nAna \r\n"
    article = only(read(make_mail(body), as_is=True))

    assert (article.text, article.title, article.id) == (body, SUBJECT, "77@elm.example")
    assert article.outlet == "The Elm Courier"


def section(*rows: str) -> str:
    return f"<table><tr><td><table>{''.join(f'<tr><td>{row}</td></tr>' for row in rows)}</table></td></tr></table>"


SPONSOR = section("A MESSAGE FROM ORRIN BANK", "<p><b>Savings that float.</b> Open an account today and get three in a hundred.</p>", "<a href='s'>Learn more</a>")  # fmt: skip
STORIES = [
    ("Mayor shuts the harbour", "Jana Holm ordered the harbour of Port Elm closed on Friday as a storm neared."),
    ("Union calls order late", "Ilse Maran, who leads the dockers, said that the order came three days late."),
    ("School roof unsafe, report finds", "The roof of the school of Lanton could fall, a report seen by the Courier says."),
]  # fmt: skip
NEWSLETTER = (
    "<html><body><div style='max-height:0;overflow:hidden'>Ferries stay in port &#847;&zwnj;</div>"
    + section("<a href='v'>View in browser</a>", "<img src=x alt='The Elm Courier'>", "Friday, January 7, 2022 | By Dee Fox", "<p>Good morning. The harbour is shut, and here is what you need to know.</p>")
    + "".join(section(f"<h2><a href='{n}'>{head}</a></h2>", f"<p>{lead}</p>", f"<a href='{n}'>Read the full story →</a>") + SPONSOR for n, (head, lead) in enumerate(STORIES))
    + section("<h3>In other news</h3><ul><li><a href='a'>Bakers raise the price of bread</a></li><li><a href='b'>Lanton wins at home</a></li></ul>")
    + section("<p>Did a friend forward you this? <a href=s>Sign up here</a>.</p>", "<p>You received this email because you signed up for it. <a>Unsubscribe</a></p>", "The Elm Courier, 1 Pier Road", "© 2022 The Elm Courier. All rights reserved.")
    + "</body></html>"
)  # fmt: skip


def articles(found: list[Read]) -> list[Article]:
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def test_newsletter_keeps_all_its_reports_and_nothing_else():
    plain = f"{TYPE}\nSee what the mayor said of the harbour on our page."
    page = f"Content-Type: text/html; charset=utf-8\n\n{NEWSLETTER}"
    own, *stories = articles(read(make_multipart(plain, page, kind="alternative")))

    assert own.text == f"{SUBJECT}\n\nGood morning. The harbour is shut, and here is what you need to know."
    assert own.frame.byline == ("Dee Fox",)
    assert [story.text for story in stories] == [f"{head}\n\n{lead}" for head, lead in STORIES]
    assert [f.text for f in stories[0].furniture if f.why == "advertisement"][:2] == ["A MESSAGE FROM ORRIN BANK", "Savings that float. Open an account today and get three in a hundred."]  # fmt: skip


def test_newsletter_in_plain_text_keeps_all_its_reports_and_nothing_else():
    row = "=" * 40
    stories = "".join(
        f"** {head}\n{'-' * 40}\n\n{lead}\n\nRead more ( https://elm.example/{n} )\n\n{row}\nA MESSAGE FROM ORRIN BANK\n\nSavings that float.\n{row}\n\n"
        for n, (head, lead) in enumerate(STORIES)
    )
    body = f"View in browser ( https://elm.example/v )\n\n{stories}Unsubscribe ( https://elm.example/u )\nThe Elm Courier, 1 Pier Road\n"
    stories = articles(read(make_mail(body)))

    assert [story.text for story in stories] == [f"{head}\n\n{lead}" for head, lead in STORIES]


@pytest.mark.parametrize(
    "line",
    ["Readers unsubscribe in droves, publisher says", "To opt out of the scheme, dockers must sign by Friday.", "“Unsubscribe,” she told them.",
     "A message from the mayor", "Read more books, children are asked", "Supported by allies, Holm stays", "More is to come",
     "You are getting to this late, she told the mailing list."],
)  # fmt: skip
@pytest.mark.parametrize("is_page", [False, True], ids=["text", "page"])
def test_line_that_only_looks_like_furniture_of_a_mail_stays(line: str, is_page: bool):
    body = (
        "".join(f"<p>{x}</p>" for x in (LEAD, line, SECOND)) if is_page else f"{LEAD}\n\n{line}\n\n{SECOND}"
    )

    assert line in only(read(make_mail(f"<html><body>{body}</body></html>" if is_page else body))).text


def test_section_below_a_label_that_holds_reports_is_no_advertisement():
    page = section("Sponsored by Orrin Bank", *(f"<h2>{head}</h2><p>{lead}</p>" for head, lead in STORIES))
    text = only(read(make_mail(f"<html><body>{page}</body></html>"))).text

    assert all(lead in text for _, lead in STORIES)


def test_heading_of_a_sponsors_own_section_is_cut_with_it():
    paid = section("<h2>A message from Orrin Bank</h2><p>Savings that float: open an account today.</p>")
    page = section(f"<p>{LEAD}</p>") + paid + section("<h2>A message from the mayor</h2>", f"<p>{SECOND}</p>")

    assert only(read(make_mail(f"<html><body>{page}</body></html>"))).text == f"{SUBJECT}\n\n{LEAD}\n\nA message from the mayor\n\n{SECOND}"  # fmt: skip


def test_rows_of_figures_are_lines():
    table = "<table><tr><th>Month</th><th>Grain</th></tr><tr><td>May</td><td><b>12,000</b></td></tr></table>"
    text = only(read(make_mail(f"<html><body><p>{LEAD}</p>{table}</body></html>"))).text

    assert text == f"{SUBJECT}\n\n{LEAD}\n\nMonth | Grain\n\nMay | 12,000"


def test_broken_lines_of_a_page_are_made_whole():
    broken = LEAD.replace(" said", "<br>said").replace(" would", "<br>would")

    assert only(read(make_mail(f"<html><body><div>{broken}<br>{SECOND}</div></body></html>"))).text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"  # fmt: skip


def test_broken_line_with_a_control_character_is_made_whole():
    broken = LEAD.replace(" would", "<br>w\x01ould")
    page = f"<html><body><p>{broken}</p></body></html>"

    assert "harbour w\x01ould stay shut" in only(read(make_mail(page))).text


def test_what_a_release_tells_editors_is_furniture():
    body = f"PRESS RELEASE\n\n{LEAD}\n\n{SECOND}\n\n-ends-\n\nNotes to editors\n\nThe harbour is old.\n"
    article = only(read(make_mail(body)))

    assert article.text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"
    assert [f.text for f in article.furniture] == ["PRESS RELEASE", "-ends-", "Notes to editors", "The harbour is old."]  # fmt: skip


HEAD = f"From: The Elm Courier <news@elm.example>\nDate: Fri, 7 Jan 2022 at 09:30\nSubject: {SUBJECT}\nTo: Tom Li <tom@x.example>\n"


@pytest.mark.parametrize(
    ("subject", "mark"),
    [("Fwd: Harbour", "---------- Forwarded message ---------\n"), ("FW: Harbour", "-----Original Message-----\n"), ("Fwd: Harbour", "Begin forwarded message:\n\n> "), ("FW: Harbour", "")],
    ids=["Gmail", "Outlook", "Apple", "no mark"],
)  # fmt: skip
@pytest.mark.parametrize("is_page", [False, True], ids=["text", "page"])
def test_message_handed_on_within_the_text_speaks_for_itself(subject: str, mark: str, is_page: bool):
    headers = f"From: Tom Li <tom@x.example>\nDate: Sat, 8 Jan 2022 10:00:00 +0100\nSubject: {subject}\n"
    body = f"See below.\n\nTom\n\n{mark}{HEAD}\n\n{LEAD}\n\n{SECOND}\n"
    if is_page:
        body = "<html><body>" + body.replace("<", "&lt;").replace("\n", "<br>\n") + "</body></html>"
    article = only(read(make_mail(body, headers=headers)))

    assert article.text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"
    assert (article.title, article.published) == (SUBJECT, "2022-01-07T09:30:00")
    assert article.outlet == "The Elm Courier"
    assert [(f.why, f.before) for f in article.furniture] == [("forwarder's note", 0)]


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: Harbour", f"{LEAD}\n\n-----Original Message-----\n{HEAD}\n{LEAD} Will it open?\n"),
        ("Fwd: Harbour", f"{LEAD}\n\n---------- Forwarded message ---------\n\nSubject: none\n\n{LEAD} {SECOND}"),
        ("Fwd: Harbour", f"{LEAD}\n\n---------- Forwarded message ---------\n{HEAD}\nShort.\n"),
    ],
    ids=["an answer", "no head", "less than what is above"],
)  # fmt: skip
def test_text_above_a_message_stays(subject: str, body: str):
    article = only(read(make_mail(body, headers=f"From: a@b\nSubject: {subject}\n")))

    assert article.text.startswith(f"Harbour\n\n{LEAD}")
    assert article.furniture == () or all(f.why != "forwarder's note" for f in article.furniture)


def test_tag_of_a_list_is_not_the_headlines():
    listed = "From: a@b\nList-Id: <elm.lists.example>\nSubject: Re: [Elm-News] Re: Harbour shut\n"
    single = "From: a@b\nSubject: [Updated] Harbour shut\n"

    assert only(read(make_mail(headers=listed))).title == "Harbour shut"
    assert only(read(make_mail(headers=single))).title == "[Updated] Harbour shut"


@pytest.mark.parametrize(
    "body",
    ["<p>Advertisement</p>" * 100_000, "<div>" * 1_500 + "<p>Advertisement</p>" * 3_000, "a<br>b" * 300_000, "<i style='display:none'>" * 2_000 + "x" * 500_000,
     "unsubscribe privacy policy | " * 20_000, "\n".join(["view this in the web to"] * 25_000), "From: a\nDate: b\nSubject: c\n" * 20_000, "=====\nAdvertisement\n" * 20_000],
    ids=["labels", "labels deep down", "breaks", "hidden", "one long line", "many lines", "heads", "rules"],
)  # fmt: skip
def test_hostile_lines_take_no_long_time(body: str):
    started = time.process_time()
    page = f"<html><body><p>{LEAD}</p>{body}</body></html>" if "<" in body else body
    read(make_mail(page, headers="From: a@b\nSubject: FW: x\n"))

    assert time.process_time() - started < 8


SAVED_PAGE = f"<html><head><title>{SUBJECT} - Courier</title></head><body><article><h1>{SUBJECT}</h1><p>{LEAD}</p><p>{SECOND}</p></article></body></html>"


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ("From: <Saved by Blink>\nSnapshot-Content-Location: https://elm.example/7\nSubject: x\nDate: Fri, 7 Jan 2022 09:30:00 -0000\n", "https://elm.example/7"),
        ('From: "Saved by Windows Internet Explorer 11"\nSubject: x\nDate: Fri, 7 Jan 2022 09:30:00 +0100\n', "https://elm.example/8"),
        ("MIME-Version: 1.0\n", "https://elm.example/8"),
    ],
    ids=["Chromium", "Internet Explorer", "Word"],
)  # fmt: skip
def test_page_that_a_browser_saved_is_no_mail(headers: str, url: str):
    page = f"Content-Type: text/html\nContent-Location: https://elm.example/8\n\n{SAVED_PAGE}"
    frame = "Content-Type: text/html\n\n<html><body><p>Ferries are cheap this summer, so book one now.</p></body></html>"
    article = only(read(make_multipart(page, frame, kind="related", headers=headers)))

    assert article.text == f"{SUBJECT}\n\n{LEAD}\n\n{SECOND}"
    assert (article.url, article.published, article.outlet) == (url, None, None)


def test_saved_page_as_is_is_its_markup():
    data = make_multipart(
        f"Content-Type: text/html\n\n{SAVED_PAGE}", kind="related", headers="MIME-Version: 1.0\n"
    )

    assert only(read(data, as_is=True)).text.strip() == SAVED_PAGE


def test_saved_page_without_a_page_is_named():
    assert "holds no HTML" in refuse(
        make_multipart("Content-Type: image/png\n\nx", kind="related", headers="MIME-Version: 1.0\n")
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\x00\r\n", "empty"),
        (b"The mayor spoke.\n\nShe said so.", "not a mail"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", ".msg"),
        (make_mail(""), "no text (text/plain)"),
        (make_mail("x", type="Content-Type: application/pdf\n"), "no text (application/pdf)"),
        (make_mail("<html><body><img src=a.png><p><a href=u>Unsubscribe</a></p></body></html>", type="Content-Type: text/html\n"), "no words in it beside its headline"),
        (make_mail("\x01\x02\x03" * 50), "binary"),
        (make_mail("<html><body></body></html>", type="Content-Type: text/html\n"), "no words"),
        (make_mail("", type="".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))), "nested too deep"),
        (make_multipart(*["\nx"] * (MAX_PARTS + 1)), "parts"),
        (make_mail("\n\n" * 5000, type="Content-Type: message/delivery-status\n"), "parts"),
        (make_mail("\n" * 1_000_001), "lines are no newsletter"),
        (make_mail(LEAD * 10_000), "more than one report has"),
        (make_mail("", type=f"Content-Type: {'(' * 5000}\n"), "no text"),
        (b"Subject: x\n" + b"a" * MAX_MESSAGE_BYTES, "more than 25 MB"),
    ],
    ids=["empty", "zero byte", "text", "Outlook", "no body", "PDF", "picture alone", "binary", "empty page", "deep", "many parts",
         "delivery", "lines", "long", "brackets", "large"],
)  # fmt: skip
def test_unreadable_message_is_named(data: bytes, says: str):
    started = time.process_time()

    assert says in refuse(data)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "headers",
    [
        "Subject: " + "(" * 100_000,
        "Subject: " + "=?utf-8?q?a?=" * 10_000,
        "From: " + "a," * 50_000,
        "Date: " + "1" * 100_000,
        "Content-Type: " + "text/plain; a*0*=" * 5_000,
        "Content-Transfer-Encoding: " + "<" * 5_000,
        "Message-ID: " + "<" * 5_000,
        "Content-Type: text/plain; charset=" + "\ufffd" * 10,
        ":\n:\n::",
    ],
    ids=["brackets", "words", "addresses", "date", "type", "encoding", "id", "charset", "no name"],
)  # fmt: skip
def test_hostile_header_leaves_the_text(headers: str):
    started = time.process_time()

    assert LEAD in only(read(make_mail(headers=f"From: a@b\n{headers}\n", type="").decode().encode())).text
    assert time.process_time() - started < 3


SEPARATOR = b"From ana@elm.example Fri Jan  7 09:30:00 2022\n"


def test_mailbox_gives_each_message():
    first, second = read_box(
        SEPARATOR + make_mail() + b"\n" + SEPARATOR + make_mail(headers="Subject: Ferries\n")
    )

    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.origin) == (SUBJECT, "a.mbox, message 1")
    assert (second.title, second.origin) == ("Ferries", "a.mbox, message 2")


@pytest.mark.parametrize(
    "separator",
    [SEPARATOR, b"From - Fri Jan 07 09:30:00 2022\r\n", b"From 123@xxx Fri Jan 07 09:30:00 +0000 2022\n", b"From ana@elm.example\n", b"\xef\xbb\xbf" + SEPARATOR],
    ids=["RFC 4155", "Thunderbird", "Gmail", "address alone", "byte order mark"],
)  # fmt: skip
def test_separators_of_all_programs_are_known(separator: bytes):
    assert only(read_box(separator + make_mail())).title == SUBJECT


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("From the pier she spoke.", "From the pier she spoke."), ("From 9:30 the ferries lay idle.", "From 9:30 the ferries lay idle."), (">From the pier", "From the pier"), (">>From the pier", ">From the pier"), ("> From the pier", "> From the pier")],
    ids=["sentence", "sentence with a time", "mboxo", "mboxrd", "quotation"],
)  # fmt: skip
def test_lines_that_look_like_separators(written: str, read_as: str):
    article = only(read_box(SEPARATOR + make_mail(f"{LEAD}\n\n{written}\n\n{SECOND}\n")))

    assert article.text == f"{SUBJECT}\n\n{LEAD}\n\n{read_as}\n\n{SECOND}"


def test_bad_message_of_a_mailbox_does_not_stop_the_others():
    found = read_box(SEPARATOR + b"no mail\n\n" + SEPARATOR + make_mail() + b"\n" + SEPARATOR)

    assert [type(f).__name__ for f in found] == ["UnreadableReportError", "Article", "UnreadableReportError"]
    assert str(found[0]).startswith("a.mbox, message 1: ")


def test_attachments_of_a_mailbox_have_their_place():
    inner = make_multipart(f"Content-Type: message/rfc822\n\n{make_mail().decode()}")

    assert only(read_box(SEPARATOR + inner)).origin == "a.mbox, message 1, attachment 1"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"The mayor spoke.\n", make_mail()], ids=["empty", "blank", "text", "single message"])  # fmt: skip
def test_file_that_is_no_mailbox_is_named(data: bytes):
    (error,) = read_box(data)
    assert "no mailbox" in str(error)


def test_mailbox_is_never_in_memory_whole():
    messages, size = 30, 1_000_000

    class Box(io.RawIOBase):
        """Messages that are made when they are asked for."""

        def __init__(self) -> None:
            message = [SEPARATOR, b"Subject: x\n", b"\n", *[b"x" * 999 + b"\n"] * (size // 1000), b"\n"]
            self.lines = (line for _ in range(messages) for line in message)

        def readline(self, limit: int | None = -1, /) -> bytes:
            return next(self.lines, b"")

    tracemalloc.start()
    found = list(read_mbox(Box(), "a.mbox", ReadOptions()))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(found) == messages
    assert peak < messages * size / 1.5


def test_message_too_large_does_not_stop_the_mailbox():
    found = read_box(
        SEPARATOR + b"Subject: x\n\n" + b"x" * (MAX_MESSAGE_BYTES + 1) + b"\n\n" + SEPARATOR + make_mail()
    )

    assert "message 1: more than 25 MB" in str(found[0])
    assert isinstance(found[1], Article)


def test_charset_that_takes_long_to_decode_is_not_used():
    started = time.process_time()
    read(
        make_mail(
            "é-" * 250_000,
            type="Content-Type: text/plain; charset=punycode\nContent-Transfer-Encoding: 8bit\n",
        )
    )

    assert time.process_time() - started < 3


GOOD = make_multipart(
    f"{TYPE}\n{LEAD}\n-- \nAna",
    f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{quopri.encodestring(PAGE.encode()).decode()}",
    f"Content-Type: message/rfc822\n\n{make_mail().decode()}",
)
BOX = SEPARATOR + GOOD + b"\n" + SEPARATOR + make_mail(f"{LEAD}\n\nOn Friday Tom wrote:\n> Hello\n")


def check(data: bytes) -> None:
    for reader in (read_mail, read_mbox):
        first = list(reader(io.BytesIO(data), "o", ReadOptions()))
        assert [str(r) for r in first] == [str(r) for r in reader(io.BytesIO(data), "o", ReadOptions())]
        assert first
        for one in (*first, *reader(io.BytesIO(data), "o", ReadOptions(as_is=True))):
            if isinstance(one, Article):
                assert one.text.strip()
                one.text.encode()
                assert all(0 <= f.before <= len(one.text) for f in one.furniture)
            else:
                assert isinstance(one, UnreadableReportError)
                assert len(str(one).splitlines()) == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(data: bytes):
    check(data)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, len(BOX)))
def test_mailbox_cut_off_anywhere_is_read_or_named(end: int):
    check(BOX[:end])


PIECES = st.sampled_from([b"\n", b"\n\n", b"--=_x\n", b"=?utf-8?b?", b"Content-Type: ", b"message/rfc822", b"\x00", b"\xff", b"From ", b"(", b'"', b";"])  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.integers(0, len(BOX)), st.integers(0, 40), PIECES | st.binary(max_size=8))
def test_mailbox_changed_anywhere_is_read_or_named(at: int, gone: int, put: bytes):
    check(BOX[:at] + put + BOX[at + gone :])


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["From", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition"]), st.text(max_size=80))  # fmt: skip
def test_any_header_is_read_or_named(name: str, value: str):
    line = value.replace("\n", " ").replace("\r", " ")

    check(f"From: a@b\n{name}: {line}\n\n{LEAD}\n".encode("utf-8", "replace"))
