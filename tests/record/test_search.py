"""Searching reports: which fit, in which order, the passages with their code points, copies once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from onrecord.errors import UsageError
from onrecord.record.asking.passages import choose_passages, count_term, find_terms
from onrecord.record.asking.search import SearchQuestion, search
from onrecord.record.asking.search_words import fold_word, part_fields, terms_of
from onrecord.record.opening import open_record
from onrecord.record.schema import articles
from tests.record.made_copies import make_copies
from tests.record.made_events import Maker, Report

FERRY = "The ferry to Orvík did not sail on Monday. Its crew had gone home, and the harbour was shut by the storm."
STORM = "A storm took the roof of the school at Karst. The mayor will open another, a clerk said."
LONG = (
    "The council met. "
    + "It spoke of drains, roofs and lamps and of lamps again, " * 12
    + "and then of the ferry."
)


def report(
    id: str, text: str, *, published: str, outlet: str = "The Orpel Post", headline: str | None = None
) -> Report:
    article, analysis = Maker(id, text, published=published, outlet=outlet).made()
    return replace(article, frame=replace(article.frame, headline=headline)), analysis


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Connection]:
    with open_record(tmp_path_factory.mktemp("search") / "news.db", create=True) as record:
        for made in make_copies():
            record.add(*made, "m1")
        record.add(*report("ferry", FERRY, published="2024-03-05", headline="Storm stops ferry"), "m1")
        record.add(*report("storm", STORM, published="2024-03-06", outlet="Karst Echo"), "m1")
        record.add(*report("long", LONG, published="2024-03-07", outlet="Karst Echo"), "m1")
        with record.reading() as connection:
            yield connection


def found(connection: Connection, **question: str) -> list[str]:
    return [hit.id for hit in search(connection, SearchQuestion(**question)).hits]


def test_the_best_comes_first(connection: Connection) -> None:
    # In the headline and again in a short text; once in a long one.
    assert found(connection, match="ferry") == ["ferry", "long"]
    assert found(connection, match="storm") == ["ferry", "storm"]


def test_all_words_must_be_there_unless_or_stands_between(connection: Connection) -> None:
    assert found(connection, match="storm roof") == ["storm"]
    assert set(found(connection, match="school OR harbour")) == {"storm", "ferry"}
    assert found(connection, match="storm NOT ferry") == ["storm"]
    assert found(connection, match='"did not sail"') == ["ferry"]
    assert found(connection, match='"sail not did"') == []
    assert set(found(connection, match="roof*")) == {"storm", "long"}


def test_case_and_accents_do_not_matter(connection: Connection) -> None:
    assert found(connection, match="ORVIK") == ["ferry"]
    (hit,) = search(connection, SearchQuestion(match="orvik")).hits
    assert [w.text for p in hit.passages for w in p.words] == ["Orvík"]


def test_outlet_days_and_headline_select(connection: Connection) -> None:
    assert found(connection, match="storm", outlet="karst echo") == ["storm"]
    assert found(connection, match="storm", since="2024-03-06") == ["storm"]
    assert found(connection, match="storm", until="2024-03-05") == ["ferry"]
    assert found(connection, headline="stops ferry") == ["ferry"]
    assert found(connection, headline="harbour") == []


def test_reports_in_which_somebody_speaks(connection: Connection) -> None:
    assert found(connection, match="market", by="army") == ["wire"]
    assert found(connection, match="market", by="navy") == []


def test_passages_are_the_words_of_the_text(connection: Connection) -> None:
    for hit in search(connection, SearchQuestion(match="ferry OR storm OR mayor")).hits:
        text = connection.execute(select(articles.c.text).where(articles.c.id == hit.id)).scalar_one()
        assert hit.passages
        for passage in hit.passages:
            assert text[passage.start : passage.end] == passage.text
            for word in passage.words:
                assert text[word.start : word.end] == word.text
                assert passage.start <= word.start < word.end <= passage.end


def test_a_passage_is_a_sentence_or_the_part_of_a_long_one_that_holds_the_words(
    connection: Connection,
) -> None:
    short, long = search(connection, SearchQuestion(match="ferry")).hits
    assert [p.text for p in short.passages] == ["The ferry to Orvík did not sail on Monday."]
    (passage,) = long.passages
    assert passage.is_cut_before
    assert not passage.is_cut_behind
    assert passage.text.endswith("and then of the ferry.")
    assert len(passage.text) <= 320


def test_words_of_the_headline_are_placed_in_it(connection: Connection) -> None:
    (hit,) = search(connection, SearchQuestion(match="stops")).hits
    assert [hit.headline[a:b] for a, b in hit.in_headline if hit.headline] == ["stops"]
    assert hit.passages == []


def test_copies_of_a_story_are_shown_once_with_how_many_they_are(connection: Connection) -> None:
    answer = search(connection, SearchQuestion(match="shelled"))
    (hit,) = [h for h in answer.hits if h.id == "wire"]
    assert [c.id for c in hit.copies] == ["post", "echo"]
    assert (hit.tellers.articles, hit.tellers.origins, hit.in_story) == (3, 1, 3)
    assert answer.total == len(answer.hits)
    assert {"wire", "post", "echo"} <= set(answer.reports)


def test_a_part_of_the_answer(connection: Connection) -> None:
    whole = [h.id for h in search(connection, SearchQuestion(match="ferry OR storm OR market")).hits]
    for limit, offset in ((2, 0), (2, 1), (1, 3), (9, 99)):
        part = search(
            connection, SearchQuestion(match="ferry OR storm OR market"), limit=limit, offset=offset
        )
        assert [h.id for h in part.hits] == whole[offset : offset + limit]
        assert part.total == len(whole)


@pytest.mark.parametrize(
    "question",
    [
        {"match": " "},
        {"match": '"ferry'},
        {"match": "AND"},
        {"match": "a", "since": "2024-02-02", "until": "2024-01-01"},
    ],
    ids=["empty", "quotation mark", "operator", "days"],
)
def test_what_is_no_question_is_refused(connection: Connection, question: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        search(connection, SearchQuestion(**question))


def test_field_words_are_taken_out_of_the_words() -> None:
    assert part_fields('storm outlet:"Karst Echo" by:army') == (
        "storm",
        {"outlet": "Karst Echo", "by": "army"},
    )
    assert part_fields('"outlet:x" at 12:30 http://a.example') == ('"outlet:x" at 12:30 http://a.example', {})
    with pytest.raises(UsageError, match="Write outlet:"):
        part_fields("oulet:x")
    with pytest.raises(UsageError, match="twice"):
        part_fields("by:a by:b")


@given(st.text())
def test_any_words_can_be_typed(typed: str) -> None:
    try:
        words, _ = part_fields(typed)
    except UsageError:
        return
    terms_of(words)


@given(
    st.text(alphabet="aAéÉ \n.,-_1ﬁß\u0301", max_size=80),
    st.sampled_from(["a", "é", "a*", '"a 1"', "fi*", "1"]),
)
def test_words_are_counted_where_they_are_found(text: str, typed: str) -> None:
    (term,) = terms_of(typed)
    spans = [span for span, _ in find_terms(text, [term])]
    assert all(fold_word(text[s.start : s.end]).startswith(term.words[0]) for s in spans)
    passages = choose_passages("a", text, {term: 1.0}, headline=None)
    assert all(text[p.start : p.end] == p.text for p in passages)
    assert bool(passages) == bool(spans)
    if text.isascii():
        assert len(spans) == count_term(fold_word(text), term)
