"""A record as a folder of pages: whole, linked within itself, and nothing in it that a browser would obey."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import lxml.html
import pytest
from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.printing.site import actor_page, folder
from onrecord.printing.site.folder import write_site
from onrecord.printing.site.marks import Mark, marked
from onrecord.printing.site.pages import file_name
from onrecord.record.export.reports import ReportQuestion, find_reports
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture(scope="module")
def record(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("pages") / "news.db", create=True) as record:
        for report in [*make_all(), *make_copies()]:
            record.add(*report, "m1")
        evil = make_actor("a1", f"Kaya {EVIL}", aliases=["\x1b[31m", "\u202eturned"])
        article, analysis = make_report(f"r/{EVIL}", evil, make_actor("a2", "Ilse Maran"))
        frame = dataclasses.replace(article.frame, headline=EVIL, byline=(EVIL,))
        article = dataclasses.replace(article, outlet=EVIL, url=f"javascript:{EVIL}", frame=frame)
        told = replace(analysis.frame, headline=EVIL, byline=[EVIL])
        record.add(article, replace(analysis, frame=told), "m1")
        yield record


@pytest.fixture(scope="module")
def site(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "site"
    with record.reading() as connection:
        write_site(connection, out, ReportQuestion())
    return out


def pages(site: Path) -> dict[Path, Any]:
    return {p: lxml.html.document_fromstring(p.read_bytes()) for p in sorted(site.rglob("*.html"))}


def test_each_report_and_each_actor_has_a_page(record: Record, site: Path) -> None:
    with record.reading() as connection:
        reports, actors = write_site(connection, site.parent / "again", ReportQuestion())
    assert len(list((site / "reports").iterdir())) == reports
    assert len(list((site / "actors").iterdir())) == actors
    assert {p.name for p in site.iterdir()} == {"index.html", "actors.html", "style.css", "reports", "actors"}


def test_every_link_leads_to_a_page_and_a_place_in_it(site: Path) -> None:
    found = pages(site)
    places = {p: {e.get("id") for e in page.iter() if e.get("id")} for p, page in found.items()}
    links = [
        (p, a.get("href"))
        for p, page in found.items()
        for a in page.iter("a")
        if (a.get("href") or "https:")[:6] != "https:"
    ]
    assert links
    for path, link in links:
        to, _, place = link.partition("#")
        target = Path(urljoin(path.as_posix(), to)) if to else path
        assert target in found, (path, link)
        assert not place or place in places[target], (path, link)


def test_no_page_has_a_script_or_loads_anything_from_elsewhere(site: Path) -> None:
    for page in pages(site).values():
        assert {e.tag for e in page.iter()} <= set(
            "html head meta title link body nav a h1 h2 p div span ol ul li br".split()
        )
        assert not [k for e in page.iter() for k in e.attrib if k.startswith("on") or k in ("src", "style")]
        assert [e.get("href") for e in page.iter("link")] in (["style.css"], ["../style.css"])
        (policy,) = [e.get("content") for e in page.iter("meta") if e.get("http-equiv")]
        assert policy.startswith("default-src 'none'")
        assert not [a for a in page.iter("a") if (a.get("href") or "").lower().startswith("javascript")]


def test_hostile_words_are_shown_as_they_are(site: Path) -> None:
    (page,) = [p for path, p in pages(site).items() if path.name.startswith("r-script")]
    assert page.findtext(".//h1") == EVIL
    assert page.findtext(".//title") == EVIL
    whole = b"".join(p.read_bytes() for p in site.rglob("*.html")).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", whole)


def test_the_text_of_a_page_is_the_text_of_its_report(record: Record, site: Path) -> None:
    with record.reading() as connection:
        for report in find_reports(connection, ReportQuestion()):
            page = lxml.html.document_fromstring((site / "reports" / file_name(report.id)).read_bytes())
            (text,) = page.find_class("text")
            assert text.text_content() == report.text


def test_statements_and_events_are_marked(site: Path) -> None:
    page = lxml.html.document_fromstring((site / "reports" / "shooting.html").read_bytes())
    styles = {style for e in page.find_class("text")[0].iter("span") for style in e.get("class").split()}
    assert styles == {"said", "who", "cue", "act"}
    assert [h.text for h in page.iter("h2")][:2] == ["2 statements", "2 events"]


@pytest.mark.parametrize(
    ("marks", "html"),
    [
        ([], "ab&lt;cd"),
        ([Mark(0, 2, "said", "s1")], '<span class="said" title="s1">ab</span>&lt;cd'),
        (
            [Mark(0, 4, "said", "s1"), Mark(1, 5, "who", '"')],
            '<span class="said" title="s1">a</span><span class="said who" title="&quot;; s1">b&lt;c</span>'
            '<span class="who" title="&quot;">d</span>',
        ),
        ([Mark(1, 1, "said", ""), Mark(3, 9, "said", ""), Mark(-1, 2, "who", "")], "ab&lt;cd"),
        ([Mark(0, 5, "said", "x", "s1")], '<a id="s1"></a><span class="said" title="x">ab&lt;cd</span>'),
    ],
)
def test_marks_may_lie_across_each_other(marks: list[Mark], html: str) -> None:
    assert marked("ab<cd", marks) == html


def test_a_folder_that_holds_something_is_left_alone(record: Record, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    with record.reading() as connection, pytest.raises(UsageError, match="there is something here already"):
        write_site(connection, tmp_path / "site", ReportQuestion())
    assert [p.name for p in (tmp_path / "site").iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_finished_is_not_there(record: Record, tmp_path: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with record.reading() as connection, pytest.raises(KeyboardInterrupt):
        write_site(connection, tmp_path / "site", ReportQuestion(), on_page=stop)
    assert list(tmp_path.iterdir()) == []
    with record.reading() as connection, pytest.raises(UsageError, match="cannot be written"):
        write_site(connection, tmp_path / "no" / "site", ReportQuestion())


def test_long_lists_go_on_on_another_page(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actor_page, "MANY", 1)
    monkeypatch.setattr(folder, "_LISTED", 2)
    with record.reading() as connection:
        reports, actors = write_site(connection, tmp_path / "site", ReportQuestion())
    lists = {name: len(list((tmp_path / "site").glob(f"{name}*.html"))) for name in ("index", "actors")}
    assert lists == {"index": -(-reports // 2), "actors": -(-actors // 2)}
    assert len(list((tmp_path / "site" / "actors").iterdir())) > actors
    test_every_link_leads_to_a_page_and_a_place_in_it(tmp_path / "site")


def test_pages_of_chosen_reports_lead_to_no_others(record: Record, tmp_path: Path) -> None:
    with record.reading() as connection:
        reports, _ = write_site(connection, tmp_path / "site", ReportQuestion(outlet="Karst Press"))
    assert reports == 1
    test_every_link_leads_to_a_page_and_a_place_in_it(tmp_path / "site")


@pytest.mark.parametrize("id", ["con", "A", "../x", "x" * 300, "", "é", "a.b", "a b", "r-1@0123abcd"])
def test_files_have_names_that_every_system_takes(id: str) -> None:
    name = file_name(id)
    assert re.fullmatch(r"[a-z0-9-]{1,80}\.html", name)
    assert name != file_name(id + "x")
    assert not re.fullmatch(r"(con|nul|aux|prn)\.html", name)
