"""Paths, folders and standard input -> articles, in order, errors in between."""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading import files, jsonl
from onrecord.reading.files import count_files, read_paths, read_report
from onrecord.reading.options import ReadOptions

Read = list[Article | UnreadableReportError]


def read(*paths: object, as_is: bool = False, jsonl: bool = False) -> Read:
    return list(read_paths([str(p) for p in paths], ReadOptions(as_is=as_is, jsonl=jsonl)))


def texts(results: Read) -> list[str]:
    return [r.text if isinstance(r, Article) else f"error: {r}" for r in results]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text("It rained.")
    (tmp_path / "a.txt").write_text("It snowed.")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").write_text("It hailed.")
    (tmp_path / ".hidden").write_text("No.")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.txt").write_text("No.")
    return tmp_path


def test_files_are_read_in_the_order_given(folder: Path):
    assert texts(read(folder / "b.txt", folder / "a.txt")) == ["It rained.", "It snowed."]


def test_folder_is_read_in_name_order_without_hidden_files(folder: Path):
    assert texts(read(folder)) == ["It snowed.", "It rained.", "It hailed."]


def test_files_are_counted(folder: Path):
    assert count_files([str(folder), str(folder / "a.txt")]) == 4


def test_standard_input_cannot_be_counted(folder: Path):
    assert count_files([str(folder), "-"]) is None


def test_article_knows_its_origin(folder: Path):
    (article,) = read(folder / "a.txt")
    assert isinstance(article, Article)
    assert article.origin == str(folder / "a.txt")


def test_pages_and_texts_are_told_apart():
    page = b"<html><body><p>The mayor of Hull said on Monday that the harbour would stay shut for now.</p></body></html>"
    assert read_report(page, "a").text.startswith("The mayor")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"It rained.")))
    assert texts(read("-")) == ["It rained."]


def test_empty_standard_input_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    assert texts(read("-")) == [
        "error: standard input: the file is empty. Give a file with the text of a report."
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"%PDF-1.4 x", "PDF", id="pdf"),
        pytest.param(bytes(range(32)) * 40, "binary", id="binary"),
        pytest.param(b"1 2 3\n4 5 6", "no words", id="no words"),
        pytest.param(b"\xef\xbb\xbf", "no words", id="byte-order mark alone"),
        pytest.param(b"The mayor said so. " * 1_060_000, "more than one report", id="20 MB"),
        pytest.param(b"word " * 200_000, "more than one report", id="a line of a million characters"),
    ],
)
@pytest.mark.parametrize("as_is", [False, True], ids=["cleaned", "as is"])
def test_bad_file_is_named_and_the_next_is_read(tmp_path: Path, data: bytes, reason: str, as_is: bool):
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.write_bytes(data)
    good.write_bytes(b"It rained.")
    error, article = read(bad, good, as_is=as_is)

    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith(f"{bad}: ")
    assert reason in str(error)
    assert isinstance(article, Article)


def test_missing_file_is_named(tmp_path: Path):
    (error,) = texts(read(tmp_path / "none.txt"))
    assert "cannot be opened (No such file or directory)" in error


def test_name_that_no_file_has_is_named():
    (error,) = texts(read("a\x00b"))
    assert "cannot be opened" in error


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_named(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("It rained.")
    file.chmod(0)
    assert "Permission denied" in texts(read(file))[0]


def test_file_that_cannot_be_opened_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert "cannot be opened (Permission denied)" in texts(read(folder / "a.txt"))[0]


def test_empty_folder_is_named(tmp_path: Path):
    assert "the folder holds no files" in texts(read(tmp_path))[0]


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("x.txt", lambda at: at.symlink_to("gone.txt"), r"x\.txt: cannot be opened"),
        ("x.txt", lambda at: at.symlink_to(at.parent.parent / "out.txt"), "leads out of the folder"),
        ("x.txt", os.mkfifo, "a pipe"),
        ("x", lambda at: at.symlink_to(at.parent.parent), "leads out of the folder|link to a folder"),
        ("x", lambda at: at.symlink_to(at.parent), "link to a folder"),
    ],
    ids=["broken link", "link out", "pipe", "link to a folder outside", "link to the folder itself"],
)
def test_what_is_no_file_of_the_folder_is_named(
    folder: Path, name: str, make: Callable[[Path], None], why: str
):
    (folder.parent / "out.txt").write_text("It thundered.")
    make(folder / name)
    reads = read(folder)

    assert [r.text for r in reads if isinstance(r, Article)] == ["It snowed.", "It rained.", "It hailed."]
    assert [str(r) for r in reads if isinstance(r, UnreadableReportError) and re.search(why, str(r))]
    assert len(reads) == 4
    assert count_files([str(folder)]) == 3


def test_link_within_a_folder_is_read(folder: Path):
    (folder / "x.txt").symlink_to(folder / "a.txt")

    assert len([r for r in read(folder) if isinstance(r, Article)]) == 4


