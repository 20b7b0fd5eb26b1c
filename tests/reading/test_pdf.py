"""PDF -> article: paragraphs as a reader sees them, and every kind of damage named."""

from __future__ import annotations

import io
import time
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading import pdf
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.pdf import read_pdf
from onrecord.reading.pdf_lines import PrintedLine, join_lines, lay_out

HEADLINE = "Harbour of Velm to stay shut until spring, mayor says"
# Hard-wrapped as a printer does, with words broken at the end of lines.
FIRST = [
    "VELM (Norda Press) - The mayor of Velm said on Monday that the",
    "harbour would stay shut until the spring, after inspectors of the govern-",
    "ment found cracks in the northern breakwater and in three of its piers.",
]
SECOND = [
    "Ilsa Marn told reporters at the town hall that the government would",
    "pay the fishermen for the lost months, and that a well-",
    "known company from Osk had begun with the work on the piers.",
]
FIRST_JOINED = " ".join(FIRST).replace("govern- ment", "government")
SECOND_JOINED = " ".join(SECOND).replace("well- known", "well-known")

Line = tuple[float, float, float, str]  # x, y, size, text


def make_pdf(
    pages: Sequence[Sequence[Line]],
    *,
    information: Mapping[str, str] | None = None,
    page_entries: str = "",
    encoding: str = "/WinAnsiEncoding",
    packed: bool = True,
) -> bytes:
    """A PDF with lines of Helvetica at given places."""
    drawings = [
        b"\n".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (size, x, y, _escape(text))
            for x, y, size, text in lines
        )
        for lines in pages
    ]
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        3: f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding{encoding}>>".encode(),
        4: b"<<%s>>"
        % b" ".join(b"/%s(%s)" % (k.encode(), _escape(v)) for k, v in (information or {}).items()),
    }
    for n, drawing in enumerate(drawings):
        objects[10 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {11 + 2 * n} 0 R{page_entries}"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        ).encode()
        objects[11 + 2 * n] = make_stream(drawing, packed=packed)
    return put_together(objects)


def make_stream(data: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        data, entries = zlib.compress(data), entries + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def put_together(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begin, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % ((places[number], b"n") if number in places else (0, b"f"))
    info = b"/Info 4 0 R" if 4 in objects else b""
    out += b"trailer\n<</Size %d/Root 1 0 R%s%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, info, trailer, begin)
    return bytes(out)


def _escape(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def lines_down(lines: Sequence[str], y: float, *, x: float = 72, size: float = 12) -> list[Line]:
    return [(x, y - 14 * n, size, line) for n, line in enumerate(lines)]


def report(y: float = 700) -> list[Line]:
    return [(72, y, 24, HEADLINE), *lines_down(FIRST, y - 40), *lines_down(SECOND, y - 100)]


def read(data: bytes, **options: Any) -> list[Read]:
    return list(read_pdf(io.BytesIO(data), "in.pdf", ReadOptions(**options)))


def read_one(data: bytes, **options: Any) -> Article:
    (article,) = read(data, **options)
    assert isinstance(article, Article), article
    return article


def read_error(data: bytes) -> str:
    (error,) = read(data)
    assert isinstance(error, UnreadableReportError)
    assert "\n" not in str(error)
    return str(error)


# Text


def test_lines_are_joined_to_paragraphs():
    assert read_one(make_pdf([report()])).text == "\n\n".join([HEADLINE, FIRST_JOINED, SECOND_JOINED])


def test_frame_is_read_from_the_text():
    article = read_one(make_pdf([report()]))

    assert article.title == article.frame.headline == HEADLINE
    assert article.frame.dateline.place == "VELM"
    assert (article.id, article.origin) == (read_one(make_pdf([report(690)])).id, "in.pdf")


def test_as_is_text_has_all_paragraphs():
    assert read_one(make_pdf([[*report(), (72, 400, 12, "read more")]]), as_is=True).text == "\n\n".join(
        [HEADLINE, FIRST_JOINED, SECOND_JOINED, "read more"]
    )


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        pytest.param(
            ["the govern-", "ment of government"], "the government of government", id="the word is known"
        ),
        pytest.param(["a well-", "known man"], "a well-known man", id="the word is not known"),
        pytest.param(["the re\u00ad", "ply"], "the reply", id="soft hyphen"),
        pytest.param(["so\u00ad me", "words"], "so me words", id="soft hyphen inside of a line"),
        pytest.param(["it rained -", "and more"], "it rained - and more", id="dash"),
        pytest.param(["in 2020-", "21"], "in 2020-21", id="number"),
        pytest.param(["Ana Lee-", "Reyes"], "Ana Lee-Reyes", id="double name"),
    ],
)
def test_broken_words_are_made_whole(lines: list[str], joined: str):
    words = Counter(word for line in lines for word in line.lower().split())

    assert join_lines(lines, words) == joined


def test_word_that_is_more_often_written_with_its_hyphen_keeps_it():
    assert join_lines(["to re-", "sign"], Counter({"resign": 1, "re-sign": 2})) == "to re-sign"


def test_paragraph_goes_on_with_the_next_column():
    left, right = lines_down(FIRST[:2], 600), lines_down([*FIRST[2:], *SECOND], 620, x=320)

    assert FIRST_JOINED in read_one(make_pdf([[(72, 660, 24, HEADLINE), *left, *right]])).text


def test_paragraph_goes_on_with_the_next_page():
    pages = [[(72, 700, 24, HEADLINE), *lines_down(FIRST[:2], 120)], lines_down([*FIRST[2:], *SECOND], 700)]

    assert FIRST_JOINED in read_one(make_pdf(pages)).text


def test_paragraphs_are_told_by_their_indent():
    lines = [line for part in (FIRST, SECOND, FIRST, SECOND) for line in part]
    placed = [(84 if n % 3 == 0 else 72, 700 - 14 * n, 12, line) for n, line in enumerate(lines)]

    assert read_one(make_pdf([placed]), as_is=True).text.split("\n\n") == [FIRST_JOINED, SECOND_JOINED] * 2


def test_ligatures_are_taken_apart():
    differences = "<</BaseEncoding/WinAnsiEncoding/Differences[127/ffi 128/fl]>>"
    data = make_pdf([[(72, 700, 12, "The o\x7fce of Velm took \u20acight.")]], encoding=differences)

    assert read_one(data, as_is=True).text == "The office of Velm took flight."


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read(turn: int):
    # The text is drawn so that a reader of the turned page sees it upright.
    matrix = {0: b"1 0 0 1", 90: b"0 1 -1 0", 180: b"-1 0 0 -1", 270: b"0 -1 1 0"}[turn]
    places = {0: (72, 700), 90: (100, 72), 180: (540, 90), 270: (500, 700)}
    step = {0: (0, -14), 90: (14, 0), 180: (0, 14), 270: (-14, 0)}[turn]
    drawing = b"".join(
        b"BT /F1 12 Tf %s %d %d Tm (%s) Tj ET\n"
        % (matrix, places[turn][0] + n * step[0], places[turn][1] + n * step[1], _escape(line))
        for n, line in enumerate([*FIRST, *SECOND])
    )
    data = make_pdf([[]], page_entries=f"/Rotate {turn}", packed=False)
    data = data.replace(b"<</Length 0>>stream\n\nendstream", make_stream(drawing))

    assert read_one(data, as_is=True).text.startswith(FIRST_JOINED)


def test_text_set_askew_is_passed_over():
    drawing = b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (DRAFT) Tj ET BT /F1 12 Tf 72 700 Td (It rained in Velm.) Tj ET"
    data = make_pdf([[]], packed=False).replace(b"<</Length 0>>stream\n\nendstream", make_stream(drawing))

    assert read_one(data, as_is=True).text == "It rained in Velm."


# Running heads


def heads(page: int, pages: int) -> list[Line]:
    return [
        (24, 770, 8, f"The Velm Echo {'left' if page % 2 else 'right'}"),
        (24, 17, 8, "https://echo.example/harbour"),
        (560, 17, 8, f"{page}/{pages}"),
    ]


def test_running_heads_and_page_numbers_are_cut_and_kept():
    pages = [[*heads(n + 1, 4), *(report() if n == 0 else lines_down(SECOND, 700))] for n in range(4)]
    article = read_one(make_pdf(pages))

    assert "Echo" not in article.text
    assert "/4" not in article.text
    assert article.url == "https://echo.example/harbour"
    cut = [piece for piece in article.furniture if piece.why == "running head"]
    assert len(cut) == 8
    assert [p.before for p in cut] == sorted(p.before for p in cut)
    assert article.text[cut[2].before :].startswith(SECOND_JOINED)


@pytest.mark.parametrize(
    ("line", "y"),
    [
        ("3", 30),
        ("Page 3 of 7", 30),
        ("- 3 -", 770),
        ("11/23/26, 12:44 AM Harbour shut", 780),
        ("https://echo.example/harbour 1/1", 17),
    ],
)
def test_what_printing_adds_is_cut_from_a_single_page(line: str, y: float):
    assert line not in read_one(make_pdf([[(72, y, 8, line), *report()]])).text


def test_repeated_line_in_the_middle_of_pages_stays():
    pages = [
        [*lines_down(FIRST, 700), (72, 400, 12, "The harbour is shut, the mayor said.")] for _ in range(3)
    ]

    assert read_one(make_pdf(pages), as_is=True).text.count("The harbour is shut") == 3


def test_shortened_address_is_no_url():
    assert read_one(make_pdf([[(24, 17, 8, "https://echo.example/harb..."), *report()]])).url is None


# What the document says of itself


def test_days_of_the_file_are_no_publication_day():
    data = make_pdf(
        [report()], information={"CreationDate": "D:20240102030405Z", "ModDate": "D:20240102030405Z"}
    )

    assert read_one(data).published is None


def test_title_that_the_text_repeats_is_the_headline():
    data = make_pdf(
        [[(72, 740, 9, "Home News Sport"), *report()]], information={"Title": f"{HEADLINE} | The Velm Echo"}
    )
    article = read_one(data)

    assert article.title == HEADLINE
    assert article.text.startswith(HEADLINE)
    assert [(p.text, p.why) for p in article.furniture] == [("Home News Sport", "above the headline")]


@pytest.mark.parametrize(
    "title", ["Microsoft Word - velm_final_2.docx", "untitled", "The Velm Echo", "", "a b c d"]
)
def test_other_titles_are_not_believed(title: str):
    assert read_one(make_pdf([report()], information={"Title": title})).title == HEADLINE


def test_what_a_browser_prints_behind_the_report_is_cut_and_kept():
    links = [f"Other story {n} of the day" for n in range(12)]
    behind = [(72, 400 - 20 * n, 12, link) for n, link in enumerate(links)]
    data = make_pdf([[*report(), *behind]], information={"Title": HEADLINE, "Creator": "Mozilla/5.0"})
    article = read_one(data)

    assert article.text.endswith(SECOND_JOINED)
    assert sum(p.why == "behind the report" for p in article.furniture) == 12
    assert all(0 <= p.before <= len(article.text) for p in article.furniture)
    assert read_one(make_pdf([[*report(), *behind]], information={"Title": HEADLINE})).text.endswith(
        links[-1]
    )


# Damage


def test_scan_is_named_with_the_mend():
    assert "Run OCR" in read_error(make_pdf([[], []]))


def test_fonts_without_letters_are_named():
    assert "fonts do not say" in read_error(
        make_pdf([[(72, 700, 12, "abc")]]).replace(b"/F1 3 0 R", b"/F2 3 0 R")
    )


def test_password_is_asked_for():
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf([report()])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)

    assert "the PDF is encrypted" in read_error(out.getvalue())


def test_file_that_only_forbids_changes_is_read():
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf([report()])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)

    assert read_one(out.getvalue()).title == HEADLINE


