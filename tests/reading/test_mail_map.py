"""From the words of a mail back to the bytes of its file, however they were packed for sending."""

from __future__ import annotations

import base64
import io
import quopri
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.files import read_stream
from onrecord.reading.mail import read_mail, read_mbox
from onrecord.reading.mail_message import parse_message
from onrecord.reading.mail_places import MAX_MAPPED_BYTES, find_places
from onrecord.reading.options import ReadOptions
from onrecord.reading.source_map import locate, map_to_source

LEAD = "The café by the harbour of Port Elm opened on Monday, “at last,” said Ana Reyes, who had waited for years."
SECOND = "It cost three million crowns and took nine years to build, the mayor’s office said."
HEAD = "From: The Elm Courier <news@elm.example>\nSubject: Café opens at the harbour\nDate: Fri, 7 Jan 2022 09:30:00 +0100\n"
PAGE = f"<html><body><p>{LEAD.replace('é', '&eacute;')}</p><p>{SECOND.replace('nine', '<b>nine</b>')}</p></body></html>"


def pack(text: str, transfer: str, charset: str) -> bytes:
    data = text.encode(charset)
    if transfer == "quoted-printable":
        return quopri.encodestring(data)
    return base64.encodebytes(data) if transfer == "base64" else data


def part(text: str, kind: str, transfer: str, charset: str) -> bytes:
    head = f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"
    return head.encode() + pack(text, transfer, charset)


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "=_x") -> bytes:
    mark = b"--" + boundary.encode()
    body = b"".join(mark + b"\n" + one + b"\n" for one in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode() + body + mark + b"--\n"


def read(data: bytes, *, as_is: bool = False) -> list[Article]:
    found = list(read_mail(io.BytesIO(data), "a.eml", ReadOptions(as_is=as_is)))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def sent_bytes(article: Article, words: str) -> bytes:
    """What stands in the file at the place of some words."""
    assert article.original
    start = article.text.index(words)
    runs = map_to_source(article.text, article.original)
    found = locate(runs, article.text, article.original, start, start + len(words))
    assert found, words
    return article.original.data[slice(*found)]


def says(sent: bytes, words: str, transfer: str, charset: str) -> bool:
    """Do some bytes of a file say these words once they are unpacked?"""
    want = re.findall(r"\w+", words)
    if transfer == "base64":
        signs = re.sub(rb"\s", b"", sent)
        # Where the first sign stands in its group of four is not known.
        tries = [b"A" * n + signs for n in range(4)]
        unpacked = [base64.b64decode(t + b"=" * (-len(t) % 4)) for t in tries if len(t.rstrip(b"=")) % 4 != 1]
    else:
        unpacked = [quopri.decodestring(sent) if transfer == "quoted-printable" else sent]
    return any(" ".join(want) in " ".join(re.findall(r"\w+", u.decode(charset, "replace"))) for u in unpacked)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
@pytest.mark.parametrize("transfer", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_words_of_a_text_are_found_in_the_file(charset: str, transfer: str, end: bytes):
    mail = HEAD.encode() + part(f"{LEAD}\n\n{SECOND}\n", "text/plain", transfer, charset)
    (article,) = read(mail.replace(b"\n", end))

    for words in ("café by the harbour", "Ana Reyes", "years", "nine years to build"):
        assert says(sent_bytes(article, words), words, transfer, charset)
    if transfer == "quoted-printable":
        assert sent_bytes(article, "café") in (b"caf=C3=A9", b"caf=E9")


@pytest.mark.parametrize("transfer", ["8bit", "quoted-printable", "base64"])
def test_words_of_a_page_are_found_between_its_tags(transfer: str):
    page = part(PAGE, "text/html", transfer, "utf-8")
    plain = part("See the page.", "text/plain", "8bit", "utf-8")
    (article,) = read(HEAD.encode() + multipart(plain, page, kind="alternative"))

    assert says(sent_bytes(article, "café by"), "caf eacute by", transfer, "utf-8")
    if transfer == "8bit":
        assert sent_bytes(article, "took nine years") == b"took <b>nine</b> years"


def test_quoted_line_that_goes_on_lies_within_the_words():
    body = "The harbour of Port =\nElm is sh=\nut, the mayor said on Monday at the town hall.\n"
    mail = f"{HEAD}Content-Transfer-Encoding: quoted-printable\n\n{body}".encode()
    (article,) = read(mail)

    assert sent_bytes(article, "Port Elm") == b"Port =\nElm"
    assert sent_bytes(article, "shut") == b"sh=\nut"


@pytest.mark.parametrize(
    ("subject", "sent"),
    [
        ("Café opens", "Café".encode()),
        ("=?utf-8?q?Caf=C3=A9?= opens", b"=?utf-8?q?Caf=C3=A9?="),
        ("=?iso-8859-1?b?Q2Fm6Q==?=\n opens", b"=?iso-8859-1?b?Q2Fm6Q==?="),
    ],
    ids=["raw", "quoted", "base64, folded"],
)
def test_words_of_the_headline_are_found_in_the_subject(subject: str, sent: bytes):
    (article,) = read(f"From: a@b\nSubject: {subject}\n\n{SECOND}\n".encode())

    assert article.title == "Café opens"
    assert sent_bytes(article, "Café") == sent
    assert sent_bytes(article, "opens") == b"opens"


def test_folded_subject_is_found_over_its_lines():
    (article,) = read(f"From: a@b\nSubject: The harbour\n\tis shut\nTo: c@d\n\n{SECOND}\n".encode())

    assert sent_bytes(article, "harbour is") == b"harbour\n\tis"


def test_attached_message_is_found_in_the_same_file():
    inner = HEAD.replace("Café opens", "Ferries sail").encode() + part(
        SECOND, "text/plain", "base64", "utf-8"
    )
    outer = multipart(
        part(LEAD, "text/plain", "8bit", "utf-8"), b"Content-Type: image/png\n\nx\n\ny", b"Content-Type: message/rfc822\n\n" + inner
    )  # fmt: skip
    mail = HEAD.encode() + outer
    first, second = read(mail)

    assert first.original
    assert second.original
    assert first.original.data == second.original.data == mail
    assert sent_bytes(second, "Ferries sail") == b"Ferries sail"
    assert says(sent_bytes(second, "took nine years"), "took nine years", "base64", "utf-8")


def test_boundaries_with_blank_lines_and_words_around_them_are_no_trouble():
    inner = multipart(part(PAGE, "text/html", "8bit", "utf-8"), kind="related", boundary="x")
    body = multipart(inner + b"\nAn end.\n\n--xy\n", kind="alternative", boundary="xy").replace(
        b"\n\n--xy\n", b"\n\nA beginning.\n\n--xy\n", 1
    )
    (article,) = read(HEAD.encode() + body)

    assert sent_bytes(article, "Ana Reyes") == b"Ana Reyes"


def test_page_that_a_browser_saved_is_found_in_its_file():
    page = f"<html><head><title>Café opens</title></head><body><article><h1>Café opens</h1><p>{LEAD}</p><p>{SECOND}</p></article></body></html>"
    mail = b"From: <Saved by Blink>\n" + multipart(
        part(page, "text/html", "quoted-printable", "utf-8"), kind="related"
    )
    (article,) = read(mail)

    assert sent_bytes(article, "Café opens").startswith(b"Caf=C3=A9 opens")
    assert says(
        sent_bytes(article, "harbour of Port Elm"), "harbour of Port Elm", "quoted-printable", "utf-8"
    )


def test_text_as_it_was_sent_is_found():
    mail = HEAD.encode() + part(LEAD, "text/plain", "base64", "utf-8")
    (article,) = read(mail, as_is=True)

    assert says(sent_bytes(article, "harbour of Port Elm"), "harbour of Port Elm", "base64", "utf-8")


def test_what_no_way_leads_back_from_has_no_map():
    mail = HEAD.encode() + part(LEAD, "text/plain", "8bit", "utf-8")
    wide = mail.decode().encode("utf-16")
    large = mail + b"\n" + b"x " * (MAX_MAPPED_BYTES // 2)
    uu = HEAD.encode() + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#2&D*\n \nend\n"
    box = b"From ana@elm.example Fri Jan  7 09:30:00 2022\n" + mail

    assert [a.original for a in read(wide)] == [None]
    assert [getattr(a, "original", None) for a in read_mail(io.BytesIO(large), "a", ReadOptions())] == [None]
    assert [a.original for a in read(uu)] == [None]
    assert [getattr(a, "original", 1) for a in read_mbox(io.BytesIO(box), "a", ReadOptions())] == [None]


def test_mail_in_a_file_has_its_map():
    mail = HEAD.encode() + part(LEAD, "text/plain", "base64", "utf-8")
    (article,) = read_stream(io.BytesIO(mail), "a.eml", ReadOptions())

    assert isinstance(article, Article)
    assert article.original


WORDS = st.lists(st.sampled_from("pier café Ilse Maran möwe ferry “storm” 12 Straße said".split()), min_size=12, max_size=40)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sampled_from(["8bit", "quoted-printable", "base64"]), st.booleans(), st.sampled_from(["utf-8", "cp1252"]), st.sampled_from([b"\n", b"\r\n"]))  # fmt: skip
def test_every_word_is_found_where_it_was_sent(
    words: list[str], transfer: str, is_page: bool, charset: str, end: bytes
):
    text = " ".join(words) + "."
    body = f"<html><body><div><p>{text}</p></div></body></html>" if is_page else text
    one = part(body, "text/html" if is_page else "text/plain", transfer, charset)
    mail = HEAD.encode() + multipart(b"Content-Type: image/gif\n\nGIF8", one)
    (article,) = read(mail.replace(b"\n", end))
    assert article.original
    runs = map_to_source(article.text, article.original)
    begin = article.text.rindex(text)
    for found in re.finditer(r"\w+", text):
        start, stop = begin + found.start(), begin + found.end()
        place = locate(runs, article.text, article.original, start, stop)
        assert place, found[0]
        assert says(article.original.data[slice(*place)], found[0], transfer, charset)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 20))
def test_places_lie_in_the_file_whatever_is_in_it(put: bytes, at: int, gone: int):
    whole = HEAD.encode() + multipart(part(LEAD, "text/plain", "base64", "utf-8"), part(PAGE, "text/html", "quoted-printable", "utf-8"))  # fmt: skip
    data = whole[:at] + put + whole[at + gone :]
    for one in read_mail(io.BytesIO(data), "a", ReadOptions()):
        if isinstance(one, Article) and one.original:
            assert one.original.data == data
            for run in map_to_source(one.text, one.original):
                assert 0 <= run.start < run.end <= len(one.text)
                assert 0 <= run.byte_start < run.byte_end <= len(data)
                assert locate((run,), one.text, one.original, run.start, run.end)


def test_many_parts_are_placed_in_little_time():
    mail = HEAD.encode() + multipart(*[b"\nx"] * 1_900)
    message = parse_message(mail, "a")
    file = find_places(message, mail)

    assert file
    assert len(file.places) == 1_901
