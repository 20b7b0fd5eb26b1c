"""Broken characters: put right where that is certain, good text never touched."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.files import read_report, read_stream
from onrecord.reading.mojibake import mender_of, repair_mojibake
from onrecord.reading.options import ReadOptions
from onrecord.reading.source_map import locate, map_to_source

REPORT = "The mayor of Orvale, José Ñandú, said: “It’s a façade – we won’t pay £5m.”"


def as_cp1252(text: str) -> str:
    """A text in UTF-8, read as cp1252 whose undefined bytes are control characters, as browsers read it."""
    return "".join(
        chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252") for b in text.encode()
    )


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(as_cp1252(REPORT), id="cp1252"),
        pytest.param(as_cp1252(REPORT).replace("\x9d", "\ufffd"), id="cp1252, undefined bytes lost"),
        pytest.param(REPORT.encode().decode("latin-1"), id="Latin-1"),
        pytest.param(as_cp1252(as_cp1252(REPORT)), id="twice"),
    ],
)
def test_utf8_read_as_something_else_is_put_right(broken: str):
    assert repair_mojibake(broken) == REPORT


@pytest.mark.parametrize(
    ("broken", "good"),
    [
        pytest.param("JosÃ© Ramos said no.", "José Ramos said no.", id="a single name"),
        pytest.param("“No,” said JosÃ© Ramos of CafÃ© Â£5.", "“No,” said José Ramos of Café £5.", id="beside good quotation marks"),
        pytest.param("Café âTom’sâ: “we donâ€™t”", "Café âTom’sâ: “we don’t”", id="one quotation mark of several"),
        pytest.param(as_cp1252("Мост закрыт до весны."), "Мост закрыт до весны.", id="another script"),
    ],
)  # fmt: skip
def test_the_broken_part_is_put_right(broken: str, good: str):
    assert repair_mojibake(broken) == good


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "“CAFÉ” and “OLÉ…” were painted on the “ATTACHÉ”’s wall, at 5 °C.",
        "“AMANHÔ, “IRMÔ and “CHÂ”: the banners of São Marto",
        "“Olé…” he said.",
        "La fête « À LA CARTE » de l’été",
        "Việt Nam’s “Đà Nẵng”",
    ],
)
def test_good_text_stays(text: str):
    assert repair_mojibake(text) == text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abcdefgh XYZ.,“”‘’–—…éèüñçßøÉÜàâ£€°«»", max_size=120))
@example("â€")
def test_what_was_broken_comes_back(text: str):
    text = "“It’s so,” she said. " + text
    if repair_mojibake(text) == text:
        assert repair_mojibake(as_cp1252(text)) == text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken(text: str):
    assert len(repair_mojibake(text)) <= len(text)


def test_a_report_is_put_right_and_its_direct_speech_found():
    article = read_report(as_cp1252(f"{REPORT}\n\n{REPORT}").encode(), "a.txt")

    assert "“It’s a façade – we won’t pay £5m.”" in article.text


def test_as_is_leaves_broken_characters():
    broken = as_cp1252(REPORT)

    assert read_report(broken.encode(), "a.txt", as_is=True).text == broken


def test_the_way_back_to_the_bytes_leads_to_the_same_words():
    article = read_report(as_cp1252(REPORT).encode(), "a.txt")
    assert article.original
    runs = map_to_source(article.text, article.original)
    start = article.text.index("The mayor")

    found = locate(runs, article.text, article.original, start, start + len("The mayor of Orvale"))

    assert found
    assert article.original.data[slice(*found)] == b"The mayor of Orvale"


def test_broken_words_are_in_no_run():
    article = read_report(as_cp1252(REPORT).encode(), "a.txt")
    assert article.original
    runs = map_to_source(article.text, article.original)
    start = article.text.index("José")

    assert locate(runs, article.text, article.original, start, start + len("José")) is None


@pytest.mark.parametrize("between", ["a", " ", "\n", "</b><b>"])
def test_characters_with_anything_between_them_are_no_broken_one(between: str):
    text = between.join("Ã©") + " " + between.join("â€™")

    assert repair_mojibake(text) == text


BODY = f"{REPORT} Repairs to the quay begin in May, the harbour office told the council on Monday, and last a year."
BROKEN = as_cp1252(BODY)


def as_json() -> bytes:
    row = {"text": BROKEN, "title": as_cp1252("“No” to the quay"), "author": [as_cp1252("Zoë Žarić")]}
    return json.dumps(row).encode()


def as_feed() -> bytes:
    good = "".join(
        f"<item><title>Good news {n}</title><content:encoded><![CDATA[<p>É”… “Olé” {'rain in Orvale and no wind ' * 8}</p>]]></content:encoded></item>"
        for n in range(3)
    )
    return f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Echo</title><item><title>{as_cp1252("“No” to the quay")}</title><dc:creator>{as_cp1252("Zoë Žarić")}</dc:creator>
<content:encoded><![CDATA[<p>{BROKEN}</p>]]></content:encoded></item>{good}</channel></rss>""".encode()