def test_stronger_encryption_is_named():
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[]>>",
        9: b"<</Filter/Standard/V 4/R 4/Length 128/P -1/O<%s>/U<%s>/StmF/StdCF/StrF/StdCF/CF<</StdCF<</CFM/AESV2/AuthEvent/DocOpen/Length 16>>>>>>"
        % (b"00" * 32, b"00" * 32),
    }

    assert "the PDF is encrypted" in read_error(put_together(objects, b"/Encrypt 9 0 R/ID[<00><00>]"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.7\n", id="header alone"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 40, id="noise"),
        pytest.param(put_together({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]>>"}), id="endless page tree"),
        pytest.param(put_together({1: b"<</Type/Catalog>>"}), id="no pages"),
    ],
)  # fmt: skip
def test_broken_file_is_named_with_the_mend(data: bytes):
    error = read_error(data)

    assert error.startswith("in.pdf: the PDF is damaged")
    assert "Print the report to a new PDF" in error


def test_file_without_its_end_is_read_or_named():
    data = make_pdf([report()])

    assert [str(r).startswith("in.pdf") or r == read_one(data) for r in read(data[:-150])] == [True]


def test_damaged_page_is_named_beside_the_article_of_the_others():
    data = make_pdf([report(), []], packed=False).replace(
        b"<</Length 0>>stream\n\nendstream", make_stream(b" " * 25_000_000)
    )
    article, error = read(data)

    assert isinstance(article, Article)
    assert article.title == HEADLINE
    assert str(error).startswith("in.pdf, page 2: the PDF is damaged")


# Bombs


def test_too_many_pages_are_named():
    page = b"<</Type/Page/Parent 2 0 R>>"
    kids = b"10 0 R " * (pdf.MAX_PAGES + 1)
    data = put_together(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[" + kids + b"]>>", 10: page}
    )

    assert "pages are not one report" in read_error(data)


def test_page_tree_that_grows_tenfold_a_level_is_stopped():
    levels = {n: b"<</Type/Pages/Kids[%s]>>" % (b"%d 0 R " % (n + 1) * 10) for n in range(2, 30)}
    data = put_together({1: b"<</Type/Catalog/Pages 2 0 R>>", **levels, 30: b"<</Type/Page>>"})

    assert "pages are not one report" in read_error(data)


def test_drawing_that_unpacks_to_megabytes_is_stopped():
    data = make_pdf([[]], packed=False).replace(
        b"<</Length 0>>stream\n\nendstream", make_stream(b" " * 60_000_000)
    )
    begun = time.perf_counter()

    assert "damaged" in read_error(data)
    assert time.perf_counter() - begun < 5


def test_too_large_a_file_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "MAX_PDF_BYTES", 500)

    assert "MB are not one report" in read_error(make_pdf([report()]))


def test_too_much_text_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "_MAX_CHARS", 100)

    assert "more than 100 characters" in read_error(make_pdf([report()]))