def test_folder_that_cannot_be_opened_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def walk(top: Path, onerror: Callable[[OSError], None]):
        onerror(PermissionError(13, "Permission denied", str(top / "shut")))
        yield str(top), [], ["a.txt"]

    monkeypatch.setattr(os, "walk", walk)

    assert any("shut: the folder cannot be opened (Permission denied)" in t for t in texts(read(folder)))


@pytest.mark.parametrize("path", ["file:///tmp/a.txt", "FTP://elm.example/a.txt"])
def test_address_of_another_kind_is_named(path: str):
    (text,) = texts(read(path))

    assert f"{path.partition(':')[0].lower()}:// are not read" in text


def test_scheme_may_be_in_capitals(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("onrecord.reading.files._read_address", lambda url, options: iter([url]))

    assert read("HTTPS://elm.example/a") == ["HTTPS://elm.example/a"]


def test_far_too_large_file_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MAX_REPORT_BYTES", 1_000)
    (tmp_path / "a.txt").write_bytes(b"a" * 2_000)
    assert "Split the file" in texts(read(tmp_path / "a.txt"))[0]


def test_far_too_long_json_line_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jsonl, "MAX_ROW_BYTES", 100)
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"a" * 1_000 + b'"}\n{"text": "It rained."}\n')
    results = texts(read(tmp_path / "a.jsonl", jsonl=True))

    assert len(results) == 2
    assert results[0].startswith(f"error: {tmp_path / 'a.jsonl'}, line 1: ")
    assert results[1] == "It rained."


def test_file_as_is_keeps_its_line_ends(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"Read more\r\n\r\nIt rained.\r\n")
    assert texts(read(tmp_path / "a.txt", as_is=True)) == ["Read more\r\n\r\nIt rained.\r\n"]


def test_the_same_bytes_give_the_same_article_anywhere(tmp_path: Path):
    assert read_report(b"It rained.", "a") == read_report(b"It rained.", "b")


LEAD = "The mayor of Port Elm said on Monday that the harbour would stay shut until the storm had gone."
MAIL = f"From: The Elm Courier <news@elm.example>\nDate: Fri, 7 Jan 2022 09:30:00 +0100\nSubject: Harbour stays shut\n\n{LEAD}\n"
DOCUMENTS = {
    "a.eml": MAIL,
    "b.mbox": f"From news@elm.example Fri Jan  7 09:30:00 2022\n{MAIL}",
    "c.xml": f"<nitf><body><body.head><hedline><hl1>Harbour stays shut</hl1></hedline></body.head><body.content><p>{LEAD}</p></body.content></body></nitf>",
    "d.xml": f"<newsItem><contentMeta><headline>Harbour stays shut</headline></contentMeta><contentSet><inlineXML><html><body><p>{LEAD}</p></body></html></inlineXML></contentSet></newsItem>",
}


@pytest.fixture
def agency_files(tmp_path: Path) -> Path:
    """A folder with a report in each form of agencies and of mail, under names that say nothing."""
    for name, document in DOCUMENTS.items():
        (tmp_path / f"{name[0]}.dat").write_text(document)
    return tmp_path


def test_mails_and_documents_of_agencies_are_read(agency_files: Path):
    assert texts(read(agency_files)) == [f"Harbour stays shut\n\n{LEAD}"] * len(DOCUMENTS)


def test_mails_and_documents_of_agencies_are_read_out_of_archives(agency_files: Path, tmp_path: Path):
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(agency_files.glob("*.dat")):
            packed.write(file, file.name)

    assert texts(read(archive)) == [f"Harbour stays shut\n\n{LEAD}"] * len(DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_mails_and_documents_of_agencies_are_read_from_standard_input(
    document: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(gzip.compress(document.encode()))))

    assert texts(read("-")) == [f"Harbour stays shut\n\n{LEAD}"]


def test_document_of_an_agency_that_carries_no_text_is_named(tmp_path: Path):
    (tmp_path / "a.xml").write_text("<NewsML><NewsItem/></NewsML>")
    (tmp_path / "b.xml").write_text("<planningItem/>")

    assert ["NewsML" in text for text in texts(read(tmp_path))] == [True, True]


def page_of(outlet: str, text: str) -> str:
    return (
        f'<html><head><meta property="og:site_name" content="{outlet}"><title>Dam</title></head><body><article>'
        f"<h1>Dam holds</h1><p>{text}</p></article></body></html>"
    )


def test_one_text_in_two_outlets_is_two_reports(tmp_path: Path) -> None:
    text = "The dam above Vessara held through the night, Ana Brusko said. " * 6
    for name, outlet in (("a", "The Vessara Echo"), ("b", "Kessand Post"), ("c", "The Vessara Echo")):
        (tmp_path / f"{name}.html").write_text(page_of(outlet, text))

    first, second, again = (r for r in read(tmp_path) if isinstance(r, Article))

    assert first.text == second.text
    assert first.id != second.id
    assert first.id == again.id


def test_an_id_that_is_given_stays(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x1", "text": "It rained.", "outlet": "Kessand Post"}\n')

    (article,) = read(tmp_path / "a.jsonl", jsonl=True)

    assert isinstance(article, Article)
    assert article.id == "x1"
