"""Letters of readers on one page: each apart, with who signed it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.assembly import Line
from onrecord.reading.columns import row_to_article
from onrecord.reading.html import read_html
from onrecord.reading.letters import calls_itself_letters, divide_letters, set_signatures_apart
from onrecord.reading.options import ReadOptions
from onrecord.reading.text import read_text
from onrecord.reading.wire import put_headline_first

TRAINS = "I have taken the last train to Port Elm for thirty years. I told the company that it needs a guard."
BRIDGE = "The council claims that the bridge will cost nobody a penny. I do not believe it."
WARD = "I want to thank the nurses of the ward, who saved my husband in March."


def letters_of(article: Article) -> list[tuple[str | None, tuple[str, ...], str]]:
    """Heading, signers and text of each letter."""
    letters = [entry for entry in article.frame.entries if entry.byline is not None]
    assert len(letters) == len(article.frame.entries)
    return [(letter.headline, letter.byline, letter.span.of(article.text)) for letter in letters]


def signers_of(article: Article) -> list[tuple[str, ...]]:
    return [signers for _, signers, _ in letters_of(article)]


def page(body: str, headline: str = "Letters to the editor", head: str = "") -> str:
    return f"<html><head><title>{headline}</title>{head}</head><body><article><h1>{headline}</h1>{body}</article></body></html>"


@pytest.mark.parametrize(
    "title",
    ["Letters", "LETTERS", "Letters to the Editor, May 4", "Your letters | Friday 3 May 2024", "Letters: trains need guards",
     "Trains need guards | Letters", "Readers’ letters", "This week's letters", "Postbag", "# Letters page", "Letters for May 4"],
)  # fmt: skip
def test_titles_of_letters_are_known(title: str):
    assert calls_itself_letters(title)


@pytest.mark.parametrize(
    "title",
    ["Letters from the front reveal a soldier's doubts", "Minister sends letters to mayors", "The lost letters of Orvik", "", None,
     "Dear reader", "Letterbox ban upsets Orvik", "Red letter day for Port Elm"],
)  # fmt: skip
def test_titles_of_reports_are_not_those_of_letters(title: str | None):
    assert not calls_itself_letters(title)


def test_letters_of_a_text_stay_apart_with_heading_and_signer():
    article = read_text(
        f"Letters to the editor\n\nTrains need guards\n\n{TRAINS}\n\nAna Ruiz, Orvik\n\nA bridge too dear\n\n{BRIDGE}\n\nIt asked nobody.\n\n"
        f"Dr Tom Li, chair, Port Elm Ratepayers\n\nSend yours to letters@elmpost.example.",
        "a.txt",
    )

    assert letters_of(article) == [
        ("Trains need guards", ("Ana Ruiz",), f"Trains need guards\n\n{TRAINS}\n\nAna Ruiz, Orvik"),
        ("A bridge too dear", ("Dr Tom Li",), f"A bridge too dear\n\n{BRIDGE}\n\nIt asked nobody.\n\nDr Tom Li, chair, Port Elm Ratepayers"),
    ]  # fmt: skip
    assert [f.why for f in article.furniture] == ["comment prompt"]


@pytest.mark.parametrize(
    ("signature", "signers"),
    [
        ("Ana Ruiz, Orvik", ("Ana Ruiz",)),
        ("*Ana Ruiz, Orvik*", ("Ana Ruiz",)),
        ("— Ana Ruiz, Orvik", ("Ana Ruiz",)),
        ("(Ana Ruiz, Orvik)", ("Ana Ruiz",)),
        ("ANA RUIZ, St. Orvik", ("ANA RUIZ",)),
        ("Ana Ruiz\n\nOrvik", ("Ana Ruiz",)),
        ("ANA RUIZ,\n\n14 Quay Street,\n\nOrvik.", ("ANA RUIZ",)),
        ("Yours faithfully,\n\nAna Ruiz (Mrs), Orvik", ("Ana Ruiz (Mrs)",)),
        ("Prof. A. M. Ruiz | Orvik", ("Prof. A. M. Ruiz",)),
        ("Ana de la Ruiz – retired teacher, Orvik", ("Ana de la Ruiz",)),
        ("Ana Ruiz and Jon Pelle, Orvik", ("Ana Ruiz", "Jon Pelle")),
        ("Ana Ruiz, Jon Pelle and Ilse Maran, Orvik", ("Ana Ruiz", "Jon Pelle", "Ilse Maran")),
        ("Ana Ruiz\n\nOrvik\n\nThe writer is a retired teacher.", ("Ana Ruiz",)),
        ("Name and address supplied", ()),
    ],
)
def test_signatures_have_many_forms(signature: str, signers: tuple[str, ...]):
    article = read_text(
        f"Letters\n\n{TRAINS}\n\n{signature}\n\n{BRIDGE}\n\nTom Li, Port Elm\n\n{WARD}\n\nKaya Brandt, Vessara",
        "a.txt",
    )

    assert signers_of(article) == [signers, ("Tom Li",), ("Kaya Brandt",)]
    assert letters_of(article)[0][2] == f"{TRAINS}\n\n{signature}"


def test_letter_without_signature_is_not_the_next_ones():
    article = read_text(
        f"Letters\n\nDear Editor,\n\n{TRAINS}\n\nAna Ruiz, Orvik\n\nDear Editor,\n\n{BRIDGE}\n\nDear Editor,\n\n{WARD}\n\nKaya Brandt, Vessara",
        "a.txt",
    )

    assert signers_of(article) == [("Ana Ruiz",), (), ("Kaya Brandt",)]


def test_heading_that_looks_like_a_signature_is_none():
    article = read_text(
        f"Letters\n\n{TRAINS}\n\nAna Ruiz, Orvik\n\nThank You, Nurses\n\n{WARD}\n\nKaya Brandt, Vessara",
        "a.txt",
    )

    assert [(h, s) for h, s, _ in letters_of(article)] == [(None, ("Ana Ruiz",)), ("Thank You, Nurses", ("Kaya Brandt",))]  # fmt: skip


def test_rows_of_fixed_width_are_joined_and_signatures_are_not():
    wrapped = "I was told by the water company that our street would have no\nsupply for two days. It was nine. I believe that nobody at the firm\nknows where its own pipes run."
    article = read_text(
        f"Letters\n\nDear Editor,\n{wrapped}\nAna Ruiz\nOrvik\n\nDear Editor,\n{wrapped}\nTom Li, Port Elm\n",
        "a.txt",
    )

    assert signers_of(article) == [("Ana Ruiz",), ("Tom Li",)]
    assert wrapped.replace("\n", " ") in article.text.split("\n\n")


def test_letters_of_a_page_stay_apart():
    body = "".join(
        f"<p>{told} {told}</p><p>It never answers.<br><strong>{name}</strong><br><em>{place}</em></p>"
        for told, name, place in ((TRAINS, "Ana Ruiz", "Orvik"), (BRIDGE, "Tom Li", "Chair, Quay Partners"))
    )
    article = read_html(page(body, "Trains need guards | Letters"), "a.html")

    assert signers_of(article) == [("Ana Ruiz",), ("Tom Li",)]
    assert article.text.startswith("Trains need guards\n\nI have taken")


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ('<meta property="article:section" content="Letters">', "Trains need guards"),
        ('<link rel="canonical" href="https://elmpost.example/letters/1">', "Trains need guards"),
        ("", "Letters"),
    ],
)
def test_page_calls_itself_letters_by_section_address_or_headline(head: str, headline: str):
    body = f"<p>{TRAINS} {TRAINS}</p><p>Ana Ruiz, Orvik</p><p>{BRIDGE} {BRIDGE}</p><p>Tom Li, Port Elm</p>"

    assert signers_of(read_html(page(body, headline, head), "a.html")) == [("Ana Ruiz",), ("Tom Li",)]


def test_headings_that_the_extractor_leaves_out_are_those_of_their_letters():
    body = "".join(
        f'<div class="letter"><h2>{heading}</h2><p>{told} {told}</p><p>— <b>{name}</b>, Orvik</p></div>'
        for heading, told, name in (("Trains need guards", TRAINS, "Ana Ruiz"), ("A bridge too dear", BRIDGE, "Tom Li"))
    )  # fmt: skip
    article = read_html(page(body, "Postbag"), "a.html")

    assert [(h, s) for h, s, _ in letters_of(article)] == [
        ("Trains need guards", ("Ana Ruiz",)),
        ("A bridge too dear", ("Tom Li",)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            ["Trains need guards", TRAINS, "Ana Ruiz, Orvik", BRIDGE, "Tom Li, Elm"], id="not called letters"
        ),
        pytest.param(["Letters", TRAINS, "Ana Ruiz, Orvik"], id="one letter"),
        pytest.param(
            ["Letters", "Ana Ruiz, Orvik", TRAINS, "Tom Li, Elm", BRIDGE], id="names above their letters"
        ),
        pytest.param(["Letters", TRAINS, "Ana Ruiz", BRIDGE, "Tom Li"], id="names alone"),
        pytest.param(
            ["Letters", TRAINS, BRIDGE, "Ana Ruiz, who lives in Orvik, said so.", WARD], id="no signatures"
        ),
        pytest.param(
            ["Letters", "Ana Ruiz, Orvik", "Tom Li, Port Elm", "Kaya Brandt, Vessara"], id="a list of names"
        ),
    ],
)
def test_other_texts_are_not_divided(rows: list[str]):
    lines = [Line(row) for row in rows]

    assert divide_letters(lines) == (lines, [])


def test_salutation_in_capitals_is_no_dateline():
    article = read_text(
        f"Letters\n\nSIR – {TRAINS}\n\nAna Ruiz, Orvik\n\nSIR – {BRIDGE}\n\nTom Li, Elm", "a.txt"
    )

    assert article.frame.dateline.place is None
    assert signers_of(article) == [("Ana Ruiz",), ("Tom Li",)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Letters", "Dear Editor,", "Ana Ruiz, Orvik", "Ana Ruiz", "Orvik", "Yours faithfully,", "", "SIR – Why?", "– ", TRAINS, WARD, "\x00(", "A heading"]
        )
        | st.text(max_size=20),
        max_size=14,
    )
)  # fmt: skip
def test_any_rows_keep_their_words_and_letters_lie_in_order(rows: list[str]):
    lines = [Line(row) for row in ["Letters", *rows]]
    divided, letters = divide_letters(lines)

    assert [line.text for line in divided] == [line.text for line in lines]
    numbers = [line.entry for line in divided if line.entry is not None]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(letters)))
    text = "\n".join(["Letters", *rows])
    assert set_signatures_apart(text).split() == text.split()


def test_title_of_a_row_calls_its_text_letters():
    text = f"Trains need guards\n\n{TRAINS}\n\nAna Ruiz, Orvik\n\n{BRIDGE}\n\nTom Li, Port Elm"
    article = row_to_article(
        {"title": "Letters to the editor", "text": text}, {}, "a.csv, row 1", ReadOptions()
    )

    assert [(h, s) for h, s, _ in letters_of(article)] == [
        ("Trains need guards", ("Ana Ruiz",)),
        (None, ("Tom Li",)),
    ]
    assert article.frame.headline == "Letters to the editor"


def test_entries_move_with_the_text_below_a_headline():
    article = read_text(f"Letters\n\n{TRAINS}\n\nAna Ruiz, Orvik\n\n{BRIDGE}\n\nTom Li, Elm", "a.txt")
    moved = put_headline_first(article, "Readers on trains")

    assert moved.text.startswith("Readers on trains\n\nLetters")
    assert letters_of(moved) == letters_of(article)
