"""Statements as linked data: what W3C, schema.org and FollowTheMoney have words for is said in their words alone."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from pyld import jsonld
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SDO, XSD
from sqlalchemy import Connection

from onrecord.errors import UsageError
from onrecord.record.asking.statements import Question
from onrecord.record.export import ftm
from onrecord.record.export.iris import Iris, web_address
from onrecord.record.export.reports import ReportQuestion
from onrecord.record.export.schema_org import statement_graph, types_of
from onrecord.record.export.statements import SaidThere, find_statements
from onrecord.record.export.web_annotation import annotation_page
from onrecord.record.opening import open_record
from onrecord.record.schema import articles
from tests.record.ftm_model import PROPERTIES, REQUIRED
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
_ID = {"@type": "@id"}
# What of the W3C's context the export uses, by the recommendation's appendix A (Web Annotation Vocabulary, 2017).
ANNOTATIONS = {
    "@context": {
        "oa": OA,
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "as": AS,
        "xsd": str(XSD),
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "id": _ID | {"@id": "@id"},
        "type": _ID | {"@id": "@type"},
        **{t: f"oa:{t}" for t in ("Annotation", "SpecificResource", "TextualBody", "TextPositionSelector")},
        **{t: f"oa:{t}" for t in ("TextQuoteSelector", "TimeState")},
        "AnnotationPage": "as:OrderedCollectionPage",
        "AnnotationCollection": "as:OrderedCollection",
        "Software": "as:Application",
        "body": _ID | {"@id": "oa:hasBody"},
        "target": _ID | {"@id": "oa:hasTarget"},
        "source": _ID | {"@id": "oa:hasSource"},
        "selector": _ID | {"@id": "oa:hasSelector"},
        "state": _ID | {"@id": "oa:hasState"},
        "cached": _ID | {"@id": "oa:cachedSource"},
        "sourceDate": {"@id": "oa:sourceDate", "@type": "xsd:dateTime"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        **{m: f"oa:{m}" for m in ("describing", "tagging", "identifying")},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
        "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
        "format": "dc:format",
        "language": "dc:language",
        "value": {"@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"},
        "generator": _ID | {"@id": "as:generator"},
        "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
        "name": "foaf:name",
        "label": "rdfs:label",
        "first": _ID | {"@id": "as:first"},
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
        "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    }
}
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": ANNOTATIONS,
    "https://schema.org": {"@context": {"@vocab": str(SDO), "url": _ID | {"@id": "url"}, "additionalType": _ID | {"@id": "additionalType"}}},
}  # fmt: skip


def load(url: str, options: Any) -> dict[str, Any]:
    """The contexts from here: no test goes to the web."""
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXTS[url]}


def graph_of(document: bytes) -> Graph:
    nquads = jsonld.to_rdf(json.loads(document), {"documentLoader": load, "format": "application/n-quads"})
    return Graph().parse(io.StringIO(nquads), format="nt")


def words_outside(document: bytes) -> set[str]:
    """Keys that no context has a meaning for: they are dropped when a document is expanded."""

    def keys(value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for one in value:
                yield from keys(one)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if key != "@context":
                    yield key
                    yield from keys(inner)

    context = ANNOTATIONS["@context"]
    return {
        k for k in keys(json.loads(document)) if k not in context and not k.startswith(("@", "onrecord:"))
    }


@pytest.fixture(scope="module")
def connection(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with open_record(tmp_path_factory.mktemp("linked") / "news.db", create=True) as record:
        named = make_report("r-1", make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran"))
        for report in [*make_all(), *make_copies(), named]:
            record.add(*report, "m1")
        with record.writing() as connection:
            page = articles.update().where(articles.c.id == "wire")
            connection.execute(page.values(url="https://wire.example/a b"))
        with record.reading() as connection:
            yield connection


@pytest.fixture(scope="module")
def said(connection: Connection) -> list[SaidThere]:
    return list(find_statements(connection, Question()))


@pytest.fixture(scope="module")
def annotations(connection: Connection, said: list[SaidThere]) -> bytes:
    return b"".join(annotation_page(connection, said, len(said), Iris()))


def test_annotations_are_json_ld_in_the_words_of_the_w3c(annotations: bytes, said: list[SaidThere]) -> None:
    assert words_outside(annotations) == set()
    graph = graph_of(annotations)
    assert len(set(graph.subjects(RDF.type, URIRef(OA + "Annotation")))) == len(said)
    assert {str(m) for m in graph.objects(None, URIRef(OA + "motivatedBy"))} == {OA + "describing"}
    (total,) = graph.objects(None, URIRef(AS + "totalItems"))
    assert int(total) == len(said)


def test_each_annotation_has_a_line_of_its_own(annotations: bytes, said: list[SaidThere]) -> None:
    head, *lines, end = annotations.decode().splitlines()
    assert len(lines) == len(said)
    assert json.loads(head + "".join(lines) + end)["first"]["items"][0] == json.loads(lines[0].rstrip(","))


def test_a_target_is_found_by_place_and_by_words(annotations: bytes, connection: Connection) -> None:
    texts = {r.id: r.text for r in connection.execute(articles.select())}
    for item in json.loads(annotations)["first"]["items"]:
        statement = next(b for b in item["body"] if b["type"] == "onrecord:Statement")
        text = texts[statement["onrecord:article"]]
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])
            assert target["source"].startswith(("urn:onrecord:report:", "https://"))


def test_a_report_with_an_address_is_the_page_there(annotations: bytes) -> None:
    items = json.loads(annotations)["first"]["items"]
    target = next(i["target"] for i in items if i["id"].startswith("urn:onrecord:statement:wire"))
    assert target["source"] == "https://wire.example/a%20b"
    assert target["state"]["cached"] == "urn:onrecord:report:wire"
    assert target["state"]["type"] == "TimeState"


def test_who_is_meant_is_identified_and_what_was_not_said_is_told(
    connection: Connection, said: list[SaidThere]
) -> None:
    one = replace(next(s for s in said if s.actor_id), negated=True)
    (line,) = b"".join(
        annotation_page(connection, [one], 1, Iris("https://news.example/record"))
    ).splitlines()[1:-1]
    bodies = json.loads(line)["body"]
    (actor,) = [b for b in bodies if b.get("purpose") == "identifying"]
    assert actor["source"].startswith("https://news.example/record/actor/")
    assert "which the source did not make" in bodies[0]["value"]
    assert "negated" in [b["value"] for b in bodies if b.get("purpose") == "tagging"]


@pytest.fixture(scope="module")
def claims(connection: Connection, said: list[SaidThere]) -> bytes:
    return b"".join(statement_graph(connection, said, Iris()))


def test_claims_are_said_in_the_words_of_schema_org(claims: bytes, said: list[SaidThere]) -> None:
    graph = graph_of(claims)
    for predicate in set(graph.predicates()) - {RDF.type}:
        assert str(predicate).startswith(str(SDO))
        assert str(predicate).removeprefix(str(SDO)) in SDO
    for kind in graph.objects(None, RDF.type):
        assert str(kind).removeprefix(str(SDO)) in SDO
    assert len(set(graph.subjects(RDF.type, SDO.NewsArticle))) == len({s.article for s in said})


def test_a_claim_leads_to_who_made_it_and_where_it_appears(claims: bytes) -> None:
    graph = graph_of(claims)
    claim = next(s for s in graph.subjects(RDF.type, SDO.Claim) if "wire" in s)
    (report,) = graph.objects(claim, SDO.appearance)
    assert report == URIRef("urn:onrecord:report:wire")
    assert (report, RDF.type, SDO.NewsArticle) in graph
    assert (report, SDO.url, URIRef("https://wire.example/a%20b")) in graph
    (creator,) = graph.objects(claim, SDO.creator)
    assert list(graph.objects(creator, SDO.name))
    assert str(next(graph.objects(claim, SDO.url))).startswith("urn:onrecord:report:wire#char=")


def test_a_copy_is_based_on_what_it_was_made_from(claims: bytes, said: list[SaidThere]) -> None:
    graph = graph_of(claims)
    copy = next(s for s in said if s.story and s.story.copy_of)
    assert copy.story
    assert set(graph.objects(URIRef(f"urn:onrecord:report:{copy.article}"), SDO.isBasedOn)) == {
        URIRef(f"urn:onrecord:report:{copy.story.copy_of}")
    }


def test_nothing_is_put_in_the_mouth_of_who_did_not_say_it(
    connection: Connection, said: list[SaidThere]
) -> None:
    silent = [replace(s, negated=True) for s in said]
    assert json.loads(b"".join(statement_graph(connection, silent, Iris())))["@graph"] == []


@pytest.mark.parametrize(
    ("changes", "types"),
    [
        ({"quotation": "direct", "kind": "assertion"}, ["Quotation", "Claim"]),
        ({"quotation": "indirect", "kind": "accusation"}, ["Claim"]),
        ({"quotation": "mixed", "kind": "demand"}, ["Quotation"]),
        ({"quotation": "indirect", "kind": "demand"}, ["CreativeWork"]),
        ({"quotation": "indirect", "kind": "denial"}, ["CreativeWork"]),
        ({"quotation": "indirect", "kind": "assertion", "attitude": "belief"}, ["CreativeWork"]),
    ],
)
def test_only_what_is_claimed_is_a_claim(
    said: list[SaidThere], changes: dict[str, Any], types: list[str]
) -> None:
    assert types_of(replace(said[0], **({"attitude": "speech"} | changes))) == types


def test_numbers_stay_numbers(annotations: bytes) -> None:
    graph = graph_of(annotations)
    start = next(graph.objects(None, URIRef(OA + "start")))
    assert isinstance(start, Literal)
    assert start.datatype == XSD.nonNegativeInteger


@pytest.mark.parametrize("base", ["", "news", "javascript:alert(1)", "https://", "https://a b/", "file:///x"])
def test_an_address_that_none_can_begin_with_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="no address begins so"):
        Iris(base)


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", "data:text/html,x", "//x", "ftp://x/y", "https://"]
)
def test_only_addresses_of_pages_lead_anywhere(url: str | None) -> None:
    assert web_address(url) is None


@pytest.fixture(scope="module")
def entities(connection: Connection) -> list[dict[str, Any]]:
    lines = list(ftm.to_lines(ftm.entities_of_reports(connection, ReportQuestion())))
    return [json.loads(line) for line in lines]


def test_entities_have_only_what_their_schema_has(entities: list[dict[str, Any]]) -> None:
    assert {e["schema"] for e in entities} >= {"Article", "Mention", "Person", "Documentation", "Event"}
    for entity in entities:
        assert set(entity["properties"]) <= PROPERTIES[entity["schema"]], entity
        assert set(entity["properties"]) >= REQUIRED[entity["schema"]], entity
        for values in entity["properties"].values():
            assert all(isinstance(v, str) and v == v.strip() and v for v in values)


def test_entities_lead_to_entities_that_are_there(entities: list[dict[str, Any]]) -> None:
    ids = {e["id"] for e in entities}
    links = ("document", "entity", "resolved", "proof", "subject", "object", "involved")
    for entity in entities:
        for name in links:
            assert set(entity["properties"].get(name, [])) <= ids


def test_what_rests_on_a_report_says_so(entities: list[dict[str, Any]]) -> None:
    for entity in entities:
        if entity["schema"] in ("Documentation", "UnknownLink", "Event"):
            assert entity["properties"]["proof"]
            assert entity["properties"]["recordId"]


def test_only_what_came_about_is_an_event(entities: list[dict[str, Any]]) -> None:
    notes = [e["properties"]["notes"][0] for e in entities if e["schema"] == "Event"]
    assert {n.partition(",")[0] for n in notes} <= {"occurred", "ongoing"}


def test_followthemoney_reads_them(entities: list[dict[str, Any]]) -> None:
    money = pytest.importorskip("followthemoney", reason="needs ICU: pip install 'onrecord[ftm]'")
    for entity in entities:
        money.model.get(entity["schema"]).validate(entity)
        read = money.model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        assert {k: sorted(v) for k, v in read.items()} == {
            k: sorted(v) for k, v in entity["properties"].items()
        }
        model = money.model.get(entity["schema"])
        assert PROPERTIES[entity["schema"]] <= {p.name for p in model.properties.values()}
        assert set(model.required) == REQUIRED[entity["schema"]]


def test_statements_that_are_chosen_come_with_their_reports_and_speakers(connection: Connection) -> None:
    found = list(ftm.entities_of_statements(connection, Question(by="Ana Orpel")))
    ids = {e["id"] for e in found}
    told = [e for e in found if e["schema"] == "Documentation"]
    assert told
    for entity in told:
        assert {*entity["properties"]["document"], *entity["properties"]["entity"]} <= ids


@pytest.mark.parametrize(
    ("id", "entity"),
    [
        ("r-1#s2", "onrecord.statement.r-1.s2"),
        ("a b#s2", None),
        ("Ünï", None),
        ("x" * 300, None),
        ("r-1#../x", None),
    ],
)
def test_ids_of_entities_are_those_that_followthemoney_takes(id: str, entity: str | None) -> None:
    made = ftm.entity_id("statement", id)
    assert entity is None or made == entity
    assert all(c.isascii() and (c.isalnum() or c in ".-") for c in made)
    assert len(made) < 150