def as_mail() -> bytes:
    message = EmailMessage()
    message["From"] = f'"{as_cp1252("Zoë Žarić")}" <desk@echo.example>'
    message["Subject"] = as_cp1252("“No” to the quay").replace("\x9d", "\ufffd")
    message.set_content(BROKEN)
    return bytes(message)


def as_nitf() -> bytes:
    return f"""<nitf><head><title>Quay</title></head><body><body.head><hedline><hl1>{as_cp1252("“No” to the quay")}</hl1></hedline>
<byline>By {as_cp1252("Zoë Žarić")}</byline></body.head><body.content><p>{BROKEN}</p></body.content></body></nitf>""".encode()


def as_csv() -> bytes:
    title, author = as_cp1252("“No” to the quay"), as_cp1252("Zoë Žarić")
    return f'title,author,text\n"{title}","{author}","{BROKEN}"\n'.encode()


@pytest.mark.parametrize("make", [as_json, as_feed, as_mail, as_nitf, as_csv])
def test_each_form_is_put_right_with_its_title_and_authors(make: Callable[[], bytes]):
    article = next(iter(read_stream(io.BytesIO(make()), "a", ReadOptions())))

    assert isinstance(article, Article)
    assert BODY in article.text
    assert article.title == "“No” to the quay"
    assert (article.outlet if make is as_mail else article.frame.byline[0]) == "Zoë Žarić"


@pytest.mark.parametrize("make", [as_json, as_feed, as_mail, as_nitf, as_csv])
def test_as_is_leaves_each_form_broken(make: Callable[[], bytes]):
    article = next(iter(read_stream(io.BytesIO(make()), "a", ReadOptions(as_is=True))))

    assert isinstance(article, Article)
    assert BROKEN in article.text


def test_entries_that_are_good_stay_beside_one_that_is_broken():
    entries = list(read_stream(io.BytesIO(as_feed()), "a", ReadOptions()))

    assert all("É”… “Olé”" in entry.text for entry in entries[1:] if isinstance(entry, Article))


def test_the_way_back_of_a_mail_passes_over_what_was_put_right():
    article = next(iter(read_stream(io.BytesIO(as_mail()), "a", ReadOptions())))
    assert isinstance(article, Article)
    assert article.original
    runs = map_to_source(article.text, article.original)
    start = article.text.index("Repairs")

    found = locate(runs, article.text, article.original, start, start + len("Repairs to the quay"))

    assert found
    assert locate(runs, article.text, article.original, *_span(article.text, "José")) is None


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="ab Ã©â€™œ”É“", max_size=12), max_size=5))
def test_one_text_alone_is_put_right_as_among_others_of_its_own(texts: list[str]):
    for text in texts:
        assert mender_of([text])(text) == repair_mojibake(text)