def test_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "MAX_CPU_S", 0.5)
    # Each object that is not where it should be is looked for through the whole file.
    kids = b" ".join(b"%d 0 R" % n for n in range(1_000, 3_500))
    data = put_together(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[" + kids + b"]>>", 3: make_stream(b"x" * 9_000_000, packed=False)}
    )  # fmt: skip

    assert "takes more than" in read_error(data)


# Any bytes

WHOLE = make_pdf([[*heads(1, 2), *report()], [*heads(2, 2), *lines_down(SECOND, 700)]], information={"Title": HEADLINE}, packed=False)  # fmt: skip
TOKENS = [b"<<", b">>", b"[", b"]", b"(", b")", b"stream", b"endobj", b"null", b"-1", b"1 0 R", b"3 0 R", b"99999999999", b"/Rotate 90", b"1e999", b"/Length 0", b"/Type/Pages", b"/CropBox[a b c d]", b"\x00"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.one_of(st.binary(max_size=3), st.sampled_from(TOKENS))), min_size=1, max_size=4), st.integers(0, 30), st.booleans())  # fmt: skip
def test_any_part_may_be_wrong(changes: list[tuple[int, bytes]], lost: int, as_is: bool):
    data = bytearray(WHOLE)
    for at, new in changes:
        data[at : at + lost] = new
    reads = read(bytes(data), as_is=as_is)

    assert reads
    assert all(isinstance(r, Article) or str(r).startswith("in.pdf") for r in reads)


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(b"%PDF-1.4\n".__add__)))
def test_any_bytes_give_one_error(data: bytes):
    assert read_error(data).startswith("in.pdf")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(WHOLE)))
def test_file_cut_anywhere_is_read_or_named(end: int):
    first, second = read(WHOLE[:end]), read(WHOLE[:end])

    assert [str(r) for r in first] == [str(r) for r in second]
    assert first


LINES = st.builds(
    PrintedLine,
    text=st.text(st.sampled_from("abc A.-\u00ad1•"), min_size=1, max_size=12).filter(str.strip),
    page=st.integers(0, 3),
    x=st.floats(-1e6, 1e6),
    y=st.floats(-1e6, 1e6),
    size=st.floats(0.01, 1e4),
    height=st.floats(-2, 2),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_no_letter_is_lost_or_doubled(lines: list[PrintedLine]):
    laid = lay_out(lines)
    kept = "".join([*(p.text for p in laid.paragraphs), *(head.text for head in laid.heads)])

    assert Counter(c for c in kept if c.isalnum()) == Counter(
        c for line in lines for c in line.text if c.isalnum()
    )
