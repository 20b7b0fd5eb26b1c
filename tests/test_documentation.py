"""What the documentation says is run: commands, words of the command line, Python examples."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.analysis.labels import ATTITUDES, KINDS
from onrecord.evaluation.coreference import is_kept_apart as is_chains_kept_apart
from onrecord.evaluation.events import is_kept_apart as is_event_kept_apart
from onrecord.evaluation.tagged import is_kept_apart
from onrecord.record import schema
from tests.command import onrecord

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands(page: Path) -> list[str]:
    """The `onrecord` lines of a page's shell blocks, without comment and without what they are piped into."""
    found = []
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(), re.DOTALL):
        for line in block.splitlines():
            line = line.removeprefix("$ ")
            if line.startswith("onrecord ") and " serve" not in line:
                found.append(re.split(r"\s+(?:#|\||>)", line)[0].strip())
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the pages speak of."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", folder / "examples")
    row = {"id": "a", "text": "“Go,” said Ana Brusko.", "published": "2024-01-02", "title": "Go"}
    for name in ("wire.jsonl", "reports.jsonl"):
        (folder / name).write_text(json.dumps(row))
    gold = {
        "id": "a",
        "text": row["text"],
        "statements": [{"source": [[11, 21]], "cue": [[6, 10]], "content": [[0, 5]]}],
    }
    with gzip.open(folder / "places.jsonl.gz", "wt") as corpus:
        place = {"span": [3, 9], "geonameid": 1526384, "lat": 43.25, "lon": 76.95}
        corpus.write(json.dumps({"text": "In Almaty it rained.", "toponyms": [place]}) + "\n")
    with gzip.open(folder / "pages.jsonl.gz", "wt") as corpus:
        body = "It rained in Orvik on Monday, and the ferry did not sail. It will sail on Tuesday, its crew said."
        page = f"<html><body><article><h1>Rain</h1><p>{body}</p></article></body></html>".encode()
        labelled = {"url": "a", "html_base64": base64.b64encode(page).decode(), "body": body}
        corpus.write(json.dumps(labelled) + "\n")
    with gzip.open(folder / "dev.jsonl.gz", "wt") as corpus:
        corpus.write(json.dumps(gold))
    with gzip.open(folder / "worldwide.jsonl.gz", "wt") as corpus:
        id = next(i for i in map(str, range(99)) if is_kept_apart(i))
        corpus.write(json.dumps({"id": id, "tokens": ["In", "Almaty"], "tags": ["O", "B-Location"]}) + "\n")
    with gzip.open(folder / "gum.jsonl.gz", "wt") as corpus:
        id = next(i for i in map(str, range(99)) if is_chains_kept_apart(i, "news"))
        chained = {"id": id, "genre": "news", "text": "Ana Li left. She ran.", "chains": [[[0, 6], [13, 16]]]}
        corpus.write(json.dumps(chained) + "\n")
    id = next(i for i in map(str, range(99)) if is_event_kept_apart(i))
    event = {"type": "ACCUSE", "actors": [[0, 6]], "recipients": [[14, 19]]}
    sentence = {"id": id, "text": "Ana Li blamed Mirna.", "events": [event]}
    (folder / "plv-train.jsonl").write_text(json.dumps(sentence) + "\n")
    labels = folder / "benchmarks" / "sources" / "labels.jsonl"
    labels.parent.mkdir(parents=True)
    labels.write_text(json.dumps({"article": "a", "source": [11, 21], "actor": "Ana Brusko", "also": []}))
    for record in ("news.db", "onrecord.db"):
        run(f"onrecord read examples/ --record {record}", folder)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    words = shlex.split(command)[1:]
    # A server reads its standard input to the end.
    return onrecord(*words, cwd=folder, stdin=b"" if words[0] == "mcp" else None)


@pytest.mark.parametrize("command", sorted({c for p in PAGES for c in commands(p)}))
def test_a_documented_command_works(command: str, desk: Path) -> None:
    done = run(command, desk)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("page", [p for p in PAGES if "```python" in p.read_text()], ids=lambda p: p.name)
def test_python_examples_of_a_page_run_one_after_the_other(page: Path, desk: Path) -> None:
    program = "\n".join(re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=desk, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_first_example_prints_what_the_readme_shows(desk: Path) -> None:
    block, printed = re.search(
        r"```sh\n(.*?)```\s+```\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL
    ).groups()
    done = run(block.strip().splitlines()[-1].removeprefix("$ "), desk)
    assert without_figures(done.stdout.decode()) == without_figures(printed)


def without_figures(printed: str) -> str:
    """What `said` prints without numbers of statements and confidences, which each model changes a little."""
    return re.sub(r"(?m)^ *s\d+  |; [01]\.\d\d\]| +$", "", printed)


@pytest.mark.parametrize("word", [*KINDS, *ATTITUDES])
def test_every_label_is_defined(word: str) -> None:
    assert re.search(rf"^\| {word} \|", (ROOT / "docs" / "kinds.md").read_text(), re.MULTILINE)


@pytest.mark.parametrize("table", sorted(schema.metadata.tables))
def test_every_table_is_documented(table: str) -> None:
    assert f"`{table}`" in (ROOT / "docs" / "record.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text())
    assert [t for t in links if "://" not in t and not (page.parent / t).exists()] == []
