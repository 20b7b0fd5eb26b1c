import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.authored import FOLDER, HELD_OUT_SHARE, MarkupError, blocks, document, parse, passages
from training.passages_check import check_files, check_passage, describe, headed_blocks, main

FILES = sorted(FOLDER.glob("*.txt"))
PASSAGE = "{S1|Ana Brusko} {Q1:demand,speech|said}: {C1|“Go”}."


def file_with(folder: Path, name: str, *slugs: str) -> Path:
    path = folder / name
    path.write_text("\n---\n".join(f"## {slug} | test\n{PASSAGE}" for slug in slugs), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_passage_is_well_formed(path: Path) -> None:
    assert [str(fault) for fault in check_files([path]).faults] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_statement_becomes_a_labelled_gold_statement(path: Path) -> None:
    statements = [s for slug, body in blocks(path) for s in document(slug, body).statements]
    assert statements
    assert all(s.kind >= 0 and s.attitude >= 0 and s.negated >= 0 for s in statements)


def test_no_new_slug_stands_in_two_files() -> None:
    assert check_files(FILES).faults == []


def test_every_kind_has_a_hundred_statements() -> None:
    kinds = check_files(FILES).kinds
    assert {kind: n for kind, n in kinds.items() if n < 100} == {}
    assert len(kinds) == 9


def test_held_out_passages_are_apart_from_the_others() -> None:
    kept, held = passages("train"), passages("held")
    assert not {d.id for d in kept} & {d.id for d in held}
    assert 0.5 < len(held) / (len(kept) + len(held)) / HELD_OUT_SHARE < 1.5


def test_authored_passages_are_read_without_pytorch() -> None:
    code = "import sys, training.authored, training.passages_check; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parents[1], check=False).returncode == 0


def test_parse_gives_the_bare_text_and_where_the_marks_stood() -> None:
    text, marks = parse(PASSAGE)
    assert text == "Ana Brusko said: “Go”."
    assert {role: [text[a:b] for a, b in spans] for role, spans in marks[1].spans.items()} == {
        "S": ["Ana Brusko"],
        "Q": ["said"],
        "C": ["“Go”"],
    }
    assert marks[1].labels == ("demand", "speech")


def test_statement_inside_another_content_is_nested() -> None:
    body = "{S1|Ana} {Q1:assertion,speech|said} {C1|{S2|he} {Q2:denial,speech|denied} {C2|it}}."
    assert [s.nested for s in document("a", body).statements] == [False, True]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param("{S1|Ana {Q1:demand,speech|said}", "mark S1 is not closed", id="open-mark"),
        pytest.param("Ana} said", "stray } near 'Ana} said'", id="stray-brace"),
        pytest.param("{S1|Ana} said {C1|go}", "statement 1: 0 cues, there must be one", id="no-cue"),
        pytest.param("{Q1:demand,speech|a} {Q1:demand,speech|b} {C1|c}", "statement 1: 2 cues, there must be one", id="two-cues"),
        pytest.param("{S1|a} {S1|b} {Q1:demand,speech|c} {C1|d}", "statement 1: 2 sources, there may be one", id="two-sources"),
        pytest.param("{S1|a} {Q1:demand,speech|b}", "statement 1: no content", id="no-content"),
        pytest.param("{Q1|said} {C1|go}", "statement 1: its cue has no labels", id="no-labels"),
        pytest.param("{Q1:demand|said} {C1|go}", "statement 1: its cue has no attitude", id="no-attitude"),
        pytest.param("{Q1:order,speech|said} {C1|go}", "statement 1: no kind is called 'order'", id="unknown-kind"),
        pytest.param("{Q1:demand,mood|said} {C1|go}", "statement 1: no attitude is called 'mood'", id="unknown-attitude"),
        pytest.param("{Q1:demand,speech,not|said} {C1|go}", "statement 1: after the attitude only 'negated' may stand, not 'not'", id="unknown-third-label"),
        pytest.param("{S1:demand,speech|Ana} {Q1:demand,speech|said} {C1|go}", "labels belong on the cue, not on S1", id="label-on-source"),
        pytest.param("{Q1:demand,speech|said }{C1|go}", "statement 1: blanks at the ends of 'said '", id="blank-at-end"),
        pytest.param("{C1|go {Q1:demand,speech|said}}", "statement 1: 'said' overlaps 'go said'", id="cue-in-own-content"),
    ],
)  # fmt: skip
def test_check_names_the_fault(body: str, fault: str) -> None:
    assert fault in check_passage(body)


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("Halvek speaks", id="no-sign"),
        pytest.param("## Halvek Speaks | wire", id="not-a-slug"),
        pytest.param("## halvek-speaks", id="no-phenomena"),
    ],
)
def test_check_names_a_heading_that_is_none(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{heading}\n{PASSAGE}\n", encoding="utf-8")
    assert [f.what for f in check_files([path]).faults] == ["the heading is not '## slug | phenomena'"]


def test_check_names_a_slug_that_another_file_has(tmp_path: Path) -> None:
    files = [file_with(tmp_path, "a.txt", "one", "two"), file_with(tmp_path, "b.txt", "two")]
    assert [str(f) for f in check_files(files).faults] == ["b.txt: two: the slug stands in a.txt already"]


def test_description_counts_by_kind(tmp_path: Path) -> None:
    checked = check_files([file_with(tmp_path, "a.txt", "one", "two")])
    assert "demand 2" in describe(checked)


def test_command_fails_on_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file_with(tmp_path, "a.txt", "one", "one"))]) == 1
    assert "a.txt: one: the slug stands in a.txt already" in capsys.readouterr().out


def test_command_succeeds_without_a_fault(tmp_path: Path) -> None:
    assert main([str(file_with(tmp_path, "a.txt", "one"))]) == 0


@given(st.text(alphabet="{}SQC12:|, \nabdemnpch“”-#", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_parsed_or_refused_by_name(body: str) -> None:
    try:
        text, marks = parse(body)
    except MarkupError:
        return
    assert all(
        0 <= a <= b <= len(text) for m in marks.values() for spans in m.spans.values() for a, b in spans
    )


@given(st.text(alphabet="{}SQC12:|, \nabdemnpch“”", max_size=60))
@settings(max_examples=150, deadline=None)
def test_passage_found_faultless_becomes_a_document(body: str) -> None:
    if not check_passage(body):
        assert all(s.content for s in document("a", body).statements)


@given(st.text(alphabet="ab .“”,\n", max_size=40), st.text(alphabet="ab .“”,\n", max_size=40))
@settings(max_examples=80, deadline=None)
def test_text_without_braces_is_kept_as_it_is(before: str, after: str) -> None:
    text, marks = parse(f"{before}{{C1|x}}{after}")
    assert text == f"{before}x{after}"
    assert marks[1].spans["C"] == [(len(before), len(before) + 1)]


@given(st.text(alphabet="#-| ab\n", max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_text_falls_into_blocks(text: str) -> None:
    assert all(heading.strip() for heading, _ in headed_blocks(text))
