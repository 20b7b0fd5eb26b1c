"""What of a report survives copying."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Dateline, Frame
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint, hashed, stemmed


def of(text: str, **more: str) -> Fingerprint:
    return fingerprint(Article("a", text, **more))  # type: ignore[arg-type]


def words(text: str) -> list[int]:
    return of(text).words.tolist()


@settings(deadline=None)
@given(st.text())
@example("")
@example("Word")
@example("“” \" '' « » … ?!")
@example("😀 👩‍👩‍👧 🇰🇿")
@example("\ud800 \ufffd \x00")
@example("a. B. c.\n\n\n“\n”\n")
@example("五人が死亡した。大臣は辞任した。")
@example("²³ ⅻ 1,2.3,4 1.2.3 9" + "9" * 400)
def test_any_text_has_a_fingerprint(text: str) -> None:
    found = of(text)
    count = len(found.words)
    assert len(found.weights) == count
    assert (found.spans[:, 0] < found.spans[:, 1]).all()
    assert (found.spans <= len(text)).all()
    assert (np.diff(found.sentence_starts.astype(int)) > 0).all()
    assert (found.quoted <= count).all()
    for places in (found.name_places, found.number_places, found.sentence_starts):
        assert (places < count).all()
    assert len(found.spans) == len(found.sentence_starts)


def test_megabytes_without_a_full_stop_have_one() -> None:
    assert len(of("the bridge of Orrel was shut and " * 30_000).words) == 210_000
    assert len(of("x" * 2_000_000).words) == 1


def test_house_style_is_levelled() -> None:
    assert words("Fourteen labour unions organised it") == words("14 labor unions organized it")
    assert words("two hundred and five") == words("205")
    assert words("1.5 million people") == words("1,500,000 people")
    assert words("The U.S. can't") == words("the US can’t")


def test_endings_are_cut() -> None:
    assert (
        len({stemmed(w) for w in ("announce", "announced", "announces", "announcing", "announcement")}) == 1
    )
    assert stemmed("is") == "is"


def test_sentences_point_into_the_text() -> None:
    text = "Orrel floods\n\nMr. Brack left at 5 p.m. on Friday. Lena T. Roe stayed.\n\nIt rained."
    found = of(text)
    assert [text[a:b] for a, b in found.spans.tolist()] == [
        "Orrel floods",
        "Mr. Brack left at 5 p.m. on Friday.",
        "Lena T. Roe stayed.",
        "It rained.",
    ]
    assert found.paragraphs.tolist() == [0, 1, 3]


def test_names_are_capitalised_words_that_begin_no_sentence() -> None:
    found = of("Police met Mayor Brack. Brack nodded. Rain fell in Orrel.")
    assert found.names.tolist() == [hashed(stemmed(w)) for w in ("mayor", "brack", "brack", "orrel")]


def test_numbers_are_read_to_values() -> None:
    assert of("Some 14 of fourteen, and 1,000.").numbers.tolist() == [
        hashed(n) for n in ("#14", "#14", "#1000")
    ]


def test_quotations_are_found_whatever_their_marks() -> None:
    for text in (
        "“We shall build it again,” he said.",
        '"We shall build it again," he said.',
        "“We shall build it again\n\nHe left.",
    ):
        found = of(text)
        assert found.quoted.tolist() == [[0, 5]], text
        assert len(found.quotations) == 2


def test_days_are_read_in_either_order() -> None:
    assert of("on Jan. 7 and 7 January and in May").dates.tolist() == [32 + 7, 32 + 7]


def test_the_frame_comes_along() -> None:
    frame = Frame(headline="Orrel floods", dateline=Dateline("ORREL", "Jan. 7", "Vessara Wire"))
    found = fingerprint(Article("a", "It rained.", frame, published="2031-01-07", outlet="The Echo"))
    assert (found.agency, found.dateline, found.outlet, found.published) == (
        "Vessara Wire",
        "ORREL",
        "The Echo",
        "2031-01-07",
    )
    assert found.headline.tolist() == words("Orrel floods")


def test_rare_words_weigh_more() -> None:
    the, orrel = of("the Orrel").weights.tolist()
    assert the < 0.5 < 8 < orrel


def test_a_short_month_before_its_day_ends_no_sentence() -> None:
    text = "She left on Sept. 2. He came in Oct. Nobody knew. It was Jan. 7 then."
    spans = fingerprint(Article("a", text)).spans.tolist()

    assert [text[start:end] for start, end in spans] == [
        "She left on Sept. 2.",
        "He came in Oct.",
        "Nobody knew.",
        "It was Jan. 7 then.",
    ]
