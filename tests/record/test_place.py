"""Places by name and id, those of one name, what happened there, who is beside it, and which reports name it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import Connection, select

from onrecord.contract import MentionOut, PlaceOut
from onrecord.errors import UsageError
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.asking.place import know_place
from onrecord.record.asking.places import find_places, one_place
from onrecord.record.opening import open_record
from onrecord.record.schema import articles
from tests.record.made_events import ALMATY, MAYOR, Maker, Report, make_all

KAZAKHSTAN = PlaceOut("p2", "Kazakhstan", 1522867, 48.0, 68.0, "KAZ", [], None, "country", 0.99)
FAR = PlaceOut("p1", "Almaty", None, 1.5, 2.5, "USA", [], "Ohio", "city", 0.6)


def make_walk() -> Report:
    """Names Almaty twice, once by its older name; Orpel in one paragraph with it, Maran in another."""
    here = "Mayor Ana Orpel walked through Almaty. She called it Alma-Ata."
    m = Maker(
        "walk", f"{here}\n\nIlse Maran stayed in Kazakhstan.", published="2022-01-10", outlet="Karst Echo"
    )
    other = msgspec.structs.replace(MAYOR, id="a2", name="Ilse Maran", aliases=[])
    m.actors = [MAYOR, other]
    m.places = [
        msgspec.structs.replace(ALMATY, mentions=[m.at("Almaty"), m.at("Alma-Ata")]),
        msgspec.structs.replace(KAZAKHSTAN, mentions=[m.at("Kazakhstan")]),
    ]
    m.mentions = [
        MentionOut(*m.at("Mayor Ana Orpel"), "PER", "name", "a1"),
        MentionOut(*m.at("Ilse Maran"), "PER", "name", "a2"),
    ]
    return m.made()


def make_far() -> Report:
    m = Maker("far", "It rained in Almaty.", published="2022-01-11")
    m.places = [msgspec.structs.replace(FAR, mentions=[m.at("Almaty")])]
    return m.made()


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Connection]:
    with open_record(tmp_path_factory.mktemp("place") / "news.db", create=True) as record:
        for made in [*make_all(), make_walk(), make_far()]:
            record.add(*made, "m1")
        with record.reading() as connection:
            yield connection


@pytest.mark.parametrize("words", ["geonames:1526384", "1526384", "almaty", "ALMATY", "Alma-Ata"])
def test_a_place_is_found_by_id_name_or_what_reports_print(connection: Connection, words: str) -> None:
    place, _ = one_place(connection, words)
    assert (place.id, place.lies) == ("geonames:1526384", "KAZ")


def test_of_several_of_a_name_the_one_named_oftenest_is_meant(connection: Connection) -> None:
    place, others = one_place(connection, "Almaty")
    assert (place.country, place.mentions) == ("KAZ", 3)
    assert [(o.country, o.region) for o in others] == [("USA", "Ohio")]


def test_an_unknown_place_is_refused_with_those_that_come_near(connection: Connection) -> None:
    with pytest.raises(UsageError, match=r"Near it: Almaty, KAZ \(geonames:1526384\)"):
        one_place(connection, "Almatia")
    assert find_places(connection, "") == []


def test_what_happened_in_a_country_is_what_happened_at_its_places(connection: Connection) -> None:
    for place in ("geonames:1526384", "geonames:1522867"):
        told = list(find_events(connection, EventQuestion(place=place)))
        assert [e.id for e in told] == ["shooting#e1"]
    assert know_place(connection, "Kazakhstan").all_events == 1


def test_who_is_named_in_the_paragraph_is_beside_it(connection: Connection) -> None:
    known = know_place(connection, "Almaty")
    assert [b.name for b in known.beside] == ["Ana Orpel"]
    assert [b.name for b in know_place(connection, "Kazakhstan").beside] == ["Ilse Maran"]
    (beside,) = known.beside
    text = connection.execute(select(articles.c.text).where(articles.c.id == "walk")).scalar_one()
    assert text[beside.evidence.start : beside.evidence.end] == beside.evidence.text == "Mayor Ana Orpel"


def test_reports_and_words_that_name_it(connection: Connection) -> None:
    known = know_place(connection, "Almaty")
    assert known.printed == [("Almaty", 1), ("Alma-Ata", 1)]
    named = next(r for r in known.reports if r.id == "walk")
    text = connection.execute(select(articles.c.text).where(articles.c.id == "walk")).scalar_one()
    assert [text[e.start : e.end] for e in named.evidence] == ["Almaty", "Alma-Ata"]
    assert known.tellers.articles == len(known.reports)


def test_lists_have_so_many_as_are_asked_for_and_say_how_many_there_are(connection: Connection) -> None:
    whole, part = know_place(connection, "Almaty"), know_place(connection, "Almaty", limit=1)
    assert len(part.reports) == len(part.beside) == len(part.events) == 1
    assert (part.all_events, part.all_beside, part.tellers) == (
        whole.all_events,
        whole.all_beside,
        whole.tellers,
    )


def test_places_that_the_gazetteer_alone_has_are_named(connection: Connection) -> None:
    known = know_place(connection, "Almaty")
    assert all(o.name == "Almaty" and o.geonames != 1526384 for o in known.in_gazetteer)
