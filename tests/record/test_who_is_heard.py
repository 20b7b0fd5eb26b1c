"""Who is heard: how often, in which role, named or not, and how the voices are spread; copies count once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.errors import UsageError
from onrecord.record.asking.concentration import concentration_of
from onrecord.record.asking.role_types import role_type
from onrecord.record.asking.sources import Sources, SourcesQuestion, who_is_heard
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from tests.record.made import make_actor
from tests.record.made_events import Report
from tests.record.made_statements import Line, make_report

ORPEL = make_actor("a1", "Ana Orpel", country="KAZ", sector="GOV")
DASK = make_actor("a1", "Ivo Dask", country="KAZ", sector="LAB")
BANK = make_actor("a1", "Bank of Karst", type="organisation", country="KAZ", sector="BUS")


def make_post(id: str, day: str, *, outlet: str = "The Orpel Post", more: tuple[Line, ...] = ()) -> Report:
    """A report in which a mayor is heard twice, a bank and unnamed people once."""
    lines = (
        Line("Mayor Ana Orpel", "said", "that the old bridge over the Lesk would be closed to heavy lorries from May", ORPEL),
        Line("Ana Orpel", "said:", "“Nobody who lives beyond the northern gate will have to pay for the ferry,”", ORPEL),
        Line("the Bank of Karst", "said", "that it had lent the town nine million crowns for steel and for cranes", BANK),
        Line("Two engineers", "said", "that the pillars had cracked in the frost of the last three winters"),
        Line("They", "added", "that rust had eaten half of the bolts on the western side of the river"),
        Line("", "It was said", "that the builders had saved on paint when the bridge was put up in 1931"),
    )  # fmt: skip
    return make_report(id, *lines, *more, published=day, outlet=outlet)


STRIKE = (
    Line("Ivo Dask, a welder from Velm,", "said:", "“We stop work at six in the morning and nobody goes back,”", DASK),
    Line("Mr. Dask", "said", "that forty welders had joined him at the gate of the Tarn works since noon", DASK),
    Line("Ivo Dask", "wants", "higher wages for those who work at night in the Tarn foundry", DASK, {"attitude": "intention"}),
    Line("Ivo Dask", "did not say", "that the owners had offered a rise of four crowns an hour", DASK, {"negated": True}),
    Line("Ana Orpel", "said", "that the strike in Tarn had nothing to do with the town hall or its money", ORPEL),
)  # fmt: skip


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("sources") / "news.db", create=True) as opened:
        opened.add(*make_post("wire", "2024-03-04"), "m1")
        opened.add(*make_post("copy", "2024-03-05", outlet="Karst Press"), "m1")
        strike = make_report(
            "strike", *STRIKE, published="2024-04-01", outlet="Karst Press", pronouns=[("him", DASK)]
        )
        opened.add(*strike, "m1")
        yield opened


def ask(record: Record, **more: object) -> Sources:
    with record.reading() as connection:
        return who_is_heard(connection, SourcesQuestion(**more))  # type: ignore[arg-type]


def test_copies_count_once_and_both_counts_are_told(record: Record) -> None:
    found = ask(record)

    assert (found.reports, found.stories, found.origins) == (3, 2, 2)
    assert (found.statements, found.heard) == (15, 9)
    assert (found.named, found.described, found.unclear, found.nobody) == (6, 1, 1, 1)
    orpel = next(a for a in found.actors if a.name == "Ana Orpel")
    assert (orpel.statements, orpel.heard) == (5, 3)
    assert (orpel.reports, orpel.stories, orpel.origins) == (3, 2, 2)


def test_who_has_no_name_is_told_by_type(record: Record) -> None:
    found = ask(record)

    assert found.anonymous == round(1 / 7, 4)
    assert [(s.name, s.sources, s.heard) for s in found.described_as] == [("not told", 1, 1)]


def test_what_is_no_saying_is_counted_apart(record: Record) -> None:
    assert ask(record).left_out == {"not_said": 1, "negated": 1, "second_hand": 0}


def test_quoted_words_are_counted(record: Record) -> None:
    found = ask(record, outlet="Karst Press", since="2024-04-01")

    dask = next(a for a in found.actors if a.name == "Ivo Dask")
    assert (dask.statements, dask.direct, dask.quoted_words, dask.quoted_share) == (2, 1, 12, 1.0)
    assert found.direct == round(1 / 3, 4)


def test_roles_and_gender_are_what_the_text_tells(record: Record) -> None:
    by_name = {a.name: a for a in ask(record).actors}

    assert (by_name["Ana Orpel"].roles, by_name["Ana Orpel"].role_type) == (["mayor"], "minister or official")
    assert by_name["Ana Orpel"].gender is None
    assert (by_name["Ivo Dask"].gender, by_name["Ivo Dask"].gender_from) == ("male", "pronoun, 1 of 1")
    assert by_name["Bank of Karst"].role_type == "business"
    assert by_name["Bank of Karst"].gender is None
    assert [(s.name, s.heard) for s in ask(record).by_gender] == [("male", 2), ("not told", 3)]


def test_shares_sum_up_to_all(record: Record) -> None:
    found = ask(record)

    assert [(s.name, s.heard) for s in found.by_sector] == [("GOV", 3), ("LAB", 2), ("BUS", 1)]
    for shares in (found.by_sector, found.by_country, found.by_role):
        assert sum(s.heard for s in shares) == found.named
        assert sum(s.share for s in shares) == pytest.approx(1, abs=0.001)
    assert sum(a.share for a in found.actors) == pytest.approx(1, abs=0.001)


def test_two_outlets_are_told_apart(record: Record) -> None:
    post, press = ask(record, outlet="orpel post"), ask(record, outlet="Karst Press")

    assert {a.name for a in post.actors} == {"Ana Orpel", "Bank of Karst"}
    assert {a.name for a in press.actors} == {"Ana Orpel", "Bank of Karst", "Ivo Dask"}
    # A copy counts in the outlet that printed it.
    assert (post.statements, post.heard) == (6, 6)


@pytest.mark.parametrize(
    ("more", "statements"),
    [
        ({"since": "2024-04-01"}, 3),
        ({"until": "2024-03-04"}, 6),
        ({"about": "strike in Tarn"}, 1),
        ({"kind": "denial"}, 0),
    ],
)
def test_filters_hold(record: Record, more: dict[str, str], statements: int) -> None:
    assert ask(record, **more).statements == statements


def test_nobody_is_heard_where_nothing_fits(record: Record) -> None:
    found = ask(record, since="2030-01-01")

    assert (found.reports, found.statements, found.actors, found.anonymous, found.direct) == (
        0,
        0,
        [],
        None,
        None,
    )
    assert found.concentration == concentration_of([])


def test_empty_words_are_refused(record: Record) -> None:
    with pytest.raises(UsageError, match="--outlet"):
        ask(record, outlet=" ")


def test_concentration_is_what_the_books_say() -> None:
    even, one = concentration_of([3] * 8), concentration_of([7])

    assert (even.sources, even.first_five, even.herfindahl, even.effective) == (8, 0.625, 0.125, 8.0)
    assert (one.sources, one.first_five, one.herfindahl, one.effective) == (1, 1.0, 1.0, 1.0)
    # Shares of a half, a quarter and a quarter: entropy of 1.5 bits.
    assert concentration_of([2, 1, 1]).effective == round(2**1.5, 2)
    assert concentration_of([0, 0]).effective is None


@pytest.mark.parametrize(
    ("words", "type"),
    [
        ("two police officers", "police"),
        ("a spokeswoman for the ministry", "spokesperson"),
        ("the German chancellor", "head of state or government"),
        ("Karst Steel president", "business"),
        ("the vice president", "minister or official"),
        ("a professor of law", "expert"),
        ("neighbours of the victim", "witness or citizen"),
        ("rebels", "military"),
        ("the winner", None),
    ],
)
def test_words_tell_a_type_of_role(words: str, type: str | None) -> None:
    assert role_type(words) == type
