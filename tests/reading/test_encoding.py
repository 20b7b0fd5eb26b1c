"""Bytes -> characters: whatever the bytes, text or one clear error."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UnreadableReportError
from onrecord.reading.encoding import decode_report

QUOTED = "“We will pay,” the mayor said – the city’s plan costs €5 million."
RUSSIAN = "Власти города сообщили в понедельник, что мост через реку закрыт до весны. " * 4
JAPANESE = "市は月曜日に川の橋を春まで閉鎖すると発表した。" * 5


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(QUOTED.encode(), QUOTED, id="utf-8"),
        pytest.param(QUOTED.encode("utf-8-sig"), QUOTED, id="utf-8 with BOM"),
        pytest.param(QUOTED.encode("utf-16"), QUOTED, id="utf-16 with BOM"),
        pytest.param(codecs.BOM_UTF16_BE + QUOTED.encode("utf-16-be"), QUOTED, id="utf-16-be with BOM"),
        pytest.param(QUOTED.encode("utf-16-le"), QUOTED, id="utf-16-le without BOM"),
        pytest.param(QUOTED.encode("utf-16-be"), QUOTED, id="utf-16-be without BOM"),
        pytest.param(QUOTED.encode("utf-32"), QUOTED, id="utf-32 with BOM"),
        pytest.param(QUOTED.encode("cp1252"), QUOTED, id="cp1252"),
        pytest.param(
            "Café prices rose, he said.".encode("latin-1"), "Café prices rose, he said.", id="latin-1"
        ),
        pytest.param(RUSSIAN.encode("cp1251"), RUSSIAN, id="cp1251"),
        pytest.param(RUSSIAN.encode("koi8-r"), RUSSIAN, id="koi8-r"),
        pytest.param(JAPANESE.encode("shift_jis"), JAPANESE, id="shift-jis"),
    ],
)
def test_decode_finds_the_encoding(data: bytes, expected: str):
    assert decode_report(data, "a.txt") == expected


ACCENTED = "José Ñandú of Orvale said it was “naïve”."
CURLY = "The mayor’s plan was “dead”, Zoë Nuñez said — and nobody’s house would be sold…"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        pytest.param(ACCENTED, "cp1252", id="many accents"),
        pytest.param(ACCENTED.replace("“", '"').replace("”", '"'), "latin-1", id="many accents, Latin-1"),
        pytest.param("“No,” José Ñandú said.", "cp1252", id="a line"),
        pytest.param("“NO,” SAID JOSÉ ÑANDÚ, THE MAYOR.", "cp1252", id="capitals"),
        pytest.param("Zoë Ångström said that it would cost €5m, or £4m – “dear”.", "cp1252", id="signs"),
        pytest.param(CURLY, "cp1252", id="few accents"),
        pytest.param(CURLY, "mac_roman", id="Macintosh"),
        pytest.param(RUSSIAN + "The mayor and the council said it. " * 9, "cp1251", id="English in Russian"),
    ],
)
def test_older_encoding_of_a_text_with_english_words_is_told(text: str, codec: str):
    assert decode_report(text.encode(codec), "a.txt") == text


@pytest.mark.parametrize("at", ["beginning", "end"])
def test_one_bad_byte_does_not_change_the_encoding(at: str):
    good = QUOTED.encode() * 3
    data = b"\xff" + good if at == "beginning" else good + b"\xff"

    assert QUOTED * 3 in decode_report(data, "a.txt")


def test_text_cut_off_inside_a_character_is_read():
    assert decode_report((QUOTED + "€").encode()[:-1], "a.txt").startswith(QUOTED)


def test_few_words_cut_off_inside_a_character_are_read():
    words = "The mayor of Port Elm spoke of the harbour and said: “We shut it today"

    assert decode_report(f"{words}”".encode()[:-1], "a.txt") == f"{words}\ufffd"


@pytest.mark.parametrize("declared", ["windows-1251", "WINDOWS-1251"])
def test_declared_encoding_of_a_page_is_believed(declared: str):
    page = f'<html><head><meta charset="{declared}"></head><body>Мост закрыт</body></html>'

    assert "Мост закрыт" in decode_report(page.encode("cp1251"), "a.html")


@pytest.mark.parametrize("declared", ["utf-8", "no-such-encoding", "base64"])
def test_wrongly_declared_encoding_does_no_harm(declared: str):
    page = f'<meta charset="{declared}"><p>The mayor’s bridge is open, and the city has paid for it.'

    assert "mayor’s" in decode_report(page.encode("cp1252"), "a.html")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_one(end: str):
    assert decode_report(f"One{end}Two".encode(), "a.txt") == "One\nTwo"


def test_as_is_leaves_line_ends_alone():
    assert decode_report(b"One\r\nTwo", "a.txt", as_is=True) == "One\r\nTwo"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="no bytes"),
        pytest.param(b" \n\t\r\n", id="blanks"),
        pytest.param(b"\x00" * 500, id="zero bytes"),
    ],
)
def test_empty_file_is_named(data: bytes):
    with pytest.raises(UnreadableReportError, match=r"a\.txt: the file is empty"):
        decode_report(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"%PDF-1.7\n%...", id="pdf"),
        pytest.param(b"PK\x03\x04" + bytes(40), id="zip"),
        pytest.param(b"\x1f\x8b\x08" + bytes(40), id="gzip"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), id="png"),
        pytest.param(b"\xff\xd8\xff\xe0" + bytes(40), id="jpeg"),
        pytest.param(bytes(range(256)) * 40, id="every byte"),
        pytest.param(b"text\x00\x01\x02\x03\x04" * 50, id="control characters"),
        pytest.param("text\x81\x82\x9d".encode() * 50, id="control characters beyond ASCII"),
    ],
)
def test_binary_file_is_named(data: bytes):
    with pytest.raises(UnreadableReportError, match=r"a\.bin: .*(not text|cannot be told)"):
        decode_report(data, "a.bin")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.booleans())
def test_any_bytes_give_text_or_one_clear_error(data: bytes, as_is: bool):
    try:
        text = decode_report(data, "a.txt", as_is=as_is)
    except UnreadableReportError as error:
        text = str(error).removeprefix("a.txt: ")
        is_clear = text != str(error)
    else:
        is_clear = text.encode() is not None
    assert is_clear


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1))
def test_utf8_text_is_read_back(text: str):
    try:
        read = decode_report(text.encode(), "a.txt", as_is=True)
    except UnreadableReportError:
        return
    if "\x00" not in text:
        assert read == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        pytest.param(RUSSIAN, "utf-16-le", "UTF-16", id="Cyrillic in UTF-16 without BOM"),
        pytest.param(JAPANESE, "utf-16-be", "utf-16be", id="Japanese in UTF-16 without BOM"),
        pytest.param(JAPANESE, "iso2022_jp", "ISO-2022-JP", id="seven bits"),
        pytest.param("Мост закрыт.", "cp1251", "windows-1251", id="too short to guess"),
        pytest.param("Şehir köprüyü kapattı.", "cp1254", "iso-8859-9", id="by its browser name"),
        pytest.param("橋は閉鎖①。", "cp932", "x-sjis", id="by a name that Python does not know"),
    ],
)
def test_what_the_server_declared_tells_the_encoding(text: str, codec: str, declared: str):
    assert decode_report(text.encode(codec), "a.html", declared=declared) == text


@pytest.mark.parametrize(
    "declared", ["utf-16", "windows-1251", "utf-8", "utf-7", "punycode", "hex", "no-such", "", "a\x00b", "é"]
)
def test_false_declaration_is_not_believed(declared: str):
    assert decode_report(RUSSIAN.encode(), "a.html", declared=declared) == RUSSIAN


def test_declared_punycode_takes_no_time():
    page = b'<meta charset="punycode">' + b"a" * 1_000_000 + b"\xe9"

    assert decode_report(page, "a.html", declared="punycode").endswith("aé")
